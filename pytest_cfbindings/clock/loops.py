"""The event loops of a test: their timers, tasks and dispatches."""

import asyncio
from collections.abc import Awaitable, Coroutine
from contextvars import Context, copy_context
from typing import TYPE_CHECKING, Any, TypeVar

from .dispatches import inner_context
from .due import Due
from .frozen_waits import Guard, PromiseWatch, Stillness
from .loop_timers import LoopTimers
from .real_time import AlarmClock, plain_call_later
from .travel import travel
from .waits import real_waits

if TYPE_CHECKING:
    from .clock import Clock

T = TypeVar("T")

_CANCEL_SECONDS = 1.0


class Loops:
    """Made when a test first needs an event loop for its clock, and ended with it."""

    def __init__(self, clock: "Clock") -> None:
        self._clock = clock
        self._timers: dict[asyncio.AbstractEventLoop, LoopTimers] = {}
        self._watches: dict[asyncio.AbstractEventLoop, PromiseWatch] = {}
        self._alarm = AlarmClock(clock)
        self._travelling = False

    def refuse_others(self) -> None:
        """Raise RuntimeError if the loop that runs is not one of asyncio's own."""
        loop = _running_loop()
        if loop is not None:
            _asyncio_s(loop)

    def running(self) -> LoopTimers:
        """The running loop, with its timers on our clock.

        Raises RuntimeError for loops whose timers are not asyncio's.
        """
        loop = asyncio.get_running_loop()
        found = self._timers.get(loop)
        if found is None:
            found = self._timers[loop] = LoopTimers(_asyncio_s(loop), self._clock)
        return found

    def join(self) -> None:
        """Put the running loop's timers on our clock, and know the running task."""
        loop = _running_loop()
        if isinstance(loop, asyncio.BaseEventLoop):
            timers = self.running()
            timers.know(asyncio.current_task(loop))
            watch = self._watches.get(loop)
            if watch is None:
                watch = PromiseWatch(self._stillness(timers))
                self._watches[loop] = watch
            watch.begin()

    def _stillness(self, timers: LoopTimers) -> Stillness:
        return Stillness(timers, self._clock, lambda: self._travelling)

    async def travel(self, instant_us: int) -> None:
        """Move the clock to an instant, with all that is due before."""
        timers = self.running()
        if self._travelling:
            raise RuntimeError("Another cf.travel() of this test is still under way.")
        self._travelling = True
        self._alarm.switch_off()
        try:
            await travel(self._clock, timers, instant_us)
        finally:
            self._travelling = False

    def set_alarm(self, due: Due | None) -> None:
        """Wake up for what is due next, in a loop that runs; None: do not."""
        if due is None or self._travelling:
            self._alarm.switch_off()
            return
        loop = _running_loop()
        if loop is None:
            return  # The next dispatch, or what is due next, sets it.
        timers = self._timers.get(loop)
        later = timers.real_call_later if timers else plain_call_later(loop)
        self._alarm.set(loop, later, due.at_us)

    def finish(self, result: Awaitable[Any], what: str, context: Context) -> None:
        """Have something that was started go on to its end."""
        loop = asyncio.get_running_loop()
        if isinstance(loop, asyncio.BaseEventLoop):
            self.running()  # So that its task is known.
        # A coroutine that is cancelled before it begins must be the task's own.
        body = result if asyncio.iscoroutine(result) else _awaited(result)
        task = loop.create_task(body, name=what, context=context)
        task.add_done_callback(self._note_failure)

    def _note_failure(self, task: "asyncio.Task[Any]") -> None:
        error = None if task.cancelled() else task.exception()
        if error is not None:
            self._clock.failures.raise_later(error)

    async def dispatch(
        self, what: str, body: Coroutine[Any, Any, T], frozen: bool
    ) -> T:
        """Run code of the Worker in a task of its own, inside of a dispatch.

        In an event loop of others its timers are that loop's, which is as good while
        time is real; if it is not, this raises RuntimeError.
        """
        if not frozen and not isinstance(
            asyncio.get_running_loop(), asyncio.BaseEventLoop
        ):
            return await body
        try:
            timers = self.running()
        except RuntimeError:
            body.close()
            raise
        self._clock.wake_up()
        context = inner_context(copy_context(), what)
        task = timers.loop.create_task(body, name=what, context=context)
        with Guard(task, self._stillness(timers)) as guard:
            return await guard.outcome()

    def wait_for_the_clock(self) -> bool:
        """Whether all tasks of dispatches wait for the clock, and there are some."""
        timers = [found for found in self._timers.values() if found.tasks]
        return bool(timers) and not any(map(real_waits, timers))

    def end(self) -> None:
        """Cancel what dispatches left running and give the loops back as they were."""
        for watch in self._watches.values():
            watch.end()
        self._watches.clear()
        for timers in self._timers.values():
            _cancel(timers)
            timers.remove()
        self._timers.clear()
        self._alarm.switch_off()


def _running_loop() -> asyncio.AbstractEventLoop | None:
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None


def _asyncio_s(loop: asyncio.AbstractEventLoop) -> asyncio.BaseEventLoop:
    """The loop, if it is one of asyncio's own."""
    if isinstance(loop, asyncio.BaseEventLoop):
        return loop
    kind = f"{type(loop).__module__}.{type(loop).__qualname__}"
    raise RuntimeError(
        f"Time can neither be frozen nor travelled in a {kind}, whose timers are out of"
        " reach. Run this test in asyncio's own event loop: without uvloop in the"
        " tests' loop factory, event loop policy or anyio_backend options."
    )


def _cancel(timers: LoopTimers) -> None:
    """End the tasks of dispatches, at once if the loop can still run."""
    loop, tasks = timers.loop, list(timers.tasks)
    if loop.is_closed() or not tasks:
        return
    for task in tasks:
        task.cancel()
    if not loop.is_running():
        loop.run_until_complete(_wait(tasks))


async def _wait(tasks: list["asyncio.Task[Any]"]) -> None:
    await asyncio.wait(tasks, timeout=_CANCEL_SECONDS)


async def _awaited(awaitable: Awaitable[T]) -> T:
    return await awaitable
