"""Event loops that are not asyncio's own, such as uvloop's."""

import asyncio
from typing import Any

import pytest


class ForeignLoop(asyncio.AbstractEventLoop):
    """A loop of asyncio's behind another's face, as far as these tests need it."""

    def __init__(self) -> None:
        self._inner = asyncio.new_event_loop()
        for name in dir(self._inner):
            if name != "run_until_complete" and not name.startswith("_"):
                setattr(self, name, getattr(self._inner, name))

    def run_until_complete(self, future: Any) -> Any:
        async def as_ourselves() -> Any:
            asyncio._set_running_loop(self)
            try:
                return await future
            finally:
                asyncio._set_running_loop(self._inner)

        return self._inner.run_until_complete(as_ourselves())

    def get_debug(self) -> bool:
        return False


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
