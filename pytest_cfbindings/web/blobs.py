"""Blob and File (measured on workerd)."""

import math
from collections.abc import Callable
from typing import ClassVar

from ..javascript.arrays import JsArray
from ..javascript.buffers import JsArrayBuffer, JsBuffer
from ..javascript.conversions import to_string
from ..javascript.errors import error, type_error
from ..javascript.iteration import iterate
from ..javascript.numeric import to_integer, to_number
from ..javascript.objects import (
    ITERATOR,
    JsFunction,
    JsObject,
    getter,
    getter_as,
    method,
    method_as,
)
from ..javascript.promises import JsPromise
from ..javascript.structured_clone import Cloning, unserializable
from ..javascript.text import utf8_decode, wtf8_encode
from ..javascript.typed_arrays import Uint8Array
from ..javascript.v8_format import HostObject, storable
from ..javascript.values import is_nullish, undefined
from .object_context import is_workers
from .readable_streams import ReadableStream


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
        return Blob(_joined(parts, "Blob"), _type(_options(options, "Blob", 2)))

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
        return JsPromise.resolved(utf8_decode(self.data))

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
        kind = "" if content_type is undefined else _lower(to_string(content_type))
        first = 0 if start is undefined else to_integer(start)
        return Blob(self.data[first:last], kind)


class File(Blob):
    """A Blob with a name."""

    __slots__ = ("file_name", "last_modified")

    class_name = "File"
    present: ClassVar[Callable[[], float]] = staticmethod(lambda: 0)
    """Now, in epoch milliseconds; the runtime hands in its clock."""

    def __init__(
        self,
        data: bytes,
        name: str,
        content_type: str = "",
        last_modified: float | None = None,
    ) -> None:
        super().__init__(data, content_type)
        self.file_name = name
        self.last_modified = File.present() if last_modified is None else last_modified

    @classmethod
    def js_construct(cls, *arguments: object) -> "File":
        if len(arguments) < 2:
            raise type_error(
                "Failed to construct 'File': constructor parameter 2 is not of type"
                " 'string'."
            )
        parts, name, *rest = arguments
        data = _joined(parts, "File")
        options = _options(rest[0] if rest else undefined, "File", 3)
        kind, modified = _type(options), options.js_get("lastModified")
        if modified is undefined:
            return cls(data, to_string(name), kind)
        time = to_number(modified)
        return cls(data, to_string(name), kind, 0 if math.isnan(time) else time)

    def js_clone(self, _cloning: Cloning) -> Blob:
        raise unserializable(self)

    @getter
    def name(self) -> str:
        return self.file_name

    @getter
    def lastModified(self) -> float:
        return self.last_modified


def _joined(parts: object, interface: str) -> bytes:
    """The bytes of an array of texts, buffers and other blobs.

    In code of a Worker only an Array of JavaScript's is one, as in workerd (measured).
    A test's own code may give whatever has a length and can be iterated, such as a list
    of Python's: so may it in Node, by which Pyodide was recorded.
    """
    if parts is undefined:
        return b""
    if not isinstance(parts, JsArray) and (is_workers() or not _is_iterable(parts)):
        raise type_error(
            f"Failed to construct '{interface}': constructor parameter 1 is not of type"
            " 'Array'."
        )
    return b"".join(map(_part, iterate(parts)))


def _is_iterable(parts: object) -> bool:
    return (
        isinstance(parts, JsObject)
        and parts.js_has("length")
        and isinstance(parts.js_get(ITERATOR), JsFunction)
    )


def _part(part: object) -> bytes:
    if isinstance(part, Blob):
        return part.data
    if isinstance(part, JsBuffer):
        return part.to_bytes()
    return wtf8_encode(to_string(part))


def _options(given: object, interface: str, index: int) -> JsObject:
    """The last argument. Raises a JavaScript TypeError, or an Error for `endings`."""
    if is_nullish(given):
        return JsObject()
    if not isinstance(given, JsObject):
        raise type_error(
            f"Failed to construct '{interface}': constructor parameter {index} is not"
            " of type 'Options'."
        )
    if given.js_get("endings") is not undefined:
        raise error("The 'endings' field on 'Options' is not implemented.")
    return given


def _type(options: JsObject) -> str:
    given = options.js_get("type")
    return "" if given is undefined else _lower(to_string(given))


def _lower(kind: str) -> str:
    """A content type in lower case; one that is not all printable ASCII is none."""
    return kind.lower() if all(" " <= each <= "~" for each in kind) else ""
