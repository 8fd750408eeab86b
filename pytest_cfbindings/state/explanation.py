"""What pytest shows when two dumps, or a dump and a dict, are not equal."""

from collections.abc import Mapping
from typing import Any

from .contents import Keys
from .differences import Difference, differences
from .dump_log import DumpLog
from .wording import counts, line

WIDTH = 76
"""Characters of a line: eight of them are what pytest shows without -vv."""


def explain(
    left: Any, right: Any, log: DumpLog, now_ms: int, room: int | None
) -> list[str] | None:
    """The explanation of `left == right`; None unless one of them is a dump.

    The other one is what was expected. `room` is how many lines pytest shows, and the
    lines are cut to one screen's width then; None is for all of everything.
    """
    stored, expected = log.find(left), right
    if stored is None:
        stored, expected = log.find(right), left
    if stored is None or not isinstance(expected, Mapping):
        return None
    other = log.find(expected)
    keys = {**(other.keys if other else {}), **stored.keys}
    found = differences(expected, stored.value, stored.binding, keys)
    if not found:
        return None
    first = f"storage differs: {counts(found)} (expected -> stored)"
    return [first, *shown(found, now_ms, None if room is None else room - 1)]


def diff(before: Any, after: Any, log: DumpLog, now_ms: int) -> list[str]:
    """One line for each difference of two dumps, none of them cut.

    Raises TypeError for what is no dict.
    """
    for value in (before, after):
        if not isinstance(value, Mapping):
            raise TypeError(f"cf.diff takes two dumps, not {type(value).__name__}")
    dumps = [dump for dump in map(log.find, (before, after)) if dump is not None]
    keys: dict[str, Keys] = {}
    for dump in dumps:
        keys |= dump.keys
    binding = dumps[0].binding if dumps else None
    found = differences(before, after, binding, keys)
    return shown(found, now_ms, None)


def shown(
    found: list[Difference], now_ms: int, room: int | None, width: int = WIDTH
) -> list[str]:
    """Lines for as many differences as there is room for, and how many are left."""
    if room is None:
        return [line(each, now_ms, None) for each in found]
    if len(found) > room:
        told = [line(each, now_ms, width) for each in found[: room - 1]]
        return [*told, f"... and {len(found) - len(told)} more (-vv shows all)"]
    return [line(each, now_ms, width) for each in found]
