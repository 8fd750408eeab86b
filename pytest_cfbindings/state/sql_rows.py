"""The tables of a SQLite database in dumps, for D1 and for Durable Objects."""

import math
from collections.abc import Iterable, Mapping
from typing import Any

from ..sqlite.rebuilding import RawText, Unbuildable, rebuilt
from ..sqlite.tables import Queried, Table, exact_rows, rows, schema, tables
from .contents import Shape
from .errors import RestoreError

SCHEMA = "sqlite_schema"
_MADE = {"type", "name", "tbl_name", "sql"}


def dumped_database(
    database: Queried, shape: Shape, hidden: Iterable[str] = ()
) -> dict[str, Any]:
    """Tables with their rows; those that are `hidden` only with the schema."""
    if shape.full:
        return full_database(database)
    found: dict[str, Any] = {}
    if shape.schema and (made := schema(database)):
        found[SCHEMA] = made
    for table in tables(database):
        if table.is_sqlites or table.kind == "shadow":
            continue
        if shape.schema or table.name not in hidden:
            found[table.name] = [
                dict(zip(table.columns, row, strict=True))
                for row in rows(database, table)
            ]
    return found


def full_database(database: Queried) -> dict[str, Any]:
    """Everything that `loaded_database` needs."""
    made = schema(database)
    if not made:
        return {}
    found: dict[str, Any] = {SCHEMA: made}
    for table in tables(database):
        if table.kind != "virtual":
            found[table.name] = _full_rows(database, table)
    return found


def _full_rows(database: Queried, table: Table) -> list[dict[str, Any]]:
    """What can be inserted again, a hidden rowid included."""
    columns = (table.rowid, *table.stored) if table.rowid else table.stored
    return [
        {
            column: _tagged(kind, value)
            for column, (kind, value) in zip(columns, row, strict=True)
        }
        for row in exact_rows(database, table, columns)
    ]


def _tagged(kind: object, value: Any) -> Any:
    if kind == "text":
        try:
            return value.decode()
        except UnicodeDecodeError:
            return {"$text": value.hex()}
    if kind == "blob":
        return {"$bytes": value.hex()}
    if kind == "real" and not math.isfinite(value):
        return {"$number": "Infinity" if value > 0 else "-Infinity"}
    return value


def loaded_database(dumped: Any, place: str) -> bytes | None:
    """The image of a full dump; None for an empty database. Raises RestoreError."""
    if not isinstance(dumped, Mapping):
        raise RestoreError(f"{place} is {dumped!r}, which is no dump of tables")
    made = dumped.get(SCHEMA, [])
    if not made and dumped:
        raise RestoreError(
            f"{place} has rows and no {SCHEMA}: cf.dump(full=True) keeps it"
        )
    for item in made:
        if not isinstance(item, Mapping) or set(item) != _MADE:
            raise RestoreError(f"{place}.{SCHEMA} has {item!r}, which is no row of it")
    filled = {
        name: [_untagged_row(row, f"{place}.{name}[{i}]") for i, row in enumerate(rows)]
        for name, rows in dumped.items()
        if name != SCHEMA
    }
    try:
        return rebuilt(made, filled) if made else None
    except Unbuildable as error:
        raise RestoreError(f"{place}: {error}") from None


def _untagged_row(row: Any, place: str) -> dict[str, Any]:
    if not isinstance(row, Mapping):
        raise RestoreError(f"{place} is {row!r}, which is no row")
    return {name: _untagged(value, f"{place}.{name}") for name, value in row.items()}


def _untagged(value: Any, place: str) -> Any:
    if not isinstance(value, Mapping):
        return value
    tag, text = next(iter(value.items())) if len(value) == 1 else ("", "")
    try:
        if tag == "$bytes":
            return bytes.fromhex(text)
        if tag == "$text":
            return RawText(bytes.fromhex(text))
        if tag == "$number":
            return float(text)
    except (TypeError, ValueError) as error:
        raise RestoreError(f"{place}: {error}") from None
    raise RestoreError(f"{place} is {value!r}, which is no value of SQLite")
