"""The section "cf storage" in the report of a failing test."""

from collections.abc import Iterator, Mapping
from typing import Any

from .contents import Contents, Shape
from .differences import Difference, differences
from .explanation import shown
from .wording import entry, shorten

_CHANGES = 12
_ENTRIES = 5
_WIDTH = 100
_END = "\n"


def storage_section(
    contents: Mapping[str, Contents], now_ms: int, everything: bool
) -> str:
    """What the test changed, and what each binding held when it failed.

    It is cut to a sensible size unless `everything` is asked for.
    """
    lines: list[str] = []
    after: dict[str, dict[str, Any]] = {}
    found: list[Difference] = []
    for name, held in contents.items():
        try:
            after[name] = held.dump(Shape())
            found += _changed(name, held, after[name])
        except Exception as error:
            # The test failed already, of this perhaps: its report has to come.
            lines.append(f"{name} cannot be shown: {str(error).partition(_END)[0]}")
    if after:
        lines += _changes(found, now_ms, everything)
    if any(after.values()):
        lines += ["held at the end:", *_held(after, now_ms, everything)]
    elif len(after) == len(contents):
        lines.append("every binding is empty")
    return "\n".join(lines)


def _changed(name: str, held: Contents, after: dict[str, Any]) -> list[Difference]:
    if not held.touched:
        return []
    before = held.at_start().dump(Shape())
    return differences(before, after, name, {name: held.row_keys()})


def _changes(found: list[Difference], now_ms: int, everything: bool) -> list[str]:
    if not found:
        return ["the test changed nothing"]
    room = None if everything else _CHANGES
    ordered = sorted(found, key=lambda difference: difference.rank)
    told = shown(ordered, now_ms, room, _WIDTH - 2)
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
