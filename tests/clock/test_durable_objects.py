"""Durable Objects on the clock: alarms, their retries, and handlers that sleep."""

import asyncio
from typing import Any

import pytest

from .test_travel import Log, T

pytestmark = pytest.mark.cfbindings(freeze="2026-01-01T00:00:00Z")


@pytest.fixture
def bell(env: Any) -> Any:
    return env.BELLS.getByName("bell")


async def test_alarms_set_by_alarms_ring_each_at_its_instant(
    cf: Any, bell: Any, log: Log
) -> None:
    await bell.ring_every(60_000)
    await cf.travel(minutes=3)
    assert log == [("ring", T + 60), ("ring", T + 120), ("ring", T + 180)]


async def test_an_alarm_is_listed_as_due(cf: Any, bell: Any) -> None:
    await bell.ring_every(60_000)
    [due] = cf.due()
    assert (due.at.timestamp(), due.what) == (T + 60, "the alarm of Bell bell")


async def test_one_that_fails_is_tried_again_and_told_in_the_end(
    cf: Any, bell: Any, log: Log
) -> None:
    await bell.ring_every(-1)
    await cf.travel(hours=1)
    delays = [when - log[0][1] for _, when in log]
    assert delays == [0, 2, 6, 14, 30, 62, 126]
    [failure] = cf.failed_alarms
    assert failure.what == "the alarm of Bell bell"
    assert isinstance(failure.error, ValueError)


async def test_one_that_sets_itself_for_the_present_is_named(
    cf: Any, bell: Any
) -> None:
    await bell.ring_every(0)
    with pytest.raises(
        RuntimeError, match="the alarm of Bell bell was due 1000 times at 2026-01-01T"
    ):
        await cf.travel(1)


async def test_a_handler_that_sleeps_wakes_by_travel(
    cf: Any, bell: Any, log: Log
) -> None:
    call = asyncio.ensure_future(bell.sleeps())
    await cf.travel(minutes=59)
    assert log == []
    await cf.travel(minutes=1)
    assert log == [("slept", T + 3600)]
    assert await call == "slept"


async def test_awaiting_one_while_time_stands_still_fails_at_once(
    cf: Any, bell: Any
) -> None:
    with pytest.raises(
        RuntimeError, match=r"Bell.sleeps \(sleeper.py:\d+\) waits for the clock, which"
    ):
        await bell.sleeps()


def test_so_it_does_in_a_sync_test(cf: Any, bell: Any) -> None:
    with pytest.raises(RuntimeError, match="nobody is left to travel"):
        cf.run(bell.sleeps())


@pytest.mark.cfbindings(freeze=None)
async def test_in_real_time_an_alarm_rings_by_itself(
    cf: Any, bell: Any, log: Log
) -> None:
    await bell.ring_every(5)

    async def rung() -> None:
        while len(log) < 3:
            await asyncio.sleep(0.001)

    await asyncio.wait_for(rung(), 10)
    # Silent again: one that rings as the test ends would be cut off in the middle.
    await bell.ring_every(10**9)
    await asyncio.sleep(0.05)
