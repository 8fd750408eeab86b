"""Values on their way into SQL and out of it (measured)."""

import math

from ..javascript.buffers import JsArrayBuffer, JsBuffer
from ..javascript.conversions import to_string
from ..javascript.errors import type_error
from ..javascript.numbers import widen
from ..javascript.values import JsBigInt, is_nullish, null
from ..sqlite.cursor import SqlValue


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


def from_sql(value: SqlValue) -> object:
    """What a row holds: every number is a double, a BLOB an ArrayBuffer."""
    if isinstance(value, int):
        return widen(value)
    if isinstance(value, bytes):
        return JsArrayBuffer(value)
    return null if value is None else value
