"""Dates that the runtime takes from JavaScript as times of its own (measured)."""

import math
from typing import Final

from .dates import JsDate
from .errors import type_error
from .values import JsBigInt

_MOST_MS: Final = (2**63 - 1) // 10**6
"""A time is 64-bit nanoseconds inside the runtime."""


def date_argument(value: object) -> int | None:
    """A Date or a number, in whole epoch milliseconds; None for anything else.

    Raises a JavaScript TypeError for what is no moment, or one whose nanoseconds do not
    fit into 64 bits.
    """
    if isinstance(value, JsDate):
        return _whole(value.milliseconds)
    if isinstance(value, (bool, JsBigInt)) or not isinstance(value, (int, float)):
        return None
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
