"""Event loops that are not asyncio's own, such as uvloop's."""

import asyncio
from collections.abc import Generator
from functools import partial
from typing import Any

import pytest


class ForeignLoop(asyncio.AbstractEventLoop):
    """A loop of asyncio's behind another's face, as far as these tests need it."""

    def __init__(self) -> None:
        self._inner = asyncio.new_event_loop()
        for name in dir(self._inner):
            if name not in vars(ForeignLoop) and not name.startswith("_"):
                setattr(self, name, getattr(self._inner, name))

    def run_until_complete(self, future: Any) -> Any:
        return self._inner.run_until_complete(self._as_ourselves(future))

    def create_task(self, coro: Any, **options: Any) -> Any:
        return self._inner.create_task(self._as_ourselves(coro), **options)

    async def _as_ourselves(self, awaitable: Any) -> Any:
        return await _Steps(self, awaitable)

    def get_debug(self) -> bool:
        return False


class _Steps:
    """What is awaited sees the foreign loop; asyncio's tasks see their own between."""

    def __init__(self, loop: ForeignLoop, awaitable: Any) -> None:
        self._loop = loop
        self._steps = awaitable.__await__()

    def __await__(self) -> Generator[Any, Any, Any]:
        step = partial(self._steps.send, None)
        while True:
            asyncio._set_running_loop(self._loop)
            try:
                waits_for = step()
            except StopIteration as stop:
                return stop.value
            finally:
                asyncio._set_running_loop(self._loop._inner)
            try:
                step = partial(self._steps.send, (yield waits_for))
            except BaseException as raised:
                step = partial(self._steps.throw, raised)


def run(call: Any) -> Any:
    loop = ForeignLoop()
    try:
        return loop.run_until_complete(call)
    finally:
        loop.close()


def test_travelling_in_one_is_refused(cf: Any) -> None:
    with pytest.raises(RuntimeError, match=r"nor travelled in a .*ForeignLoop, whose"):
        run(cf.travel(1))


def test_freezing_in_one_is_refused(cf: Any) -> None:
    async def freeze() -> None:
        cf.freeze()

    with pytest.raises(RuntimeError, match="neither be frozen nor travelled"):
        run(freeze())


@pytest.mark.cfbindings(freeze="2026-01-01")
def test_a_dispatch_of_a_frozen_test_in_one_is_refused(cf: Any) -> None:
    with pytest.raises(RuntimeError, match="neither be frozen nor travelled"):
        run(cf.fetch("/now"))


def test_a_dispatch_in_real_time_works_in_one(cf: Any) -> None:
    assert run(cf.fetch("/now")).status == 200


def test_what_is_due_happens_by_itself_in_one(cf: Any) -> None:
    async def wait() -> None:
        done = asyncio.Event()
        cf._clock.call_at(cf._clock.now_ms() + 5, done.set)
        while not done.is_set():
            await asyncio.sleep(0)

    run(wait())


def test_uvloop_is_one(cf: Any) -> None:
    uvloop = pytest.importorskip("uvloop")
    with (
        asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner,
        pytest.raises(RuntimeError, match=r"frozen nor travelled in a uvloop\.Loop"),
    ):
        runner.run(cf.travel(1))
