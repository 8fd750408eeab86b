"""run_sync: waiting in the middle of a call (the answers are Pyodide's, measured)."""

import asyncio
import gc
from collections.abc import Callable, Coroutine, Iterator
from contextvars import ContextVar, copy_context
from typing import Any

import js
import pytest
from pyodide.ffi import (
    JsException,
    can_run_sync,
    create_once_callable,
    create_proxy,
    run_sync,
)

from pytest_cfbindings import stack_switching
from pytest_cfbindings import switching as switching_module
from pytest_cfbindings.switching import switching

Body = Callable[[], Coroutine[Any, Any, Any]]


def finish(body: Body) -> Any:
    """Run a coroutine as the Worker's own code runs, to its end."""
    return asyncio.run(switching(body()))


async def slow(value: Any = None) -> Any:
    for _ in range(3):
        await asyncio.sleep(0)
    return value


def test_a_call_waits_in_its_middle() -> None:
    async def body() -> list[Any]:
        return [can_run_sync(), run_sync(slow(1)), run_sync(slow(2))]

    assert finish(body) == [True, 1, 2]


def test_it_takes_what_can_be_awaited() -> None:
    class Slow:
        def __await__(self) -> Iterator[None]:
            yield from slow().__await__()
            return 4

    async def body() -> list[Any]:
        future = asyncio.get_running_loop().create_future()
        future.set_result(3)
        waiting = [
            asyncio.ensure_future(slow(1)),
            asyncio.gather(slow(1), slow(2)),
            future,
            Slow(),
            js.Promise.resolve(5),
            js.Promise.new(lambda resolve, _reject: resolve(6)),
        ]
        return [run_sync(one) for one in waiting]

    assert finish(body) == [1, [1, 2], 3, 4, 5, 6]


@pytest.mark.parametrize(
    ("value", "name"), [(5, "int"), (None, "NoneType"), ("x", "str")]
)
def test_it_takes_nothing_else(value: Any, name: str) -> None:
    async def body() -> None:
        run_sync(value)

    with pytest.raises(TypeError, match=f"object {name} is not awaitable"):
        finish(body)


def test_what_it_waits_for_raises() -> None:
    async def fail() -> None:
        await slow()
        raise ValueError("boom")

    async def body() -> None:
        with pytest.raises(ValueError, match="boom"):
            run_sync(fail())
        with pytest.raises(JsException, match="Error: no"):
            run_sync(js.Promise.reject(js.Error.new("no")))

    finish(body)


def test_others_go_on_meanwhile() -> None:
    order: list[str] = []

    async def work(name: str, steps: int) -> None:
        order.append(f"{name} begins")
        for _ in range(steps):
            run_sync(asyncio.sleep(0))
        order.append(f"{name} ends")

    async def body() -> None:
        await asyncio.gather(switching(work("a", 3)), switching(work("b", 1)))

    finish(body)
    assert order == ["a begins", "b begins", "b ends", "a ends"]


def test_it_nests() -> None:
    async def inner() -> Any:
        return run_sync(slow("in"))

    async def body() -> Any:
        return run_sync(switching(inner()))

    assert finish(body) == "in"


def test_the_task_stays_the_same() -> None:
    async def body() -> bool:
        task = asyncio.current_task()
        other = run_sync(current())
        return task is asyncio.current_task() and task is not other

    async def current() -> Any:
        return asyncio.current_task()

    assert finish(body) is True


def test_context_variables_are_those_of_the_task() -> None:
    variable = ContextVar("variable", default=0)

    async def change() -> int:
        before = variable.get()
        variable.set(2)
        return before

    async def body() -> list[int]:
        variable.set(1)
        inside = copy_context().run(lambda: (variable.set(3), run_sync(slow())))
        assert inside[1] is None
        return [run_sync(change()), variable.get()]

    assert finish(body) == [1, 1]


def test_a_call_from_javascript_cannot_wait() -> None:
    refused = "the Python entrypoint was a synchronous function"

    async def body() -> None:
        seen: list[bool] = []
        js.Array.of(1).forEach(lambda *_: seen.append(can_run_sync()))
        assert seen == [False]
        assert can_run_sync()
        once = create_once_callable(lambda: run_sync(js.Promise.resolve(1)))
        with pytest.raises(RuntimeError, match=refused):
            js.Reflect.apply(once, None, js.Array.new())

    finish(body)


class Asked:
    """Says in many ways whether it can wait."""

    @property
    def member(self) -> bool:
        return can_run_sync()

    def __str__(self) -> str:
        return str(can_run_sync())

    def __iter__(self) -> Iterator[bool]:
        yield can_run_sync()


@pytest.mark.parametrize(
    "ask",
    [
        lambda proxy: js.Reflect.get(proxy, "member"),
        lambda proxy: js.String(proxy) == "True",
        lambda proxy: js.Set.new(proxy).has(True),
    ],
    ids=["property", "text", "iteration"],
)
def test_nothing_that_javascript_asks_python_for_can_wait(
    ask: Callable[[Any], Any],
) -> None:
    async def body() -> bool:
        return bool(ask(create_proxy(Asked())))

    assert finish(body) is False


def test_an_asynchronous_callback_of_javascript_can_wait() -> None:
    async def callback(*_: Any) -> list[Any]:
        return [can_run_sync(), run_sync(slow(1))]

    async def body() -> Any:
        proxy = create_proxy(callback)
        return await js.Reflect.apply(proxy, None, js.Array.new())

    assert finish(body) == [True, 1]


def test_a_cancellation_comes_after_it_at_the_next_await() -> None:
    log: list[str] = []
    go = asyncio.Event()

    async def work() -> None:
        run_sync(go.wait())
        log.append("waited")
        try:
            await asyncio.sleep(0)
        except asyncio.CancelledError:
            log.append("cancelled")
            raise

    async def body() -> bool:
        task = asyncio.ensure_future(switching(work()))
        await slow()
        task.cancel()
        await slow()
        assert log == []
        go.set()
        await asyncio.wait([task])
        return task.cancelled()

    assert finish(body) is True
    assert log == ["waited", "cancelled"]


def test_what_is_given_up_runs_its_finally_blocks_which_cannot_wait() -> None:
    log: list[Any] = []

    async def work() -> None:
        try:
            run_sync(asyncio.Event().wait())
        finally:
            log.append(can_run_sync())

    async def body() -> None:
        given_up = switching(work())
        given_up.send(None)
        given_up.close()

    finish(body)
    gc.collect()
    assert log == [False]


async def test_a_test_awaits_instead() -> None:
    assert can_run_sync() is False
    with pytest.raises(RuntimeError, match="await the call instead"):
        run_sync(slow())


def test_without_greenlet_it_says_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for module in (stack_switching, switching_module):
        monkeypatch.setattr(module, "greenlet_module", lambda: None)

    async def body() -> bool:
        with pytest.raises(RuntimeError) as error:
            run_sync(slow())
        assert 'pip install "pytest-cfbindings[sync]"' in str(error.value)
        return can_run_sync()

    assert finish(body) is False
