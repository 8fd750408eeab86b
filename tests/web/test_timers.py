import asyncio

import js
import pytest
from pyodide.ffi import JsException, create_proxy


async def test_a_timeout_calls_back_once_with_its_arguments() -> None:
    called: asyncio.Future[object] = asyncio.get_running_loop().create_future()
    assert isinstance(js.setTimeout(create_proxy(called.set_result), 1, 7), int)
    assert await called == 7


async def test_an_interval_calls_back_until_it_is_cleared() -> None:
    enough, calls = asyncio.Event(), []

    def call() -> None:
        calls.append(1)
        if len(calls) == 3:
            js.clearInterval(number)
            enough.set()

    number = js.setInterval(create_proxy(call), 1)
    await enough.wait()
    await js.scheduler.wait(5)
    assert len(calls) == 3


async def test_a_cleared_timeout_does_not_call_back() -> None:
    calls: list[int] = []
    js.clearTimeout(js.setTimeout(create_proxy(lambda: calls.append(1)), 1))
    js.clearTimeout("none")
    await js.scheduler.wait(5)
    assert calls == []


async def test_a_microtask_comes_when_the_caller_gives_way() -> None:
    order: list[str] = []
    js.queueMicrotask(create_proxy(lambda: order.append("task")))
    order.append("caller")
    await asyncio.sleep(0)
    assert order == ["caller", "task"]


@pytest.mark.parametrize("name", ["setTimeout", "setInterval", "queueMicrotask"])
def test_a_callback_has_to_be_a_function(name: str) -> None:
    with pytest.raises(JsException) as caught:
        getattr(js, name)("x")
    assert str(caught.value) == (
        f"TypeError: Failed to execute '{name}' on 'ServiceWorkerGlobalScope':"
        " parameter 1 is not of type 'function'."
    )
