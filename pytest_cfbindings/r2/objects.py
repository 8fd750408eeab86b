"""R2Object and R2ObjectBody, which the runtime calls HeadResult and GetResult."""

from ..javascript.arguments import wrong_parameter
from ..javascript.dates import JsDate
from ..javascript.errors import type_error
from ..javascript.objects import JsObject, PropertyKey, getter, method, method_as
from ..javascript.promises import JsPromise
from ..javascript.values import undefined
from ..web.bodies import HasBody
from ..web.headers import Headers
from ..web.readable_streams import ReadableStream
from .checksums import Checksums
from .http_metadata import to_object, write_headers
from .records import Record

HTTP_METADATA = "httpMetadata"
CUSTOM_METADATA = "customMetadata"


class HeadResult(JsObject):
    """An object without its body.

    `delivered` is the offset and the length of what a read delivers, None where
    nothing was read. `shows` names the metadata that there is: a listing leaves out
    what was not asked for. `explicit` shows unset fields as undefined, as compatibility
    dates from 2025-12-03 do.
    """

    __slots__ = ("_delivered", "_explicit", "_record", "_shows")

    class_name = "HeadResult"

    def __init__(
        self,
        record: Record,
        explicit: bool,
        delivered: tuple[int, int] | None = None,
        shows: frozenset[str] = frozenset((HTTP_METADATA, CUSTOM_METADATA)),
    ) -> None:
        super().__init__()
        self._record = record
        self._explicit = explicit
        self._delivered = delivered
        self._shows = shows

    @getter
    def key(self) -> str:
        return self._record.key

    @getter
    def version(self) -> str:
        return self._record.version

    @getter
    def size(self) -> int:
        return self._record.size

    @getter
    def etag(self) -> str:
        return self._record.etag

    @getter
    def httpEtag(self) -> str:
        return f'"{self._record.etag}"'

    @getter
    def checksums(self) -> Checksums:
        return Checksums(self._record.checksums, self._explicit)

    @getter
    def uploaded(self) -> JsDate:
        return JsDate(self._record.uploaded_ms)

    @getter
    def httpMetadata(self) -> object:
        if HTTP_METADATA not in self._shows:
            return undefined
        return to_object(self._record.metadata.http, self._explicit)

    @getter
    def customMetadata(self) -> object:
        if CUSTOM_METADATA not in self._shows:
            return undefined
        custom: dict[PropertyKey, object] = {}
        custom.update(self._record.metadata.custom)
        return JsObject(custom)

    @getter
    def range(self) -> object:
        if self._delivered is None:
            return undefined
        offset, length = self._delivered
        found: dict[PropertyKey, object] = {"offset": offset, "length": length}
        if self._explicit:
            found["suffix"] = undefined
        return JsObject(found)

    @getter
    def storageClass(self) -> str:
        return self._record.metadata.storage_class

    @getter
    def ssecKeyMd5(self) -> object:
        return self._record.metadata.ssec_key_md5

    @method
    def writeHttpMetadata(self, *arguments: object) -> None:
        headers = arguments[0] if arguments else undefined
        if not isinstance(headers, Headers):
            raise wrong_parameter("writeHttpMetadata", "HeadResult", 1, "Headers")
        if HTTP_METADATA not in self._shows:
            raise type_error(
                f"HTTP metadata unknown for key `{self._record.key}`. Did you forget to"
                " add 'httpMetadata' to `include` when listing?"
            )
        write_headers(self._record.metadata.http, headers)


class _ObjectBody(HasBody):
    """The body of an object: its type is that of the object's httpMetadata."""

    __slots__ = ("_type",)

    class_name = "Body"

    def __init__(self, data: bytes, content_type: str | None) -> None:
        super().__init__(ReadableStream.of_bytes(data))
        self._type = content_type

    def blob_type(self) -> str:
        return self._type or ""  # As it was stored, unlike that of a Response.

    def content_type(self) -> str | None:
        return self._type


class GetResult(HeadResult):
    """An object with its body, or the range of it that was asked for."""

    __slots__ = ("_body",)

    class_name = "GetResult"

    def __init__(
        self, record: Record, data: bytes, explicit: bool, delivered: tuple[int, int]
    ) -> None:
        super().__init__(record, explicit, delivered)
        self._body = _ObjectBody(data, record.metadata.http.content_type)

    @getter
    def body(self) -> object:
        return self._body.body()

    @getter
    def bodyUsed(self) -> bool:
        return self._body.bodyUsed()

    @method
    def text(self) -> JsPromise:
        return self._body.text()

    @method
    def json(self) -> JsPromise:
        return self._body.json()

    @method
    def arrayBuffer(self) -> JsPromise:
        return self._body.arrayBuffer()

    @method_as("bytes")
    def _bytes(self) -> JsPromise:
        return self._body.bytes()

    @method
    def blob(self) -> JsPromise:
        return self._body.blob()
