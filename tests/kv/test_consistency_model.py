"""Schedules of writes and reads at two locations, against the documented promise.

Nothing is read that was never written, and nothing older than the promise allows. The
model is the history alone: it knows neither caches nor how the answers come about.
"""

from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_cfbindings import place
from pytest_cfbindings.clock import Clock
from pytest_cfbindings.kv.consistency import Eventual
from pytest_cfbindings.kv.store import Entry, Store
from pytest_cfbindings.kv.worst_case import WorstCase

KEYS = st.sampled_from(["a", "b"])
PLACES = st.sampled_from(["fra", "iad"])
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("put"), PLACES, KEYS, st.sampled_from([None, 70, 200])),
        st.tuples(st.just("delete"), PLACES, KEYS, st.none()),
        st.tuples(st.just("get"), PLACES, KEYS, st.sampled_from([None, 30, 90, 300])),
        st.tuples(st.just("list"), PLACES, st.none(), st.none()),
        st.tuples(st.just("travel"), st.none(), st.none(), st.integers(0, 65)),
    ),
    max_size=40,
)


@dataclass
class History:
    """Every state of every key, and since when it is; written values are distinct."""

    states: dict[str, list[tuple[int, Entry | None]]] = field(
        default_factory=lambda: {"a": [(0, None)], "b": [(0, None)]}
    )

    def write(self, key: str, now: int, entry: Entry | None) -> None:
        self.states[key].append((now, entry))

    def allowed(self, key: str, now: int, seconds: int) -> list[Entry | None]:
        """What may be read now: current at some time in the last so many seconds."""
        states = self.states[key]
        ends = [start for start, _ in states[1:]] + [now + 1]
        recent = [
            entry
            for (_, entry), end in zip(states, ends, strict=True)
            if end > now - seconds
        ]
        return [entry if self.lives(entry, now) else None for entry in recent]

    @staticmethod
    def lives(entry: Entry | None, now: int) -> bool:
        return entry is not None and (
            entry.expiration is None or now < entry.expiration
        )

    def last_writer_reads(self, key: str, now: int) -> Entry | None:
        entry = self.states[key][-1][1]
        return entry if self.lives(entry, now) else None


def run(eventual: Eventual, clock: Clock, steps: list[tuple[str, ...]]) -> None:
    """Take the steps at frozen whole seconds, and check every answer."""
    history, writers = History(), dict.fromkeys("ab", "")
    for number, (what, where, key, seconds) in enumerate(steps):
        now = clock.now_seconds()
        if what == "travel":
            clock.freeze((now + int(seconds)) * 1_000_000)
            continue
        with place.at(where):
            if what == "put":
                expiration = None if seconds is None else now + int(seconds)
                entry = Entry(str(number).encode(), None, expiration)
                eventual.put(key, entry)
                history.write(key, now, entry)
                writers[key] = where
            elif what == "delete":
                eventual.delete(key)
                history.write(key, now, None)
                writers[key] = where
            elif what == "get":
                ttl = None if seconds is None else int(seconds)
                found = eventual.get(key, ttl)
                assert found in history.allowed(key, now, ttl or 60)
                if writers[key] == where and type(eventual) is Eventual:
                    assert found == history.last_writer_reads(key, now)
            else:
                shown = dict(eventual.after(None, ""))
                assert list(shown) == sorted(shown)
                for name in "ab":
                    assert shown.get(name) in history.allowed(name, now, 60)


@given(steps=STEPS)
@settings(max_examples=150)
def test_the_latest_that_the_promise_allows(steps: list[tuple[str, ...]]) -> None:
    clock = Clock()
    clock.freeze(1_800_000_000_000_000)
    run(Eventual(Store(clock), clock), clock, steps)


@given(steps=STEPS, seed=st.integers(0, 1000))
@settings(max_examples=150)
def test_whatever_chance_draws(steps: list[tuple[str, ...]], seed: int) -> None:
    clock = Clock()
    clock.freeze(1_800_000_000_000_000)
    run(WorstCase(Store(clock), clock, seed), clock, steps)


@pytest.mark.parametrize("seed", [None, 1])
@given(steps=STEPS)
@settings(max_examples=60)
def test_once_nobody_writes_all_locations_agree(
    steps: list[tuple[str, ...]], seed: int | None
) -> None:
    clock = Clock()
    clock.freeze(1_800_000_000_000_000)
    store = Store(clock)
    eventual = Eventual(store, clock) if seed is None else WorstCase(store, clock, seed)
    run(eventual, clock, steps)
    clock.freeze((clock.now_seconds() + 300) * 1_000_000)
    for where in ("fra", "iad"):
        with place.at(where):
            for key in "ab":
                assert eventual.get(key, 300) == store.get(key)
            shown = {key: entry for key, entry in eventual.after(None, "") if entry}
            assert shown == store.entries()
