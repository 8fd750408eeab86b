"""Eventual consistency: a location goes on reading what it has read.

The promise (https://developers.cloudflare.com/kv/concepts/how-kv-works/): a change is
visible elsewhere after 60 seconds, or the reader's cacheTtl, at the latest; that a key
is absent is cached like a value; the location of a write sees it at once, usually. Here
it always does, and everybody else as late as the promise allows.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from .. import place
from ..clock import Clock
from .changes import Change, Changes
from .store import Entry, Store

CACHE_TTL_SECONDS: Final = 60
"""For how long a location keeps what was read without cacheTtl (documented)."""


@dataclass(frozen=True, slots=True)
class Copy:
    """What a location has cached of a key; None is that it is absent."""

    entry: Entry | None
    fetched_ms: int
    ttl_ms: int


class Eventual:
    """Reads and writes of a namespace, each at the place of the code that runs."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._copies: dict[tuple[str, str], Copy] = {}
        self._changes = Changes()

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {len(self._copies)} copies>"

    def clear(self) -> None:
        """Nothing is cached anywhere, and nothing was written."""
        self._copies.clear()
        self._changes = Changes()

    def get(self, key: str, cache_ttl: int | None) -> Entry | None:
        """What a read with this cacheTtl, in seconds, finds here."""
        now_ms, ttl_ms = self._clock.now_ms(), milliseconds(cache_ttl)
        here = (place.CURRENT.get(), key)
        copy = self._copies.get(here)
        if copy is None or now_ms - copy.fetched_ms >= min(ttl_ms, copy.ttl_ms):
            copy = self._copies[here] = Copy(self._store.get(key), now_ms, ttl_ms)
        return living(copy.entry, now_ms)

    def put(self, key: str, entry: Entry) -> None:
        """Write centrally; the writer's location has the new state at once."""
        self._record(key, entry)
        self._store.put(key, entry)

    def delete(self, key: str) -> None:
        """The same for a deletion."""
        self._record(key, None)
        self._store.delete(key)

    def _record(self, key: str, entry: Entry | None) -> None:
        here, now_ms = place.CURRENT.get(), self._clock.now_ms()
        self._copies[here, key] = Copy(entry, now_ms, milliseconds(None))
        before = self._store.get(key)
        self._changes.record(key, before, Change(now_ms, here, entry))

    def after(
        self, last: str | None, prefix: str
    ) -> Iterator[tuple[str, Entry | None]]:
        """What list shows here, as `Store.after`; None for a name that is not shown.

        Such a name takes a place on its page (documented).
        """
        now_ms = self._clock.now_ms()
        shown: dict[str, Entry | None] = dict(self._store.after(last, prefix))
        for key in self._changes.written():
            if key.startswith(prefix) and (last is None or key > last):
                shown.pop(key, None)
                entry = living(self._listed(key, now_ms), now_ms)
                if entry is not None or self._takes_place(key, now_ms):
                    shown[key] = entry
        yield from sorted(shown.items(), key=_name)

    def _listed(self, key: str, now_ms: int) -> Entry | None:
        return self._changes.seen(key, place.CURRENT.get(), now_ms)

    def _takes_place(self, _key: str, _now_ms: int) -> bool:
        return False


def milliseconds(cache_ttl: int | None) -> int:
    """How long a copy lives that was read with this cacheTtl, in seconds."""
    return (CACHE_TTL_SECONDS if cache_ttl is None else cache_ttl) * 1000


def living(entry: Entry | None, now_ms: int) -> Entry | None:
    """An entry that has not expired: a cached copy dies with it (documented)."""
    if entry is None or entry.expiration is None:
        return entry
    return entry if now_ms < entry.expiration * 1000 else None


def _name(item: tuple[str, Entry | None]) -> str:
    return item[0]
