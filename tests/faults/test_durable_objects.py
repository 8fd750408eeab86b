"""Faults of Durable Objects: turned away, lost, reset in the middle, not committed."""

import asyncio
from typing import Any

import pytest
from pyodide.ffi import JsException

from pytest_cfbindings.control import Cf
from pytest_cfbindings.faults.durable_objects import DURABLE_OBJECTS

RESETS = [known for known in DURABLE_OBJECTS.errors if known.end == "reset"]
CALLS = [known for known in DURABLE_OBJECTS.errors if known.end == "call"]


def name(known: Any) -> str:
    return str(known.name)


@pytest.fixture
def stub(env: Any) -> Any:
    return env.COUNTER.getByName("one")


async def failing(call: Any) -> Any:
    with pytest.raises(JsException) as caught:
        await call
    return caught.value


@pytest.mark.parametrize("known", DURABLE_OBJECTS.errors, ids=name)
async def test_every_error_has_its_text_and_its_flags(
    env: Any, cf: Cf, stub: Any, known: Any
) -> None:
    cf.fail(env.COUNTER, "increment", error=known.name)
    error = await failing(stub.increment())
    assert str(error) == f"Error: {known.text}"
    for flag in ("overloaded", "retryable", "durableObjectReset", "remote"):
        assert getattr(error, flag, None) is (True if flag in known.flags else None)


@pytest.mark.parametrize("known", CALLS, ids=name)
async def test_a_call_that_is_turned_away_has_no_effect(
    env: Any, cf: Cf, stub: Any, known: Any
) -> None:
    await stub.increment()
    cf.fail(env.COUNTER, "increment", error=known.name)
    await failing(stub.increment())
    assert await env.COUNTER.getByName("one").get("count") == 1


async def test_a_stub_that_failed_is_broken_and_a_new_one_is_not(
    env: Any, cf: Cf, stub: Any
) -> None:
    cf.fail(env.COUNTER, "increment", error="connection lost")
    await failing(stub.increment())
    assert str(await failing(stub.get("count"))) == "Error: Network connection lost."
    assert await env.COUNTER.getByName("one").increment() == 1


async def test_others_of_the_object_and_of_the_class_go_on(
    env: Any, cf: Cf, stub: Any
) -> None:
    second, other = env.COUNTER.getByName("one"), env.COUNTER.getByName("two")
    await second.remember()
    await other.remember()
    cf.fail(env.COUNTER, "increment")
    await failing(stub.increment())
    assert await second.remember() == 2
    assert await other.remember() == 2


async def test_after_the_effect_only_the_answer_is_lost(
    env: Any, cf: Cf, stub: Any
) -> None:
    cf.fail(env.COUNTER, "increment", after_effect=True)
    error = await failing(stub.increment())
    assert str(error) == "Error: Network connection lost."
    again = env.COUNTER.getByName("one")
    assert await again.get("count") == 1


async def test_a_call_that_fails_by_itself_has_no_answer_to_lose(
    env: Any, cf: Cf, stub: Any
) -> None:
    fault = cf.fail(env.COUNTER, "*", after_effect=True)
    assert "in the method" in str(await failing(stub.fail()))
    assert fault.fired == 0
    assert "connection lost" in str(await failing(stub.remember()))


@pytest.mark.parametrize("known", RESETS, ids=name)
async def test_a_reset_loses_memory_and_breaks_every_stub_that_was_used(
    env: Any, cf: Cf, stub: Any, known: Any
) -> None:
    second = env.COUNTER.getByName("one")
    assert await second.remember() == 1
    cf.fail(env.COUNTER, "mark", error=known.name)
    assert str(await failing(stub.mark("token"))) == f"Error: {known.text}"
    assert str(await failing(second.remember())) == f"Error: {known.text}"
    again = env.COUNTER.getByName("one")
    assert await again.remember() == 1
    assert await again.get("token") is None


@pytest.mark.parametrize("method", ["mark", "mark_in_sync"])
@pytest.mark.parametrize(("turn", "kept"), [(1, [None, None]), (2, [True, None])])
async def test_a_reset_loses_the_writes_of_its_turn_and_keeps_those_before(
    env: Any, cf: Cf, stub: Any, method: str, turn: int, kept: list[Any]
) -> None:
    cf.fail(env.COUNTER, method, error="code updated", turn=turn)
    await failing(getattr(stub, method)("token"))
    again = env.COUNTER.getByName("one")
    assert [await again.get("token"), await again.get("count")] == kept


async def test_a_reset_after_the_effect_keeps_all_writes(
    env: Any, cf: Cf, stub: Any
) -> None:
    await stub.remember()
    cf.fail(env.COUNTER, "mark", error="shut down", after_effect=True)
    await failing(stub.mark("token"))
    again = env.COUNTER.getByName("one")
    assert [await again.get("token"), await again.get("count")] == [True, 1]
    assert await again.remember() == 1


async def test_a_call_with_fewer_turns_is_spared(env: Any, cf: Cf, stub: Any) -> None:
    fault = cf.fail(env.COUNTER, "*", error="code updated", turn=2, must_fire=False)
    assert await stub.remember() == 1
    assert fault.fired == 0
    await failing(stub.mark("token"))
    assert fault.fired == 1


async def test_a_reset_fails_every_call_that_is_in_flight(
    env: Any, cf: Cf, stub: Any
) -> None:
    other = env.COUNTER.getByName("one")
    waiting = asyncio.ensure_future(other.never())
    await asyncio.sleep(0.01)
    cf.fail(env.COUNTER, "mark", error="memory limit")
    await failing(stub.mark("token"))
    assert "exceeded its memory limit" in str(await failing(waiting))


@pytest.mark.parametrize("error", ["failed commit", "storage timeout"])
async def test_what_is_not_committed_is_gone_and_the_answer_is_an_error(
    env: Any, cf: Cf, stub: Any, error: str
) -> None:
    await stub.increment()
    await stub.remember()
    cf.fail(env.COUNTER, "increment_at_once", error=error)
    assert "caused object to be reset" in str(await failing(stub.increment_at_once()))
    again = env.COUNTER.getByName("one")
    assert await again.get("count") == 1
    assert await again.remember() == 1


async def test_a_call_that_writes_nothing_has_no_commit_to_fail(
    env: Any, cf: Cf, stub: Any
) -> None:
    fault = cf.fail(env.COUNTER, "*", error="failed commit")
    assert await stub.remember() == 1
    assert fault.fired == 0
    await cf.run_in(stub, lambda _instance, ctx: ctx.storage.kv.put("count", 5))
    await failing(stub.increment_at_once())
    assert await env.COUNTER.getByName("one").get("count") == 5


async def test_the_commit_of_a_transaction_can_fail(env: Any, cf: Cf) -> None:
    stub = env.NOTEBOOK.getByName("one")
    cf.fail(env.NOTEBOOK, "draft", error="failed commit")
    error = await failing(stub.draft("page", "text", "commit"))
    assert "storage write caused object to be reset" in str(error)
    assert await env.NOTEBOOK.getByName("one").read("page") is None


async def test_fetch_is_a_method_like_others_whose_flags_pyodide_drops(
    env: Any, cf: Cf, stub: Any
) -> None:
    cf.fail(env.COUNTER, "fetch", error="overloaded")
    with pytest.raises(OSError, match="Too many requests queued") as caught:
        await stub.fetch("https://object/")
    assert not hasattr(caught.value, "overloaded")


async def test_objects_work_again_after_reset(env: Any, cf: Cf, stub: Any) -> None:
    cf.fail(env.COUNTER, "increment")
    await failing(stub.increment())
    cf.reset()
    assert await stub.increment() == 1


def test_sync_tests_meet_them_as_well(env: Any, cf: Cf, stub: Any) -> None:
    cf.fail(env.COUNTER, "mark", error="code updated", turn=2)
    with pytest.raises(JsException, match="its code was updated"):
        cf.run(stub.mark("token"))
    assert cf.run(env.COUNTER.getByName("one").get("token")) is True
