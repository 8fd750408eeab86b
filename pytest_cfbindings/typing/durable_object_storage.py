"""The storage of a Durable Object: key-value, SQL, alarm and recovery."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, Protocol, TypeAlias, overload

from .values import Buffer, JsDict

SqlValue: TypeAlias = str | float | Buffer | None


class SqlCursor(Protocol):
    """Rows of `sql.exec`. The figures of what was read are those of its first reading.

    A cursor that is not read to its end keeps its statement open.
    """

    @property
    def columnNames(self) -> list[str]: ...
    @property
    def rowsRead(self) -> int: ...
    @property
    def rowsWritten(self) -> int: ...
    def __iter__(self) -> Iterator[JsDict]: ...
    def toArray(self) -> list[JsDict]: ...
    def one(self) -> JsDict: ...
    def next(self) -> JsDict: ...
    def raw(self) -> Any: ...


class SqlStorage(Protocol):
    """`ctx.storage.sql`: synchronous, and not of a class in `new_classes`."""

    @property
    def databaseSize(self) -> int: ...
    def exec(self, query: str, /, *values: SqlValue) -> SqlCursor: ...


class SyncKvStorage(Protocol):
    """`ctx.storage.kv`: synchronous, so that nobody is let in between two calls."""

    def get(self, key: str, /) -> Any: ...
    def put(self, key: str, value: Any, /) -> None: ...
    def delete(self, key: str, /) -> bool: ...
    def list(
        self,
        /,
        *,
        start: str = ...,
        startAfter: str = ...,
        end: str = ...,
        prefix: str = ...,
        reverse: bool = ...,
        limit: int = ...,
    ) -> Any: ...


class DurableObjectStorage(Protocol):
    """`ctx.storage`. Each `await` lets other calls of the object in."""

    @property
    def kv(self) -> SyncKvStorage: ...
    @property
    def sql(self) -> SqlStorage: ...

    @overload
    async def get(
        self, key: str, /, *, allowConcurrency: bool = ..., noCache: bool = ...
    ) -> Any: ...
    @overload
    async def get(
        self, keys: list[str], /, *, allowConcurrency: bool = ..., noCache: bool = ...
    ) -> JsDict: ...
    @overload
    async def put(
        self,
        key: str,
        value: Any,
        /,
        *,
        allowConcurrency: bool = ...,
        allowUnconfirmed: bool = ...,
        noCache: bool = ...,
    ) -> None: ...
    @overload
    async def put(
        self,
        entries: dict[str, Any],
        /,
        *,
        allowConcurrency: bool = ...,
        allowUnconfirmed: bool = ...,
        noCache: bool = ...,
    ) -> None: ...
    @overload
    async def delete(self, key: str, /) -> bool: ...
    @overload
    async def delete(self, keys: list[str], /) -> int: ...
    async def list(
        self,
        /,
        *,
        start: str = ...,
        startAfter: str = ...,
        end: str = ...,
        prefix: str = ...,
        reverse: bool = ...,
        limit: int = ...,
        allowConcurrency: bool = ...,
        noCache: bool = ...,
    ) -> JsDict: ...
    async def deleteAll(self) -> None: ...
    async def sync(self) -> None: ...

    async def transaction(self, callback: Callable[[Any], Any], /) -> Any: ...
    def transactionSync(self, callback: Callable[[], Any], /) -> Any: ...

    async def getAlarm(self) -> int | None: ...
    async def setAlarm(self, at: float | datetime, /) -> None: ...
    async def deleteAlarm(self) -> None: ...

    async def getCurrentBookmark(self) -> str: ...
    async def getBookmarkForTime(self, at: float | datetime, /) -> str: ...
    async def onNextSessionRestoreBookmark(self, bookmark: str, /) -> str: ...
