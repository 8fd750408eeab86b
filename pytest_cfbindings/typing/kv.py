"""Workers KV, https://developers.cloudflare.com/kv/api/."""

from typing import TYPE_CHECKING, Any, Generic, Literal, Protocol, TypedDict, overload

from .values import Buffer, JsDict, ReadableStream

if TYPE_CHECKING:
    from typing_extensions import TypeVar

    V = TypeVar("V", default=Any)
else:
    from typing import TypeVar

    V = TypeVar("V")


class KVGetOptions(TypedDict, total=False):
    """The options of `get` and `getWithMetadata` as a dict."""

    type: Literal["text", "json", "arrayBuffer", "stream"]
    cacheTtl: int


class KVPutOptions(TypedDict, total=False):
    """The options of `put` as a dict."""

    expiration: int
    expirationTtl: int
    metadata: Any


class KVListOptions(TypedDict, total=False):
    """The options of `list` as a dict."""

    prefix: str
    limit: int
    cursor: str


class KVValueWithMetadata(dict[str, Any], Generic[V]):
    """What `getWithMetadata` gives: all is None for a key that is not there."""

    value: V | None
    metadata: Any
    cacheStatus: str | None


class KVKey(dict[str, Any]):
    """A key of a list. `expiration` (epoch seconds) and `metadata` are there if set."""

    name: str
    expiration: int
    metadata: Any


class KVListResult(dict[str, Any]):
    """A page of keys: `result["keys"]`. It has `cursor` only if more keys follow."""

    list_complete: bool
    cursor: str
    cacheStatus: str | None

    if TYPE_CHECKING:

        @overload
        def __getitem__(self, key: Literal["keys"], /) -> list[KVKey]: ...
        @overload
        def __getitem__(self, key: Literal["list_complete"], /) -> bool: ...
        @overload
        def __getitem__(self, key: str, /) -> Any: ...
        def __getitem__(self, key: str, /) -> Any: ...


class KVNamespace(Protocol):
    """`env.KV`: options are keyword arguments, or one dict."""

    @overload
    async def get(self, key: str, type: Literal["text"] = ..., /) -> str | None: ...
    @overload
    async def get(self, key: str, type: Literal["json"], /) -> Any: ...
    @overload
    async def get(
        self, key: str, type: Literal["arrayBuffer"], /
    ) -> memoryview | None: ...
    @overload
    async def get(
        self, key: str, type: Literal["stream"], /
    ) -> ReadableStream | None: ...
    @overload
    async def get(
        self, key: str, /, *, type: Literal["text"] = ..., cacheTtl: int = ...
    ) -> str | None: ...
    @overload
    async def get(
        self, key: str, /, *, type: Literal["json"], cacheTtl: int = ...
    ) -> Any: ...
    @overload
    async def get(
        self, key: str, /, *, type: Literal["arrayBuffer"], cacheTtl: int = ...
    ) -> memoryview | None: ...
    @overload
    async def get(
        self, key: str, /, *, type: Literal["stream"], cacheTtl: int = ...
    ) -> ReadableStream | None: ...
    @overload
    async def get(self, key: str, options: KVGetOptions, /) -> Any: ...
    @overload
    async def get(
        self,
        keys: list[str],
        type: Literal["text", "json"] | KVGetOptions = ...,
        /,
    ) -> JsDict: ...
    @overload
    async def get(
        self,
        keys: list[str],
        /,
        *,
        type: Literal["text", "json"] = ...,
        cacheTtl: int = ...,
    ) -> JsDict: ...

    @overload
    async def getWithMetadata(
        self, key: str, type: Literal["text"] = ..., /
    ) -> KVValueWithMetadata[str]: ...
    @overload
    async def getWithMetadata(
        self, key: str, type: Literal["json"], /
    ) -> KVValueWithMetadata[Any]: ...
    @overload
    async def getWithMetadata(
        self, key: str, type: Literal["arrayBuffer"], /
    ) -> KVValueWithMetadata[memoryview]: ...
    @overload
    async def getWithMetadata(
        self,
        key: str,
        /,
        *,
        type: Literal["text", "json", "arrayBuffer", "stream"] = ...,
        cacheTtl: int = ...,
    ) -> KVValueWithMetadata[Any]: ...
    @overload
    async def getWithMetadata(
        self, key: str, options: KVGetOptions | Literal["stream"], /
    ) -> KVValueWithMetadata[Any]: ...
    @overload
    async def getWithMetadata(
        self,
        keys: list[str],
        type: Literal["text", "json"] | KVGetOptions = ...,
        /,
    ) -> JsDict: ...
    @overload
    async def getWithMetadata(
        self,
        keys: list[str],
        /,
        *,
        type: Literal["text", "json"] = ...,
        cacheTtl: int = ...,
    ) -> JsDict: ...

    @overload
    async def put(
        self,
        key: str,
        value: str | Buffer | ReadableStream,
        options: KVPutOptions | None = ...,
        /,
    ) -> None: ...
    @overload
    async def put(
        self,
        key: str,
        value: str | Buffer | ReadableStream,
        /,
        *,
        expiration: int = ...,
        expirationTtl: int = ...,
        metadata: Any = ...,
    ) -> None: ...

    async def delete(self, key: str, /) -> None: ...

    @overload
    async def list(self, options: KVListOptions | None = ..., /) -> KVListResult: ...
    @overload
    async def list(
        self, /, *, prefix: str = ..., limit: int = ..., cursor: str | None = ...
    ) -> KVListResult: ...
