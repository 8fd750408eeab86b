import asyncio
import inspect
from collections.abc import Callable
from typing import Any

import pytest
from pyodide.ffi import JsException, JsPromise, create_proxy

from pytest_cfbindings.ffi.crossing import to_python
from pytest_cfbindings.ffi.futures import PyodideFuture
from pytest_cfbindings.javascript.errors import JsTypeError, PythonError
from pytest_cfbindings.javascript.objects import JsObject
from pytest_cfbindings.javascript.promises import JsPromise as Promise


def later(value: object = None, seconds: float = 0.001) -> PyodideFuture:
    """A promise that is fulfilled after a while."""
    promise = Promise()
    asyncio.get_running_loop().call_later(seconds, promise.resolve, value)
    return PyodideFuture(promise)


def never() -> PyodideFuture:
    return PyodideFuture(Promise())


def resolved(value: object = None) -> PyodideFuture:
    return PyodideFuture(Promise.resolved(value))


def rejected(message: str = "no") -> PyodideFuture:
    return PyodideFuture(Promise.rejected(JsTypeError(message)))


async def test_awaiting_gives_the_converted_value() -> None:
    assert await later(2.0) == 2
    assert (await later(JsObject({"a": 1}))).a == 1


async def test_it_can_be_awaited_again_and_again() -> None:
    future = later(3)
    assert [await future, await future, future.result()] == [3, 3, 3]
    failed = rejected()
    for _ in range(2):
        with pytest.raises(JsException, match="TypeError: no"):
            await failed


async def test_awaiting_a_settled_one_gives_way_once() -> None:
    order = []

    async def wait() -> None:
        await resolved()
        order.append("waiter")

    task = asyncio.create_task(wait())
    await asyncio.sleep(0)
    order.append("meanwhile")
    await task
    assert order == ["meanwhile", "waiter"]


def test_it_belongs_to_no_loop() -> None:
    async def wait(future: PyodideFuture) -> Any:
        return await future

    future = resolved(7)
    assert [asyncio.run(wait(future)), asyncio.run(wait(future))] == [7, 7]


def test_asyncio_takes_it_for_a_future() -> None:
    future = resolved()
    assert asyncio.isfuture(future)
    assert inspect.isawaitable(future)
    assert not asyncio.iscoroutine(future)


async def test_its_state_can_be_asked() -> None:
    future = later(1)
    assert (future.done(), future.cancelled()) == (False, False)
    with pytest.raises(asyncio.InvalidStateError, match="Result is not set"):
        future.result()
    await future
    assert (future.done(), future.exception()) == (True, None)
    failed = rejected()
    await asyncio.wait([failed])
    assert isinstance(failed.exception(), JsException)
    assert future.get_loop() is asyncio.get_running_loop()


async def test_gather_waits_for_several() -> None:
    assert await asyncio.gather(later(1, 0.002), later(2)) == [1, 2]
    results = await asyncio.gather(later(1), rejected(), return_exceptions=True)
    assert (results[0], str(results[1])) == (1, "TypeError: no")


async def test_gather_raises_what_fails_first() -> None:
    with pytest.raises(JsException, match="TypeError: no"):
        await asyncio.gather(later(1), rejected())


async def test_wait_and_as_completed_know_it() -> None:
    done, pending = await asyncio.wait([later(3), later(4)])
    assert (sorted(f.result() for f in done), pending) == ([3, 4], set())
    futures = [later(20, 0.02), later(5)]
    assert [await f for f in asyncio.as_completed(futures)] == [5, 20]


async def test_wait_for_and_shield_know_it() -> None:
    assert await asyncio.wait_for(later(3), 1) == 3
    assert await asyncio.shield(later(3)) == 3
    assert asyncio.ensure_future(future := later(1)) is future


async def test_wait_for_gives_up_in_time() -> None:
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(never(), 0.001)


async def test_a_timeout_gives_up_in_time() -> None:
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.001):
            await never()


async def test_giving_up_cancels_the_future_and_leaves_the_promise_alone() -> None:
    future = never()
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(future, 0.001)
    assert (future.cancelled(), future.done()) == (True, True)
    assert not future.__js__.settled


async def test_a_timeout_cancels_it_too() -> None:
    future = never()
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.001):
            await future
    assert (future.cancelled(), future.done()) == (True, True)


async def test_a_task_that_is_cancelled_cancels_it_for_all_who_wait() -> None:
    async def wait() -> Any:
        return await future

    future = never()
    first, second = asyncio.create_task(wait()), asyncio.create_task(wait())
    await asyncio.sleep(0)
    first.cancel()
    outcomes = await asyncio.gather(first, second, return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [asyncio.CancelledError] * 2
    assert future.cancelled()


async def test_a_task_takes_coroutines_only() -> None:
    with pytest.raises(TypeError, match="a coroutine was expected"):
        asyncio.create_task(resolved())  # type: ignore[arg-type]  # noqa: RUF006


async def test_a_cancelled_one_is_cancelled() -> None:
    future = never()
    assert future.cancel() is True
    assert future.cancel() is False
    assert (future.cancelled(), future.done()) == (True, True)
    with pytest.raises(asyncio.CancelledError):
        await future
    with pytest.raises(asyncio.CancelledError):
        future.result()


async def test_cancelling_it_wakes_who_awaits_it() -> None:
    future = never()

    async def wait() -> Any:
        return await future

    task = asyncio.create_task(wait())
    await asyncio.sleep(0)
    future.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_what_is_done_is_not_cancelled() -> None:
    future = resolved(1)
    assert await future == 1
    assert future.cancel() is False


async def test_cancelling_who_awaits_leaves_the_promise_alone() -> None:
    promise = Promise()

    async def wait() -> Any:
        return await PyodideFuture(promise)

    task = asyncio.create_task(wait())
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    promise.resolve(7)
    assert await PyodideFuture(promise) == 7


async def test_callbacks_come_from_the_loop_when_it_is_done() -> None:
    seen: list[Any] = []
    future = later(1)
    future.add_done_callback(lambda f: seen.append(f.result()))
    future.add_done_callback(seen.append)
    assert future.remove_done_callback(seen.append) == 1
    await future
    await asyncio.sleep(0)
    assert seen == [1]


async def test_then_takes_python_functions() -> None:
    async def plus_five(value: int) -> int:
        return value + 5

    assert await resolved(1).then(lambda x: x + 1).then(lambda x: x * 10) == 20
    assert await resolved(1).then(plus_five) == 6
    assert await resolved(1).then() == 1
    assert await resolved(1).then(create_proxy(lambda x: x + 1)) == 2


async def test_catch_gets_the_exception() -> None:
    def describe(error: JsException) -> tuple[str, str]:
        return type(error).__name__, str(error)

    assert await rejected().catch(describe) == ("JsException", "TypeError: no")
    assert await rejected().then(None, lambda _: "handled") == "handled"
    assert await resolved(1).catch(describe) == 1


async def test_finally_is_called_either_way() -> None:
    calls: list[int] = []
    assert await resolved(1).finally_(lambda: calls.append(1)) == 1
    with pytest.raises(JsException, match="TypeError: no"):
        await rejected().finally_(lambda: calls.append(2))
    assert calls == [1, 2]


async def test_a_python_error_has_its_cause() -> None:
    cause = ValueError("boom")
    future = PyodideFuture(Promise.rejected(PythonError.of(cause)))
    with pytest.raises(JsException) as caught:
        await future
    assert caught.value.__cause__ is cause


async def test_a_promise_that_is_a_property_can_be_awaited() -> None:
    holder = to_python(JsObject({"p": Promise.resolved(4)}))
    assert isinstance(holder.p, JsPromise)
    assert not asyncio.isfuture(holder.p)
    assert await holder.p == 4
    assert await asyncio.wait_for(holder.p, 1) == 4
    assert await holder.p.then(lambda x: x + 1) == 5


async def test_a_promise_that_a_call_returned_is_a_future(
    js_function: Callable[..., Any],
) -> None:
    assert isinstance(js_function(lambda: Promise.resolved(1))(), PyodideFuture)


async def test_it_hears_of_its_promise_in_the_next_turn() -> None:
    future = resolved(1)
    assert not future.done()
    await asyncio.sleep(0)
    assert future.done()


async def test_its_text_tells_its_state() -> None:
    future, failed = resolved(1), rejected()
    pending = "<PyodideFuture pending cb=[WebLoop._decrement_in_progress()]>"
    assert repr(future) == pending
    await asyncio.wait([future, failed])
    assert repr(future) == "<PyodideFuture finished result=1>"
    assert repr(failed) == "<PyodideFuture finished exception=TypeError: no>"


async def test_what_a_callback_raises_remains_what_it_was() -> None:
    error = ValueError("in then")

    def fail(_value: object) -> None:
        raise error

    with pytest.raises(ValueError, match="in then") as caught:
        await resolved(1).then(fail)
    assert caught.value is error


async def test_a_callback_may_be_asynchronous() -> None:
    async def double(value: int) -> int:
        return value * 2

    assert await resolved(2).then(double) == 4
