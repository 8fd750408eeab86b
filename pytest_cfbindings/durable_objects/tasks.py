"""The task factory: tasks that an object's code starts obey the object's gate."""

import asyncio
from collections.abc import Coroutine
from typing import Any

from .strands import CURRENT, Strand, run


class ObjectTasks:
    """Keeps the factory in place on each event loop while objects have work there."""

    def __init__(self) -> None:
        self._counts: dict[int, int] = {}

    def __repr__(self) -> str:
        return f"<ObjectTasks: {sum(self._counts.values())} running>"

    def enter(self) -> None:
        """Some work has begun in the running loop."""
        loop = asyncio.get_running_loop()
        count = self._counts.get(id(loop), 0)
        self._counts[id(loop)] = count + 1
        if count == 0 and not isinstance(loop.get_task_factory(), _Factory):
            loop.set_task_factory(_Factory(loop.get_task_factory()))

    def leave(self) -> None:
        """It has ended; the last one puts back the factory that was there."""
        loop = asyncio.get_running_loop()
        self._counts[id(loop)] -= 1
        if self._counts[id(loop)]:
            return
        del self._counts[id(loop)]
        factory = loop.get_task_factory()
        if isinstance(factory, _Factory):
            loop.set_task_factory(factory.previous)


class _Factory:
    """Makes tasks of an object's code strands of it, and leaves all others alone."""

    def __init__(self, previous: Any) -> None:
        self.previous = previous

    def __call__(
        self,
        loop: asyncio.AbstractEventLoop,
        coroutine: Any,
        **options: Any,
    ) -> Any:
        strand = CURRENT.get()
        if strand is not None:
            coroutine = _as_strand(strand, coroutine)
        if self.previous is None:
            return asyncio.Task(coroutine, loop=loop, **options)
        return self.previous(loop, coroutine, **options)


def _as_strand(parent: Strand, coroutine: Any) -> Coroutine[Any, Any, Any]:
    made: Any = run(Strand(parent.gate, parent.section.living()), coroutine)
    # A task is known by the name of its coroutine.
    made.__name__ = getattr(coroutine, "__name__", made.__name__)
    made.__qualname__ = getattr(coroutine, "__qualname__", made.__qualname__)
    strand: Coroutine[Any, Any, Any] = made
    return strand
