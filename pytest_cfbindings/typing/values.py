"""What several bindings take and return."""

from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

Buffer: TypeAlias = bytes | memoryview
"""Bytes that can be sent; a bytearray cannot."""


class JsDict(dict[str, Any]):
    """A JavaScript object or Map: a dict whose keys can be read as attributes too.

    An attribute of dict itself wins: `result["keys"]`, since `result.keys` is a method.
    """

    if TYPE_CHECKING:

        def __getattr__(self, name: str, /) -> Any: ...


class ReadableStream(Protocol):
    """A JavaScript stream, raw: it can be read, or passed on to a binding."""

    @property
    def locked(self) -> bool: ...
    def getReader(self) -> Any: ...
    def tee(self) -> Any: ...
    async def cancel(self, reason: Any = ..., /) -> None: ...
