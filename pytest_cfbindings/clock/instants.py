"""Instants and durations: what a test may write, in exact microseconds.

Microseconds are what datetime and freezegun can tell apart, and whole numbers of them
add up the same in whichever steps a test travels.
"""

from datetime import UTC, datetime, timedelta
from typing import Final

Instant = datetime | str
"""A datetime, naive ones in UTC, or its ISO 8601 text."""

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)


def to_datetime(instant_us: int) -> datetime:
    """An aware datetime in UTC."""
    return _EPOCH + timedelta(microseconds=instant_us)


def to_microseconds(instant: Instant) -> int:
    """Microseconds since the epoch.

    Raises TypeError or ValueError for what is no instant.
    """
    if isinstance(instant, str):
        instant = _parsed(instant)
    if not isinstance(instant, datetime):
        raise TypeError(
            f"{instant!r} is no instant: give a datetime, or a text such as"
            " '2026-01-01T00:00:00Z'."
        )
    if instant.tzinfo is None:
        instant = instant.replace(tzinfo=UTC)
    return (instant - _EPOCH) // _MICROSECOND


def _parsed(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(
            f"{text!r} is no instant: write it as '2026-01-01T00:00:00Z'."
        ) from None


def microseconds(
    given: timedelta | float,
    days: float,
    hours: float,
    minutes: float,
    seconds: float,
    milliseconds: float,
) -> int:
    """How many microseconds to travel; a plain number is in seconds.

    Raises ValueError for a negative duration, and for NaN.
    """
    named = timedelta(
        days=days,
        hours=hours,
        minutes=minutes,
        seconds=seconds,
        milliseconds=milliseconds,
    )
    if not isinstance(given, timedelta):
        given = timedelta(seconds=given)
    found = (given + named) // _MICROSECOND
    if found < 0:
        raise ValueError(
            f"time cannot go backwards: {found / 1_000_000:g} s. Travel forward, or"
            " begin the test earlier: cf.freeze(instant)."
        )
    return found


def backwards(now_us: int, asked_us: int) -> ValueError:
    """The error of going to an instant that has passed."""
    return ValueError(
        f"time cannot go backwards: this test is at {_shown(now_us)} already, and"
        f" {_shown(asked_us)} is before that. Freeze at the earliest instant first,"
        f' with @pytest.mark.cfbindings(freeze="{_shown(asked_us)}") or with the'
        " test's first cf.freeze(...), and travel from there."
    )


def _shown(instant_us: int) -> str:
    return to_datetime(instant_us).isoformat().replace("+00:00", "Z")
