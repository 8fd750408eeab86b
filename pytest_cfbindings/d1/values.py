"""Values on their way into SQLite and out of it."""

import math
from collections.abc import Iterable

from ..javascript.arrays import JsArray
from ..javascript.buffers import DataView, JsBuffer
from ..javascript.conversions import to_string, typeof
from ..javascript.numbers import widen
from ..javascript.objects import JsObject
from ..javascript.typed_array_class import JsTypedArray
from ..javascript.values import JsBigInt, null
from ..sqlite.cursor import SqlValue
from .errors import d1_error


def parameter(value: object) -> object:
    """A value as `bind` keeps it: a number, a text, null or an Array of bytes.

    Raises a JavaScript Error for any other type.
    """
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, (int, float)) and not isinstance(value, JsBigInt):
        return value
    if isinstance(value, str) or value is null:
        return value
    if isinstance(value, JsArray) and all(map(_is_byte, value.items)):
        return value
    if isinstance(value, JsBuffer):
        return JsArray(_elements(value))
    raise d1_error(
        "D1_TYPE_ERROR",
        f"Type '{typeof(value)}' not supported for value '{to_string(value)}'",
    )


def _is_byte(item: object) -> bool:
    is_number = isinstance(item, (int, float)) and not isinstance(
        item, (bool, JsBigInt)
    )
    return is_number and 0 <= item < 256  # type: ignore[operator]


def _elements(buffer: JsBuffer) -> Iterable[object]:
    """Array.from(view): a DataView has no elements."""
    if isinstance(buffer, JsTypedArray):
        return buffer.elements()
    return () if isinstance(buffer, DataView) else buffer.to_bytes()


def stored(value: object) -> SqlValue:
    """A parameter as SQLite gets it: every number is a double (measured)."""
    if isinstance(value, str):
        return value
    if isinstance(value, JsArray):
        return bytes(_byte(item) for item in value.items)
    if isinstance(value, (int, float)):
        number = float(value)
        return number if math.isfinite(number) else None
    return None


def _byte(item: object) -> int:
    """The element of a Uint8Array that a number becomes."""
    is_finite = isinstance(item, (int, float)) and math.isfinite(item)
    return int(item) & 0xFF if is_finite else 0  # type: ignore[call-overload]


def shown(value: SqlValue) -> object:
    """A value of a result as JavaScript sees it."""
    if value is None:
        return null
    kind = type(value)
    if kind is str:
        return value
    if kind is int:
        return widen(value)  # type: ignore[arg-type]
    if kind is float:
        return _number(value)  # type: ignore[arg-type]
    return JsArray(value)  # type: ignore[arg-type]


def _number(value: float) -> object:
    """JSON carries the results: it has no infinities and no negative zero."""
    if not math.isfinite(value):
        return null
    return value or 0


def parameters_of(statement: JsObject) -> list[SqlValue]:
    """The values that a statement was bound to."""
    params = statement.js_get("params")
    return (
        [stored(item) for item in params.items] if isinstance(params, JsArray) else []
    )
