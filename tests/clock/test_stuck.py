"""Journeys and awaits that would never end say who is to blame."""

import asyncio
from typing import Any

import pytest

from pytest_cfbindings.clock import frozen_waits, travel

from .test_travel import Log, T

pytestmark = pytest.mark.cfbindings(freeze="2026-01-01T00:00:00Z")


@pytest.fixture
def short_real_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """A tenth of a second, instead of five, for waits that are known to fail."""
    monkeypatch.setattr(travel, "REAL_WAIT_SECONDS", 0.1)
    monkeypatch.setattr(frozen_waits, "REAL_WAIT_SECONDS", 0.1)


async def test_a_real_wait_of_the_worker_is_waited_for(cf: Any, log: Log) -> None:
    import sleeper  # type: ignore[import-not-found]

    loop = asyncio.get_running_loop()
    sleeper.gate = loop.create_future()
    loop.call_later(0.1, sleeper.gate.set_result, None)  # The test's: in real time.
    request = asyncio.create_task(cf.fetch("/waits_for_the_test_and_sleeps"))
    await cf.travel(10)
    assert log == [("answered", T), ("slept", T + 10)]
    await request


@pytest.mark.usefixtures("short_real_waits")
async def test_one_that_does_not_end_is_named(cf: Any, log: Log) -> None:
    import sleeper  # type: ignore[import-not-found]

    sleeper.gate = asyncio.get_running_loop().create_future()
    request = asyncio.create_task(cf.fetch("/waits_for_the_test"))
    with pytest.raises(
        RuntimeError,
        match=r"Time cannot go on: Default.waits_for_the_test \(sleeper.py:\d+\) still",
    ):
        await cf.travel(10)
    sleeper.gate.set_result(None)
    await request
    await cf.travel(10)


@pytest.mark.usefixtures("short_real_waits")
async def test_code_that_never_waits_is_named(cf: Any, log: Log) -> None:
    request = asyncio.create_task(cf.fetch("/spins"))
    with pytest.raises(
        RuntimeError, match=r"Default.spins \(sleeper.py:\d+\) was still running"
    ):
        await cf.travel(10)
    request.cancel()


async def test_what_sets_itself_for_the_present_again_and_again_is_named(
    cf: Any, log: Log
) -> None:
    await cf.fetch("/rearms")
    with pytest.raises(
        RuntimeError,
        match=r"Default.rearms.<locals>.again in GET /rearms was due 1000 times at",
    ):
        await cf.travel(10)


async def test_what_happens_too_often_on_the_way_is_named(
    cf: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(travel, "STEPS", 100)

    def again() -> None:
        cf._clock.call_at(cf._clock.now_ms() + 1000, again, "the alarm of ROOM:lobby")

    again()
    await cf.travel(seconds=90)
    with pytest.raises(RuntimeError, match="the alarm of ROOM:lobby was due 100 times"):
        await cf.travel(hours=1)


async def test_awaiting_a_sleeping_handler_of_a_frozen_test_fails_at_once(
    cf: Any, log: Log
) -> None:
    with pytest.raises(
        RuntimeError,
        match=r"Default.sleeps \(sleeper.py:\d+\) waits for the clock, which stands",
    ):
        await cf.fetch("/sleeps")


def test_so_does_a_sync_test(cf: Any, log: Log) -> None:
    with pytest.raises(RuntimeError, match="waits for the clock, which stands still"):
        cf.run(cf.fetch("/sleeps"))


async def test_so_does_settling_what_sleeps(cf: Any, log: Log) -> None:
    await cf.fetch("/leaves_a_task")
    with pytest.raises(RuntimeError, match="waits for the clock, which stands still"):
        await cf.settle()
    await cf.travel(hours=1)
    await cf.settle()


@pytest.mark.usefixtures("short_real_waits")
async def test_another_task_of_the_test_is_given_time_to_travel(
    cf: Any, log: Log
) -> None:
    async def travels() -> None:
        await asyncio.sleep(0.05)
        await cf.travel(hours=1)

    answer, _ = await asyncio.gather(cf.fetch("/sleeps"), travels())
    assert answer.status == 200


@pytest.mark.usefixtures("short_real_waits")
async def test_but_not_for_ever(cf: Any, log: Log) -> None:
    with pytest.raises(RuntimeError, match="waits for the clock, which stands still"):
        await asyncio.gather(cf.fetch("/sleeps"), asyncio.sleep(30))


async def test_an_error_of_something_due_is_raised_by_the_journey(cf: Any) -> None:
    async def fails() -> None:
        raise LookupError("lost")

    cf._clock.call_at(cf._clock.now_ms() + 1000, fails)
    with pytest.raises(LookupError, match="lost"):
        await cf.travel(1)
