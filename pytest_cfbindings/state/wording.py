"""Differences and values as lines of text."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from .differences import ABSENT, INSTANTS, Difference

_MORE = "..."
_UNITS = (("d", 86_400), ("h", 3_600), ("min", 60))


def counts(found: Sequence[Difference]) -> str:
    """How many of which kind: `2 changed, 1 missing`."""
    kinds = ("changed", "missing", "unexpected")
    numbers = [sum(each.rank == rank for each in found) for rank in range(3)]
    told = [f"{n} {kind}" for n, kind in zip(numbers, kinds, strict=True) if n]
    return ", ".join(told)


def line(difference: Difference, now_ms: int, width: int | None) -> str:
    """One difference: `~ path: old -> new`, `- path = old` or `+ path = new`.

    `width` is how many characters it may take; None is for as many as there are.
    """
    path, unit = difference.path, difference.instant_unit
    if difference.rank == 0:
        before, after = difference.before, difference.after
        old, new = _text(before, unit, now_ms), _text(after, unit, now_ms)
        old, new = _around_the_change(old, new, width, len(path) + 8)
        return shorten(f"~ {path}: {old} -> {new}", width)
    if difference.rank == 1:
        return shorten(f"- {path} = {entry(difference.before, now_ms)}", width)
    return shorten(f"+ {path} = {entry(difference.after, now_ms)}", width)


def entry(value: Any, now_ms: int) -> str:
    """The repr of a value, an entry's instants with their readings."""
    if not isinstance(value, Mapping):
        return repr(value)
    parts = [
        f"{name!r}: {_text(part, INSTANTS.get(name), now_ms)}"
        for name, part in value.items()
    ]
    return "{" + ", ".join(parts) + "}"


def shorten(text: str, width: int | None) -> str:
    """The text, or as much of its beginning as there is room for."""
    if width is None or len(text) <= width:
        return text
    return text[: width - len(_MORE)] + _MORE


def _text(value: Any, instant_unit: int | None, now_ms: int) -> str:
    if value is ABSENT:
        return "absent"
    if instant_unit is None or type(value) is not int:
        return repr(value)
    return f"{value}{_reading(value * instant_unit, now_ms)}"


def _reading(at_ms: int, now_ms: int) -> str:
    try:
        moment = datetime.fromtimestamp(at_ms // 1000, UTC)
    except (OverflowError, ValueError, OSError):
        return ""
    distance = _distance(round((at_ms - now_ms) / 1000))
    return f" ({moment:%Y-%m-%dT%H:%M:%SZ}, {distance})"


def _distance(seconds: int) -> str:
    if seconds == 0:
        return "now"
    size, unit = abs(seconds), "s"
    for name, length in _UNITS:
        if size >= 2 * length:
            size, unit = size // length, name
            break
    return f"in {size} {unit}" if seconds > 0 else f"{size} {unit} ago"


def _around_the_change(
    old: str, new: str, width: int | None, taken: int
) -> tuple[str, str]:
    """Both texts cut to where they begin to differ, if there is too little room."""
    if width is None or len(old) + len(new) + taken <= width:
        return old, new
    room = max((width - taken) // 2, 16)
    start = _common(old, new)
    return _window(old, start, room), _window(new, start, room)


def _common(old: str, new: str) -> int:
    length = min(len(old), len(new))
    return next((i for i in range(length) if old[i] != new[i]), length)


def _window(text: str, start: int, room: int) -> str:
    if len(text) <= room:
        return text
    first = max(0, min(start - room // 3, len(text) - room))
    begun = _MORE if first else ""
    last = first + room - len(begun)
    if last >= len(text):
        return begun + text[len(text) - room + len(begun) :]
    return begun + text[first : last - len(_MORE)] + _MORE
