"""Travelling: the Worker's own timers wake on the way, each at its own instant."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

Log = list[tuple[object, float]]

START = "2026-01-01T00:00:00Z"
T = datetime(2026, 1, 1, tzinfo=UTC).timestamp()

pytestmark = pytest.mark.cfbindings(freeze=START)


async def started(cf: Any, name: str) -> "asyncio.Task[Any]":
    """A request to the Worker that the test does not wait for."""
    return asyncio.create_task(cf.fetch(f"/{name}"))


async def test_code_that_sleeps_an_hour_wakes_at_once(cf: Any, log: Log) -> None:
    request = await started(cf, "sleeps")
    await cf.travel(minutes=59, seconds=59)
    assert log == []
    await cf.travel(seconds=1)
    assert log == [("slept", T + 3600)]
    assert await (await request).text() == "slept"


async def test_timeouts_of_the_worker_are_on_the_clock(cf: Any, log: Log) -> None:
    request = await started(cf, "times_out")
    await cf.travel(hours=1)
    assert log == [("timed out", T + 60), ("timed out again", T + 120)]
    await request


async def test_timers_fire_in_order_each_at_its_instant(cf: Any, log: Log) -> None:
    request = await started(cf, "calls_later")
    await cf.travel(60)
    assert log == [
        ("at", T + 20),
        ("later", T + 30),
        ("timeout", T + 40),
        ("event", T + 50),
    ]
    await request


async def test_an_interval_fires_until_it_is_cleared(cf: Any, log: Log) -> None:
    request = await started(cf, "has_an_interval")
    await cf.travel(hours=1)
    assert log == [("interval", T + 10), ("interval", T + 20), ("interval", T + 30)]
    await request


async def test_what_wakes_sets_timers_from_its_own_instant(cf: Any, log: Log) -> None:
    request = await started(cf, "ticks")
    await cf.travel(hours=1)
    assert log == [("tick", T + 10), ("tick", T + 20), ("tick", T + 30)]
    await request


async def test_tasks_that_wait_for_each_other_go_on(cf: Any, log: Log) -> None:
    request = await started(cf, "gathers")
    await cf.travel(60)
    assert log == [
        *[(1, T + 1), (2, T + 2), (3, T + 3)],
        *[(1, T + 4), (2, T + 5)],
        *[(1, T + 6), (2, T + 7)],
        ("all", T + 7),
    ]
    await request


async def test_what_waits_after_the_response_is_on_the_clock(
    cf: Any, env: Any, log: Log
) -> None:
    await cf.fetch("/leaves_a_task")
    await cf.travel(59)
    assert await env.KV.get("later") is None
    await cf.travel(1)
    assert await env.KV.get("later") == "written"
    await cf.settle()


async def test_timers_of_the_test_stay_real(cf: Any, log: Log) -> None:
    request = await started(cf, "sleeps")
    async with asyncio.timeout(5):
        await cf.travel(hours=1)
        await asyncio.sleep(0.001)
    await request


async def test_the_loop_has_the_real_time_for_the_test(cf: Any) -> None:
    loop = asyncio.get_running_loop()
    before = loop.time()
    await cf.fetch("/now")
    await cf.travel(hours=1)
    assert 0 <= loop.time() - before < 60


@pytest.mark.parametrize(
    "arguments",
    [
        {"hours": 1, "minutes": 30},
        {"duration": timedelta(minutes=90)},
        {"duration": 5400},
        {"milliseconds": 5_400_000},
        {"days": 0.0625},
    ],
    ids=str,
)
async def test_ways_to_say_how_far(cf: Any, arguments: dict[str, Any]) -> None:
    await cf.travel(**arguments)
    assert cf.now() == datetime(2026, 1, 1, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "instant",
    [
        datetime(2026, 2, 1, tzinfo=UTC),
        datetime(2026, 2, 1),
        datetime(2026, 2, 1, 2, tzinfo=UTC) - timedelta(hours=2),
        "2026-02-01T00:00:00Z",
        "2026-02-01T02:00:00+02:00",
        "2026-02-01",
    ],
    ids=str,
)
async def test_travelling_to_an_instant(cf: Any, instant: Any) -> None:
    await cf.travel_to(instant)
    assert cf.now() == datetime(2026, 2, 1, tzinfo=UTC)


async def test_time_cannot_go_backwards(cf: Any) -> None:
    with pytest.raises(ValueError, match="time cannot go backwards: -1 s"):
        await cf.travel(-1)
    with pytest.raises(ValueError, match="this test is at 2026-01-01T00:00:00Z alre"):
        await cf.travel_to("2025-12-31")


@pytest.mark.parametrize("duration", [None, "1 hour", float("nan"), float("inf")])
async def test_what_is_no_duration_is_refused(cf: Any, duration: Any) -> None:
    with pytest.raises((TypeError, ValueError, OverflowError)):
        await cf.travel(duration)
    assert cf.now() == datetime(2026, 1, 1, tzinfo=UTC)


async def test_two_journeys_at_once_are_refused(cf: Any) -> None:
    with pytest.raises(RuntimeError, match="is still under way"):
        await asyncio.gather(cf.travel(1), cf.travel(1))


def test_a_sync_test_travels_with_cf_run(cf: Any, log: Log) -> None:
    async def request() -> Any:
        return asyncio.create_task(cf.fetch("/sleeps"))

    task = cf.run(request())
    cf.run(cf.travel(hours=1))
    assert log == [("slept", T + 3600)]
    assert cf.run(task).status == 200


async def test_a_travelling_fake_moves_the_time_of_the_worker(cf: Any) -> None:
    from pytest_cfbindings.clock.dispatches import DISPATCH

    async def worker() -> float:
        await cf.travel(3)
        assert DISPATCH.get() == "a fake"
        return cf.now().timestamp()  # type: ignore[no-any-return]

    assert await cf._clock.dispatch("a fake", worker()) == T + 3


async def test_what_is_still_due_is_listed(cf: Any) -> None:
    request = await started(cf, "calls_later")
    await cf.travel(25)
    assert [(due.at.timestamp() - T, due.what) for due in cf.due()] == [
        (30, "note in GET /calls_later"),
        (40, "setTimeout in GET /calls_later"),
        (50, "Event.set in GET /calls_later"),
    ]
    await cf.travel(30)
    assert cf.due() == []
    await request
