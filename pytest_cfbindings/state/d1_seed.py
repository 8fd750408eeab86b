"""What a D1 database can be seeded with.

A file holds SQL, as for `wrangler d1 execute --file`. A test may give rows itself:
a dict of tables, each a list of rows, each a dict of columns.
"""

import math
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ..config.sql_statements import SeveralTransactions, split_statements
from ..config.values import SAFE_INTEGER_MAX
from .errors import SeedError


def read_statements(path: Path, source: str) -> list[str]:
    """The statements of a file. Raises SeedError."""
    try:
        data = path.read_bytes()
        if data.startswith(b"SQLite format 3"):
            raise SeedError(
                f"{source}: a binary SQLite database, where a text of SQL is expected;"
                " `sqlite3 FILE .dump` makes one"
            )
        return split_statements(data.decode("utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        raise SeedError(f"{source}: cannot be read: {error}") from None
    except SeveralTransactions as error:
        raise SeedError(f"{source}: {error}") from None


def read_rows(data: Any, source: str) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Place, table and columns of each row, as D1 stores them. Raises SeedError."""
    if not isinstance(data, Mapping):
        raise SeedError(
            f"{source}: D1 is seeded with a dict of tables, each a list of rows, or"
            f" with the path of a file of SQL, not with {type(data).__name__}"
        )
    for table, rows in data.items():
        if not isinstance(rows, list):
            raise SeedError(f"{source}: {table} is no list of rows")
        for number, row in enumerate(rows, start=1):
            place = f"{table}, row {number}"
            if not isinstance(row, Mapping) or not row:
                raise SeedError(f"{source}, {place}: a row is a dict of its columns")
            columns = {name: _stored(item) for name, item in row.items()}
            for name, item in columns.items():
                if isinstance(item, ValueError):
                    raise SeedError(f"{source}, {place}, {name}: {item}")
            yield place, table, columns


def _stored(value: Any) -> Any:
    """As a Worker would bind it: every number is a double. Else a ValueError."""
    if value is None or type(value) in (str, bytes):
        return value
    if isinstance(value, int) and abs(value) <= SAFE_INTEGER_MAX:
        return float(value)
    if isinstance(value, int):
        return ValueError(f"{value} is more than JavaScript's numbers can hold")
    if isinstance(value, float) and math.isfinite(value):
        return value
    return ValueError(
        f"{value!r} cannot be stored: there are text, numbers, bytes and None"
    )
