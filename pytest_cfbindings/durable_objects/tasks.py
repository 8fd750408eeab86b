"""The task factory: tasks that an object's code starts obey the object's gate."""

import asyncio
from collections.abc import Coroutine
from typing import Any
from weakref import WeakKeyDictionary

from .strands import CURRENT, Strand, run


class ObjectTasks:
    """Keeps the factory in place on each event loop while objects have work there."""

    def __init__(self) -> None:
        self._counts: WeakKeyDictionary[asyncio.AbstractEventLoop, int] = (
            WeakKeyDictionary()
        )

    def __repr__(self) -> str:
        return f"<ObjectTasks: {sum(self._counts.values())} running>"

    def enter(self) -> asyncio.AbstractEventLoop:
        """Some work begins in the running loop, which `leave` is told when it ends."""
        loop = asyncio.get_running_loop()
        self._counts[loop] = self._counts.get(loop, 0) + 1
        factory = loop.get_task_factory()
        if not isinstance(factory, _Factory):
            loop.set_task_factory(_Factory(factory))
        return loop

    def leave(self, loop: asyncio.AbstractEventLoop) -> None:
        """It has ended; the last one puts back the factory that was there."""
        self._counts[loop] -= 1
        factory = loop.get_task_factory()
        if self._counts[loop] == 0 and isinstance(factory, _Factory):
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
