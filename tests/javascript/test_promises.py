import asyncio
import gc
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from contextvars import copy_context
from typing import Any

import pytest

from pytest_cfbindings.javascript.conversions import to_string
from pytest_cfbindings.javascript.errors import (
    JsError,
    JsThrow,
    PythonError,
    type_error,
)
from pytest_cfbindings.javascript.objects import JsFunction, JsObject, native
from pytest_cfbindings.javascript.promises import JsPromise, reason_of
from pytest_cfbindings.javascript.values import undefined


async def reason(promise: JsPromise) -> object:
    with pytest.raises(JsThrow) as caught:
        await promise
    return caught.value.value


def throws(message: str) -> JsFunction:
    def call() -> object:
        raise type_error(message)

    return native(call)


def finish(awaitable: Coroutine[Any, Any, object]) -> object:
    return asyncio.run(awaitable)


def test_a_method_runs_to_its_first_wait_at_the_call() -> None:
    steps = []

    async def body() -> str:
        steps.append("started")
        await asyncio.sleep(0)
        return "done"

    async def call() -> object:
        promise = JsPromise.run(body())
        assert steps == ["started"]
        assert promise.state == "pending"
        return await promise

    assert finish(call()) == "done"


def test_without_a_wait_no_loop_is_needed() -> None:
    async def body() -> int:
        return 7

    promise = JsPromise.run(body())
    assert (promise.state, promise.outcome) == ("fulfilled", 7)


def test_a_promise_made_before_the_loop_goes_on_inside_it() -> None:
    async def body() -> object:
        return await JsPromise.resolved(7)

    promise = JsPromise.run(body())

    async def call() -> object:
        return await promise

    assert promise.state == "pending"
    assert finish(call()) == 7


def test_what_is_raised_at_once_is_a_rejection() -> None:
    async def body() -> None:
        raise type_error("no")

    promise = JsPromise.run(body())
    assert promise.state == "rejected"
    assert to_string(promise.outcome) == "TypeError: no"


async def test_what_is_raised_after_a_wait_is_a_rejection() -> None:
    async def body() -> None:
        await asyncio.sleep(0)
        raise ValueError("boom")

    failure = await reason(JsPromise.run(body()))
    assert isinstance(failure, PythonError)
    assert failure.message.endswith("ValueError: boom\n")


async def test_several_waits_are_resumed_with_what_they_waited_for() -> None:
    async def body() -> list[str]:
        waits = [asyncio.sleep(0, text) for text in ("a", "b", "c")]
        return [await wait for wait in waits]

    assert await JsPromise.run(body()) == ["a", "b", "c"]


async def test_an_exception_of_a_wait_arrives_where_it_waits() -> None:
    future = asyncio.get_running_loop().create_future()

    async def body() -> str:
        try:
            await future
        except KeyError:
            return "caught"
        return "missed"

    promise = JsPromise.run(body())
    future.set_exception(KeyError("x"))
    assert await promise == "caught"


async def test_a_promise_can_be_awaited_again_and_again() -> None:
    promise = JsPromise.resolved(7)
    assert [await promise, await promise] == [7, 7]


async def test_awaiting_a_settled_promise_gives_way_once() -> None:
    order = []

    async def wait() -> None:
        await JsPromise.resolved(1)
        order.append("waiter")

    task = asyncio.create_task(wait())
    await asyncio.sleep(0)
    order.append("meanwhile")
    await task
    assert order == ["meanwhile", "waiter"]


async def test_cancelling_who_awaits_leaves_the_promise_alone() -> None:
    gate = asyncio.Event()

    async def body() -> str:
        await gate.wait()
        return "done"

    async def wait(promise: JsPromise) -> object:
        return await promise

    promise = JsPromise.run(body())
    task = asyncio.create_task(wait(promise))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    gate.set()
    assert await promise == "done"


def test_it_settles_once() -> None:
    promise = JsPromise()
    promise.resolve(1)
    promise.resolve(2)
    promise.reject(3)
    assert (promise.state, promise.outcome) == ("fulfilled", 1)


async def test_it_follows_the_promise_it_is_resolved_with() -> None:
    first, second = JsPromise(), JsPromise()
    first.resolve(second)
    assert not first.settled
    second.reject("why")
    assert await reason(first) == "why"


def test_following_is_settling() -> None:
    first, second = JsPromise(), JsPromise()
    first.resolve(second)
    first.resolve(1)
    second.resolve(2)
    assert first.outcome == 2


def test_a_promise_is_its_own_resolution() -> None:
    promise = JsPromise.resolved(1)
    assert JsPromise.resolved(promise) is promise


@pytest.mark.parametrize(
    ("outcome", "state"), [(7, "fulfilled"), (undefined, "fulfilled")]
)
def test_attempt_takes_what_a_call_returns(outcome: object, state: str) -> None:
    promise = JsPromise.attempt(lambda: outcome)
    assert (promise.state, promise.outcome) == (state, outcome)


def test_attempt_takes_what_a_call_throws() -> None:
    promise = JsPromise.attempt(lambda: throws("no").invoke(undefined, ()))
    assert promise.state == "rejected"
    assert to_string(promise.outcome) == "TypeError: no"


async def test_then_gets_the_value() -> None:
    promise = JsPromise.resolved(1)
    assert await promise.then(native(lambda x: x + 1)) == 2
    assert await promise.then(native(lambda x: JsPromise.resolved(x + 2))) == 3
    assert await promise.then(5) == 1
    assert await promise.catch(5) == 1


async def test_then_is_called_after_the_current_turn() -> None:
    order: list[str] = []
    promise = JsPromise.resolved(1).then(native(lambda _: order.append("then")))
    order.append("turn")
    await promise
    assert order == ["turn", "then"]


async def test_a_rejection_goes_to_the_second_callback_or_to_catch() -> None:
    promise = JsPromise.rejected(JsError("r"))
    message = native(lambda e: e.message)
    assert await promise.then(undefined, message) == "r"
    assert await promise.catch(message) == "r"
    passed = await reason(promise.then(native(lambda: 1)))
    assert passed is promise.outcome


async def test_what_a_callback_throws_is_a_rejection() -> None:
    promise = JsPromise.resolved(1)
    assert to_string(await reason(promise.then(throws("t")))) == "TypeError: t"
    caught = JsPromise.rejected(1).catch(throws("c"))
    assert to_string(await reason(caught)) == "TypeError: c"


async def test_finally_keeps_the_outcome() -> None:
    nine = native(lambda: 9)
    assert await JsPromise.resolved(1).finally_(nine) == 1
    assert await JsPromise.resolved(1).finally_(5) == 1
    assert await reason(JsPromise.rejected("r").finally_(nine)) == "r"


async def test_what_finally_throws_wins() -> None:
    resolved, rejected = JsPromise.resolved(1), JsPromise.rejected("r")
    for promise in (resolved, rejected):
        failure = await reason(promise.finally_(throws("f")))
        assert to_string(failure) == "TypeError: f"
    failing = native(lambda: JsPromise.rejected("inner"))
    assert await reason(resolved.finally_(failing)) == "inner"


async def test_finally_waits_for_a_promise() -> None:
    inner = JsPromise()
    promise = JsPromise.resolved(1).finally_(native(lambda: inner))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert not promise.settled
    inner.resolve(2)
    assert await promise == 1


async def test_reactions_come_in_order() -> None:
    promise, order = JsPromise(), []
    promise.when_settled(lambda _: order.append("first"))
    promise.when_settled(lambda _: order.append("second"))
    promise.resolve(1)
    promise.when_settled(lambda _: order.append("late"))
    assert order == ["first", "second", "late"]


async def test_settling_waits_whichever_way_it_ends() -> None:
    promise = JsPromise()
    asyncio.get_running_loop().call_soon(promise.reject, "r")
    await promise.settling()
    assert promise.state == "rejected"


async def test_a_context_manager_around_a_wait_is_left() -> None:
    order = []

    @asynccontextmanager
    async def room() -> AsyncIterator[None]:
        order.append("in")
        try:
            yield
        finally:
            order.append("out")

    async def body() -> None:
        async with room():
            await asyncio.sleep(0)
            raise type_error("no")

    assert to_string(await reason(JsPromise.run(body()))) == "TypeError: no"
    assert order == ["in", "out"]


def test_a_reason_is_what_was_thrown() -> None:
    value = JsObject()
    assert reason_of(JsThrow(value)) is value
    assert isinstance(reason_of(ValueError("x")), PythonError)


def test_one_may_outlive_the_loop_of_who_waits_for_it() -> None:
    promise = JsPromise()
    loop = asyncio.new_event_loop()
    waiting = loop.create_task(promise.settling())
    loop.run_until_complete(asyncio.sleep(0))
    loop.close()
    promise.resolve(1)
    assert promise.settled
    waiting.get_coro().close()
    waiting._log_destroy_pending = False


def test_one_whose_loop_ends_before_it_begins_leaves_nothing_behind() -> None:
    async def never() -> None:
        raise AssertionError

    async def main() -> None:
        JsPromise.later(never, copy_context())

    finish(main())
    gc.collect()
