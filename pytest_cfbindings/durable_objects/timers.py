"""Timers on the clock, and whether an event loop runs in which they could go off."""

import asyncio

from ..clock import Clock, Task


def is_loop_running() -> bool:
    """Whether this is called from within an event loop."""
    return asyncio._get_running_loop() is not None


class Timer:
    """Runs a task once when the clock reaches an instant, unless it is cancelled.

    `what` is how `cf.due()` and errors name it.
    """

    __slots__ = ("_clock", "_due", "at_ms")

    def __init__(self, clock: Clock, at_ms: int, task: Task, what: str) -> None:
        self.at_ms = at_ms
        self._clock = clock
        self._due = clock.call_at(at_ms, task, what)

    def __repr__(self) -> str:
        return f"<Timer {'over' if self._due.cancelled else f'{self.at_ms} ms'}>"

    def arm(self) -> None:
        """Have the running event loop wait for the instant, while time is real."""
        self._clock.wake_up()

    def cancel(self) -> None:
        """Let it not happen."""
        self._due.cancel()
