"""Values on their way into SQL and out of it (measured)."""

import math

from ..javascript.buffers import JsArrayBuffer, JsBuffer
from ..javascript.conversions import to_string
from ..javascript.errors import type_error
from ..javascript.numbers import widen
from ..javascript.values import JsBigInt, is_nullish, null
from ..sqlite.cursor import Row, SqlValue


def to_sql(value: object) -> SqlValue:
    """What is bound: numbers are REAL, what is neither number nor bytes is text.

    Raises a JavaScript TypeError for a bigint.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, JsBigInt):
        raise type_error("Cannot convert a BigInt value to a number")
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return None if math.isnan(value) else float(value)
    if is_nullish(value):
        return None
    if isinstance(value, JsBuffer):
        return value.to_bytes()
    return to_string(value)


def row_from_sql(row: Row) -> list[object]:
    """What the values of a row are to JavaScript: every number is a double."""
    return [
        value if (kind := type(value)) is str or kind is float else _from_sql(value)
        for value in row
    ]


def _from_sql(value: SqlValue) -> object:
    if value is None:
        return null
    if isinstance(value, int):
        return widen(value)
    return JsArrayBuffer(value) if isinstance(value, bytes) else value
