"""The asyncio tasks that an event's code starts, which end with the event."""

import asyncio
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from weakref import WeakSet

from ..io_context import CURRENT, IMPORT, IoContext
from ..switching import switching

_OURS = str(Path(__file__).parents[1])
_CANCEL_SECONDS = 1.0


class EventTasks:
    """Knows which tasks belong to which event, on each loop where one was dispatched.

    The task factory stays on such a loop; without an event it changes nothing.
    """

    def __init__(self) -> None:
        self._tasks: dict[IoContext, WeakSet[asyncio.Task[Any]]] = {}

    def __repr__(self) -> str:
        return f"<EventTasks of {len(self._tasks)} events>"

    def watch(self, loop: asyncio.AbstractEventLoop) -> None:
        """Know the tasks that are made from now on."""
        factory = loop.get_task_factory()
        if not _is_watched(factory):
            loop.set_task_factory(_Factory(self, factory))

    def add(self, context: IoContext, task: "asyncio.Task[Any]") -> None:
        """A task of an event's code has begun."""
        self._tasks.setdefault(context, WeakSet()).add(task)

    def running(self, context: IoContext) -> list["asyncio.Task[Any]"]:
        """Those of an event that are not done, by name."""
        found = [task for task in self._tasks.get(context, ()) if not task.done()]
        return sorted(found, key=place)

    def contexts(self) -> list[IoContext]:
        """The events of this test that have made tasks."""
        return list(self._tasks)

    def forget(self) -> None:
        """The test is over: cancel what still runs where that is possible."""
        for context in self._tasks:
            cancel(self.running(context))
        self._tasks.clear()


class _Factory:
    """Makes tasks as they were made before, and tells of those of an event."""

    def __init__(self, tasks: EventTasks, previous: Any) -> None:
        self.tasks = tasks
        self.previous = previous

    def __call__(
        self, loop: asyncio.AbstractEventLoop, coroutine: Any, **options: Any
    ) -> Any:
        context = CURRENT.get()
        body = coroutine if context is None else switching(coroutine)
        if self.previous is None:
            task = asyncio.Task(body, loop=loop, **options)
        else:
            task = self.previous(loop, body, **options)
        if context not in (None, IMPORT) and not is_ours(coroutine):
            self.tasks.add(context, task)
        return task


def _is_watched(factory: Any) -> bool:
    while factory is not None:
        if isinstance(factory, _Factory):
            return True
        factory = getattr(factory, "previous", None)
    return False


def is_ours(coroutine: Any) -> bool:
    """Whether it drives a promise, which goes on by itself in production."""
    code = getattr(coroutine, "cr_code", None)
    return code is not None and code.co_filename.startswith(_OURS)


def cancel(tasks: Iterable["asyncio.Task[Any]"]) -> None:
    """Cancel tasks, whose loop may be closed by now."""
    for task in tasks:
        if not task.get_loop().is_closed():
            task.cancel()


async def end(tasks: list["asyncio.Task[Any]"]) -> None:
    """Cancel tasks and let them see it; one that does not stop is left behind."""
    cancel(tasks)
    if tasks:
        await asyncio.wait(tasks, timeout=_CANCEL_SECONDS)


def place(work: Any) -> str:
    """What a task or coroutine runs, for people: `Default.fetch (entry.py:12)`."""
    coroutine = work.get_coro() if isinstance(work, asyncio.Task) else work
    code = getattr(coroutine, "cr_code", None)
    if code is None:
        return type(work).__name__
    return f"{code.co_qualname} ({Path(code.co_filename).name}:{code.co_firstlineno})"
