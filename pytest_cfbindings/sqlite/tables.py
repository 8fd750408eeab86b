"""The tables of a database and their rows, for whoever looks in from outside."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from .cursor import Row, SqlValue

_ROWID_NAMES = ("rowid", "_rowid_", "oid")
_LISTED = """
    SELECT s.name, s.sql, l.type, l.wr
    FROM sqlite_schema AS s JOIN pragma_table_list(s.name) AS l ON l.schema = 'main'
    WHERE s.type = 'table' AND s.name NOT LIKE '\\_cf\\_%' ESCAPE '\\' ORDER BY s.name
"""
_COLUMNS = "SELECT name, pk, hidden FROM pragma_table_xinfo(?) WHERE hidden <> 1"
_HAS_KEY_INDEX = "SELECT count(*) FROM pragma_index_list(?) WHERE origin = 'pk'"


class Queried(Protocol):
    """A database, here or elsewhere."""

    def run(self, sql: str, values: Sequence[SqlValue] = ()) -> list[Row]:
        """The rows that a statement gives."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table. `kind` is `table`, `virtual` or `shadow`, a virtual table's own data.

    `key` are the columns of its primary key; `stored` are all columns but the generated
    ones. `rowid` is the name of a rowid that no column stands for, if there is one.
    """

    name: str
    kind: str
    columns: tuple[str, ...]
    stored: tuple[str, ...]
    key: tuple[str, ...]
    rowid: str | None

    @property
    def is_sqlites(self) -> bool:
        """Whether SQLite keeps it for itself: the sequences, the statistics."""
        return self.name.startswith("sqlite_")


def tables(database: Queried) -> list[Table]:
    """All but the service's own, by name."""
    return [
        _table(database, str(name), str(kind), bool(without_rowid))
        for name, _sql, kind, without_rowid in database.run(_LISTED)
    ]


def _table(database: Queried, name: str, kind: str, without_rowid: bool) -> Table:
    found = [
        (str(column), int(place or 0), hidden)
        for column, place, hidden in database.run(_COLUMNS, (name,))
    ]
    columns = tuple(column for column, _, _ in found)
    keyed = sorted((place, column) for column, place, _ in found if place)
    [[indexes]] = database.run(_HAS_KEY_INDEX, (name,))
    is_alias = len(keyed) == 1 and not indexes
    rowid = None
    if not without_rowid and not is_alias:
        taken = {column.lower() for column in columns}
        rowid = next((free for free in _ROWID_NAMES if free not in taken), None)
    stored = tuple(column for column, _, hidden in found if not hidden)
    key = tuple(column for _, column in keyed)
    return Table(name, kind, columns, stored, key, rowid)


def rows(database: Queried, table: Table) -> list[Row]:
    """Its rows by primary key, else as they were inserted.

    Text that is not UTF-8 has U+FFFD in its place.
    """
    listed = ", ".join(map(quoted, table.columns))
    sql = f"SELECT {listed} FROM {quoted(table.name)}{_order(table)}"
    try:
        return database.run(sql)
    except UnicodeDecodeError:
        return [
            tuple(
                value.decode("utf-8", "replace") if kind == "text" else value
                for kind, value in row
            )
            for row in exact_rows(database, table, table.columns)
        ]


def exact_rows(
    database: Queried, table: Table, columns: tuple[str, ...]
) -> Iterator[list[tuple[object, Any]]]:
    """Pairs of type and value, in which a text is its bytes."""
    parts = ", ".join(
        f"typeof({c}), CASE typeof({c}) WHEN 'text' THEN CAST({c} AS BLOB) ELSE {c} END"
        for c in map(quoted, columns)
    )
    for row in database.run(f"SELECT {parts} FROM {quoted(table.name)}{_order(table)}"):
        pairs = zip(row[::2], row[1::2], strict=True)
        # JavaScript's numbers do not say of which type they are.
        yield [(k, float(v) if k == "real" else v) for k, v in pairs]  # type: ignore[arg-type]


def schema(database: Queried) -> list[dict[str, str]]:
    """What was created, in its order, without what SQLite and the service make."""
    found = database.run(
        "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND"
        " name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND tbl_name NOT LIKE '\\_cf\\_%'"
        " ESCAPE '\\' ORDER BY rowid"
    )
    names = ("type", "name", "tbl_name", "sql")
    return [dict(zip(names, map(str, row), strict=True)) for row in found]


def quoted(name: str) -> str:
    """A name as SQL has it."""
    return '"' + name.replace('"', '""') + '"'


def _order(table: Table) -> str:
    names = [*table.key, *([table.rowid] if table.rowid else [])]
    return f" ORDER BY {', '.join(map(quoted, names))}" if names else ""
