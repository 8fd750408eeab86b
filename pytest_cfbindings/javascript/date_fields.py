"""The fields of a Date: getHours, setUTCMinutes and so on, local time being UTC."""

import math
from collections.abc import Callable
from typing import Any

from .dates import JsDate, in_milliseconds
from .numeric import to_number
from .objects import JsFunction

_NAMES = (
    *("FullYear", "Month", "Date", "Hours", "Minutes", "Seconds", "Milliseconds"),
    "Day",
)
# How many fields a setter takes: its own and those that follow, of a day or a time.
_SETTABLE = (3, 2, 1, 4, 3, 2, 1)


def _getter(index: int) -> Callable[[Any], float]:
    def get(date: JsDate) -> float:
        fields = date.fields()
        return math.nan if fields is None else fields[index]

    return get


def _setter(index: int) -> Callable[..., float]:
    def set_fields(date: JsDate, *values: object) -> float:
        numbers = [to_number(value) for value in values[: _SETTABLE[index]]]
        fields = date.fields()
        if fields is None and index == 0:
            fields = JsDate(0).fields()
        if fields is None or not numbers or not all(map(math.isfinite, numbers)):
            return date.setTime(math.nan)
        changed = list(fields[:7])
        changed[index : index + len(numbers)] = map(int, numbers)
        return date.setTime(in_milliseconds(*changed))

    return set_fields


def add_field_methods() -> None:
    """Give Date its getters and setters."""
    for index, name in enumerate(_NAMES):
        for zone in ("", "UTC"):
            getter = f"get{zone}{name}"
            JsDate.members[getter] = JsFunction(_getter(index), getter, JsDate)
            if index < len(_SETTABLE):
                setter = f"set{zone}{name}"
                JsDate.members[setter] = JsFunction(_setter(index), setter, JsDate)
