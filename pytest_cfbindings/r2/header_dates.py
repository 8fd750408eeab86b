"""Dates in headers: what JavaScript's Date makes of a text, in nanoseconds."""

import datetime
import re
from typing import Final

from ..config.javascript_date import is_readable_date

_TOP: Final = 2**63
_DAY_MS: Final = 86_400_000
_EPOCH: Final = datetime.date(1970, 1, 1).toordinal()
# After 400 years the calendar repeats itself.
_CYCLE_YEARS: Final = 400
_CYCLE_MS: Final = 146_097 * _DAY_MS

_ISO = re.compile(
    r"(\d{4}|[+-]\d{6})(?:-(\d\d))?(?:-(\d\d))?"
    r"(?:[Tt](\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?(?:([Zz])|([+-])(\d\d):?(\d\d))?)?"
)
_PARENTHESES = re.compile(r"\([^)]*\)")
_TIME = re.compile(
    r"(\d+):(\d+)(?::(\d+)(?:\.(\d+))?)?\s*(am\b|pm\b)?"
    r"\s*(?:gmt|utc|ut|z)?\s*(?:([+-])\s*(\d{1,2}):?(\d\d)?)?",
    re.IGNORECASE,
)
_MONTH = re.compile(
    r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*", re.IGNORECASE
)
_ZONE = re.compile(r"\b([ecmp])([sd])t\b", re.IGNORECASE)
_ZONE_HOURS: Final = {"e": -5, "c": -6, "m": -7, "p": -8}
_MONTHS: Final = (
    *("jan", "feb", "mar", "apr", "may", "jun"),
    *("jul", "aug", "sep", "oct", "nov", "dec"),
)


def header_date(text: str) -> int:
    """Epoch milliseconds; what is no date is the epoch itself (measured).

    A date that 64-bit nanoseconds cannot hold wraps around, as it does in workerd.
    """
    if not is_readable_date(text):
        return 0
    iso = _ISO.fullmatch(text)
    milliseconds = _legacy(text) if iso is None else _iso(iso)
    nanoseconds = (milliseconds * 10**6 + _TOP) % (2 * _TOP) - _TOP
    return nanoseconds // 10**6 if nanoseconds >= 0 else -(-nanoseconds // 10**6)


def _iso(found: re.Match[str]) -> int:
    year, month, day = int(found[1]), int(found[2] or 1), int(found[3] or 1)
    time = _time(found[4], found[5], found[6], found[7])
    return _days(year, month, day) + time - _offset(found[9], found[10], found[11])


def _legacy(text: str) -> int:
    rest = _PARENTHESES.sub(" ", text)
    milliseconds = 0
    time = _TIME.search(rest)
    if time is not None:
        rest = rest[: time.start()] + " " + rest[time.end() :]
        hour = int(time[1])
        if time[5]:
            hour = hour % 12 + (12 if time[5].lower() == "pm" else 0)
        milliseconds += _time(str(hour), time[2], time[3], time[4])
        milliseconds -= _offset(time[6], time[7], time[8])
    zone = _ZONE.search(rest)
    if zone is not None:
        hours = _ZONE_HOURS[zone[1].lower()] + (zone[2].lower() == "d")
        milliseconds -= hours * 3_600_000
    return milliseconds + _days(*_legacy_day(rest))


def _legacy_day(text: str) -> tuple[int, int, int]:
    """Year, month and day of what is left when the time has been read."""
    first, second, third = [*map(int, re.findall(r"\d+", text)), 1, 1][:3]
    month = _MONTH.search(text)
    if month is None:
        year_first = not 1 <= first <= 31
        order = (first, second, third) if year_first else (third, first, second)
    else:
        number = _MONTHS.index(month[1].lower()) + 1
        day_first = 1 <= first <= 31
        order = (second, number, first) if day_first else (first, number, second)
    year = order[0]
    if year < 100:
        year += 2000 if year < 50 else 1900
    return year, order[1], order[2]


def _time(
    hour: str | None, minute: str | None, second: str | None, fraction: str | None
) -> int:
    milliseconds = int(((fraction or "") + "000")[:3])
    seconds = (int(hour or 0) * 60 + int(minute or 0)) * 60 + int(second or 0)
    return seconds * 1000 + milliseconds


def _offset(sign: str | None, hours: str | None, minutes: str | None) -> int:
    offset = (int(hours or 0) * 60 + int(minutes or 0)) * 60_000
    return -offset if sign == "-" else offset


def _days(year: int, month: int, day: int) -> int:
    """Milliseconds of a day; one that the month has not runs into the next month."""
    cycles, within = divmod(year - 2000, _CYCLE_YEARS)
    first = datetime.date(within + 2000, month, 1).toordinal() - _EPOCH
    return (first + day - 1) * _DAY_MS + cycles * _CYCLE_MS
