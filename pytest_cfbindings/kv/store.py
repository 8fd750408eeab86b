"""The entries of one KV namespace, and when they expire."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from ..clock import Clock


@dataclass(frozen=True, slots=True)
class Entry:
    """A stored value; `expiration` is in epoch seconds, `metadata` a JSON text."""

    value: bytes
    metadata: str | None = None
    expiration: int | None = None


class Store:
    """Entries by key. An expired one is gone for good once anybody looked at it."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._entries: dict[str, Entry] = {}
        self._sorted: list[str] | None = None

    def __repr__(self) -> str:
        return f"<Store: {len(self._entries)} keys>"

    @property
    def touched(self) -> bool:
        """Whether there is anything to reset."""
        return bool(self._entries)

    def reset(self) -> None:
        """Forget every entry."""
        self._entries = {}
        self._sorted = None

    def get(self, key: str) -> Entry | None:
        """The living entry under a key."""
        entry = self._entries.get(key)
        if entry is None or entry.expiration is None:
            return entry
        if self._clock.now_ms() < entry.expiration * 1000:
            return entry
        self.delete(key)
        return None

    def put(self, key: str, entry: Entry) -> None:
        """Replace what is under the key, expiration and metadata included."""
        if key not in self._entries:
            self._sorted = None
        self._entries[key] = entry

    def delete(self, key: str) -> None:
        """Remove the key, if it is there."""
        if self._entries.pop(key, None) is not None:
            self._sorted = None

    def after(self, last: str | None, prefix: str) -> Iterator[tuple[str, Entry]]:
        """Living entries whose key has the prefix, strictly after `last`.

        The order is that of the keys' UTF-8 bytes, which is that of code points.
        """
        if self._sorted is None:
            self._sorted = sorted(self._entries)
        names = self._sorted
        start = bisect_left(names, prefix)
        if last is not None:
            start = max(start, bisect_right(names, last))
        for index in range(start, len(names)):
            if not names[index].startswith(prefix):
                return
            entry = self.get(names[index])
            if entry is not None:
                yield names[index], entry
