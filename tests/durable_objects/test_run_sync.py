"""run_sync in an object: a wait like any other, also for its turns and its gate."""

import asyncio
from typing import Any

import pytest
from pyodide.ffi import JsException, run_sync

from pytest_cfbindings.control import Cf


async def test_a_method_that_is_not_asynchronous_uses_storage(
    stub: Any, cf: Cf
) -> None:
    def put_and_get(_counter: Any, ctx: Any) -> Any:
        run_sync(ctx.storage.put("a", [1, None]))
        return run_sync(ctx.storage.get("a"))

    assert await cf.run_in(stub, put_and_get) == [1, None]


async def test_it_ends_the_turn(stub: Any, cf: Cf, env: Any) -> None:
    def write_and_abort(_counter: Any, ctx: Any) -> None:
        ctx.storage.kv.put("kept", 1)
        run_sync(asyncio.sleep(0.003))
        ctx.storage.kv.put("lost", 1)
        ctx.abort("enough")

    with pytest.raises(JsException, match="enough"):
        await cf.run_in(stub, write_and_abort)
    again = env.COUNTER.getByName("one")
    assert [await again.get("kept"), await again.get("lost")] == [1, None]


async def test_others_are_let_in_meanwhile(stub: Any, cf: Cf) -> None:
    def wait_for_two_calls(counter: Any, _ctx: Any) -> int:
        while counter.calls < 2:
            run_sync(asyncio.sleep(0.003))
        return int(counter.calls)

    waiting = asyncio.ensure_future(cf.run_in(stub, wait_for_two_calls))
    await stub.remember()
    assert await stub.remember() == 2
    assert await waiting == 2


async def test_nobody_is_let_in_while_a_section_waits(stub: Any, cf: Cf) -> None:
    began = asyncio.Event()

    async def section_that_waits(counter: Any, ctx: Any) -> Any:
        async def section() -> int:
            began.set()
            for _ in range(5):
                run_sync(asyncio.sleep(0.003))
            return int(counter.calls)

        return await ctx.blockConcurrencyWhile(section)

    waiting = asyncio.ensure_future(cf.run_in(stub, section_that_waits))
    await began.wait()
    assert await stub.remember() == 1
    assert await waiting == 0


async def test_a_callback_of_transaction_sync_cannot_wait(stub: Any, cf: Cf) -> None:
    def transact(_counter: Any, ctx: Any) -> None:
        ctx.storage.transactionSync(lambda: run_sync(asyncio.sleep(0)))

    with pytest.raises(Exception, match="entrypoint was a synchronous function"):
        await cf.run_in(stub, transact)


async def test_a_constructor_can_wait(
    env: Any, cf: Cf, monkeypatch: pytest.MonkeyPatch
) -> None:
    import objects  # type: ignore[import-not-found]

    made = objects.Counter.__init__

    def construct(self: Any, ctx: Any, env: Any) -> None:
        made(self, ctx, env)
        self.calls = run_sync(self.ctx.storage.get("calls"))

    monkeypatch.setattr(objects.Counter, "__init__", construct)
    stub = env.COUNTER.getByName("one")
    await cf.storage(stub).put("calls", 41)
    assert await asyncio.gather(stub.remember(), stub.remember()) == [42, 43]


async def test_a_reset_ends_what_waits(stub: Any, cf: Cf) -> None:
    log: list[str] = []

    def wait(_counter: Any, ctx: Any) -> None:
        try:
            run_sync(asyncio.Event().wait())
        except Exception:
            log.append("caught")
        finally:
            try:
                ctx.storage.kv.put("late", 1)
            except JsException as refused:
                log.append(refused.message)

    waiting = asyncio.ensure_future(cf.run_in(stub, wait))
    await stub.remember()
    with pytest.raises(JsException, match="enough"):
        await stub.abort()
    with pytest.raises(JsException, match="enough"):
        await waiting
    await asyncio.sleep(0)
    assert log == ["Durable Object storage is no longer accessible."]
