"""A freezegun or time-machine of the test's own moves the bindings' clock."""

import asyncio
import datetime
import time
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from freezegun import freeze_time

START = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
HOUR = datetime.timedelta(hours=1)


async def test_freezegun_moves_it(cf: Any, env: Any) -> None:
    with freeze_time(START) as frozen:
        assert cf.now() == START
        await env.KV.put("k", "v", expirationTtl=60)
        frozen.tick(59)
        assert await env.KV.get("k") == "v"
        frozen.tick(1)
        assert await env.KV.get("k") is None


async def test_time_machine_moves_it(cf: Any, env: Any) -> None:
    with time_machine.travel(START, tick=False) as traveller:
        assert cf.now() == START
        await env.KV.put("k", "v", expirationTtl=60)
        traveller.shift(59)
        assert await env.KV.get("k") == "v"
        traveller.shift(1)
        assert await env.KV.get("k") is None


async def test_a_freezegun_inside_of_ours_moves_it_until_it_ends(cf: Any) -> None:
    cf.freeze(START)
    with freeze_time(START + HOUR):
        assert cf.now() == START + HOUR
    assert cf.now() == START
    assert time.time() == START.timestamp()


async def test_what_fell_due_by_such_a_jump_runs_at_the_next_journey(cf: Any) -> None:
    done: list[datetime.datetime] = []
    with freeze_time(START) as frozen:
        cf._clock.call_at(cf._clock.now_ms() + 1000, lambda: done.append(cf.now()))
        frozen.move_to(START + HOUR)
        assert done == []
        await cf.travel(0)
        assert done == [START + HOUR]


async def test_an_alarm_is_one_of_these(cf: Any, env: Any) -> None:
    bell = env.BELLS.getByName("bell")
    with freeze_time(START) as frozen:
        await bell.ring_every(60_000)
        frozen.move_to(START + HOUR)
        assert await bell.rings() == 0
        await cf.travel(0)
        # The second one was set for a minute that had passed, which is now.
        assert await bell.rings() == 2
        [due] = cf.due()
        assert due.at == START + HOUR + datetime.timedelta(minutes=1)


@pytest.fixture
def freezer() -> Iterator[Any]:
    """What pytest-freezer gives: time stands still as soon as a test asks for it."""
    freezer = freeze_time(ignore=["_pytest.runner", "_pytest.terminal"])
    yield freezer.start()
    freezer.stop()


def test_the_fixture_of_pytest_freezer_moves_it(
    freezer: Any, cf: Any, env: Any
) -> None:
    freezer.move_to(START)
    assert cf.now() == START
    cf.run(env.KV.put("k", "v", expirationTtl=60))
    freezer.tick(60)
    assert cf.run(env.KV.get("k")) is None


@pytest.mark.parametrize(
    "owner",
    [
        lambda: freeze_time(START),
        lambda: freeze_time(START, tick=True),
        lambda: time_machine.travel(START, tick=False),
        lambda: time_machine.travel(START),
    ],
    ids=["freezegun", "ticking freezegun", "time-machine", "ticking time-machine"],
)
async def test_travelling_moves_the_owner_s_time(cf: Any, owner: Any) -> None:
    seen: list[datetime.datetime] = []
    with owner():
        at = cf._clock.now_ms() + 60_000
        cf._clock.call_at(at, lambda: seen.append(cf.now()))
        await cf.travel(hours=1)
        assert HOUR <= cf.now() - START < 2 * HOUR
        assert abs(time.time() - cf.now().timestamp()) < 60
        minute = datetime.timedelta(minutes=1)
        assert minute <= seen[0] - START < 2 * minute
    assert time.time() > START.timestamp() + 7200


@pytest.mark.parametrize("library", ["freezegun", "time-machine"])
def test_freezing_what_another_holds_is_refused(cf: Any, library: str) -> None:
    other = freeze_time(START) if library == "freezegun" else time_machine.travel(START)
    with (
        other,
        pytest.raises(RuntimeError, match=f"time is held by {library} already"),
    ):
        cf.freeze()


async def test_one_that_has_ended_leaves_asyncio_s_timers_real(cf: Any) -> None:
    with freeze_time(START, real_asyncio=True):
        pass
    cf.freeze(START)
    await asyncio.wait_for(asyncio.sleep(0.001), 5)
