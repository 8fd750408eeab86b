"""The fields of the objects that stream constructors take."""

import math

from ..javascript.errors import type_error
from ..javascript.numeric import to_number
from ..javascript.objects import JsFunction, JsObject
from ..javascript.values import JsBigInt, is_nullish, undefined


def function_field(given: JsObject, name: str, kind: str) -> JsFunction | None:
    """A callback among the fields; None if it is not given.

    Raises a JavaScript TypeError for what is no function.
    """
    value = given.js_get(name)
    if value is undefined:
        return None
    if not isinstance(value, JsFunction):
        raise type_error(
            f"Incorrect type for the '{name}' field on '{kind}': the provided value is"
            " not of type 'function'."
        )
    return value


def dictionary(value: object, stream: str, kind: str) -> JsObject:
    """The first argument of a stream constructor, which may be left out."""
    if is_nullish(value):
        return JsObject()
    if not isinstance(value, JsObject):
        raise type_error(
            f"Failed to construct '{stream}': constructor parameter 1 is not of type"
            f" '{kind}'."
        )
    return value


def high_water_mark(strategy: object, default: float) -> float:
    """How many chunks a queuing strategy holds in advance."""
    given = (
        strategy.js_get("highWaterMark")
        if isinstance(strategy, JsObject)
        else undefined
    )
    return default if given is undefined else size_of(given)


def size_of(value: object) -> int:
    """A number that cannot be negative. Raises a JavaScript TypeError for others."""
    number = int(value) if isinstance(value, JsBigInt) else to_number(value)
    if not math.isfinite(number):
        raise type_error("The value cannot be converted because it is not an integer.")
    if number < 0:
        raise type_error(
            "The value cannot be converted because it is negative and this API expects"
            " a positive bigint."
        )
    return int(number)
