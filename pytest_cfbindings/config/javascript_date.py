"""Whether JavaScript's `new Date(text)` reads a text: V8's date parser, in short."""

from .date_tokens import Token, tokens

_END = Token("other", -1)
_YEARS = range(-271_820, 275_761)
"""The whole years that JavaScript's dates can hold."""


class _Unreadable(Exception):
    pass


def is_readable_date(text: str) -> bool:
    """Whether V8 makes a valid date of the text.

    It takes ISO 8601 and, where that fails, nearly anything with a day in it: `2026`,
    `1/2/26`, `May 5` (wrangler 4.164 on Node, measured).
    """
    try:
        return _Reader(text).reads()
    except _Unreadable:
        return False


class _Reader:
    __slots__ = ("_day", "_half", "_is_iso", "_month", "_rest", "_time", "_zone")

    def __init__(self, text: str) -> None:
        self._rest = [*tokens(text), _END]
        self._day: list[int] = []
        self._month = 0
        self._time: list[int] = []
        self._half: int | None = None
        # Hours and minutes of the time zone; None is what nothing has set yet.
        self._zone: tuple[int | None, int | None] = (None, None)
        self._is_iso = False

    def reads(self) -> bool:
        token = self._iso()
        while token is not _END:
            self._legacy(token)
            token = self._next()
        return self._is_day() and self._is_time()

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
                rest.append(self._next().value)
        if hour == 24 and any(rest):
            raise _Unreadable
        if self._peek.kind == "zone" and self._peek.length == 1:
            self._next()
        elif self._peek.is_sign:
            self._next()
            self._iso_offset()
        if self._peek is not _END:
            raise _Unreadable

    def _iso_offset(self) -> None:
        if self._fixed(4, 0, 2359):
            if self._next().value % 100 > 59:
                raise _Unreadable
            return
        self._demand(2, 23)
        if not self._skip(":"):
            raise _Unreadable
        self._demand(2, 59)

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
            self._zone = (token.value, 0)
        elif token.kind in ("half", "zone", "separator", "word"):
            if has_number or self._peek.kind == "number":
                raise _Unreadable
        elif token.is_sign and (self._zone == (0, 0) or self._time):
            self._offset()
        elif (token.is_sign or token.symbol == ")") and has_number:
            raise _Unreadable

    def _number(self, number: int) -> None:
        expects = self._expects_time(number)
        if self._skip(":"):
            self._hour_or_minute(number)
        elif self._skip(".") and expects:
            self._time.append(number)
            if self._next().kind != "number":
                raise _Unreadable
            self._time += [0] * (4 - len(self._time))
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

    def _is_day(self) -> bool:
        if not self._day:
            return False
        first, second, third = [*self._day, 1, 1][:3]
        if not self._month:
            year_first = self._is_iso or not 1 <= first <= 31
            order = (first, second, third) if year_first else (third, first, second)
        elif not 1 <= first <= 31:
            order = (first, self._month, second)
        else:
            order = (second, self._month, first)
        year, month, day = order
        return 1 <= month <= 12 and 1 <= day <= 31 and year in _YEARS

    def _is_time(self) -> bool:
        hour, minute, second, fraction = [*self._time, 0, 0, 0, 0][:4]
        if self._half is not None:
            if hour > 12:
                return False
            hour = hour % 12 + self._half
        if hour == 24:
            return not (minute or second or fraction)
        return hour < 24 and minute < 60 and second < 60 and fraction < 1000
