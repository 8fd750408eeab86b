"""What a handler waits for: only what no timer of the clock leads to holds time up."""

import asyncio
from typing import Any

import pytest

from pytest_cfbindings.clock import travel

from .test_travel import Log, T

pytestmark = pytest.mark.cfbindings(freeze="2026-01-01T00:00:00Z")


async def test_a_lock_or_a_queue_waits_for_whoever_has_it(cf: Any, log: Log) -> None:
    request = asyncio.create_task(cf.fetch("/shares_a_lock"))
    await cf.travel(10)
    assert log == [("let go", T + 10), ("taken", T + 10)]
    await request


async def test_an_event_of_the_test_does_not_hold_time_up(cf: Any) -> None:
    event = asyncio.Event()
    waiting = asyncio.create_task(cf._clock.dispatch("a test", event.wait()))
    await cf.travel(hours=1)
    assert not waiting.done()
    event.set()
    await waiting


async def test_a_task_of_the_test_that_sleeps_for_real_does(cf: Any) -> None:
    seen: list[str] = []

    async def real() -> None:
        await asyncio.sleep(0.05)
        seen.append("real")

    async def worker(task: "asyncio.Task[None]") -> None:
        await asyncio.gather(asyncio.shield(task), asyncio.sleep(0))
        seen.append("worker")

    real_task = asyncio.create_task(real())
    waiting = asyncio.create_task(cf._clock.dispatch("a test", worker(real_task)))
    await cf.travel(1)
    assert seen == ["real", "worker"]
    await waiting


async def test_all_that_hold_time_up_are_named(
    cf: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(travel, "REAL_WAIT_SECONDS", 0.1)
    gate: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    async def first() -> None:
        await gate

    async def second() -> None:
        await asyncio.wait([gate])

    names = "first", "second"
    waiting = [
        asyncio.create_task(cf._clock.dispatch(name, body()))
        for name, body in zip(names, (first, second), strict=True)
    ]
    with pytest.raises(RuntimeError, match=r"\.first \(.*\.second \(test_waits.py:"):
        await cf.travel(1)
    gate.set_result(None)
    await asyncio.gather(*waiting)
