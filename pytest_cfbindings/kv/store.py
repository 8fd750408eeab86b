"""The entries of one KV namespace, and when they expire."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..clock import Clock


@dataclass(frozen=True, slots=True)
class Entry:
    """A stored value; `expiration` is in epoch seconds, `metadata` a JSON text."""

    value: bytes
    metadata: str | None = None
    expiration: int | None = None


class Store:
    """Entries by key. An expired one is gone for good once anybody looked at it.

    Every test begins with the entries of the template, which are shared until the
    first change copies them.
    """

    def __init__(
        self, clock: Clock, template: Mapping[str, Entry] | None = None
    ) -> None:
        self._clock = clock
        self._template: dict[str, Entry] = dict(template or {})
        self._entries = self._template
        self._sorted: list[str] | None = None

    def __repr__(self) -> str:
        return f"<Store: {len(self._entries)} keys>"

    @property
    def touched(self) -> bool:
        """Whether there is anything to reset."""
        return self._entries is not self._template

    def reset(self) -> None:
        """Back to the entries of the template."""
        self._entries = self._template
        self._sorted = None

    @property
    def template(self) -> Mapping[str, Entry]:
        """What `reset` goes back to. Setting it resets."""
        return self._template

    @template.setter
    def template(self, entries: Mapping[str, Entry]) -> None:
        self._template = dict(entries)
        self.reset()

    def at_start(self) -> "Store":
        """A store of its own that holds the template."""
        return Store(self._clock, self._template)

    def entries(self) -> dict[str, Entry]:
        """All living entries, in the order of `after`."""
        return dict(self.after(None, ""))

    def replace(self, entries: Mapping[str, Entry]) -> None:
        """Have these entries and no others; the template stays."""
        self._entries = dict(entries)
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
        self._own()[key] = entry

    def delete(self, key: str) -> None:
        """Remove the key, if it is there."""
        if key in self._entries:
            del self._own()[key]
            self._sorted = None

    def _own(self) -> dict[str, Entry]:
        """The entries as what may be changed: no longer those of the template."""
        if self._entries is self._template:
            self._entries = dict(self._template)
        return self._entries

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
