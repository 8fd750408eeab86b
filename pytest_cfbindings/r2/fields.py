"""How the runtime reads the fields of R2's option objects (measured)."""

import math
from typing import Final

from ..javascript.arguments import wrong_parameter
from ..javascript.conversions import to_string
from ..javascript.dates import JsDate
from ..javascript.errors import JsThrow, type_error
from ..javascript.objects import JsObject
from ..javascript.text import as_utf8
from ..javascript.values import JsBigInt, is_nullish, undefined

_MOST_MS: Final = (2**63 - 1) // 10**6
"""Dates are 64-bit nanoseconds inside the runtime."""


def text(value: object) -> str:
    """String(value), as it arrives at R2."""
    return as_utf8(to_string(value))


def options_object(
    value: object, operation: str, interface: str, index: int, kind: str
) -> JsObject | None:
    """An options argument; None for null and undefined.

    Raises a JavaScript TypeError for what is no object.
    """
    if is_nullish(value):
        return None
    if not isinstance(value, JsObject):
        raise wrong_parameter(operation, interface, index, kind)
    return value


def wrong_field(name: str, owner: str, kind: str) -> JsThrow:
    """The TypeError for a field of an options object that is ill-typed."""
    return type_error(
        f"Incorrect type for the '{name}' field on '{owner}': the provided value is"
        f" not of type '{kind}'."
    )


def optional_text(options: JsObject, name: str) -> str | None:
    """A field that is made a string, even null; None if it is undefined."""
    value = options.js_get(name)
    return None if value is undefined else text(value)


def strict_text(options: JsObject, name: str, owner: str) -> str | None:
    """A field that has to be a string; None if it is undefined."""
    value = options.js_get(name)
    if value is undefined:
        return None
    if not isinstance(value, str):
        raise wrong_field(name, owner, "string")
    return as_utf8(value)


def optional_date(options: JsObject, name: str, owner: str) -> int | None:
    """A field that is a Date or a number, in epoch milliseconds; None if undefined."""
    value = options.js_get(name)
    if value is undefined:
        return None
    if isinstance(value, JsDate):
        return _whole(value.milliseconds)
    if isinstance(value, (bool, JsBigInt)) or not isinstance(value, (int, float)):
        raise wrong_field(name, owner, "date")
    return _whole(value)


def _whole(milliseconds: float) -> int:
    if not math.isfinite(milliseconds):
        raise type_error(
            "The value cannot be converted because it is not a valid Date."
        )
    if milliseconds > _MOST_MS:
        raise type_error("This API doesn't support dates after 2189.")
    if milliseconds < -_MOST_MS:
        raise type_error("This API doesn't support dates before 1687.")
    return math.trunc(milliseconds)
