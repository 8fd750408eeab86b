"""What belongs to one object is refused to the code of others (measured on workerd)."""

from collections.abc import Callable
from typing import Any

import js
import pytest
from pyodide.ffi import JsException
from workers import Response

from pytest_cfbindings import io_context
from pytest_cfbindings.control import Cf
from pytest_cfbindings.io_context import IoContext

OTHER = "Cannot perform I/O on behalf of a different Durable Object"


async def kept_of(stub: Any, cf: Cf) -> Any:
    """The `ctx` of an object, as a module might keep it in a global."""
    return await cf.run_in(stub, lambda counter, ctx: ctx)


@pytest.mark.parametrize(
    "use",
    [
        lambda storage: storage.get("k"),
        lambda storage: storage.put("k", 1),
        lambda storage: storage.list(),
        lambda storage: storage.setAlarm(1),
        lambda storage: storage.deleteAll(),
        lambda storage: storage.sync(),
        lambda storage: storage.transaction(lambda txn: None),
        lambda storage: storage.transactionSync(lambda: None),
        lambda storage: storage.kv.get("k"),
        lambda storage: storage.kv.put("k", 1),
        lambda storage: storage.sql.exec("SELECT 1"),
        lambda storage: storage.sql.databaseSize,
    ],
)
async def test_storage(env: Any, stub: Any, cf: Cf, use: Callable[[Any], Any]) -> None:
    storage = (await kept_of(stub, cf)).storage
    other = env.COUNTER.getByName("other")
    with pytest.raises(JsException, match=OTHER):
        await cf.run_in(other, lambda counter: use(storage))
    assert cf.dump(env.COUNTER) == {}


async def test_a_cursor(env: Any, stub: Any, cf: Cf) -> None:
    query = "VALUES (1), (2), (3)"
    cursor = await cf.run_in(stub, lambda _, ctx: ctx.storage.sql.exec(query))
    with pytest.raises(JsException, match=OTHER):
        await cf.run_in(env.COUNTER.getByName("other"), lambda _: cursor.toArray())


async def test_a_stub_that_another_object_made(env: Any, stub: Any, cf: Cf) -> None:
    made = await cf.run_in(stub, lambda counter: counter.env.COUNTER.getByName("x"))
    other = env.COUNTER.getByName("other")
    with pytest.raises(JsException, match=OTHER):
        await cf.run_in(other, lambda counter: made.remember())
    with pytest.raises(Exception, match=OTHER):
        await cf.run_in(other, lambda counter: made.fetch("https://x/"))
    assert await cf.run_in(stub, lambda counter: made.remember()) == 1


async def test_a_stub_that_an_object_made_is_not_an_events(stub: Any, cf: Cf) -> None:
    made = await cf.run_in(stub, lambda counter: counter.env.COUNTER.getByName("x"))
    storage = (await kept_of(stub, cf)).storage
    text = "Cannot perform I/O on behalf of a different request"
    for use in (made.remember, lambda: storage.get("k")):
        token = io_context.CURRENT.set(IoContext("GET /"))
        try:
            with pytest.raises(JsException, match=text):
                await use()
        finally:
            io_context.CURRENT.reset(token)


async def test_a_stub_that_an_event_made_is_not_an_objects(
    env: Any, stub: Any, cf: Cf
) -> None:
    token = io_context.CURRENT.set(IoContext("GET /"))
    made = env.COUNTER.getByName("x")
    io_context.CURRENT.reset(token)
    with pytest.raises(JsException, match=OTHER):
        await cf.run_in(stub, lambda counter: made.remember())


async def test_a_stub_that_was_sent_is_the_receivers(env: Any, stub: Any) -> None:
    assert (await stub.ask(env.COUNTER.getByName("other")))[1] == "other"


async def test_a_test_may_use_everything(env: Any, stub: Any, cf: Cf) -> None:
    storage = (await kept_of(stub, cf)).storage
    await storage.put("k", 1)
    assert await stub.get("k") == 1


async def test_nobody_aborts_another_object(env: Any, stub: Any, cf: Cf) -> None:
    kept = await kept_of(stub, cf)
    other = env.COUNTER.getByName("other")
    with pytest.raises(BaseException, match="enough"):
        await cf.run_in(other, lambda counter: kept.abort("enough"))
    assert [await stub.remember(), await other.remember()] == [1, 1]


async def test_an_object_has_no_threads(stub: Any, cf: Cf) -> None:
    from threading import Thread

    with pytest.raises(RuntimeError, match="can't start new thread"):
        await cf.run_in(stub, lambda counter: Thread(target=print).start())


async def test_no_event_locks_an_object(stub: Any, cf: Cf) -> None:
    ctx = await kept_of(stub, cf)

    async def section() -> None:
        pytest.fail("not here")

    token = io_context.CURRENT.set(IoContext("GET /"))
    try:
        with pytest.raises(JsException, match="on behalf of a different request"):
            await ctx.blockConcurrencyWhile(section)
    finally:
        io_context.CURRENT.reset(token)
    assert await stub.remember() == 1


async def test_a_body(env: Any, stub: Any, cf: Cf) -> None:
    other = env.COUNTER.getByName("other")
    kept = await cf.run_in(stub, lambda _: [js.Response.new("text") for _ in range(4)])
    with pytest.raises(JsException, match=OTHER):
        await cf.run_in(other, lambda _: kept.pop().text())
    with pytest.raises(JsException, match=OTHER):
        await cf.run_in(other, lambda _: kept.pop().body.getReader().read())
    token = io_context.CURRENT.set(IoContext("GET /"))
    try:
        with pytest.raises(JsException, match="on behalf of a different request"):
            await kept.pop().text()
    finally:
        io_context.CURRENT.reset(token)
    assert await cf.run_in(stub, lambda _: kept.pop().clone().text()) == "text"


async def test_a_body_that_is_sent_belongs_to_its_receiver(
    env: Any, stub: Any, cf: Cf, monkeypatch: pytest.MonkeyPatch
) -> None:
    import objects  # type: ignore[import-not-found]

    async def fetch(_self: Any, request: Any) -> Any:
        return Response(await request.text() + "!")

    async def read(_self: Any, response: Any) -> Any:
        return await response.text()

    monkeypatch.setattr(objects.Counter, "fetch", fetch)
    monkeypatch.setattr(objects.Counter, "read", read, raising=False)

    async def asks(counter: Any) -> Any:
        stub = counter.env.COUNTER.getByName("other")
        answer = await stub.fetch("https://x/", method="POST", body="a")
        return [await answer.text(), await stub.read(js.Response.new("b"))]

    assert await cf.run_in(stub, asks) == ["a!", "b"]
