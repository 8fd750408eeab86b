"""The entries of one KV namespace, and when they expire."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from ..clock import Clock


@dataclass(frozen=True, slots=True)
class Entry:
    """A stored value; `expiration` is in epoch seconds, `metadata` a JSON text.

    In a template it may have a `lifetime`: seconds from a test's start on.
    """

    value: bytes
    metadata: str | None = None
    expiration: int | None = None
    lifetime: int | None = None


class Store:
    """Entries by key. An expired one is gone for good once anybody looked at it.

    Every test begins with the entries of the template, which are shared until the
    first change copies them.
    """

    def __init__(
        self, clock: Clock, template: Mapping[str, Entry] | None = None
    ) -> None:
        self._clock = clock
        self.template = template or {}

    def __repr__(self) -> str:
        return f"<Store: {len(self._entries)} keys>"

    @property
    def touched(self) -> bool:
        """Whether there is anything to reset."""
        return self._entries is not self._begun

    def reset(self) -> None:
        """Back to the entries of the template."""
        self._entries = self._begun
        self._sorted: list[str] | None = None

    @property
    def template(self) -> Mapping[str, Entry]:
        """What `reset` goes back to. Setting it resets."""
        return self._template

    @template.setter
    def template(self, entries: Mapping[str, Entry]) -> None:
        self._template: dict[str, Entry] = dict(entries)
        self._mortal = [
            key for key, entry in entries.items() if entry.lifetime is not None
        ]
        self._start_seconds: int | None = None
        self._begun = self._template
        self.reset()

    def _follow(self) -> None:
        """Have what the template lets live for a while begin at this test's start."""
        start_seconds = self._clock.start_us() // 1_000_000
        if start_seconds == self._start_seconds:
            return
        self._start_seconds = start_seconds
        before, self._begun = self._begun, dict(self._template)
        for key in self._mortal:
            entry = self._template[key]
            assert entry.lifetime is not None
            expiration = start_seconds + entry.lifetime
            self._begun[key] = replace(entry, expiration=expiration, lifetime=None)
        if self._entries is before:
            self._entries = self._begun
            return
        for key in self._mortal:
            # The test's first freeze has moved its start; other entries are its own.
            if self._entries.get(key) is before[key]:
                self._entries[key] = self._begun[key]

    def at_start(self) -> "Store":
        """A store of its own that holds the template."""
        return Store(self._clock, self._template)

    def draft(self) -> "Draft":
        """A store that holds the template, to be seeded."""
        return Draft(self._clock, self._template)

    def entries(self) -> dict[str, Entry]:
        """All living entries, in the order of `after`."""
        return dict(self.after(None, ""))

    def replace(self, entries: Mapping[str, Entry]) -> None:
        """Have these entries and no others; the template stays."""
        self._entries = dict(entries)
        self._sorted = None

    def get(self, key: str) -> Entry | None:
        """The living entry under a key."""
        if self._mortal:
            self._follow()
        entry = self._entries.get(key)
        if entry is None or entry.expiration is None:
            return entry
        if self._clock.now_ms() < entry.expiration * 1000:
            return entry
        self.delete(key)
        return None

    def put(self, key: str, entry: Entry) -> None:
        """Replace what is under the key, expiration and metadata included."""
        if self._mortal:
            self._follow()
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
        if self._entries is self._begun:
            self._entries = dict(self._begun)
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


class Draft(Store):
    """What tests will begin with: nothing expires in it."""

    def get(self, key: str) -> Entry | None:
        return self._entries.get(key)

    def _follow(self) -> None:
        """No test has started yet."""
