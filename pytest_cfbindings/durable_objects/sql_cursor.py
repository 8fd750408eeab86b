"""Cursor: the rows of a `sql.exec`."""

from collections.abc import Iterator

from ..javascript.arrays import JsArray
from ..javascript.errors import JsThrow, error
from ..javascript.iterators import JsIterator
from ..javascript.objects import (
    ITERATOR,
    JsObject,
    PropertyKey,
    getter,
    method,
    method_as,
)
from ..javascript.values import undefined
from ..sqlite.counts import RowCounts
from ..sqlite.cursor import Cursor, Row
from ..sqlite.errors import SqlError
from .contract import Gate
from .sql_values import row_from_sql
from .store import ObjectStore


class SqlCursor(JsObject):
    """Stands one row ahead of what it has given: the last row frees the statement.

    Until then the store holds it open. After an error every further reading has that
    error; workerd starts the query anew, or gives rows of nothing but null.
    """

    __slots__ = (
        "_ahead",
        "_columns",
        "_counts",
        "_gate",
        "_names",
        "_reason",
        "_rows",
        "_store",
    )

    class_name = "Cursor"

    def __init__(self, store: ObjectStore, gate: Gate, rows: Cursor) -> None:
        super().__init__()
        self._store = store
        self._gate = gate
        self._rows = rows
        self._columns = JsArray(rows.columns)
        self._names = rows.columns
        self._reason: JsThrow | None = None
        self._ahead: Row | None = None
        self._counts: RowCounts | None = None
        store.cursors.hold(self)
        self._advance()

    def __repr__(self) -> str:
        state = "finished" if self._ahead is None else "open"
        return f"<Cursor {self._columns.join()!r}: {state}>"

    def take(self) -> Row | None:
        """The next row; None if there is none.

        Raises JsThrow if the query fails, or was canceled.
        """
        self._check()
        row = self._ahead
        if row is not None:
            self._advance()
        return row

    def take_all(self) -> list[Row]:
        """The rows that are left. Raises JsThrow as `take` does."""
        self._check()
        if self._ahead is None:
            return []
        try:
            rest = [self._ahead, *self._rows.rows()]
        except SqlError as failed:
            raise self._failed(failed) from None
        self._ahead = None
        self._store.cursors.let_go(self)
        return rest

    def _check(self) -> None:
        self._gate.check()
        if self._reason is not None:
            raise self._reason

    def _advance(self) -> None:
        try:
            self._ahead = next(self._rows, None)
        except SqlError as failed:
            raise self._failed(failed) from None
        if self._ahead is None:
            self._store.cursors.let_go(self)

    def _failed(self, failed: SqlError) -> JsThrow:
        reason = error(failed.text)
        self.cancel(reason)
        self._store.transactions.check(failed)
        return reason

    def cancel(self, reason: JsThrow) -> None:
        """Free the statement; who reads on gets the reason."""
        self._reason = reason
        self._finish()

    def _finish(self) -> None:
        self._counted()
        self._ahead = None
        self._rows.close()
        self._store.cursors.let_go(self)

    def row_object(self, row: Row) -> JsObject:
        """A row by its names; of equal names the last one counts."""
        named: dict[PropertyKey, object] = dict(
            zip(self._names, row_from_sql(row), strict=True)
        )
        named.pop("__proto__", None)
        return JsObject(named)

    @method
    def next(self) -> JsObject:
        row = self.take()
        value = undefined if row is None else self.row_object(row)
        return JsObject({"done": row is None, "value": value})

    @method
    def toArray(self) -> JsArray:
        return JsArray(map(self.row_object, self.take_all()))

    @method
    def one(self) -> JsObject:
        row = self.take()
        if row is None:
            raise error(
                "Expected exactly one result from SQL query, but got no results."
            )
        if self._ahead is not None:
            self._finish()
            raise error(
                "Expected exactly one result from SQL query, but got multiple results."
            )
        return self.row_object(row)

    @method
    def raw(self) -> "RawIterator":
        return RawIterator(self)

    @method_as(ITERATOR)
    def rows(self) -> "RowIterator":
        return RowIterator(self)

    @getter
    def columnNames(self) -> JsArray:
        return self._columns

    def _counted(self) -> RowCounts:
        """The counts so far; what has ended is counted once."""
        counts = self._counts or self._rows.row_counts()
        if self._ahead is None:
            self._counts = counts
        return counts

    @getter
    def rowsRead(self) -> int:
        return self._counted().read

    @getter
    def rowsWritten(self) -> int:
        return self._counted().written


class RowIterator(JsIterator):
    """The rows as objects; it shares the cursor's place."""

    __slots__ = ()

    class_name = "RowIterator"

    def __init__(self, cursor: SqlCursor) -> None:
        super().__init__(_Rows(cursor), self.class_name)


class RawIterator(JsIterator):
    """The rows as Arrays; it shares the cursor's place."""

    __slots__ = ()

    class_name = "RawIterator"

    def __init__(self, cursor: SqlCursor) -> None:
        super().__init__(_Arrays(cursor), self.class_name)


class _Rows(Iterator[JsObject]):
    def __init__(self, cursor: SqlCursor) -> None:
        self._cursor = cursor

    def __next__(self) -> JsObject:
        row = self._cursor.take()
        if row is None:
            raise StopIteration
        return self._cursor.row_object(row)


class _Arrays(Iterator[JsArray]):
    def __init__(self, cursor: SqlCursor) -> None:
        self._cursor = cursor

    def __next__(self) -> JsArray:
        row = self._cursor.take()
        if row is None:
            raise StopIteration
        return JsArray(row_from_sql(row))
