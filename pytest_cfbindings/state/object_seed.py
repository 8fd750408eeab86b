"""What one Durable Object can be seeded with, or restored from.

`storage` are the entries of its key-value API, `alarm` is in epoch milliseconds. `sql`
is a text of SQL in a seed, and tables with their schema in a full dump. `sockets` are
connections, so there can be none of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..config.sql_statements import split_statements
from ..javascript.errors import JsThrow
from ..javascript.text import wtf8_encode
from .errors import SeedError
from .refusals import text_of
from .stored_values import loaded_value

_PARTS = ("storage", "sql", "alarm")
_NAMES = ", ".join(_PARTS)


@dataclass(frozen=True, slots=True)
class PlannedObject:
    """What an object shall hold; `place` is how errors name it."""

    place: str
    pairs: list[tuple[bytes, bytes]]
    statements: list[str]
    tables: Mapping[str, Any] | None
    alarm_ms: int | None


def planned(place: str, given: Any) -> PlannedObject:
    """From a dict with some of the parts. Raises SeedError."""
    if not isinstance(given, Mapping):
        raise SeedError(f"{place}: an object is a dict with {_NAMES}")
    for part in given:
        if part not in (*_PARTS, "sockets"):
            raise SeedError(f"{place}: unexpected {part!r}; it has {_NAMES}")
    if given.get("sockets"):
        raise SeedError(
            f"{place}: its sockets are connections, which nobody would hold"
        )
    alarm = given.get("alarm")
    if alarm is not None and type(alarm) is not int:
        raise SeedError(f"{place}: alarm is {alarm!r}: no whole epoch milliseconds")
    sql = given.get("sql") or {}
    return PlannedObject(
        place,
        _pairs(place, given.get("storage", {})),
        split_statements(sql) if isinstance(sql, str) else [],
        sql if sql and isinstance(sql, Mapping) else None,
        alarm,
    )


def _pairs(place: str, storage: Any) -> list[tuple[bytes, bytes]]:
    if not isinstance(storage, Mapping):
        raise SeedError(f"{place}: storage is {storage!r}, which is no dict")
    return [
        (wtf8_encode(str(key)), _value(f"{place}.storage[{key!r}]", value))
        for key, value in storage.items()
    ]


def _value(place: str, value: Any) -> bytes:
    try:
        return loaded_value(value)
    except JsThrow as thrown:
        raise SeedError(f"{place}: {text_of(thrown)}") from None
    except (TypeError, ValueError) as error:
        raise SeedError(f"{place}: {error}") from None
