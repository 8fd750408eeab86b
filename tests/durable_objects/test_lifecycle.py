"""How long an object stays in memory, and what is left to it."""

import asyncio
from typing import Any

import pytest
from pyodide.ffi import JsException

from pytest_cfbindings.clock import Clock
from pytest_cfbindings.control import Cf


async def test_an_object_that_idles_for_10_seconds_is_evicted(
    stub: Any, clock: Clock
) -> None:
    await stub.remember()
    await clock.advance(10_000)
    assert await stub.remember() == 1


async def test_an_object_that_is_called_meanwhile_stays(
    stub: Any, clock: Clock
) -> None:
    await stub.remember()
    await clock.advance(6_000)
    assert await stub.remember() == 2
    await clock.advance(6_000)
    assert await stub.remember() == 3


async def test_a_call_in_flight_keeps_it_in_memory(
    stub: Any, env: Any, clock: Clock
) -> None:
    pending = asyncio.ensure_future(stub.never())
    await env.COUNTER.getByName("one").remember()
    await clock.advance(60_000)
    assert await stub.remember() == 2
    pending.cancel()


async def test_what_is_left_for_later_keeps_it_in_memory(
    stub: Any, cf: Cf, clock: Clock
) -> None:
    go = asyncio.Event()

    async def leave(counter: Any, ctx: Any) -> None:
        async def work() -> None:
            await go.wait()
            await ctx.storage.put("worked", counter.remember())

        ctx.waitUntil(asyncio.create_task(work()))

    await cf.run_in(stub, leave)
    await clock.advance(60_000)
    assert await stub.remember() == 1
    go.set()
    await cf.settle()
    assert await stub.get("worked") == 2


async def test_settle_waits_for_what_an_object_left(stub: Any, cf: Cf) -> None:
    await stub.later()
    await cf.settle()
    assert await stub.get("later") is True


async def test_waituntil_takes_anything(stub: Any, cf: Cf) -> None:
    await cf.run_in(stub, lambda counter, ctx: ctx.waitUntil(5))


async def test_evict_drops_memory_and_keeps_storage(stub: Any, cf: Cf) -> None:
    await stub.increment()
    await stub.remember()
    await cf.evict(stub)
    assert await stub.remember() == 1
    assert await stub.get("count") == 1


async def test_evict_waits_for_what_is_running(stub: Any, cf: Cf) -> None:
    go, log = asyncio.Event(), []

    async def work(_counter: Any) -> None:
        await go.wait()
        log.append("worked")

    pending = asyncio.ensure_future(cf.run_in(stub, work))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    evicting = asyncio.ensure_future(cf.evict(stub))
    await asyncio.sleep(0)
    assert not evicting.done()
    go.set()
    await evicting
    assert log == ["worked"]
    await pending


async def test_evict_refuses_an_object_that_is_not_in_memory(stub: Any, cf: Cf) -> None:
    with pytest.raises(JsException) as error:
        await cf.evict(stub)
    assert str(error.value) == (
        "Error: Cannot evict Durable Object: it is not currently running."
    )


async def test_evict_all_drops_every_object(stub: Any, env: Any, cf: Cf) -> None:
    other = env.COUNTER.getByName("other")
    await asyncio.gather(stub.remember(), other.remember())
    await cf.evict_all()
    assert await asyncio.gather(stub.remember(), other.remember()) == [1, 1]


async def test_an_old_instance_finds_its_storage_closed(stub: Any, cf: Cf) -> None:
    old = await cf.run_in(stub, lambda counter: counter)
    await cf.evict(stub)
    with pytest.raises(JsException) as error:
        await old.ctx.storage.get("count")
    assert str(error.value) == (
        "Error: Durable Object storage is no longer accessible."
    )


async def test_eviction_mends_a_constructor_that_raised(
    env: Any, cf: Cf, monkeypatch: pytest.MonkeyPatch
) -> None:
    from workers import DurableObject

    stub = env.FAILING.getByName("a")
    with pytest.raises(JsException):
        await stub.answer()
    import objects  # type: ignore[import-not-found]

    monkeypatch.setattr(objects.FailingConstructor, "__init__", DurableObject.__init__)
    with pytest.raises(JsException):
        await stub.answer()
    await cf.evict(stub)
    assert await stub.answer() == 42


async def test_waituntil_never_runs_a_coroutine(stub: Any, cf: Cf) -> None:
    ran = []

    async def work() -> None:
        ran.append(1)

    await cf.run_in(stub, lambda counter, ctx: ctx.waitUntil(work()))
    with pytest.raises(JsException, match=r"waitUntil\(asyncio.create_task\(...\)\)"):
        await cf.settle()
    assert ran == []


async def test_waituntil_takes_what_a_binding_was_asked(stub: Any, cf: Cf) -> None:
    await cf.run_in(stub, lambda counter, ctx: ctx.waitUntil(ctx.storage.put("k", 1)))
    await cf.settle()
    assert await stub.get("k") == 1


async def test_an_object_cannot_evict_itself(stub: Any, cf: Cf) -> None:
    with pytest.raises(RuntimeError, match=r"of it: call it from the test"):
        await cf.run_in(stub, lambda counter: cf.evict(stub))
    with pytest.raises(RuntimeError, match=r"cf.evict_all\(\) waits until"):
        await cf.run_in(stub, lambda counter: cf.evict_all())
    assert await stub.remember() == 1
