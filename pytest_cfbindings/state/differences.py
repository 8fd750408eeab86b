"""What differs between two dumps, leaf by leaf."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final

from .contents import Keys


class Absent(Enum):
    """Where one side has nothing at all, which is not None."""

    ABSENT = "absent"


ABSENT: Final = Absent.ABSENT

INSTANTS: Final = {"expiration": 1000, "alarm": 1}
"""The fields of an entry that are instants, with their unit in milliseconds."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One leaf, entry or row that is not the same, or is on one side only.

    `instant_unit` is how many milliseconds one of its number is, if it is an instant.
    """

    path: str
    before: Any
    after: Any
    instant_unit: int | None = None

    @property
    def rank(self) -> int:
        """The order in which to tell: changed, missing, unexpected."""
        if self.after is ABSENT:
            return 1
        return 2 if self.before is ABSENT else 0


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in a dump: as people read it, and below which binding."""

    path: str
    names: tuple[str, ...]
    keys: Keys

    def field(self, name: Any) -> "_Place":
        plain = isinstance(name, str) and name.isidentifier()
        return self._below(f".{name}" if plain else f"[{name!r}]", name)

    def entry(self, name: Any) -> "_Place":
        return self._below(f"[{name!r}]", name)

    def row(self, text: str) -> "_Place":
        return _Place(f"{self.path}[{text}]", self.names, self.keys)

    def _below(self, text: str, name: Any) -> "_Place":
        return _Place(self.path + text, (*self.names, str(name)), self.keys)


def differences(
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    binding: str | None,
    keys: Mapping[str, Keys],
) -> list[Difference]:
    """Those of two dumps: changed leaves, then what is missing, then what is new.

    `binding` is the one whose dumps these are; None for dumps by binding. `keys` are
    the primary keys that tell rows apart, by binding.
    """
    if binding is not None:
        place = _Place(binding, (), keys.get(binding, {}))
        found = list(_contents(before, after, place))
    else:
        found = []
        for name, old, new in _pairs(before, after):
            place = _Place(str(name), (), keys.get(name, {}))
            found += _contents(old, new, place)
    return sorted(found, key=lambda difference: difference.rank)


def _contents(before: Any, after: Any, place: _Place) -> Iterator[Difference]:
    """Those of one binding: entries by their key, tables by their name."""
    if not (isinstance(before, Mapping) and isinstance(after, Mapping)):
        yield from _leaf(before, after, place)
        return
    for name, old, new in _pairs(before, after):
        is_table = isinstance(old, list) or isinstance(new, list)
        below = place.field(name) if is_table else place.entry(name)
        yield from _values(old, new, below, INSTANTS)


def _values(
    before: Any, after: Any, place: _Place, instants: Mapping[str, int]
) -> Iterator[Difference]:
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for name, old, new in _pairs(before, after):
            below = place.field(name)
            if name in instants:
                yield from _leaf(old, new, below, instants[name])
            else:
                yield from _values(old, new, below, {})
    elif _are_rows(before) and _are_rows(after) and (before or after):
        yield from _rows(before, after, place)
    else:
        yield from _leaf(before, after, place)


def _leaf(
    before: Any, after: Any, place: _Place, instant_unit: int | None = None
) -> Iterator[Difference]:
    if before != after:
        yield Difference(place.path, before, after, instant_unit)


def _are_rows(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(row, Mapping) for row in value)


def _rows(
    before: Sequence[Any], after: Sequence[Any], place: _Place
) -> Iterator[Difference]:
    columns = place.keys.get(place.names, ())
    old, new = _by_key(before, columns), _by_key(after, columns)
    if old is None or new is None:
        old, new = _by_position(before), _by_position(after)
    for text in _union(old, new):
        row = place.row(text)
        yield from _values(old.get(text, ABSENT), new.get(text, ABSENT), row, {})


def _by_key(rows: Sequence[Any], columns: Sequence[str]) -> dict[str, Any] | None:
    """The rows by their primary key; None if it does not tell them apart."""
    found = {}
    for row in rows:
        if not columns or any(column not in row for column in columns):
            return None
        found[", ".join(f"{column}={row[column]!r}" for column in columns)] = row
    return found if len(found) == len(rows) else None


def _by_position(rows: Sequence[Any]) -> dict[str, Any]:
    return {str(index): row for index, row in enumerate(rows)}


def _pairs(
    before: Mapping[Any, Any], after: Mapping[Any, Any]
) -> Iterator[tuple[Any, Any, Any]]:
    for name in sorted(_union(before, after), key=str):
        yield name, before.get(name, ABSENT), after.get(name, ABSENT)


def _union(before: Iterable[Any], after: Iterable[Any]) -> list[Any]:
    return list(dict.fromkeys([*before, *after]))
