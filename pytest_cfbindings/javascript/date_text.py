"""What JavaScript's `new Date(text)` reads in a text: V8's date parser, in short."""

import math

from .date_tokens import SIGNIFICANT_DIGITS, Token, tokens
from .days import days_before

_END = Token("other", -1)
_YEARS = range(-271_820, 275_761)
"""The whole years that JavaScript's dates can hold."""
_YEAR_OF_NONE = 2001
"""The year of a text that names none, such as `May 5`."""


class _Unreadable(Exception):
    pass


def is_readable_date(text: str) -> bool:
    """Whether V8 makes a valid date of the text.

    It takes ISO 8601 and, where that fails, nearly anything with a day in it: `2026`,
    `1/2/26`, `May 5` (wrangler 4.164 on Node, measured).
    """
    return not math.isnan(parse_date(text))


def parse_date(text: str) -> float:
    """Date.parse(text): milliseconds since the epoch, NaN for what is no date.

    A text without a time zone is in UTC, as everywhere in workerd.
    """
    try:
        return _Reader(text).milliseconds()
    except _Unreadable:
        return math.nan


class _Reader:
    __slots__ = (
        *("_day", "_half", "_is_iso", "_month", "_rest", "_time", "_west", "_zone"),
    )

    def __init__(self, text: str) -> None:
        self._rest = [*tokens(text), _END]
        self._day: list[int] = []
        self._month = 0
        self._time: list[int] = []
        self._half: int | None = None
        # Hours and minutes of the time zone; None is what nothing has set yet.
        self._zone: tuple[int | None, int | None] = (None, None)
        self._west = False
        self._is_iso = False

    def milliseconds(self) -> float:
        token = self._iso()
        while token is not _END:
            self._legacy(token)
            token = self._next()
        hours, minutes = self._zone
        ahead = ((hours or 0) * 60 + (minutes or 0)) * 60_000
        return (
            self._days() * 86_400_000
            + self._since_midnight()
            + (ahead if self._west else -ahead)
        )

    @property
    def _peek(self) -> Token:
        return self._rest[0]

    def _next(self) -> Token:
        return self._rest.pop(0) if len(self._rest) > 1 else _END

    def _skip(self, symbol: str) -> bool:
        if self._peek.symbol != symbol:
            return False
        self._next()
        return True

    def _fixed(self, length: int, low: int, high: int) -> bool:
        token = self._peek
        fits = token.kind == "number" and token.length == length
        return fits and low <= token.value <= high

    def _demand(self, length: int, high: int) -> int:
        if not self._fixed(length, 0, high):
            raise _Unreadable
        return self._next().value

    def _iso(self) -> Token:
        """Read ISO 8601 as far as it goes; returns the first token it cannot use."""
        if self._peek.is_sign:
            sign = self._next()
            if not self._fixed(6, 0, 999_999):
                return sign
            year = self._next().value
            if sign.symbol == "-" and year == 0:
                return sign
            self._day.append(-year if sign.symbol == "-" else year)
        elif not self._fixed(4, 0, 9999):
            return self._next()
        else:
            self._day.append(self._next().value)
        for high in (12, 31):
            if not self._skip("-"):
                break
            if not self._fixed(2, 1, high):
                return self._next()
            self._day.append(self._next().value)
        if self._peek.kind == "separator":
            self._next()
            self._iso_time()
        elif self._peek is not _END:
            return self._next()
        self._is_iso = True
        return _END

    def _iso_time(self) -> None:
        hour = self._demand(2, 24)
        if not self._skip(":"):
            raise _Unreadable
        rest = [self._demand(2, 59)]
        if self._skip(":"):
            rest.append(self._demand(2, 59))
            if self._skip("."):
                if self._peek.kind != "number":
                    raise _Unreadable
                rest.append(_thousandths(self._next()))
        if hour == 24 and any(rest):
            raise _Unreadable
        self._time = [hour, *rest]
        if self._peek.kind == "zone" and self._peek.length == 1:
            self._next()
        elif self._peek.is_sign:
            self._west = self._next().symbol == "-"
            self._iso_offset()
        if self._peek is not _END:
            raise _Unreadable

    def _iso_offset(self) -> None:
        if self._fixed(4, 0, 2359):
            hours, minutes = divmod(self._next().value, 100)
            if minutes > 59:
                raise _Unreadable
            self._zone = (hours, minutes)
            return
        hours = self._demand(2, 23)
        if not self._skip(":"):
            raise _Unreadable
        self._zone = (hours, self._demand(2, 59))

    def _legacy(self, token: Token) -> None:
        has_number = bool(self._day or self._time) or self._zone != (None, None)
        if token.kind == "number":
            self._number(token.value)
        elif token.kind == "half" and self._time:
            self._half = token.value
        elif token.kind == "month":
            self._month = token.value
            self._skip("-")
        elif token.kind == "zone" and has_number:
            self._zone = (abs(token.value), 0)
            self._west = token.value < 0
        elif token.kind in ("half", "zone", "separator", "word"):
            if has_number or self._peek.kind == "number":
                raise _Unreadable
        elif token.is_sign and (self._zone == (0, 0) or self._time):
            self._west = token.symbol == "-"
            self._offset()
        elif (token.is_sign or token.symbol == ")") and has_number:
            raise _Unreadable

    def _number(self, number: int) -> None:
        expects = self._expects_time(number)
        if self._skip(":"):
            self._hour_or_minute(number)
        elif self._skip(".") and expects:
            self._time.append(number)
            fraction = self._next()
            if fraction.kind != "number":
                raise _Unreadable
            self._time += [0] * (3 - len(self._time)) + [_thousandths(fraction)]
        elif self._zone[0] is not None and self._zone[1] is None and number < 60:
            self._zone = (self._zone[0], number)
        elif expects:
            self._time += [number] + [0] * (3 - len(self._time))
            peek = self._peek
            is_utc = peek.kind == "zone" and peek.length == 1
            if not (peek is _END or peek.kind == "space" or is_utc or peek.is_sign):
                raise _Unreadable
        else:
            if len(self._day) == 3:
                raise _Unreadable
            self._day.append(number)
            self._skip("-")

    def _hour_or_minute(self, number: int) -> None:
        if self._skip(":"):
            if self._time:
                raise _Unreadable
            self._time = [number, 0]
            return
        if len(self._time) == 4:
            raise _Unreadable
        self._time.append(number)
        self._skip(".")

    def _expects_time(self, number: int) -> bool:
        limits = {1: 60, 2: 60, 3: 1000}
        return number < limits.get(len(self._time), 0)

    def _offset(self) -> None:
        token = self._next() if self._peek.kind == "number" else Token("number")
        if self._peek.symbol == ":":
            self._zone = (token.value, None)
        elif token.length in (1, 2):
            self._zone = (token.value, 0)
        elif token.length in (3, 4):
            self._zone = (token.value // 100, token.value % 100)
        else:
            raise _Unreadable

    def _days(self) -> int:
        if not self._day:
            raise _Unreadable
        first, second, third = [*self._day, 1, 1][:3]
        if not self._month:
            year_first = self._is_iso or not 1 <= first <= 31
            order = (first, second, third) if year_first else (third, first, second)
            named = year_first or len(self._day) == 3
        elif not 1 <= first <= 31:
            order, named = (first, self._month, second), True
        else:
            order, named = (second, self._month, first), len(self._day) > 1
        year, month, day = order
        if not (1 <= month <= 12 and 1 <= day <= 31 and year in _YEARS):
            raise _Unreadable
        if not named:
            year = _YEAR_OF_NONE
        elif not self._is_iso and 0 <= year <= 99:
            year += 2000 if year < 50 else 1900
        return days_before(year, month - 1) + day - 1

    def _since_midnight(self) -> int:
        hour, minute, second, fraction = [*self._time, 0, 0, 0, 0][:4]
        if self._half is not None:
            if hour > 12:
                raise _Unreadable
            hour = hour % 12 + self._half
        inside = hour < 24 and minute < 60 and second < 60 and fraction < 1000
        if not inside and (hour, minute, second, fraction) != (24, 0, 0, 0):
            raise _Unreadable
        return ((hour * 60 + minute) * 60 + second) * 1000 + fraction


def _thousandths(fraction: Token) -> int:
    """The milliseconds of a decimal fraction; further digits are cut off."""
    digits = min(fraction.length, SIGNIFICANT_DIGITS)
    return int(fraction.value * 10**3 // 10**digits)
