"""The one clock: now, and the queue of what is due.

It reads Python's own time whenever it is asked, so that freezegun or time-machine
move it too, and adds what it was advanced by.
"""

import heapq
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from inspect import isawaitable
from itertools import count

Task = Callable[[], Awaitable[object] | None]


@dataclass(order=True, slots=True)
class Due:
    """Something that happens at `at` (epoch milliseconds) unless it is cancelled."""

    at: int
    order: int
    task: Task = field(compare=False)
    cancelled: bool = field(compare=False, default=False)

    def cancel(self) -> None:
        """Let it not happen."""
        self.cancelled = True


class Clock:
    """Epoch time in milliseconds, and what waits for a moment of it."""

    def __init__(self) -> None:
        self._offset_ms = 0.0
        self._due: list[Due] = []
        self._order = count()

    def __repr__(self) -> str:
        waiting = sum(not due.cancelled for due in self._due)
        return f"<Clock {self.now_ms()} ms: {waiting} due>"

    def now_ms(self) -> int:
        """Whole milliseconds since the epoch."""
        return int(time.time() * 1000 + self._offset_ms)

    def now_seconds(self) -> int:
        """Whole seconds since the epoch."""
        return self.now_ms() // 1000

    def call_at(self, at_ms: int, task: Task) -> Due:
        """Have the clock run a task, or await it, when it passes `at_ms`."""
        due = Due(at_ms, next(self._order), task)
        heapq.heappush(self._due, due)
        return due

    async def advance(self, milliseconds: float) -> None:
        """Move forward; what is due on the way happens in order, each at its instant.

        Raises ValueError for a negative duration.
        """
        if milliseconds < 0:
            raise ValueError("time cannot go backwards")
        target = time.time() * 1000 + self._offset_ms + milliseconds
        while (due := self._pop(target)) is not None:
            self._move_to(due.at)
            result = due.task()
            if isawaitable(result):
                await result
        self._move_to(target)

    def _pop(self, until_ms: float) -> Due | None:
        while self._due and self._due[0].at <= until_ms:
            due = heapq.heappop(self._due)
            if not due.cancelled:
                return due
        return None

    def _move_to(self, instant_ms: float) -> None:
        behind = instant_ms - (time.time() * 1000 + self._offset_ms)
        self._offset_ms += max(behind, 0.0)

    def reset(self) -> None:
        """Back to Python's own time, with nothing due."""
        self._offset_ms = 0.0
        self._due.clear()
