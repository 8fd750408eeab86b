"""Dates in headers: what JavaScript's Date makes of a text, in nanoseconds."""

import math
from typing import Final

from ..javascript.date_text import parse_date

_TOP: Final = 2**63


def header_date(text: str) -> int:
    """Epoch milliseconds; what is no date is the epoch itself (measured).

    A date that 64-bit nanoseconds cannot hold wraps around, as it does in workerd.
    """
    milliseconds = parse_date(text)
    if math.isnan(milliseconds):
        return 0
    nanoseconds = (int(milliseconds) * 10**6 + _TOP) % (2 * _TOP) - _TOP
    return nanoseconds // 10**6 if nanoseconds >= 0 else -(-nanoseconds // 10**6)
