"""The worst that eventual consistency allows, drawn at random.

Only the promise holds: what is read was current within the last 60 seconds, or within
the reader's cacheTtl. Nobody is promised to see his own write, nor to see what he has
seen before, and a page of list may have fewer names than it has room for.
"""

from random import Random

from ..clock import Clock
from .changes import LIST_MS
from .consistency import Eventual, living, milliseconds
from .store import Entry, Store


class WorstCase(Eventual):
    """Draws one legal answer for each read: the oldest one half of the time."""

    def __init__(self, store: Store, clock: Clock, seed: int) -> None:
        super().__init__(store, clock)
        self._seed = seed
        self._random = Random(seed)

    def clear(self) -> None:
        super().clear()
        self._random = Random(self._seed)

    def get(self, key: str, cache_ttl: int | None) -> Entry | None:
        now_ms = self._clock.now_ms()
        return self._drawn(key, now_ms, milliseconds(cache_ttl))

    def _listed(self, key: str, now_ms: int) -> Entry | None:
        return self._drawn(key, now_ms, LIST_MS)

    def _takes_place(self, key: str, now_ms: int) -> bool:
        return self._changes.gone_since(key, now_ms - LIST_MS, now_ms)

    def _drawn(self, key: str, now_ms: int, window_ms: int) -> Entry | None:
        # What somebody stored behind the binding is the last state, and no change.
        states = self._changes.since(key, now_ms - window_ms)[:-1]
        legal = [*states, self._store.get(key)]
        return living(self._random.choice((legal[0], self._any(legal))), now_ms)

    def _any(self, legal: list[Entry | None]) -> Entry | None:
        return self._random.choice(legal)
