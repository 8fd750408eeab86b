"""Date. Milliseconds since the epoch, shown in UTC as workerd does."""

import datetime
import math
from collections.abc import Sequence
from typing import Final

from .conversions import to_string
from .date_text import parse_date
from .days import days_before
from .errors import range_error
from .numeric import to_number
from .objects import JsFunction, JsObject, method
from .values import null

_EPOCH: Final = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
_LAST: Final = 8.64e15
# After 400 years the calendar repeats itself, weekdays included.
_CYCLE_YEARS: Final = 400
_CYCLE_MS: Final = 146_097 * 86_400_000
_WEEKDAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS: Final = (
    *("Jan", "Feb", "Mar", "Apr", "May", "Jun"),
    *("Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
)


class JsDate(JsObject):
    """A JavaScript Date; `milliseconds` is integral, or NaN for an invalid date."""

    __slots__ = ("milliseconds",)

    class_name = "Date"

    def __init__(self, milliseconds: float) -> None:
        super().__init__()
        valid = math.isfinite(milliseconds) and abs(milliseconds) <= _LAST
        self.milliseconds: float = math.trunc(milliseconds) if valid else math.nan

    @classmethod
    def of(cls, arguments: Sequence[object]) -> "JsDate":
        """`new Date(...)` of a moment, a text, or a year, month, day and so on."""
        if len(arguments) > 1:
            return cls(moment_of(arguments))
        (given,) = arguments
        if isinstance(given, JsDate):
            return cls(given.milliseconds)
        if isinstance(given, str) or _is_text(given):
            return cls(parse_date(to_string(given)))
        return cls(to_number(given))

    def js_to_number(self) -> float:
        """Number(date)."""
        return self.milliseconds

    def js_to_string(self) -> str:
        if math.isnan(self.milliseconds):
            return "Invalid Date"
        year, moment = self._moment()
        sign = "-" if year < 0 else ""
        return (
            f"{_WEEKDAYS[moment.weekday()]} {_MONTHS[moment.month - 1]}"
            f" {moment.day:02d} {sign}{abs(year):04d} {moment:%H:%M:%S}"
            " GMT+0000 (Coordinated Universal Time)"
        )

    def _moment(self) -> tuple[int, datetime.datetime]:
        """The year, and a moment that differs from the date by whole cycles only."""
        cycles, rest = divmod(int(self.milliseconds), _CYCLE_MS)
        moment = _EPOCH + datetime.timedelta(milliseconds=rest)
        return moment.year + cycles * _CYCLE_YEARS, moment

    def fields(self) -> tuple[int, ...] | None:
        """Year, month (0 to 11), day, hours, minutes, seconds, milliseconds, weekday.

        None for an invalid date.
        """
        if math.isnan(self.milliseconds):
            return None
        year, moment = self._moment()
        return (
            *(year, moment.month - 1, moment.day, moment.hour, moment.minute),
            *(moment.second, int(self.milliseconds) % 1000),
            moment.isoweekday() % 7,
        )

    @method
    def getTime(self) -> float:
        return self.milliseconds

    @method
    def setTime(self, milliseconds: object = math.nan) -> float:
        self.milliseconds = JsDate(to_number(milliseconds)).milliseconds
        return self.milliseconds

    @method
    def getTimezoneOffset(self) -> float:
        return math.nan if math.isnan(self.milliseconds) else 0

    @method
    def valueOf(self) -> float:
        return self.milliseconds

    @method
    def toISOString(self) -> str:
        if math.isnan(self.milliseconds):
            raise range_error("Invalid time value")
        year, moment = self._moment()
        shown = f"{year:04d}" if 0 <= year <= 9999 else f"{year:+07d}"
        milliseconds = int(self.milliseconds) % 1000
        return f"{shown}-{moment:%m-%dT%H:%M:%S}.{milliseconds:03d}Z"

    @method
    def toJSON(self) -> object:
        return null if math.isnan(self.milliseconds) else self.toISOString()

    @method
    def toUTCString(self) -> str:
        if math.isnan(self.milliseconds):
            return "Invalid Date"
        year, moment = self._moment()
        sign = "-" if year < 0 else ""
        return (
            f"{_WEEKDAYS[moment.weekday()]}, {moment.day:02d}"
            f" {_MONTHS[moment.month - 1]} {sign}{abs(year):04d} {moment:%H:%M:%S} GMT"
        )

    @method
    def toDateString(self) -> str:
        whole = self.js_to_string()
        return whole.partition(":")[0][:-3] if " GMT" in whole else whole

    @method
    def toTimeString(self) -> str:
        whole = self.js_to_string()
        return whole[whole.index(":") - 2 :] if " GMT" in whole else whole


def _is_text(value: object) -> bool:
    """Whether an object becomes a text where a text or a number will do."""
    if not isinstance(value, JsObject) or hasattr(value, "js_to_number"):
        return False
    return not isinstance(value.properties.get("valueOf"), JsFunction)


def moment_of(parts: Sequence[object]) -> float:
    """Date.UTC(...): the milliseconds of a year, month (0 to 11), day, hours, ...

    NaN if one of them is not finite. The years 0 to 99 are those of the century.
    """
    numbers = [to_number(part) for part in parts[:7]]
    if not numbers or not all(map(math.isfinite, numbers)):
        return math.nan
    given = [int(number) for number in numbers]
    year, month, day, *time = [*given, *(0, 0, 1, 0, 0, 0, 0)[len(given) :]]
    if 0 <= year <= 99:
        year += 1900
    return in_milliseconds(year, month, day, *time)


def in_milliseconds(
    year: int, month: int, day: int, hours: int, minutes: int, seconds: int, ms: int
) -> float:
    """The milliseconds of these fields, each of which may be out of its range."""
    days = days_before(year, month) + day - 1
    return ((days * 24 + hours) * 60 + minutes) * 60_000 + seconds * 1000 + ms
