"""Number(x), and the integers that arguments become."""

import math

from .conversions import to_string
from .errors import type_error
from .numbers import text_to_number
from .objects import JsFunction, JsObject
from .values import JsBigInt, null, undefined

INT32_MIN = -(2**31)
INT32_MAX = 2**31 - 1
UINT32_MAX = 2**32 - 1


def to_number(value: object) -> float:
    """Number(value), but a bigint is refused, as arithmetic refuses it.

    Raises a JavaScript TypeError for a bigint.
    """
    if isinstance(value, JsBigInt):
        raise type_error("Cannot convert a BigInt value to a number")
    if isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, str):
        return text_to_number(value)
    if value is undefined:
        return math.nan
    if value is null:
        return 0
    assert isinstance(value, JsObject), f"{type(value)} is no JavaScript value"
    own = value.properties.get("valueOf")
    if isinstance(own, JsFunction):
        return to_number(own.invoke(value, ()))
    as_primitive = getattr(value, "js_to_number", None)
    if as_primitive is not None:
        return float(as_primitive())
    return text_to_number(to_string(value))


def to_integer(value: object) -> int:
    """ToIntegerOrInfinity, with 0 for what is not finite."""
    number = to_number(value)
    return int(number) if math.isfinite(number) else 0


def to_int32_checked(value: object) -> int:
    """A signed 32-bit argument of a binding, as workerd converts it (measured).

    NaN and the infinities are 0; what is out of range is refused before the fraction
    is cut off. Raises a JavaScript TypeError for that and for a bigint.
    """
    number = to_number(value)
    if not math.isfinite(number):
        return 0
    if not INT32_MIN <= number <= INT32_MAX:
        raise type_error(
            f"Value out of range. Must be between {INT32_MIN} and {INT32_MAX}"
            " (inclusive)."
        )
    return int(number)


def to_uint32_checked(value: object) -> int:
    """An unsigned 32-bit argument of a binding, as workerd converts it (measured).

    Raises a JavaScript TypeError for what is not finite, negative or too large.
    """
    number = to_number(value)
    if not math.isfinite(number):
        raise type_error("The value cannot be converted because it is not an integer.")
    if number < 0:
        raise type_error(
            "The value cannot be converted because it is negative and this API expects"
            " a positive number."
        )
    if number > UINT32_MAX:
        raise type_error(
            f"Value out of range. Must be less than or equal to {UINT32_MAX}."
        )
    return int(number)
