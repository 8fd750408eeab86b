"""A transaction of a KV-backed class: changes that wait for its end."""

from collections.abc import Sequence
from dataclasses import dataclass

from .entries import Entries, Pair, Range
from .entry_limits import EntryLimits


@dataclass(frozen=True, slots=True)
class _AlarmChange:
    at_ms: int | None


class Overlay:
    """Implements `Entries`: what a transaction sees, which nobody else sees yet.

    Operations of `storage` itself, inside of the transaction too, go past it. There are
    no conflicts, for nothing else of the object runs before it has ended (read in
    workerd's source; local workerd keeps such classes in SQLite).
    """

    def __init__(self, below: Entries, limits: EntryLimits) -> None:
        self._below = below
        self._limits = limits
        self._changes: dict[bytes, bytes | None] = {}
        self._alarm: _AlarmChange | None = None

    def get(self, key: bytes) -> bytes | None:
        """The value under a key."""
        self._limits.check_key(key)
        return self._changes[key] if key in self._changes else self._below.get(key)

    def get_many(self, keys: Sequence[bytes]) -> list[Pair]:
        """Those that exist, sorted by key."""
        self._limits.check_keys(keys)
        found = ((key, self.get(key)) for key in sorted(set(keys)))
        return [(key, value) for key, value in found if value is not None]

    def list(self, keys: Range) -> "list[Pair]":
        """The entries of a range, in its order."""
        below = self._below.list(Range(keys.start, keys.end))
        merged: dict[bytes, bytes | None] = dict(below)
        for key, value in self._changes.items():
            if keys.start <= key and (keys.end is None or key < keys.end):
                merged[key] = value
        order = sorted(merged.items(), reverse=keys.reverse)
        return [(k, v) for k, v in order if v is not None][: keys.limit]

    def put(self, pairs: Sequence[Pair]) -> None:
        """Write all, or none if one is refused."""
        self._limits.check_pairs(pairs)
        self._changes.update(pairs)

    def delete(self, keys: Sequence[bytes]) -> int:
        """How many of the keys there were."""
        self._limits.check_keys(keys)
        count = 0
        for key in keys:
            count += self.get(key) is not None
            self._changes[key] = None
        return count

    def alarm_ms(self) -> int | None:
        """The alarm in epoch milliseconds."""
        return self._below.alarm_ms() if self._alarm is None else self._alarm.at_ms

    def set_alarm(self, at_ms: int | None) -> None:
        """Have the alarm at that moment, or none."""
        self._alarm = _AlarmChange(at_ms)

    def clear(self) -> None:
        """Forget the changes."""
        self._changes.clear()
        self._alarm = None

    def commit(self) -> None:
        """Make the changes where everybody sees them."""
        for key, value in self._changes.items():
            if value is None:
                self._below.delete([key])
            else:
                self._below.put([(key, value)])
        if self._alarm is not None:
            self._below.set_alarm(self._alarm.at_ms)
