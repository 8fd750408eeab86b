"""A connection that is set up as workerd sets up its own."""

from functools import cache
from typing import Any

import apsw

from ..limits import (
    SQL_COLUMNS,
    SQL_COMPOUND_TERMS,
    SQL_EXPRESSION_DEPTH,
    SQL_FUNCTION_ARGUMENTS,
    SQL_PARAMETERS,
    SQL_PATTERN_BYTES,
    SQL_PROGRAM_OPERATIONS,
    SQL_TRIGGER_DEPTH,
    SQL_VALUE_BYTES,
)
from .authorizer import Authorizer
from .clock_vfs import ClockVfs
from .older_functions import FP_DIGITS, concat_ws

PAGE_BYTES = 4096
_MOST = 2**31 - 1
"""The largest number that SQLite takes for a limit; what it was built with is less."""
_NO_TABLES: Any = object()
_MODULES = ("fts5", "fts5vocab", "json_each", "json_tree")
_LIMITS = (
    (apsw.SQLITE_LIMIT_LENGTH, SQL_VALUE_BYTES),
    (apsw.SQLITE_LIMIT_COLUMN, SQL_COLUMNS),
    (apsw.SQLITE_LIMIT_EXPR_DEPTH, SQL_EXPRESSION_DEPTH),
    (apsw.SQLITE_LIMIT_COMPOUND_SELECT, SQL_COMPOUND_TERMS),
    (apsw.SQLITE_LIMIT_VDBE_OP, SQL_PROGRAM_OPERATIONS),
    (apsw.SQLITE_LIMIT_FUNCTION_ARG, SQL_FUNCTION_ARGUMENTS),
    (apsw.SQLITE_LIMIT_LIKE_PATTERN_LENGTH, SQL_PATTERN_BYTES),
    (apsw.SQLITE_LIMIT_VARIABLE_NUMBER, SQL_PARAMETERS),
    (apsw.SQLITE_LIMIT_TRIGGER_DEPTH, SQL_TRIGGER_DEPTH),
)


def open_connection(
    vfs: ClockVfs,
    image: bytes | None,
    authorizer: Authorizer,
    row_bytes: int | None = None,
    most_bytes: int | None = None,
) -> apsw.Connection:
    """A database in memory: a copy of the image, or an empty one with its first page.

    Foreign keys are on, triggers do not recurse, the schema cannot be written to, and
    there are no limits, modules or rights that workerd does not give. `row_bytes` says
    how large a text, a BLOB or a row may be, `most_bytes` how large the database.
    """
    connection = apsw.Connection(":memory:", vfs=vfs.name)
    connection.deserialize("main", _empty() if image is None else image)
    connection.config(apsw.SQLITE_DBCONFIG_ENABLE_FKEY, 1)
    connection.execute("PRAGMA recursive_triggers = OFF")
    connection.config(apsw.SQLITE_DBCONFIG_DEFENSIVE, 1)
    connection.config(apsw.SQLITE_DBCONFIG_FP_DIGITS, FP_DIGITS)
    connection.create_scalar_function("concat_ws", concat_ws, deterministic=True)
    if any(limit.value < limit.documented for _, limit in _LIMITS):
        # What is there already has to be read before a test's own limits hold.
        connection.execute("SELECT count(*) FROM sqlite_schema")
    for number, limit in _LIMITS:
        connection.limit(number, min(limit.value, _MOST))
    if row_bytes is not None:
        connection.limit(apsw.SQLITE_LIMIT_LENGTH, min(row_bytes, _MOST))
    if most_bytes is not None:
        connection.execute(f"PRAGMA max_page_count = {most_bytes // PAGE_BYTES}")
    connection.limit(apsw.SQLITE_LIMIT_ATTACHED, 0)
    connection.drop_modules(_MODULES)
    # SQLite would bring this one back: a module without tables takes its name.
    connection.create_module("carray", _NO_TABLES)
    connection.authorizer = authorizer
    return connection


@cache
def _empty() -> bytes:
    """An empty database that has its first page."""
    connection = apsw.Connection(":memory:")
    connection.execute(
        f"PRAGMA page_size = {PAGE_BYTES}; CREATE TABLE t (a); DROP TABLE t; VACUUM"
    )
    return connection.serialize("main")
