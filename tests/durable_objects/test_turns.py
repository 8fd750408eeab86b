"""Turns: what lets other calls in and commits, and what does not.

Every answer is that of a Python Worker on workerd (Pyodide 0.28.2 and 314.0.5).
"""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from typing import Any

import js
import pytest
from pyodide.ffi import JsException, create_once_callable, run_sync, to_js

from pytest_cfbindings.clock import Clock
from pytest_cfbindings.control import Cf

Wait = Callable[[Any, Any], Awaitable[object]]


async def nothing() -> None:
    pass


async def event_of_a_callback(_object: Any, _ctx: Any) -> None:
    event = asyncio.Event()
    asyncio.get_running_loop().call_soon(event.set)
    await event.wait()


async def call_later(seconds: float) -> None:
    future = asyncio.get_running_loop().create_future()
    asyncio.get_running_loop().call_later(seconds, future.set_result, None)
    await future


async def set_timeout(milliseconds: float) -> None:
    future = asyncio.get_running_loop().create_future()
    done = create_once_callable(lambda: future.set_result(None))
    js.setTimeout(done, milliseconds)
    await future


async def many_gets(_object: Any, ctx: Any) -> None:
    for _ in range(50):
        await ctx.storage.get("key")


async def under_a_timeout(_object: Any, ctx: Any) -> None:
    async with asyncio.timeout(10):
        await ctx.storage.get("key")


async def waits_synchronously(_object: Any, ctx: Any) -> None:
    run_sync(ctx.storage.get("key"))


SAME_TURN: dict[str, Wait] = {
    "coroutine": lambda o, ctx: nothing(),
    "sleep of 0": lambda o, ctx: asyncio.sleep(0),
    "sleep of 2 ms": lambda o, ctx: asyncio.sleep(0.002),
    "get": lambda o, ctx: ctx.storage.get("key"),
    "many gets": many_gets,
    "put": lambda o, ctx: ctx.storage.put("key", 1),
    "delete": lambda o, ctx: ctx.storage.delete("key"),
    "list": lambda o, ctx: ctx.storage.list(),
    "getAlarm": lambda o, ctx: ctx.storage.getAlarm(),
    "setAlarm": lambda o, ctx: ctx.storage.setAlarm(js.Date.now() + 100_000),
    "task": lambda o, ctx: asyncio.create_task(nothing()),
    "gather": lambda o, ctx: asyncio.gather(nothing(), nothing()),
    "shield": lambda o, ctx: asyncio.shield(asyncio.create_task(nothing())),
    "wait_for": lambda o, ctx: asyncio.wait_for(nothing(), 1),
    "timeout": under_a_timeout,
    "event": event_of_a_callback,
    "promise": lambda o, ctx: js.Promise.resolve(1),
    "call_later of 0": lambda o, ctx: call_later(0),
    "setTimeout of 0": lambda o, ctx: set_timeout(0),
    "run_sync": waits_synchronously,
}
ENDS_THE_TURN: dict[str, Wait] = {
    "sleep of 3 ms": lambda o, ctx: asyncio.sleep(0.003),
    "call_later of 3 ms": lambda o, ctx: call_later(0.003),
    "setTimeout of 1 ms": lambda o, ctx: set_timeout(1),
    "scheduler.wait": lambda o, ctx: js.scheduler.wait(0),
    "sync": lambda o, ctx: ctx.storage.sync(),
    "getCurrentBookmark": lambda o, ctx: ctx.storage.getCurrentBookmark(),
    "call of another object": lambda o, ctx: o.env.COUNTER.getByName("x").get("k"),
    "fetch of another object": lambda o, ctx: o.env.COUNTER.getByName("x").fetch(
        "https://room/"
    ),
    "body": lambda o, ctx: js.Response.new("text").text(),
}


def named(waits: dict[str, Wait]) -> Any:
    return pytest.mark.parametrize("wait", waits.values(), ids=waits)


async def order_of_three_calls(stub: Any, cf: Cf, wait: Wait) -> str:
    """The order in which three calls that arrive together begin and end."""
    log: list[str] = []

    def call(number: int) -> Any:
        async def body(instance: Any, ctx: Any) -> None:
            log.append(f"b{number}")
            await wait(instance, ctx)
            log.append(f"e{number}")

        return cf.run_in(stub, body)

    await stub.remember()
    await asyncio.gather(*map(call, (1, 2, 3)))
    return " ".join(log)


async def kept_by_an_abort(stub: Any, cf: Cf, wait: Wait) -> bool:
    """Whether what was written before a wait survives an abort after it."""

    async def body(instance: Any, ctx: Any) -> None:
        ctx.storage.kv.put("before", 1)
        await wait(instance, ctx)
        ctx.abort("enough")

    with pytest.raises(JsException, match="enough"):
        await cf.run_in(stub, body)
    return await cf.env.COUNTER.getByName("one").get("before") == 1


@named(SAME_TURN)
async def test_these_let_nobody_in(stub: Any, cf: Cf, wait: Wait) -> None:
    assert await order_of_three_calls(stub, cf, wait) == "b1 e1 b2 e2 b3 e3"


@named(SAME_TURN)
async def test_these_commit_nothing(stub: Any, cf: Cf, wait: Wait) -> None:
    assert await kept_by_an_abort(stub, cf, wait) is False


@named(ENDS_THE_TURN)
async def test_these_let_others_in(stub: Any, cf: Cf, wait: Wait) -> None:
    assert await order_of_three_calls(stub, cf, wait) == "b1 b2 b3 e1 e2 e3"


@named(ENDS_THE_TURN)
async def test_these_commit(stub: Any, cf: Cf, wait: Wait) -> None:
    assert await kept_by_an_abort(stub, cf, wait) is True


async def test_digests_let_nobody_in(stub: Any, cf: Cf) -> None:
    def digest(_object: Any, _ctx: Any) -> Any:
        return js.crypto.subtle.digest("SHA-256", to_js(b"abc"))

    assert await order_of_three_calls(stub, cf, digest) == "b1 e1 b2 e2 b3 e3"


@pytest.mark.parametrize("kind", ["transaction", "blockConcurrencyWhile"])
async def test_sections_commit_and_let_nobody_in(stub: Any, cf: Cf, kind: str) -> None:
    async def section(*_: Any) -> None:
        await asyncio.sleep(0.003)

    def wait(_object: Any, ctx: Any) -> Any:
        if kind == "transaction":
            return ctx.storage.transaction(section)
        return ctx.blockConcurrencyWhile(section)

    assert await order_of_three_calls(stub, cf, wait) == "b1 e1 b2 e2 b3 e3"
    assert await kept_by_an_abort(stub, cf, wait) is True


async def test_reading_adding_and_writing_is_atomic(stub: Any) -> None:
    counts = await asyncio.gather(*(stub.increment() for _ in range(10)))
    assert counts == [*range(1, 11)]


async def test_a_call_leaves_when_its_turn_is_committed(
    stub: Any, env: Any, cf: Cf
) -> None:
    async def body(instance: Any, ctx: Any) -> None:
        ctx.storage.kv.put("lost", 1)
        sent.append(asyncio.ensure_future(env.COUNTER.getByName("two").remember()))
        await ctx.storage.get("key")
        ctx.abort("enough")

    sent: list[Any] = []
    with pytest.raises(JsException, match="enough"):
        await cf.run_in(stub, body)
    await asyncio.sleep(0.01)
    assert await env.COUNTER.getByName("two").remember() == 1


async def test_what_a_handler_leaves_running_is_part_of_its_last_turn(
    stub: Any, cf: Cf
) -> None:
    log: list[str] = []

    async def body(instance: Any, ctx: Any) -> None:
        async def work() -> None:
            await ctx.storage.get("key")
            log.append("work")

        instance.work = asyncio.ensure_future(work())

    await cf.run_in(stub, body)
    assert log == ["work"]


async def test_a_test_may_travel_from_inside_an_object(
    stub: Any, cf: Cf, clock: Clock
) -> None:
    async def body(_object: Any, ctx: Any) -> None:
        await ctx.storage.setAlarm(clock.now_ms() + 1_000)
        await cf.travel(seconds=1)

    await cf.run_in(stub, body)
    assert len(await stub.alarms_seen()) == 1


async def test_code_that_never_gives_way_is_told(
    stub: Any, cf: Cf, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pytest_cfbindings.durable_objects import turns

    monkeypatch.setattr(turns, "_MOST_STEPS", 100)

    async def body() -> None:
        while True:
            await asyncio.sleep(0)

    with pytest.raises(RuntimeError, match="without waiting for anything from outside"):
        await cf.run_in(stub, body)


def counting(log: list[str], name: str) -> Any:
    async def body(_object: Any, ctx: Any) -> None:
        for number in range(3):
            await ctx.storage.get("key")
            log.append(f"{name}{number}")

    return body


async def test_objects_take_their_steps_side_by_side(env: Any, cf: Cf) -> None:
    log: list[str] = []
    names = env.COUNTER
    await asyncio.gather(
        cf.run_in(names.getByName("a"), counting(log, "a")),
        cf.run_in(names.getByName("b"), counting(log, "b")),
    )
    assert log == ["a0", "b0", "a1", "b1", "a2", "b2"]


async def test_a_test_has_its_turn_between_the_steps_of_an_object(
    stub: Any, cf: Cf
) -> None:
    async def beside() -> None:
        for number in range(3):
            log.append(f"test{number}")
            await asyncio.sleep(0)

    log: list[str] = []
    await asyncio.gather(cf.run_in(stub, counting(log, "object")), beside())
    assert log.index("test1") < log.index("object1")
    assert log.index("test2") < log.index("object2")


async def test_a_task_that_cancels_itself_stops_at_its_next_wait(
    stub: Any, cf: Cf
) -> None:
    async def body(_object: Any, ctx: Any) -> None:
        async def cancel_and_wait() -> None:
            own = asyncio.current_task()
            assert own is not None
            own.cancel()
            await ctx.storage.get("key")
            went_on.append(True)

        await asyncio.wait([asyncio.create_task(cancel_and_wait())])

    went_on: list[bool] = []
    await cf.run_in(stub, body)
    assert not went_on


async def test_an_object_that_waits_for_a_timer_of_the_test_is_told_by_it(
    stub: Any, cf: Cf
) -> None:
    async def body(_object: Any, _ctx: Any) -> int:
        while not done.is_set():
            await asyncio.sleep(0)
        return 1

    done = asyncio.Event()
    asyncio.get_running_loop().call_later(0.05, done.set)
    assert await cf.run_in(stub, body) == 1


@pytest.mark.skipif(sys.version_info < (3, 12), reason="eager tasks came with 3.12")
async def test_calls_begin_after_the_code_that_makes_them_under_eager_tasks(
    stub: Any,
) -> None:
    loop = asyncio.get_running_loop()
    loop.set_task_factory(getattr(asyncio, "eager_task_factory"))  # noqa: B009
    try:
        counts = await asyncio.gather(*(stub.increment() for _ in range(3)))
    finally:
        loop.set_task_factory(None)
    assert counts == [1, 2, 3]
