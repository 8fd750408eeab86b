"""Timers on the clock that also go off in real time, while an event loop runs."""

import asyncio
from collections.abc import Awaitable
from contextvars import Context
from inspect import isawaitable
from typing import Any

from ..clock import Clock, Task


def is_loop_running() -> bool:
    """Whether this is called from within an event loop."""
    return asyncio._get_running_loop() is not None


class Timer:
    """Runs a task once when the clock reaches an instant, unless it is cancelled."""

    __slots__ = ("_clock", "_due", "_handle", "_is_over", "_running", "_task", "at_ms")

    def __init__(self, clock: Clock, at_ms: int, task: Task) -> None:
        self.at_ms = at_ms
        self._clock = clock
        self._task = task
        self._is_over = False
        self._due = clock.call_at(at_ms, self._go)
        self._handle: asyncio.TimerHandle | None = None
        self._running: Any = None
        self.arm()

    def __repr__(self) -> str:
        return f"<Timer {'over' if self._is_over else f'{self.at_ms} ms'}>"

    def arm(self) -> None:
        """Have the running event loop wait for the instant, if there is one.

        What happens then is no part of the code that arms it.
        """
        if self._handle is None and not self._is_over and is_loop_running():
            loop = asyncio.get_running_loop()
            seconds = max(self.at_ms - self._clock.now_ms(), 1) / 1000
            self._handle = loop.call_later(seconds, self._ring, context=Context())

    def cancel(self) -> None:
        """Let it not happen."""
        self._is_over = True
        self._due.cancel()
        if self._handle is not None:
            self._handle.cancel()
            self._handle = None

    def _go(self) -> Awaitable[object] | None:
        if self._is_over:
            return None
        self.cancel()
        return self._task()

    def _ring(self) -> None:
        self._handle = None
        if self._clock.now_ms() < self.at_ms:
            self.arm()  # The clock stands still, or is behind the loop's.
            return
        result = self._go()
        if isawaitable(result):
            self._running = asyncio.ensure_future(result)
