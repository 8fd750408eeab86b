"""Timers that an object's code sets; they do as workerd's do (measured)."""

import asyncio
import logging
from typing import Any

import js
import pytest
from pyodide.ffi import JsException, can_run_sync, create_once_callable, create_proxy

from pytest_cfbindings.clock import Clock
from pytest_cfbindings.control import Cf


def set_timeout(callback: Any, milliseconds: float) -> None:
    js.setTimeout(create_once_callable(callback), milliseconds)


def call_later(callback: Any, milliseconds: float) -> None:
    asyncio.get_running_loop().call_later(milliseconds / 1000, callback)


@pytest.fixture(params=[set_timeout, call_later])
def later(request: pytest.FixtureRequest) -> Any:
    return request.param


async def test_one_that_comes_due_in_a_section_waits_for_its_end(
    stub: Any, cf: Cf, clock: Clock, later: Any
) -> None:
    log: list[str] = []

    async def body(_counter: Any, ctx: Any) -> None:
        later(lambda: log.append("timer"), 20)

        async def section() -> None:
            log.append("section begins")
            await asyncio.sleep(0.1)
            log.append("section ends")

        await ctx.blockConcurrencyWhile(section)

    running = asyncio.ensure_future(cf.run_in(stub, body))
    await asyncio.sleep(0)
    await clock.advance(1000)
    await running
    assert log == ["section begins", "section ends", "timer"]


async def test_one_that_is_set_in_a_section_goes_off_in_it(
    stub: Any, cf: Cf, clock: Clock, later: Any
) -> None:
    log: list[str] = []

    async def body(_counter: Any, ctx: Any) -> None:
        async def section() -> None:
            later(lambda: log.append("timer"), 20)
            await asyncio.sleep(0.1)
            log.append("section ends")

        await ctx.blockConcurrencyWhile(section)

    running = asyncio.ensure_future(cf.run_in(stub, body))
    await asyncio.sleep(0)
    await clock.advance(1000)
    await running
    assert log == ["timer", "section ends"]


async def test_an_interval_goes_on_after_a_section(
    stub: Any, cf: Cf, clock: Clock
) -> None:
    log: list[str] = []

    async def body(_counter: Any, ctx: Any) -> None:
        ticks = js.setInterval(create_proxy(lambda: log.append("tick")), 10)

        async def section() -> None:
            await asyncio.sleep(0.1)
            log.append("section ends")

        await ctx.blockConcurrencyWhile(section)
        await asyncio.sleep(0.025)
        js.clearInterval(ticks)

    running = asyncio.ensure_future(cf.run_in(stub, body))
    await asyncio.sleep(0)
    await clock.advance(1000)
    await running
    assert log == ["section ends", "tick", "tick", "tick"]


async def test_one_has_a_turn_of_its_own(
    stub: Any, cf: Cf, env: Any, clock: Clock, later: Any
) -> None:
    async def body(_counter: Any, ctx: Any) -> None:
        def write_and_abort() -> None:
            ctx.storage.kv.put("lost", 1)
            ctx.abort("in the timer")

        later(lambda: ctx.storage.kv.put("kept", 1), 10)
        later(write_and_abort, 20)
        await asyncio.sleep(1)

    running = asyncio.ensure_future(cf.run_in(stub, body))
    await asyncio.sleep(0)
    await clock.advance(1000)
    with pytest.raises(JsException, match="in the timer"):
        await running
    again = env.COUNTER.getByName("one")
    assert [await again.get("kept"), await again.get("lost")] == [1, None]


async def test_none_goes_off_after_a_reset(
    stub: Any, cf: Cf, clock: Clock, later: Any
) -> None:
    log: list[str] = []

    def body(_counter: Any, ctx: Any) -> None:
        later(lambda: log.append("timer"), 10)
        ctx.abort("enough")

    with pytest.raises(JsException, match="enough"):
        await cf.run_in(stub, body)
    assert cf.due() == []
    await clock.advance(1000)
    assert log == []


async def test_one_keeps_its_object_in_memory(
    stub: Any, cf: Cf, clock: Clock, later: Any
) -> None:
    def body(counter: Any, _ctx: Any) -> None:
        later(counter.remember, 60_000)

    await cf.run_in(stub, body)
    await clock.advance(50_000)
    assert await stub.remember() == 1
    await clock.advance(10_000)
    assert await stub.remember() == 3
    await clock.advance(10_000)
    assert await stub.remember() == 1


async def test_an_eviction_waits_for_it(
    stub: Any, cf: Cf, clock: Clock, later: Any
) -> None:
    log: list[str] = []
    await cf.run_in(stub, lambda: later(lambda: log.append("timer"), 5_000))
    evicting = asyncio.ensure_future(cf.evict(stub))
    await clock.advance(4_000)
    assert log == []
    assert not evicting.done()
    await clock.advance(1_000)
    await evicting
    assert log == ["timer"]


async def test_an_eviction_does_not_wait_for_time_that_stands_still(
    stub: Any, cf: Cf, later: Any
) -> None:
    cf.freeze()
    await cf.run_in(stub, lambda: later(print, 5_000))
    with pytest.raises(RuntimeError, match="the eviction of Counter one"):
        await cf.evict(stub)


async def test_one_that_is_cleared_does_not_go_off(
    stub: Any, cf: Cf, clock: Clock
) -> None:
    log: list[str] = []

    def body() -> None:
        number = js.setTimeout(create_once_callable(lambda: log.append("timer")), 10)
        js.clearTimeout(number)

    await cf.run_in(stub, body)
    assert cf.due() == []
    await cf.evict(stub)
    assert log == []


async def test_what_one_raises_is_reported_by_the_event_loop(
    stub: Any, cf: Cf, clock: Clock, later: Any, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> None:
        raise ValueError("in the timer")

    await cf.run_in(stub, lambda: later(fail, 10))
    with caplog.at_level(logging.ERROR, "asyncio"):
        await clock.advance(10)
    assert "Exception in callback" in caplog.text
    assert await stub.remember() == 1


async def test_only_a_callback_of_python_can_run_sync(
    stub: Any, cf: Cf, clock: Clock
) -> None:
    seen: list[bool] = []

    def body() -> None:
        set_timeout(lambda: seen.append(can_run_sync()), 10)
        call_later(lambda: seen.append(can_run_sync()), 20)

    await cf.run_in(stub, body)
    await clock.advance(20)
    assert seen == [False, True]
