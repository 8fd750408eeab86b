"""A D1 database of workerd, read and written by its binding."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any, NoReturn

from ..d1.request import Query
from ..javascript.arrays import JsArray
from ..javascript.buffers import JsArrayBuffer
from ..javascript.errors import JsThrow
from ..javascript.iteration import iterate
from ..javascript.numeric import to_integer
from ..javascript.values import null
from ..sqlite.cursor import Row, SqlValue
from ..state.contents import Shape
from ..state.d1 import D1Contents
from ..state.refusals import text_of
from ..state.sql_rows import full_database
from .objects import RemoteObject


class SeededD1(D1Contents):
    """Notes what seeds have run, so that it can be run over there."""

    noted: tuple[Query, ...] = ()

    def _request(self, placed: Iterable[tuple[str, Query]]) -> None:
        found = list(placed)
        super()._request(found)
        self.noted = tuple(query for _, query in found if not query.is_blank)


class D1Copy:
    """Implements `Copy`, and gives rows to whoever reads tables."""

    def __init__(
        self,
        root: Callable[[], RemoteObject],
        skip: Callable[[str], NoReturn],
        seeded: SeededD1,
    ) -> None:
        self._root = root
        self._skip = skip
        self._seeded = seeded

    def check(self, shape: Shape) -> None:
        """Whatever a database holds can be asked by SQL."""

    def read(self) -> dict[str, Any]:
        """How its tables were made, and all rows."""
        try:
            return full_database(self)
        except JsThrow as thrown:
            self._skip(
                "--cf-backend=workerd cannot read this database whole by its binding:"
                f" {text_of(thrown)}"
            )

    def write(self, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
        """Run what the seed has run."""
        noted, self._seeded.noted = self._seeded.noted, ()
        if noted:
            prepared = [self._prepared(query.sql, query.values) for query in noted]
            self._root().link.result("batch", JsArray(prepared))

    def run(self, sql: str, values: Sequence[SqlValue] = ()) -> list[Row]:
        """The rows that a statement gives."""
        rows = self._prepared(sql, values).link.result("raw")
        assert isinstance(rows, JsArray)
        return [self._row(iterate(row)) for row in rows.items]

    def _prepared(self, sql: str, values: Sequence[SqlValue]) -> RemoteObject:
        prepared = self._root().link.result("prepare", sql)
        assert isinstance(prepared, RemoteObject)
        if values:
            prepared = prepared.link.result("bind", *map(_bound, values))
            assert isinstance(prepared, RemoteObject)
        return prepared

    def _row(self, values: Iterable[object]) -> Row:
        row = tuple(map(_read, values))
        for kind, value in pairwise(row):
            if kind == "integer" and isinstance(value, float):
                self._skip(
                    f"--cf-backend=workerd cannot show an integer near {value:.0f}:"
                    " JavaScript has no such number, so the binding gives another one"
                )
        return row


def _read(value: object) -> SqlValue:
    if value is null:
        return None
    if isinstance(value, JsArray):
        return bytes(to_integer(byte) for byte in value.items)
    assert isinstance(value, (str, int, float))
    return value


def _bound(value: SqlValue) -> object:
    if value is None:
        return null
    return JsArrayBuffer(value) if isinstance(value, bytes) else value
