"""What the tasks of dispatches wait for: our clock, each other, or the real world."""

import asyncio
from collections.abc import Iterable, Iterator
from types import FrameType
from typing import Any, Final

from .loop_timers import LoopTimers

_INSIDE_THE_LOOP: Final = ("asyncio.locks", "asyncio.queues", "asyncio.taskgroups")
_ANYIO: Final = "anyio._backends._asyncio"
_OURS: Final = __name__.partition(".")[0]

Waits = dict[asyncio.Task[Any], list["asyncio.Future[Any]"]]


def real_waits(timers: LoopTimers) -> Waits:
    """The tasks that wait for something that no timer of ours leads to, and for what.

    A lock, a queue, a promise or another task is none of these: whoever has it is
    looked at instead. The running task is not looked at.
    """
    current = asyncio.current_task(timers.loop)
    found: Waits = {}
    for task in timers.tasks:
        if task is not current and not task.done():
            futures = list(_Search(timers).of_task(task))
            if futures:
                found[task] = futures
    return found


class _Search:
    """The real waits behind one task."""

    def __init__(self, timers: LoopTimers) -> None:
        self._timers = timers
        self._seen: set[int] = set()

    def of_task(self, task: Any) -> Iterator["asyncio.Future[Any]"]:
        waiter = task._fut_waiter
        if waiter is None or waiter.done():
            return
        frame = innermost_frame(task)
        if frame is None:
            yield from self._of_future(waiter)
        elif frame.f_code.co_name == "_wait" and _module(frame) == "asyncio.tasks":
            yield from self._of_all(frame.f_locals["fs"])
        elif not _waits_inside_the_loop(frame):
            yield from self._of_future(waiter)

    def _of_all(self, futures: Iterable[Any]) -> Iterator["asyncio.Future[Any]"]:
        for future in futures:
            yield from self._of_future(future)

    def _of_future(self, future: Any) -> Iterator["asyncio.Future[Any]"]:
        if future.done() or future in self._timers.sleeps or id(future) in self._seen:
            return
        self._seen.add(id(future))
        if isinstance(future, asyncio.Task):
            if future not in self._timers.tasks:
                yield from self.of_task(future)
        elif behind := [*getattr(future, "_children", ()), *_shielded(future)]:
            yield from self._of_all(behind)
        else:
            yield future


def promise_waiter(task: Any) -> "asyncio.Future[Any] | None":
    """The future by which a task waits for a promise of ours, if it does."""
    waiter: asyncio.Future[Any] | None = task._fut_waiter
    if waiter is None or waiter.done():
        return None
    frame = innermost_frame(task)
    ours = frame is not None and _module(frame).partition(".")[0] == _OURS
    return waiter if ours else None


def is_ours(callback: object) -> bool:
    """Whether a function is one of this package."""
    return str(getattr(callback, "__module__", "")).partition(".")[0] == _OURS


def _waits_inside_the_loop(frame: FrameType) -> bool:
    """Whether other tasks or promises of the same loop end this wait."""
    module = _module(frame)
    if module == _ANYIO:
        return frame.f_code.co_name == "__aexit__"  # A task group's.
    return module in _INSIDE_THE_LOOP or module.partition(".")[0] == _OURS


def _module(frame: FrameType) -> str:
    name: str = frame.f_globals.get("__name__", "")
    return name


def _shielded(future: Any) -> list[Any]:
    """The futures that settle this one: asyncio.shield's inner one."""
    found = []
    for callback, _context in getattr(future, "_callbacks", None) or ():
        for cell in getattr(callback, "__closure__", None) or ():
            if asyncio.isfuture(cell.cell_contents) and cell.cell_contents != future:
                found.append(cell.cell_contents)
    return found


def innermost_frame(task: "asyncio.Task[Any]") -> FrameType | None:
    """The frame that waits, at the end of a task's chain of awaits."""
    frames = list(_frames(task.get_coro()))
    return frames[-1] if frames else None


def place(task: "asyncio.Task[Any]") -> str:
    """Where in the user's code a task waits: `Default.fetch (entry.py:12)`."""
    for frame in reversed(list(_frames(task.get_coro()))):
        if _module(frame).partition(".")[0] not in (_OURS, "asyncio", "anyio"):
            code = frame.f_code
            file = code.co_filename.replace("\\", "/").rpartition("/")[2]
            return f"{code.co_qualname} ({file}:{frame.f_lineno})"
    return task.get_name()


def _frames(awaitable: Any) -> Iterator[FrameType]:
    """The frames of a coroutine and of what it awaits, outermost first."""
    while awaitable is not None:
        frame = getattr(awaitable, "cr_frame", None) or getattr(
            awaitable, "gi_frame", None
        )
        if frame is None:
            return
        yield frame
        awaitable = (
            getattr(awaitable, "cr_await", None)
            or getattr(awaitable, "gi_yieldfrom", None)
            or _resumed(frame)
        )


def _resumed(frame: FrameType) -> Any:
    """The coroutine of a promise, which had begun before there was a task for it."""
    if (
        _module(frame).partition(".")[0] == _OURS
        and frame.f_code.co_name == "__await__"
    ):
        return getattr(frame.f_locals.get("self"), "body", None)
    return None
