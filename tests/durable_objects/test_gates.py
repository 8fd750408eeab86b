"""Critical sections, turns, and who waits for whom."""

import asyncio
from typing import Any

import pytest
from pyodide.ffi import JsException

from pytest_cfbindings.clock import Clock
from pytest_cfbindings.control import Cf

TOO_LONG = (
    "A call to blockConcurrencyWhile() in a Durable Object waited for too long."
    " The call was canceled and the Durable Object was reset."
)


async def test_sections_begin_when_the_running_code_has_given_way(
    stub: Any, cf: Cf
) -> None:
    async def body(_counter: Any, ctx: Any) -> list[str]:
        log = ["before"]

        async def section() -> None:
            log.append("section")

        waiting = ctx.blockConcurrencyWhile(section)
        log.append("after")
        await waiting
        return log

    assert await cf.run_in(stub, body) == ["before", "after", "section"]


async def test_sections_side_by_side_run_in_order(stub: Any, cf: Cf) -> None:
    async def body(_counter: Any, ctx: Any) -> list[str]:
        log: list[str] = []

        def section(name: str) -> Any:
            async def run() -> None:
                log.append(f"{name} begins")
                await asyncio.sleep(0.001)
                log.append(f"{name} ends")

            return run

        await asyncio.gather(
            *(ctx.blockConcurrencyWhile(section(name)) for name in "ab")
        )
        return log

    assert await cf.run_in(stub, body) == ["a begins", "a ends", "b begins", "b ends"]


async def test_sections_nest(stub: Any, cf: Cf) -> None:
    async def body(_counter: Any, ctx: Any) -> Any:
        async def outer() -> Any:
            async def inner() -> int:
                await asyncio.sleep(0)
                return 5

            return await ctx.blockConcurrencyWhile(inner) + 1

        return await ctx.blockConcurrencyWhile(outer)

    assert await cf.run_in(stub, body) == 6


async def test_sections_nest_no_deeper_than_64(stub: Any, cf: Cf) -> None:
    async def body(_counter: Any, ctx: Any) -> None:
        async def section() -> None:
            await ctx.blockConcurrencyWhile(section)

        await section()

    with pytest.raises(JsException, match="calls are nested too deeply"):
        await cf.run_in(stub, body)


async def test_the_rest_of_a_handler_waits_for_a_section_of_another(
    stub: Any, cf: Cf
) -> None:
    log: list[str] = []
    go = asyncio.Event()

    async def handler(_counter: Any) -> None:
        await go.wait()
        log.append("handler")

    async def with_section(_counter: Any, ctx: Any) -> None:
        async def section() -> None:
            go.set()
            await asyncio.sleep(0.01)
            log.append("section")

        await ctx.blockConcurrencyWhile(section)

    await asyncio.gather(cf.run_in(stub, handler), cf.run_in(stub, with_section))
    assert log == ["section", "handler"]


async def test_new_events_wait_for_a_section_in_the_order_of_their_arrival(
    stub: Any, cf: Cf
) -> None:
    async def body(counter: Any, ctx: Any) -> None:
        async def section() -> None:
            await asyncio.sleep(0.01)
            counter.remember()

        await ctx.blockConcurrencyWhile(section)

    section = asyncio.ensure_future(cf.run_in(stub, body))
    await asyncio.sleep(0)
    answers = await asyncio.gather(*(stub.remember() for _ in range(5)))
    await section
    assert answers == [2, 3, 4, 5, 6]


async def test_a_task_that_a_section_leaves_behind_goes_on_outside(
    stub: Any, cf: Cf
) -> None:
    async def body(_counter: Any, ctx: Any) -> bool:
        tasks = []

        async def work() -> bool:
            await asyncio.sleep(0.001)
            return True

        async def section() -> None:
            tasks.append(asyncio.ensure_future(work()))

        await ctx.blockConcurrencyWhile(section)
        return await tasks[0]

    assert await cf.run_in(stub, body) is True


async def test_a_section_of_more_than_30_seconds_resets(
    stub: Any, clock: Clock, env: Any
) -> None:
    pending = asyncio.ensure_future(stub.call_oneself_in_section())
    for _ in range(10):
        await asyncio.sleep(0)
    await clock.advance(25_000)
    assert not pending.done()
    await clock.advance(5_000)
    with pytest.raises(JsException) as error:
        await pending
    assert error.value.message == TOO_LONG
    assert error.value.overloaded is True
    assert error.value.durableObjectReset is True
    assert await env.COUNTER.getByName("one").remember() == 1


async def test_an_abort_cannot_be_caught(stub: Any, cf: Cf) -> None:
    log: list[str] = []

    async def body(_counter: Any, ctx: Any) -> None:
        try:
            ctx.abort("enough")
        except BaseException:
            log.append("caught")
            await asyncio.sleep(0)
            log.append("went on")

    with pytest.raises(JsException, match="enough"):
        await cf.run_in(stub, body)
    await asyncio.sleep(0.01)
    assert log == ["caught"]


async def test_storage_is_closed_to_finally_blocks_after_a_reset(
    stub: Any, cf: Cf, env: Any
) -> None:
    refused: list[str] = []

    async def waiting(_counter: Any, ctx: Any) -> None:
        try:
            await asyncio.Event().wait()
        finally:
            try:
                ctx.storage.kv.put("late", 1)
            except JsException as error:
                refused.append(str(error))

    pending = asyncio.ensure_future(cf.run_in(stub, waiting))
    await env.COUNTER.getByName("one").remember()
    with pytest.raises(JsException):
        await stub.abort()
    with pytest.raises(JsException):
        await pending
    await asyncio.sleep(0)
    assert refused == ["Error: Durable Object storage is no longer accessible."]
    assert await env.COUNTER.getByName("one").get("late") is None


async def test_a_call_of_a_turn_that_is_never_committed_is_never_sent(
    stub: Any, cf: Cf, env: Any
) -> None:
    async def body(counter: Any, ctx: Any) -> None:
        counter.env.COUNTER.getByName("other").increment().close()
        ctx.abort("enough")

    with pytest.raises(JsException, match="enough"):
        await cf.run_in(stub, body)
    assert await env.COUNTER.getByName("other").get("count") is None


async def test_microtasks_run_before_the_turn_is_committed(
    stub: Any, cf: Cf, env: Any
) -> None:
    from js import queueMicrotask
    from pyodide.ffi import create_once_callable

    def body(_counter: Any, ctx: Any) -> None:
        ctx.storage.kv.put("lost", 1)
        queueMicrotask(create_once_callable(lambda: ctx._ctx.abort("enough")))

    with pytest.raises(JsException, match="enough"):
        await cf.run_in(stub, body)
    assert await env.COUNTER.getByName("one").get("lost") is None


async def test_a_timeout_works_inside_of_an_object(stub: Any, cf: Cf) -> None:
    async def body(_counter: Any) -> None:
        async with asyncio.timeout(0.01):
            await asyncio.Event().wait()

    with pytest.raises(TimeoutError):
        await cf.run_in(stub, body)
    assert await stub.remember() == 1


async def test_the_callers_context_variables_do_not_reach_the_object(
    stub: Any, cf: Cf
) -> None:
    from contextvars import ContextVar

    variable = ContextVar("variable", default="unset")
    variable.set("of the test")
    assert await cf.run_in(stub, lambda counter: variable.get()) == "unset"
