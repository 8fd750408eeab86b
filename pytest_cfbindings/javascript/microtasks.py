"""Microtasks: what runs as soon as the code that is running now has run.

A Durable Object's code is driven step by step, and what a step queues has to run
before the step's writes are committed. Elsewhere the event loop's next moment will do.
"""

from collections.abc import Callable
from contextvars import ContextVar

Microtask = Callable[[], object]


class MicrotaskQueue:
    """The microtasks of one thread of code; open while that code is running."""

    __slots__ = ("_tasks", "open")

    def __init__(self) -> None:
        self._tasks: list[Microtask] = []
        self.open = False

    def run(self) -> None:
        """Run them in order, with those that they add. Raises what one raises."""
        while self._tasks:
            self._tasks.pop(0)()

    def add(self, task: Microtask) -> None:
        """Queue one more."""
        self._tasks.append(task)


CURRENT: ContextVar[MicrotaskQueue | None] = ContextVar("CURRENT", default=None)
"""The queue of the code that is running, where something drives it."""


def queue(task: Microtask) -> None:
    """Have a function run soon. Raises RuntimeError where nothing can run it."""
    current = CURRENT.get()
    if current is not None and current.open:
        current.add(task)
        return
    import asyncio

    asyncio.get_running_loop().call_soon(task)
