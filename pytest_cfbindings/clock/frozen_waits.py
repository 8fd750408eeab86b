"""A dispatch that a test awaits while time stands still must not wait for ever."""

import asyncio
from collections.abc import Callable
from types import TracebackType
from typing import Any, Final, Generic, Protocol, TypeVar

from .due import Due
from .loop_timers import LoopTimers
from .travel import REAL_WAIT_SECONDS
from .waits import place, real_waits

T = TypeVar("T")

_FIRST_LOOK: Final = 0.02
"""Seconds. By then a handler has mostly answered."""
_NEXT_LOOK: Final = 0.2
"""Seconds. Time moves, so that there is no hurry."""


class Clock(Protocol):
    """What the guard asks the clock."""

    def now_us(self) -> int:
        """The present, in epoch microseconds."""

    def first_due(self) -> Due | None:
        """What is due next."""


class Guard(Generic[T]):
    """Watches the task of a dispatch for as long as it is awaited.

    It is stuck if time has not moved, it waits for the clock alone, and no other task
    is there that could travel, or none did so within 5 s of real time.
    """

    def __init__(
        self,
        task: "asyncio.Task[T]",
        timers: LoopTimers,
        clock: Clock,
        travelling: Callable[[], bool],
    ) -> None:
        self._task = task
        self._timers = timers
        self._clock = clock
        self._travelling = travelling
        self._error: RuntimeError | None = None
        self._waited = 0.0
        self._now_us = clock.now_us()

    def __enter__(self) -> "Guard[T]":
        self._look_in(_FIRST_LOOK)
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

    def _look_in(self, seconds: float) -> None:
        self._waited += seconds
        self._handle = self._timers.real_call_later(seconds, self._look)

    def _look(self) -> None:
        now_us = self._clock.now_us()
        if now_us != self._now_us or self._travelling():
            self._now_us, self._waited = now_us, 0.0
            self._look_in(_NEXT_LOOK)
            return
        if self._nobody_travels() and self._waits_for_the_clock():
            self._error = RuntimeError(
                f"{place(self._task)} waits for the clock, which stands still while the"
                " test waits for it: nobody is left to travel. Start it with"
                " asyncio.create_task(...), travel, and then await it."
            )
            self._task.cancel()
            return
        self._look_in(min(REAL_WAIT_SECONDS, 4 * self._waited))

    def _nobody_travels(self) -> bool:
        """Whether no other task of the test is there to do it, or none did for long."""
        others = asyncio.all_tasks(self._timers.loop) - self._timers.tasks
        return len(others) <= 1 or self._waited >= REAL_WAIT_SECONDS

    def _waits_for_the_clock(self) -> bool:
        ready: Any = self._timers.loop._ready  # type: ignore[attr-defined]
        due = self._clock.first_due()
        return not ready and due is not None and not real_waits(self._timers)
