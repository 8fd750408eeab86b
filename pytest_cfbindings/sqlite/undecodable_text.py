"""Text that is not UTF-8: rows with it are read as bytes, and decoded here."""

from collections.abc import Sequence
from typing import Any

from .cursor import Row


def as_bytes(sql: str, columns: int) -> str:
    """A query for the rows of another one: for each column its type, and its bytes."""
    names = ", ".join(f"c{i}" for i in range(columns))
    parts = ", ".join(
        f"typeof(c{i}), CASE typeof(c{i}) WHEN 'text' THEN CAST(c{i} AS BLOB)"
        f" ELSE c{i} END"
        for i in range(columns)
    )
    query = sql.rstrip().rstrip(";")
    return f"WITH r({names}) AS ({query}\n) SELECT {parts} FROM r"


def is_argument(error: UnicodeDecodeError) -> bool:
    """Whether it is an argument of a function of ours, rather than a row's value."""
    traceback = error.__traceback__
    while traceback is not None and traceback.tb_next is not None:
        traceback = traceback.tb_next
    if traceback is None:
        return False
    # The frame that apsw adds for whoever reads the traceback.
    return traceback.tb_frame.f_code.co_name.startswith("user-defined-")


def decoded(row: Sequence[Any]) -> Row:
    """A row of pairs (type, value as bytes or itself); bad UTF-8 becomes U+FFFD."""
    return tuple(
        value.decode("utf-8", "replace") if kind == "text" else value
        for kind, value in zip(row[::2], row[1::2], strict=True)
    )
