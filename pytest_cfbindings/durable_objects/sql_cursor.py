"""Cursor: the rows of a `sql.exec`."""

from collections.abc import Iterator

from ..javascript.arrays import JsArray, JsIterator
from ..javascript.errors import JsThrow, error
from ..javascript.objects import (
    ITERATOR,
    JsObject,
    PropertyKey,
    getter,
    method,
    method_as,
)
from ..javascript.values import undefined
from ..sqlite.cursor import Cursor, Row
from ..sqlite.errors import SqlError
from .contract import Gate
from .sql_values import from_sql
from .store import ObjectStore


class SqlCursor(JsObject):
    """Stands one row ahead of what it has given: the last row frees the statement.

    Until then the store holds it open. After an error every further reading has that
    error; workerd starts the query anew, or gives rows of nothing but null.
    """

    __slots__ = (
        "_ahead",
        "_columns",
        "_gate",
        "_read",
        "_reason",
        "_rows",
        "_store",
        "_written",
    )

    class_name = "Cursor"

    def __init__(
        self, store: ObjectStore, gate: Gate, rows: Cursor, written: int
    ) -> None:
        super().__init__()
        self._store = store
        self._gate = gate
        self._rows = rows
        self._columns = JsArray(rows.columns)
        self._reason: JsThrow | None = None
        self._ahead: Row | None = None
        self._read = 0
        self._written = written
        store.hold(self)
        self._advance()

    def __repr__(self) -> str:
        state = "finished" if self._ahead is None else "open"
        return f"<Cursor {self._columns.join()!r}: {state}>"

    def take(self) -> list[object] | None:
        """The values of the next row; None if there is none.

        Raises JsThrow if the query fails, or was canceled.
        """
        self._gate.check()
        if self._reason is not None:
            raise self._reason
        row = self._ahead
        if row is None:
            return None
        self._advance()
        return [from_sql(value) for value in row]

    def _advance(self) -> None:
        try:
            self._ahead = next(self._rows, None)
        except SqlError as failed:
            self.cancel(error(failed.text))
            self._store.transactions.check()
            raise error(failed.text) from None
        if self._ahead is None:
            self._store.let_go(self)
        else:
            self._read += 1

    def cancel(self, reason: JsThrow) -> None:
        """Free the statement; who reads on gets the reason."""
        self._reason = reason
        self._finish()

    def _finish(self) -> None:
        self._ahead = None
        self._rows.close()
        self._store.let_go(self)

    def take_object(self) -> JsObject | None:
        """The next row by its names; of equal names the last one counts."""
        values = self.take()
        if values is None:
            return None
        row: dict[PropertyKey, object] = {
            str(name): value
            for name, value in zip(self._columns.items, values, strict=True)
        }
        row.pop("__proto__", None)
        return JsObject(row)

    @method
    def next(self) -> JsObject:
        row = self.take_object()
        done = row is None
        return JsObject({"done": done, "value": undefined if done else row})

    @method
    def toArray(self) -> JsArray:
        return JsArray(iter(self.take_object, None))

    @method
    def one(self) -> JsObject:
        row = self.take_object()
        if row is None:
            raise error(
                "Expected exactly one result from SQL query, but got no results."
            )
        if self._ahead is not None:
            self._finish()
            raise error(
                "Expected exactly one result from SQL query, but got multiple results."
            )
        return row

    @method
    def raw(self) -> "RawIterator":
        return RawIterator(self)

    @method_as(ITERATOR)
    def rows(self) -> "RowIterator":
        return RowIterator(self)

    @getter
    def columnNames(self) -> JsArray:
        return self._columns

    @getter
    def rowsRead(self) -> int:
        return self._read

    @getter
    def rowsWritten(self) -> int:
        return self._written


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
        row = self._cursor.take_object()
        if row is None:
            raise StopIteration
        return row


class _Arrays(Iterator[JsArray]):
    def __init__(self, cursor: SqlCursor) -> None:
        self._cursor = cursor

    def __next__(self) -> JsArray:
        values = self._cursor.take()
        if values is None:
            raise StopIteration
        return JsArray(values)
