"""Blob and File."""

from ..javascript.arrays import JsArray
from ..javascript.buffers import JsArrayBuffer, JsBuffer
from ..javascript.conversions import to_string
from ..javascript.errors import type_error
from ..javascript.iteration import iterate
from ..javascript.numeric import to_integer
from ..javascript.objects import JsObject, getter, getter_as, method, method_as
from ..javascript.promises import JsPromise
from ..javascript.structured_clone import Cloning, unserializable
from ..javascript.text import utf8_decode, utf8_encode
from ..javascript.typed_arrays import Uint8Array
from ..javascript.v8_format import HostObject, storable
from ..javascript.values import is_nullish, undefined
from .streams import ReadableStream


@storable
class Blob(HostObject):
    """Bytes with a content type."""

    __slots__ = ("content_type", "data")

    class_name = "Blob"

    def __init__(self, data: bytes, content_type: str = "") -> None:
        super().__init__()
        self.data = data
        self.content_type = content_type

    @classmethod
    def js_construct(
        cls, parts: object = undefined, options: object = undefined
    ) -> "Blob":
        return Blob(joined(parts), _type(options))

    def js_clone(self, _cloning: Cloning) -> "Blob":
        return Blob(self.data, self.content_type)

    def js_stored(self) -> JsArray:
        return JsArray((JsArrayBuffer(self.data), self.content_type))

    @classmethod
    def js_restored(cls, stored: object) -> "Blob":
        assert isinstance(stored, JsArray)
        buffer, content_type = stored.items
        assert isinstance(buffer, JsArrayBuffer)
        return Blob(buffer.to_bytes(), to_string(content_type))

    @getter
    def size(self) -> int:
        return len(self.data)

    @getter_as("type")
    def _type(self) -> str:
        return self.content_type

    @method
    def text(self) -> JsPromise:
        return JsPromise.resolved(utf8_decode(self.data).removeprefix("\ufeff"))

    @method
    def arrayBuffer(self) -> JsPromise:
        return JsPromise.resolved(JsArrayBuffer(self.data))

    @method_as("bytes")
    def _bytes(self) -> JsPromise:
        return JsPromise.resolved(Uint8Array.of_bytes(self.data))

    @method
    def stream(self) -> ReadableStream:
        return ReadableStream.of_bytes(self.data)

    @method
    def slice(
        self,
        start: object = undefined,
        end: object = undefined,
        content_type: object = undefined,
    ) -> "Blob":
        last = len(self.data) if end is undefined else to_integer(end)
        kind = "" if is_nullish(content_type) else to_string(content_type).lower()
        return Blob(self.data[to_integer(start) if start else 0 : last], kind)


class File(Blob):
    """A Blob with a name."""

    __slots__ = ("file_name", "last_modified")

    class_name = "File"

    def __init__(
        self, data: bytes, name: str, content_type: str = "", last_modified: float = 0
    ) -> None:
        super().__init__(data, content_type)
        self.file_name = name
        self.last_modified = last_modified

    @classmethod
    def js_construct(  # type: ignore[override]
        cls,
        parts: object = undefined,
        name: object = undefined,
        options: object = undefined,
    ) -> "File":
        modified: object = undefined
        if isinstance(options, JsObject):
            modified = options.js_get("lastModified")
        time = 0 if is_nullish(modified) else to_integer(modified)
        return cls(joined(parts), to_string(name), _type(options), time)

    def js_clone(self, _cloning: Cloning) -> Blob:
        raise unserializable(self)

    @getter
    def name(self) -> str:
        return self.file_name

    @getter
    def lastModified(self) -> float:
        return self.last_modified


def joined(parts: object) -> bytes:
    """The bytes of an iterable of texts, buffers and other blobs."""
    if parts is undefined:
        return b""
    if not isinstance(parts, JsObject):
        raise type_error(
            "Failed to construct 'Blob': constructor parameter 1 is not of type"
            " 'Array'."
        )
    return b"".join(map(_part, iterate(parts)))


def _part(part: object) -> bytes:
    if isinstance(part, Blob):
        return part.data
    if isinstance(part, JsBuffer):
        return part.to_bytes()
    return utf8_encode(to_string(part))


def _type(options: object) -> str:
    if not isinstance(options, JsObject):
        return ""
    given = options.js_get("type")
    return "" if is_nullish(given) else to_string(given).lower()
