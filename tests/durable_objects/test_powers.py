"""What a test can do with objects: look into them, seed them, run their alarms."""

from typing import Any

import pytest
from pyodide.ffi import JsException

from pytest_cfbindings.control import Cf


async def test_objects_are_those_that_were_used(env: Any, cf: Cf) -> None:
    assert cf.objects(env.COUNTER) == []
    names = ("a", "b")
    for name in names:
        await env.COUNTER.getByName(name).remember()
    ids = {env.COUNTER.idFromName(name).toString() for name in names}
    assert {id.toString() for id in cf.objects(env.COUNTER)} == ids


async def test_an_id_from_objects_gives_a_stub(env: Any, stub: Any, cf: Cf) -> None:
    await stub.increment()
    [id] = cf.objects(env.COUNTER)
    assert await env.COUNTER.get(id).get("count") == 1


def test_a_stub_that_was_never_used_makes_no_object(stub: Any, cf: Cf) -> None:
    assert cf.objects(cf.env.COUNTER) == []


def test_objects_wants_a_namespace(env: Any, cf: Cf) -> None:
    with pytest.raises(TypeError, match="takes a Durable Object namespace"):
        cf.objects(env.KV)


async def test_run_in_gives_the_live_instance_and_its_ctx(stub: Any, cf: Cf) -> None:
    await stub.remember()

    async def look(counter: Any, ctx: Any) -> Any:
        await ctx.storage.put("seen", counter.calls)
        return counter

    counter = await cf.run_in(stub, look)
    assert counter.calls == 1
    assert await stub.get("seen") == 1


async def test_run_in_raises_what_the_function_raises(stub: Any, cf: Cf) -> None:
    def fail(_counter: Any) -> None:
        raise KeyError("mine")

    with pytest.raises(KeyError, match="mine"):
        await cf.run_in(stub, fail)


async def test_run_in_raises_what_the_constructor_raised(env: Any, cf: Cf) -> None:
    with pytest.raises(RuntimeError, match="in the constructor"):
        await cf.run_in(env.FAILING.getByName("a"), lambda counter: None)


async def test_run_in_wants_a_stub(env: Any, cf: Cf) -> None:
    with pytest.raises(TypeError, match="takes a Durable Object stub"):
        await cf.run_in(env.COUNTER, lambda counter: None)


async def test_storage_is_seeded_without_the_object(stub: Any, cf: Cf) -> None:
    await cf.storage(stub).put("count", 41)
    assert await stub.increment() == 42


async def test_storage_is_seen_while_the_object_lives(stub: Any, cf: Cf) -> None:
    await stub.increment()
    storage = cf.storage(stub)
    assert storage.kv.get("count") == 1
    storage.sql.exec("CREATE TABLE t (a)")
    assert storage.sql.exec("SELECT count(*) AS n FROM t").one()["n"] == 0


def test_storage_works_in_a_test_that_is_not_async(stub: Any, cf: Cf) -> None:
    cf.storage(stub).kv.put("count", 1)
    assert cf.run(stub.increment()) == 2


async def test_what_a_test_writes_survives_an_abort(
    env: Any, stub: Any, cf: Cf
) -> None:
    await cf.storage(stub).put("seeded", 1)
    with pytest.raises(JsException):
        await stub.abort()
    assert await env.COUNTER.getByName("one").get("seeded") == 1


async def test_a_transaction_on_the_storage_keeps_the_object_out(
    stub: Any, cf: Cf
) -> None:
    async def body(txn: Any) -> None:
        await txn.put("count", 1)
        pending.append(stub.increment_at_once())
        await txn.put("count", 10)

    pending: list[Any] = []
    await cf.storage(stub).transaction(body)
    assert await pending[0] == 11


async def test_run_alarm_runs_the_handler_at_once(stub: Any, cf: Cf) -> None:
    await stub.wake_in(60_000)
    assert await cf.run_alarm(stub) is True
    assert await stub.alarms_seen() == [{"retries": 0, "is_retry": False}]
    assert await cf.storage(stub).getAlarm() is None


async def test_run_alarm_without_an_alarm_does_nothing(stub: Any, cf: Cf) -> None:
    assert await cf.run_alarm(stub) is False
    assert await stub.alarms_seen() == []


async def test_run_alarm_raises_what_the_handler_raises(stub: Any, cf: Cf) -> None:
    await stub.wake_in(60_000, 1)
    with pytest.raises(RuntimeError, match="alarm failed"):
        await cf.run_alarm(stub)
    assert await cf.run_alarm(stub) is False


async def test_a_python_error_has_the_exception_as_its_cause(stub: Any) -> None:
    with pytest.raises(JsException) as error:
        await stub.fail()
    assert isinstance(error.value.__cause__, ValueError)


async def test_the_message_of_a_python_error_shows_the_workers_code_only(
    stub: Any,
) -> None:
    with pytest.raises(JsException) as error:
        await stub.fail()
    files = [line for line in error.value.message.splitlines() if "File" in line]
    assert len(files) == 1
    assert "objects.py" in files[0]


async def test_calls_shows_what_the_namespace_and_its_stubs_were_asked(
    env: Any, cf: Cf
) -> None:
    await env.COUNTER.getByName("a").increment(2)
    calls = [(call.method, call.args) for call in cf.calls(env.COUNTER)]
    assert calls == [("getByName", ("a",)), ("increment", (2,))]


async def test_reset_forgets_all_objects(env: Any, stub: Any, cf: Cf) -> None:
    await stub.increment()
    cf.reset()
    assert cf.objects(env.COUNTER) == []
    assert await stub.increment() == 1


async def test_every_object_says_what_it_is(env: Any, stub: Any, cf: Cf) -> None:
    await stub.increment()
    shown = repr(env.COUNTER._binding.__js__)
    assert shown == "<DurableObjectNamespace COUNTER: <Actors Counter: 1, 1 running>>"
    assert repr(stub._binding.__js__) == "<DurableObject of Counter one>"
