"""What a test awaits while time stands still must not wait for ever."""

import asyncio
from collections.abc import Callable
from types import TracebackType
from typing import Any, Final, Generic, Protocol, TypeVar

from .due import Due
from .loop_timers import LoopTimers
from .travel import REAL_WAIT_SECONDS
from .waits import is_ours, place, promise_waiter, real_waits

T = TypeVar("T")

_FIRST_LOOK: Final = 0.02
"""Seconds. By then a handler has mostly answered."""
_NEXT_LOOK: Final = 0.2
"""Seconds. Time moves, so that there is no hurry."""


class Clock(Protocol):
    """What is asked of the clock."""

    def now_us(self) -> int:
        """The present, in epoch microseconds."""

    def first_due(self) -> Due | None:
        """What is due next."""


class Stillness:
    """Looks, in real time, whether a loop waits for a clock that nobody will move.

    It does if time has not moved, something is due, dispatches wait for the clock
    alone, and no other task or timer of the test is there that could travel, or none
    did so within 5 s.
    """

    def __init__(
        self, timers: LoopTimers, clock: Clock, travelling: Callable[[], bool]
    ) -> None:
        self.timers = timers
        self._clock = clock
        self._travelling = travelling
        self._waited = 0.0
        self._now_us = 0

    def begin(self, look: Callable[[], object]) -> asyncio.TimerHandle:
        """Have `look` called soon."""
        self._now_us = self._clock.now_us()
        self._waited = _FIRST_LOOK
        return self.timers.real_call_later(_FIRST_LOOK, look)

    def is_stuck(self) -> bool:
        """Whether the test waits for nothing."""
        now_us = self._clock.now_us()
        if now_us != self._now_us or self._travelling():
            self._now_us, self._waited = now_us, 0.0
            return False
        return self._nobody_travels() and self._waits_for_the_clock()

    def again(self, look: Callable[[], object]) -> asyncio.TimerHandle:
        """Have `look` called once more, later each time."""
        seconds = min(REAL_WAIT_SECONDS, 4 * self._waited or _NEXT_LOOK)
        self._waited += seconds
        return self.timers.real_call_later(seconds, look)

    def _nobody_travels(self) -> bool:
        loop: Any = self.timers.loop
        others = asyncio.all_tasks(loop) - self.timers.tasks
        timers = any(
            not handle.cancelled() and not is_ours(handle._callback)
            for handle in loop._scheduled
        )
        alone = len(others) <= 1 and not timers
        return alone or self._waited >= REAL_WAIT_SECONDS

    def _waits_for_the_clock(self) -> bool:
        ready: Any = self.timers.loop._ready  # type: ignore[attr-defined]
        due = self._clock.first_due()
        return not ready and due is not None and not real_waits(self.timers)


def _stuck(task: "asyncio.Task[Any]") -> RuntimeError:
    return RuntimeError(
        f"{place(task)} waits for the clock, which stands still while the test waits"
        " for it: nobody is left to travel. Start it with asyncio.create_task(...) or"
        " asyncio.ensure_future(...), travel, and then await it."
    )


class Guard(Generic[T]):
    """Watches the task of a dispatch for as long as it is awaited."""

    def __init__(self, task: "asyncio.Task[T]", stillness: Stillness) -> None:
        self._task = task
        self._stillness = stillness
        self._error: RuntimeError | None = None

    def __enter__(self) -> "Guard[T]":
        self._handle = self._stillness.begin(self._look)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._handle.cancel()

    async def outcome(self) -> T:
        """The task's result. Raises what it raised, and RuntimeError if it is stuck."""
        try:
            return await self._task
        except asyncio.CancelledError:
            if self._error is not None:
                raise self._error from None
            raise

    def _look(self) -> None:
        if self._stillness.is_stuck():
            self._error = _stuck(self._task)
            self._task.cancel()
        else:
            self._handle = self._stillness.again(self._look)


class PromiseWatch:
    """Watches a loop in which a test may await the promise of a call that sleeps."""

    def __init__(self, stillness: Stillness) -> None:
        self._stillness = stillness
        self._handle: asyncio.TimerHandle | None = None

    def begin(self) -> None:
        """Watch until no dispatch goes on any more."""
        if self._handle is None:
            self._handle = self._stillness.begin(self._look)

    def end(self) -> None:
        """Watch no more."""
        if self._handle is not None:
            self._handle.cancel()
            self._handle = None

    def _look(self) -> None:
        self._handle = None
        timers = self._stillness.timers
        if not timers.tasks:
            return
        if self._stillness.is_stuck():
            sleeping = next(iter(timers.tasks))
            for task in asyncio.all_tasks(timers.loop) - timers.tasks:
                waiter = promise_waiter(task)
                if waiter is not None:
                    waiter.set_exception(_stuck(sleeping))
        self._handle = self._stillness.again(self._look)
