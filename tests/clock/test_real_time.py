"""Without freezing, what is due happens by itself."""

import asyncio
from typing import Any

import pytest

from .test_travel import Log


async def test_it_happens_when_its_time_has_come(cf: Any) -> None:
    done = asyncio.Event()
    cf._clock.call_at(cf._clock.now_ms() + 20, done.set)
    assert not done.is_set()
    await asyncio.wait_for(done.wait(), 5)


async def test_in_order(cf: Any) -> None:
    done: list[int] = []
    over = asyncio.Event()
    now = cf._clock.now_ms()
    cf._clock.call_at(now + 20, over.set)
    cf._clock.call_at(now + 10, lambda: done.append(2))
    cf._clock.call_at(now + 5, lambda: done.append(1))
    await asyncio.wait_for(over.wait(), 5)
    assert done == [1, 2]


async def test_what_was_cancelled_does_not_happen(cf: Any) -> None:
    done: list[str] = []
    over = asyncio.Event()
    now = cf._clock.now_ms()
    cf._clock.call_at(now + 5, lambda: done.append("cancelled")).cancel()
    cf._clock.call_at(now + 10, over.set)
    await asyncio.wait_for(over.wait(), 5)
    assert done == []


async def test_timers_of_the_worker_fire(cf: Any) -> None:
    async def worker() -> str:
        await asyncio.sleep(0.01)
        async with asyncio.timeout(5):
            await asyncio.wait_for(asyncio.sleep(0.01), 5)
        return "awake"

    assert await cf._clock.dispatch("a test", worker()) == "awake"


async def test_so_they_do_after_a_journey(cf: Any, log: Log) -> None:
    done = asyncio.Event()
    cf._clock.call_at(cf._clock.now_ms() + 3_600_020, done.set)
    await cf.travel(hours=1)
    await asyncio.wait_for(done.wait(), 5)


async def test_a_journey_wakes_what_sleeps_in_real_time(cf: Any, log: Log) -> None:
    request = asyncio.create_task(cf.fetch("/sleeps"))
    await asyncio.sleep(0)
    await cf.travel(hours=1, seconds=1)
    assert await (await request).text() == "slept"


def test_it_happens_in_the_loop_of_a_sync_test(cf: Any) -> None:
    async def both() -> None:
        done = asyncio.Event()
        cf._clock.call_at(cf._clock.now_ms() + 5, done.set)
        await asyncio.wait_for(done.wait(), 5)

    cf.run(both())


def test_what_was_set_before_a_loop_ran_happens_in_the_first_dispatch(cf: Any) -> None:
    done: list[str] = []
    cf._clock.call_at(cf._clock.now_ms() + 5, lambda: done.append("it"))

    async def worker() -> None:
        await asyncio.sleep(0.02)

    cf.run(cf._clock.dispatch("a test", worker()))
    assert done == ["it"]


async def later_fails() -> None:
    raise LookupError("lost")


def fails() -> None:
    raise LookupError("lost")


@pytest.mark.parametrize("task", [later_fails, fails])
async def test_an_error_of_something_due_is_raised_by_the_next_journey(
    cf: Any, task: Any
) -> None:
    over = asyncio.Event()
    cf._clock.call_at(cf._clock.now_ms() + 1, task)
    cf._clock.call_at(cf._clock.now_ms() + 10, over.set)
    await asyncio.wait_for(over.wait(), 5)
    with pytest.raises(LookupError, match="lost"):
        await cf.travel(0)
