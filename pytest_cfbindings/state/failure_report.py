"""The section "cf storage" in the report of a failing test."""

from collections.abc import Iterator, Mapping
from typing import Any

from .contents import Contents, Shape
from .differences import differences
from .explanation import shown
from .wording import entry, shorten

_CHANGES = 12
_ENTRIES = 5
_WIDTH = 100


def storage_section(
    contents: Mapping[str, Contents], now_ms: int, everything: bool
) -> str:
    """What the test changed, and what each binding held when it failed.

    It is cut to a sensible size unless `everything` is asked for.
    """
    after = {name: held.dump(Shape()) for name, held in contents.items()}
    changes = _changes(contents, after, now_ms, everything)
    if not any(after.values()):
        return "\n".join([*changes, "every binding is empty"])
    return "\n".join([*changes, "held at the end:", *_held(after, now_ms, everything)])


def _changes(
    contents: Mapping[str, Contents],
    after: dict[str, dict[str, Any]],
    now_ms: int,
    everything: bool,
) -> list[str]:
    touched = [name for name, held in contents.items() if held.touched]
    before = {name: contents[name].at_start().dump(Shape()) for name in touched}
    keys = {name: contents[name].row_keys() for name in touched}
    found = differences(before, {name: after[name] for name in touched}, None, keys)
    if not found:
        return ["the test changed nothing"]
    room = None if everything else _CHANGES
    told = shown(found, now_ms, room, _WIDTH - 2)
    return ["the test changed:", *(f"  {line}" for line in told)]


def _held(
    after: dict[str, dict[str, Any]], now_ms: int, everything: bool
) -> Iterator[str]:
    for name, held in after.items():
        if not held:
            continue
        tables = all(isinstance(value, list) for value in held.values())
        many = ("table", "tables") if tables else ("entry", "entries")
        yield f"  {name}: {_number(held, *many)}"
        for place, value in _first(list(held.items()), everything):
            yield from _listed(place, value, now_ms, everything)
        yield from _rest(len(held), "    ", everything)
    empty = [name for name, held in after.items() if not held]
    if empty:
        yield f"  {', '.join(empty)}: empty"


def _listed(place: str, value: Any, now_ms: int, everything: bool) -> Iterator[str]:
    width = None if everything else _WIDTH
    if not isinstance(value, list):
        yield shorten(f"    {place!r}: {entry(value, now_ms)}", width)
        return
    yield shorten(f"    {place}: {_number(value, 'row', 'rows')}", width)
    for row in _first(value, everything):
        yield shorten(f"      {row!r}", width)
    yield from _rest(len(value), "      ", everything)


def _first(values: list[Any], everything: bool) -> list[Any]:
    return values if everything else values[:_ENTRIES]


def _rest(number: int, indent: str, everything: bool) -> Iterator[str]:
    if number > _ENTRIES and not everything:
        yield f"{indent}... and {number - _ENTRIES} more (-vv shows all)"


def _number(values: Any, one: str, many: str) -> str:
    return f"1 {one}" if len(values) == 1 else f"{len(values)} {many}"
