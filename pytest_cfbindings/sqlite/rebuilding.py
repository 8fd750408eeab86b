"""A database made anew from its schema and its rows, as `.dump` and `.read` do it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import apsw

from .connection import PAGE_BYTES
from .tables import quoted


@dataclass(frozen=True, slots=True)
class RawText:
    """A text of bytes that are no UTF-8."""

    data: bytes


class Unbuildable(ValueError):
    """No such database can be made; the message is SQLite's, and says of what."""


def rebuilt(
    schema: Sequence[Mapping[str, str]],
    tables: Mapping[str, Iterable[Mapping[str, Any]]],
) -> bytes:
    """The image of a database with this schema and these rows.

    Rows are by column name, and may have a `rowid`. Nothing is fired or checked but
    what the file format itself demands. Raises Unbuildable.
    """
    connection = apsw.Connection(":memory:")
    try:
        connection.execute(f"PRAGMA page_size = {PAGE_BYTES}")
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.config(apsw.SQLITE_DBCONFIG_ENABLE_TRIGGER, 0)
        connection.execute("BEGIN")
        for made in schema:
            _create(connection, made)
        for name, rows in tables.items():
            _fill(connection, name, rows)
        connection.execute("COMMIT")
        return connection.serialize("main")
    finally:
        connection.close(True)


def _create(connection: apsw.Connection, made: Mapping[str, str]) -> None:
    sql = made["sql"]
    try:
        if sql.upper().startswith("CREATE VIRTUAL TABLE"):
            connection.execute("PRAGMA writable_schema = ON")
            connection.execute(
                "INSERT INTO sqlite_schema VALUES ('table', ?, ?, 0, ?)",
                (made["name"], made["tbl_name"], sql),
            )
            connection.execute("PRAGMA writable_schema = OFF")
        else:
            connection.execute(sql)
    except apsw.Error as error:
        raise Unbuildable(f"{made['name']}: {error}") from error


def _fill(
    connection: apsw.Connection, name: str, rows: Iterable[Mapping[str, Any]]
) -> None:
    try:
        if name.startswith("sqlite_stat"):
            # Samples, of which our databases have none, would come with it.
            connection.execute("ANALYZE sqlite_schema")
            connection.execute("DROP TABLE IF EXISTS sqlite_stat4")
        if name.startswith("sqlite_"):
            connection.execute(f"DELETE FROM {quoted(name)}")
        for row in rows:
            columns = ", ".join(map(quoted, row))
            places = ", ".join(map(_place, row.values()))
            connection.execute(
                f"INSERT INTO {quoted(name)} ({columns}) VALUES ({places})",
                [_bound(value) for value in row.values()],
            )
    except (apsw.Error, TypeError) as error:
        raise Unbuildable(f"{name}: {error}") from error


def _place(value: object) -> str:
    return "CAST(? AS TEXT)" if isinstance(value, RawText) else "?"


def _bound(value: Any) -> Any:
    return value.data if isinstance(value, RawText) else value


def image_of_file(path: Path) -> bytes:
    """The image of a database file that nobody else uses, its log included.

    The log is written into the file. Raises Unbuildable for what is no database.
    """
    try:
        connection = apsw.Connection(str(path))
        try:
            connection.execute("PRAGMA journal_mode = DELETE").fetchall()
            connection.execute(
                "DROP TABLE IF EXISTS _cf_METADATA; DROP TABLE IF EXISTS _cf_KV"
            )
            return connection.serialize("main")
        finally:
            connection.close(True)
    except apsw.Error as error:
        raise Unbuildable(str(error)) from error
