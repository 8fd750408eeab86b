"""The task factory: tasks that an object's code starts obey the object's gate."""

import asyncio
from collections.abc import Coroutine, Generator
from inspect import CORO_CREATED, getcoroutinestate
from typing import Any
from weakref import WeakKeyDictionary, ref

from .strands import CURRENT, Strand, run


class ObjectTasks:
    """Keeps the factory in place on each event loop while objects have work there."""

    def __init__(self) -> None:
        self._works: WeakKeyDictionary[asyncio.AbstractEventLoop, _Work] = (
            WeakKeyDictionary()
        )
        self._last: _Work | None = None

    def __repr__(self) -> str:
        return f"<ObjectTasks: {sum(w.count for w in self._works.values())} running>"

    def enter(self) -> "_Work":
        """Some work begins in the running loop; it is told by `leave` when it ends."""
        loop = asyncio.get_running_loop()
        work = self._last
        if work is None or work.loop() is not loop:
            work = self._last = self._works.setdefault(loop, _Work(loop))
        work.enter(loop)
        return work


class _Work:
    """What objects have running in one event loop."""

    __slots__ = ("count", "loop")

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = ref(loop)
        self.count = 0

    def enter(self, loop: asyncio.AbstractEventLoop) -> None:
        """One more has begun: the factory has to be in place."""
        self.count += 1
        factory = loop.get_task_factory()
        if not isinstance(factory, _Factory):
            loop.set_task_factory(_Factory(factory))

    def leave(self) -> None:
        """One has ended; the last one puts back the factory that was there."""
        self.count -= 1
        loop = self.loop()
        if self.count == 0 and loop is not None:
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
            coroutine = _OfStrand(strand, coroutine)
        if self.previous is None:
            return asyncio.Task(coroutine, loop=loop, **options)
        return self.previous(loop, coroutine, **options)


class _OfStrand(Coroutine[Any, Any, Any]):
    """Runs a coroutine as a strand; one that never begins is closed with it.

    A task is known by the name of its coroutine.
    """

    def __init__(self, parent: Strand, coroutine: Any) -> None:
        strand = Strand(parent.gate, parent.section.living(), event=parent.event)
        strand.started = coroutine
        self._coroutine = coroutine
        self._running = run(strand, coroutine)
        self.__name__ = getattr(coroutine, "__name__", type(coroutine).__name__)
        self.__qualname__ = getattr(coroutine, "__qualname__", self.__name__)
        self.send = self._running.send  # type: ignore[method-assign, assignment]

    def __repr__(self) -> str:
        return f"<strand of {self._coroutine!r}>"

    def __getattr__(self, name: str) -> Any:
        """What is known of coroutines, such as `cr_frame`."""
        return getattr(self._running, name)

    def __await__(self) -> Generator[Any, Any, Any]:
        return self._running.__await__()

    def send(self, value: Any) -> Any:
        return self._running.send(value)

    def throw(self, *raised: Any) -> Any:
        self._close_unbegun()
        return self._running.throw(*raised)

    def close(self) -> None:
        self._close_unbegun()
        self._running.close()

    def _close_unbegun(self) -> None:
        if getcoroutinestate(self._running) == CORO_CREATED:
            self._coroutine.close()
