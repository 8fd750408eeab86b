"""D1, https://developers.cloudflare.com/d1/worker-api/."""

from typing import Any, Literal, Protocol, TypeAlias, overload

from .values import Buffer, JsDict

D1Value: TypeAlias = str | float | bool | Buffer | list[int] | None
"""What `bind` takes. Every number is stored as REAL; a BLOB is read as list of int."""


class D1Meta(dict[str, Any]):
    """What a statement did; `duration` is in milliseconds."""

    served_by: str
    duration: float
    changes: int
    last_row_id: int
    changed_db: bool
    size_after: int
    rows_read: int
    rows_written: int


class D1Result(dict[str, Any]):
    """Rows of a statement, as dicts whose columns are attributes too, and its meta."""

    success: bool
    meta: D1Meta
    results: list[JsDict]


class D1ExecResult(dict[str, Any]):
    """What `exec` gives: how many statements ran, in how many milliseconds."""

    count: int
    duration: float


class D1PreparedStatement(Protocol):
    """A statement; `bind` gives another one, with values for its parameters."""

    def bind(self, *values: D1Value) -> "D1PreparedStatement": ...
    async def all(self) -> D1Result: ...
    async def run(self) -> D1Result: ...
    @overload
    async def first(self) -> JsDict | None: ...
    @overload
    async def first(self, column: str, /) -> Any: ...
    async def raw(self, *, columnNames: bool = ...) -> list[list[Any]]: ...


class _Prepares(Protocol):
    def prepare(self, sql: str, /) -> D1PreparedStatement: ...
    async def batch(
        self, statements: list[D1PreparedStatement], /
    ) -> list[D1Result]: ...


class D1DatabaseSession(_Prepares, Protocol):
    """What `withSession` gives: it sees at least what it has written."""

    def getBookmark(self) -> str | None: ...


class D1Database(_Prepares, Protocol):
    """`env.DB`."""

    async def exec(self, sql: str, /) -> D1ExecResult: ...
    def withSession(
        self, constraint: Literal["first-primary", "first-unconstrained"] | str = ..., /
    ) -> D1DatabaseSession: ...
