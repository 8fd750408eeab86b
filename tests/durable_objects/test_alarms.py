"""Alarms: when they go off, how often they are tried, and what cancels that."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from pyodide.ffi import JsException

from pytest_cfbindings.clock import Clock
from pytest_cfbindings.control import Cf

pytestmark = pytest.mark.cfbindings(freeze="2026-01-01T00:00:00Z")

Watch = Callable[[Callable[[Any], Any]], Awaitable[list[int]]]

FIRST = {"retries": 0, "is_retry": False}


def retry(number: int) -> dict[str, Any]:
    return {"retries": number, "is_retry": True}


@pytest.fixture(autouse=True)
def _no_reports_of_failed_alarms(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL, "pytest_cfbindings")


async def test_it_goes_off_when_the_clock_comes_to_it(stub: Any, clock: Clock) -> None:
    await stub.wake_in(60_000)
    await clock.advance(59_000)
    assert await stub.alarms_seen() == []
    await clock.advance(1_000)
    assert await stub.alarms_seen() == [FIRST]
    assert await stub.get("alarm") is None


async def test_the_handler_is_told_its_time(stub: Any, cf: Cf, clock: Clock) -> None:
    seen = []
    at = clock.now_ms() + 5_000

    async def handler(info: Any) -> None:
        seen.append(info.scheduledTime)

    async def set_alarm(counter: Any, ctx: Any) -> None:
        counter.alarm = handler
        await ctx.storage.setAlarm(at)

    await cf.run_in(stub, set_alarm)
    await clock.advance(6_000)
    assert seen == [at]


async def test_a_handler_need_not_take_an_argument(
    stub: Any, cf: Cf, clock: Clock
) -> None:
    seen = []

    async def set_alarm(counter: Any, ctx: Any) -> None:
        counter.alarm = lambda: seen.append(True)
        await ctx.storage.setAlarm(clock.now_ms() + 1)

    await cf.run_in(stub, set_alarm)
    await clock.advance(1)
    assert seen == [True]


async def test_a_handler_that_raises_is_tried_after_2_4_8_seconds(
    stub: Any, clock: Clock
) -> None:
    await stub.wake_in(1, 3)
    await clock.advance(1)
    for number, seconds in enumerate((2, 4, 8), start=1):
        await clock.advance(seconds * 1000 - 1)
        assert len(await stub.alarms_seen()) == number
        await clock.advance(1)
        assert (await stub.alarms_seen())[-1] == retry(number)


async def test_it_is_given_up_after_six_retries(
    stub: Any, cf: Cf, clock: Clock, watch: Watch
) -> None:
    log = await watch(fail)
    await clock.advance(1_000_000)
    assert log == [0, 1, 2, 3, 4, 5, 6]
    assert await cf.storage(stub).getAlarm() is None
    assert [type(failure.error) for failure in cf.failed_alarms] == [RuntimeError]


async def test_while_it_is_retried_the_old_time_is_shown(
    stub: Any, cf: Cf, clock: Clock
) -> None:
    at = clock.now_ms() + 1
    await stub.wake_in(1, 1)
    await clock.advance(10)
    assert await cf.storage(stub).getAlarm() == at
    await clock.advance(2_000)
    assert await cf.storage(stub).getAlarm() is None


async def test_writes_before_the_exception_stay(
    stub: Any, cf: Cf, clock: Clock, watch: Watch
) -> None:
    async def write_and_fail(ctx: Any) -> None:
        await ctx.storage.put("written", 1)
        raise RuntimeError

    await watch(write_and_fail)
    await clock.advance(1)
    assert await stub.get("written") == 1


async def test_an_alarm_set_by_the_handler_replaces_the_retry(
    stub: Any, cf: Cf, clock: Clock, watch: Watch
) -> None:
    async def set_again_and_fail(ctx: Any) -> None:
        await ctx.storage.setAlarm(clock.now_ms() + 30_000)
        raise RuntimeError

    log = await watch(set_again_and_fail)
    await clock.advance(29_000)
    assert log == [0]
    await clock.advance(1_001)
    assert log == [0, 0]


async def test_deleting_the_alarm_in_the_handler_cancels_the_retry(
    stub: Any, cf: Cf, clock: Clock, watch: Watch
) -> None:
    async def delete_and_fail(ctx: Any) -> None:
        await ctx.storage.deleteAlarm()
        raise RuntimeError

    log = await watch(delete_and_fail)
    await clock.advance(1_000_000)
    assert log == [0]


async def test_an_alarm_set_between_retries_starts_afresh(
    stub: Any, cf: Cf, clock: Clock, watch: Watch
) -> None:
    log = await watch(fail)
    await clock.advance(1)
    await cf.storage(stub).setAlarm(clock.now_ms() + 50)
    await clock.advance(100)
    assert log == [0, 0]


async def test_an_abort_in_the_handler_is_a_failure(
    stub: Any, cf: Cf, clock: Clock, watch: Watch
) -> None:
    async def abort(ctx: Any) -> None:
        ctx.abort("in the alarm")

    log = await watch(abort)
    await clock.advance(2_100)
    assert log == [0, 1]


async def test_a_handler_of_more_than_15_minutes_resets_and_is_tried_again(
    stub: Any, cf: Cf, clock: Clock, watch: Watch
) -> None:
    async def write_and_sleep(ctx: Any) -> None:
        await ctx.storage.put("written", 1)
        await asyncio.sleep(3600)

    log = await watch(write_and_sleep)
    await clock.advance(899_999)
    await stub.remember()
    assert await stub.remember() == 2
    await clock.advance(2)
    with pytest.raises(JsException, match="exceeded its allowed execution") as error:
        await stub.remember()
    assert error.value.overloaded is True
    assert error.value.durableObjectReset is True
    assert await stub_again(cf).remember() == 1
    assert await stub_again(cf).get("written") == 1
    await clock.advance(2_000)
    assert log == [0, 1]


async def test_a_handler_that_a_test_runs_has_the_same_limit(
    stub: Any, cf: Cf, clock: Clock, watch: Watch
) -> None:
    async def sleep(_ctx: Any) -> None:
        await asyncio.sleep(3600)

    async def set_alarm(_counter: Any, ctx: Any) -> None:
        await ctx.storage.setAlarm(4102444800000)

    await watch(sleep)
    await cf.run_in(stub, set_alarm)
    running = asyncio.ensure_future(cf.run_alarm(stub))
    for _ in range(10):
        await asyncio.sleep(0)
    await clock.advance(900_001)
    with pytest.raises(JsException, match="exceeded its allowed execution"):
        await running


async def test_a_handler_that_ends_in_time_leaves_no_limit_behind(
    stub: Any, cf: Cf, clock: Clock
) -> None:
    await stub.wake_in(1)
    await clock.advance(1)
    assert await stub.alarms_seen() == [FIRST]
    assert cf.due() == []


async def test_it_constructs_an_object_that_was_evicted(
    stub: Any, cf: Cf, clock: Clock
) -> None:
    await stub.wake_in(60_000)
    await cf.evict(stub)
    await clock.advance(60_000)
    assert await stub.alarms_seen() == [FIRST]


async def test_it_is_part_of_the_turn_that_sets_it(
    stub: Any, cf: Cf, clock: Clock
) -> None:
    def set_and_abort(_counter: Any, ctx: Any) -> None:
        ctx.storage.setAlarm(clock.now_ms() + 10).close()
        ctx.abort("lost")

    with pytest.raises(Exception, match="lost"):
        await cf.run_in(stub, set_and_abort)
    await clock.advance(20)
    assert await stub_again(cf).alarms_seen() == []


async def test_a_class_without_a_handler_fails_when_it_goes_off(
    env: Any, cf: Cf
) -> None:
    stub = env.NO_HANDLERS.getByName("a")

    async def set_alarm(_counter: Any, ctx: Any) -> None:
        await ctx.storage.setAlarm(4102444800000)

    await cf.run_in(stub, set_alarm)
    with pytest.raises(Exception, match="Method alarm does not exist"):
        await cf.run_alarm(stub)


async def test_a_failure_is_logged_with_its_traceback(
    stub: Any, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.ERROR, "pytest_cfbindings")
    await stub.wake_in(1, 1)
    await clock.advance(1)
    [record] = caplog.records
    assert record.getMessage() == "alarm() of Counter one raised"
    assert "RuntimeError: alarm failed" in caplog.text


def fail(_ctx: Any) -> None:
    raise RuntimeError("always")


@pytest.fixture
def watch(stub: Any, cf: Cf, monkeypatch: pytest.MonkeyPatch) -> Watch:
    """Has the class run a handler in a moment; gives the retry counts that it sees."""

    async def prepare(handler: Callable[[Any], Any]) -> list[int]:
        import objects  # type: ignore[import-not-found]

        log: list[int] = []

        async def alarm(self: Any, info: Any) -> None:
            log.append(info.retryCount)
            result = handler(self.ctx)
            if result is not None:
                await result

        monkeypatch.setattr(objects.Counter, "alarm", alarm)
        await cf.storage(stub).setAlarm(1)
        return log

    return prepare


def stub_again(cf: Cf) -> Any:
    return cf.env.COUNTER.getByName("one")
