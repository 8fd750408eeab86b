"""R2, https://developers.cloudflare.com/r2/api/workers/workers-api-reference/."""

from datetime import datetime
from typing import Any, Literal, Protocol, TypeAlias, TypedDict, overload

from .values import Buffer, JsDict, ReadableStream

R2Value: TypeAlias = str | Buffer | ReadableStream
Include: TypeAlias = list[Literal["httpMetadata", "customMetadata"]]


class R2HttpMetadata(TypedDict, total=False):
    """The headers that an object is served with."""

    contentType: str
    contentLanguage: str
    contentDisposition: str
    contentEncoding: str
    cacheControl: str
    cacheExpiry: datetime


class R2Conditional(TypedDict, total=False):
    """`onlyIf`: etags without quotes."""

    etagMatches: str
    etagDoesNotMatch: str
    uploadedBefore: datetime
    uploadedAfter: datetime
    secondsGranularity: bool


class R2Range(TypedDict, total=False):
    """`range`, in bytes: an offset, a length or both, or a suffix."""

    offset: int
    length: int
    suffix: int


class R2UploadedPart(dict[str, Any]):
    """What `complete` wants to know of each part."""

    partNumber: int
    etag: str


class R2Checksums(Protocol):
    """An object's checksums; None for those that were not given."""

    @property
    def md5(self) -> memoryview | None: ...
    @property
    def sha1(self) -> memoryview | None: ...
    @property
    def sha256(self) -> memoryview | None: ...
    @property
    def sha384(self) -> memoryview | None: ...
    @property
    def sha512(self) -> memoryview | None: ...
    def toJSON(self) -> JsDict: ...


class _Named(Protocol):
    @property
    def key(self) -> str: ...
    @property
    def version(self) -> str: ...
    @property
    def size(self) -> int: ...
    @property
    def etag(self) -> str: ...
    @property
    def httpEtag(self) -> str: ...
    @property
    def storageClass(self) -> str: ...


class R2Object(_Named, Protocol):
    """An object without its body. `uploaded` is naive, in UTC."""

    @property
    def uploaded(self) -> datetime: ...
    @property
    def checksums(self) -> R2Checksums: ...
    @property
    def httpMetadata(self) -> JsDict: ...
    @property
    def customMetadata(self) -> JsDict: ...
    @property
    def range(self) -> JsDict | None: ...
    @property
    def ssecKeyMd5(self) -> str | None: ...
    def writeHttpMetadata(self, headers: Any, /) -> None: ...


class R2ObjectBody(R2Object, Protocol):
    """An object with its body, which can be read once.

    A `get` whose condition did not hold has none of this: `hasattr(object, "body")`.
    """

    @property
    def body(self) -> ReadableStream: ...
    @property
    def bodyUsed(self) -> bool: ...
    async def text(self) -> str: ...
    async def json(self) -> Any: ...
    async def arrayBuffer(self) -> memoryview: ...
    async def bytes(self) -> memoryview: ...
    async def blob(self) -> Any: ...


class R2ListedObject(_Named, Protocol):
    """An object of a list. The SDK leaves it raw: `uploaded` is a JavaScript Date."""

    @property
    def uploaded(self) -> Any: ...
    @property
    def httpMetadata(self) -> Any: ...
    @property
    def customMetadata(self) -> Any: ...


class R2ListResult(dict[str, Any]):
    """A page of objects; `cursor` is of use if `truncated`."""

    objects: list[R2ListedObject]
    truncated: bool
    cursor: str
    delimitedPrefixes: list[str]


class R2MultipartUpload(Protocol):
    """An upload in parts of equal size, but for the last: 5 MiB at least."""

    @property
    def key(self) -> str: ...
    @property
    def uploadId(self) -> str: ...
    async def uploadPart(
        self, number: int, value: R2Value, /, *, ssecKey: str | Buffer = ...
    ) -> R2UploadedPart: ...
    async def complete(
        self, parts: list[R2UploadedPart] | list[dict[str, Any]], /
    ) -> R2Object: ...
    async def abort(self) -> None: ...


class R2Bucket(Protocol):
    """`env.BUCKET`: options are keyword arguments, or one dict."""

    async def head(self, key: str, /) -> R2Object | None: ...
    @overload
    async def get(
        self, key: str, options: dict[str, Any] | None = ..., /
    ) -> R2ObjectBody | None: ...
    @overload
    async def get(
        self,
        key: str,
        /,
        *,
        onlyIf: R2Conditional | Any = ...,
        range: R2Range | Any = ...,
        ssecKey: str | Buffer = ...,
    ) -> R2ObjectBody | None: ...
    @overload
    async def put(
        self, key: str, value: R2Value | None, options: dict[str, Any] | None = ..., /
    ) -> R2Object: ...
    @overload
    async def put(
        self,
        key: str,
        value: R2Value | None,
        /,
        *,
        onlyIf: R2Conditional,
        httpMetadata: R2HttpMetadata = ...,
        customMetadata: dict[str, str] = ...,
        md5: str | Buffer = ...,
        sha1: str | Buffer = ...,
        sha256: str | Buffer = ...,
        sha384: str | Buffer = ...,
        sha512: str | Buffer = ...,
        storageClass: Literal["Standard", "InfrequentAccess"] = ...,
        ssecKey: str | Buffer = ...,
    ) -> R2Object | None: ...
    @overload
    async def put(
        self,
        key: str,
        value: R2Value | None,
        /,
        *,
        httpMetadata: R2HttpMetadata = ...,
        customMetadata: dict[str, str] = ...,
        md5: str | Buffer = ...,
        sha1: str | Buffer = ...,
        sha256: str | Buffer = ...,
        sha384: str | Buffer = ...,
        sha512: str | Buffer = ...,
        storageClass: Literal["Standard", "InfrequentAccess"] = ...,
        ssecKey: str | Buffer = ...,
    ) -> R2Object: ...
    async def delete(self, keys: str | list[str], /) -> None: ...
    @overload
    async def list(self, options: dict[str, Any] | None = ..., /) -> R2ListResult: ...
    @overload
    async def list(
        self,
        /,
        *,
        prefix: str = ...,
        limit: int = ...,
        cursor: str = ...,
        delimiter: str = ...,
        startAfter: str = ...,
        include: Include = ...,
    ) -> R2ListResult: ...
    async def createMultipartUpload(
        self,
        key: str,
        /,
        *,
        httpMetadata: R2HttpMetadata = ...,
        customMetadata: dict[str, str] = ...,
        storageClass: Literal["Standard", "InfrequentAccess"] = ...,
        ssecKey: str | Buffer = ...,
    ) -> R2MultipartUpload: ...
    def resumeMultipartUpload(
        self, key: str, uploadId: str, /
    ) -> R2MultipartUpload: ...
