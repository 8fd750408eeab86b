"""Date. Milliseconds since the epoch, shown in UTC as workerd does."""

import datetime
import math
from typing import Final

from .errors import range_error
from .objects import JsObject, method
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

    @method
    def getTime(self) -> float:
        return self.milliseconds

    @method
    def valueOf(self) -> float:
        return self.milliseconds

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
