"""The clock by itself, and its queue of what is due."""

import time
from collections.abc import Iterator

import pytest
from freezegun import freeze_time

from pytest_cfbindings.clock import Clock


@pytest.fixture
def own() -> Iterator[Clock]:
    """A clock of the test's own."""
    clock = Clock(moves_python=True)
    yield clock
    clock.reset()


def test_it_reads_pythons_time(own: Clock) -> None:
    with freeze_time("2026-01-01 00:00:00.1239"):
        assert own.now_ms() == 1767225600123
        assert own.now_seconds() == 1767225600


def test_it_follows_pythons_time(own: Clock) -> None:
    with freeze_time("2026-01-01") as frozen:
        before = own.now_ms()
        frozen.tick(1.5)
        assert own.now_ms() - before == 1500


async def test_it_moves_pythons_time(own: Clock) -> None:
    own.freeze(1767225600_000_000)
    await own.advance(1500)
    assert own.now_ms() == 1767225601500
    assert time.time() == 1767225601.5


async def test_one_that_is_not_the_session_s_leaves_pythons_time_alone() -> None:
    clock = Clock()
    clock.freeze(1767225600_000_000)
    await clock.advance(1500)
    assert clock.now_ms() == 1767225601500
    assert time.time() != 1767225601.5
    assert type(time.time).__name__ == "builtin_function_or_method"


async def test_it_does_not_go_back(own: Clock) -> None:
    with pytest.raises(ValueError, match="time cannot go backwards"):
        await own.advance(-1)


async def test_what_is_due_happens_in_order_at_its_instant(own: Clock) -> None:
    seen: list[tuple[str, int]] = []

    def note(name: str) -> None:
        seen.append((name, own.now_ms() - start))

    with freeze_time("2026-01-01"):
        start = own.now_ms()
        own.call_at(start + 20, lambda: note("later"))
        own.call_at(start + 10, lambda: note("sooner"))
        own.call_at(start + 20, lambda: note("last"))
        own.call_at(start + 31, lambda: note("never"))
        await own.advance(30)
        assert own.now_ms() - start == 30
    assert seen == [("sooner", 10), ("later", 20), ("last", 20)]


async def test_a_task_may_be_awaited(own: Clock) -> None:
    seen = []

    async def task() -> None:
        seen.append("done")

    own.call_at(own.now_ms(), task)
    await own.advance(1)
    assert seen == ["done"]


async def test_a_task_may_have_another_one_done_on_the_way(own: Clock) -> None:
    seen: list[int] = []

    def again() -> None:
        seen.append(own.now_ms() - start)
        own.call_at(own.now_ms() + 10, again)

    with freeze_time("2026-01-01"):
        start = own.now_ms()
        own.call_at(start + 10, again)
        await own.advance(35)
    assert seen == [10, 20, 30]


async def test_what_is_cancelled_does_not_happen(own: Clock) -> None:
    seen: list[str] = []
    own.call_at(own.now_ms(), lambda: seen.append("no")).cancel()
    await own.advance(10)
    assert seen == []


async def test_what_is_overdue_happens_now(own: Clock) -> None:
    seen: list[int] = []
    with freeze_time("2026-01-01"):
        start = own.now_ms()
        own.call_at(start - 1000, lambda: seen.append(own.now_ms() - start))
        await own.advance(0)
    assert seen == [0]


async def test_reset_forgets_everything(own: Clock) -> None:
    seen: list[str] = []
    own.freeze(1767225600_000_000)
    own.call_at(own.now_ms() + 2000, lambda: seen.append("no"))
    await own.advance(1000)
    own.reset()
    assert abs(own.now_ms() - time.time() * 1000) < 60_000
    own.freeze(1767225600_000_000)
    await own.advance(5000)
    assert seen == []


async def test_thousands_that_are_cancelled_are_forgotten(own: Clock) -> None:
    seen: list[int] = []
    own.freeze(1767225600_000_000)
    for number in range(5000):
        due = own.call_at(own.now_ms() + 10_000 - number, lambda: seen.append(1))
        if number % 1000:
            due.cancel()
    assert len(own.upcoming()) == 5
    assert len(own._queue._heap) < 200
    await own.advance(10_000)
    assert seen == [1] * 5


def test_it_shows_its_state(own: Clock) -> None:
    with freeze_time("2026-01-01"):
        own.call_at(own.now_ms() + 1, lambda: None)
        own.call_at(own.now_ms() + 2, lambda: None).cancel()
        assert repr(own) == "<Clock 1767225600000 ms, ticking: 1 due>"
    own.freeze(1767225600_000_000)
    assert repr(own) == "<Clock 1767225600000 ms, frozen: 1 due>"
