"""An event loop whose timers run on our clock, where they belong to a dispatch.

`asyncio.sleep`, `wait_for`, `timeout` and everything else of asyncio come down to
`call_later`, `call_at` and `time` of the running loop. They are replaced on that one
loop, until the test's end; for all other code they do what they did.
"""

import asyncio
from collections.abc import Callable, Coroutine
from contextvars import Context, copy_context
from typing import Any, Final, Protocol

from .dispatches import DISPATCH, inside
from .due import Due, Task
from .timer_owners import TIMER_OWNER, TimerOwner

_REPLACED: Final = ("time", "call_at", "call_later", "create_task")
_MICROSECONDS: Final = 1_000_000
_LONGEST: Final = 1e10
"""Seconds, for what sleeps for ever: some three hundred years."""
_AT_ONCE: Final = 0.002
"""Seconds, for which Pyodide sets no timer (measured)."""
_OURS: Final = __name__.partition(".")[0]
_NAMES: Final = {
    "_set_result_unless_cancelled": "asyncio.sleep",
    "_release_waiter": "asyncio.wait_for",
    "Timeout._on_timeout": "asyncio.timeout",
    "set_timeout.<locals>.<lambda>": "setTimeout",
    "Timers.set_timeout.<locals>.run": "setTimeout",
    "Timers.set_interval.<locals>.run": "setInterval",
}


class Schedule(Protocol):
    """What timers need of the clock."""

    def now_us(self) -> int:
        """The present, in epoch microseconds."""

    def call_at_us(self, at_us: int, task: Task, what: str) -> Due:
        """Have a task run at an instant."""


class ClockTimer(asyncio.TimerHandle):
    """What `call_at` returns for a timer of a dispatch."""

    __slots__ = ("due", "owner", "timers", "wakes")

    due: Due
    owner: TimerOwner | None
    timers: "LoopTimers"
    wakes: object
    """The future that a sleep waits for."""

    @property
    def context(self) -> Context:
        """What the code that set it saw."""
        found: Context = self._context  # type: ignore[attr-defined]
        return found

    @property
    def loop(self) -> asyncio.BaseEventLoop:
        """The event loop in which it was set."""
        return self.timers.loop

    def cancel(self) -> None:
        self.due.cancel()
        self._is_over()
        super().cancel()

    def _is_over(self) -> None:
        self.timers.sleeps.pop(self.wakes, None)
        if self.owner is not None:
            self.owner.is_over(self)

    def fire(self) -> None:
        """Have its owner or the loop call back, unless it is cancelled until then."""
        self._is_over()
        # Who waits for a future waits for its turn after that.
        if self.owner is None or self.wakes is not None:
            self.loop.call_soon(self._call)
        else:
            self.owner.call_back(self)

    def _call(self) -> None:
        if not self.cancelled():
            self._run()

    def call(self) -> None:
        """Call back in the running context, unless it is cancelled.

        What that raises goes to the loop's exception handler, as from any callback.
        """
        if self.cancelled():
            return
        try:
            self._callback(*self._args)  # type: ignore[attr-defined]
        except Exception as raised:
            self.loop.call_exception_handler(
                {
                    "message": f"Exception in callback {self!r}",
                    "exception": raised,
                    "handle": self,
                }
            )


class LoopTimers:
    """The timers and tasks that dispatches make in one event loop."""

    def __init__(self, loop: asyncio.BaseEventLoop, clock: Schedule) -> None:
        self.loop = loop
        self._clock = clock
        self.tasks: set[asyncio.Task[Any]] = set()
        """Tasks of dispatches that are not done."""
        self.sleeps: dict[object, ClockTimer] = {}
        """Futures that a timer will wake."""
        self._before = {name: vars(loop).get(name) for name in _REPLACED}
        self._own = {
            name: before or getattr(type(loop), name).__get__(loop)
            for name, before in self._before.items()
        }
        """The loop's own methods."""
        for name in _REPLACED:
            setattr(loop, name, getattr(self, f"_{name}"))

    def remove(self) -> None:
        """Give the loop its own methods back."""
        for name, before in self._before.items():
            if before is None:
                delattr(self.loop, name)
            else:
                setattr(self.loop, name, before)

    def real_call_later(
        self, delay: float, callback: Callable[[], object]
    ) -> asyncio.TimerHandle:
        """A timer of the loop itself, in seconds."""
        handle: asyncio.TimerHandle = self._own["call_at"](
            self.real_time() + delay, callback, context=Context()
        )
        return handle

    def real_time(self) -> float:
        """The loop's own time, in seconds."""
        # Looked for each time: freezing replaces that of the class.
        before = self._before["time"]
        loop = self.loop
        found: float = type(loop).time(loop) if before is None else before()
        return found

    def _time(self) -> float:  # Asked for by each turn of the loop.
        if DISPATCH.get() is None:
            return self.real_time()
        return self._clock.now_us() / _MICROSECONDS

    def _call_later(
        self,
        delay: float,
        callback: Callable[..., object],
        *args: Any,
        context: Context | None = None,
    ) -> asyncio.TimerHandle:
        if delay is None:
            raise TypeError("delay must not be None")
        if inside(context):
            return self._add(delay, callback, args, context)
        handle: asyncio.TimerHandle = self._own["call_at"](
            self.real_time() + delay, callback, *args, context=context
        )
        return handle

    def _call_at(
        self,
        when: float,
        callback: Callable[..., object],
        *args: Any,
        context: Context | None = None,
    ) -> asyncio.TimerHandle:
        if when is None:
            raise TypeError("when cannot be None")
        if inside(context):
            delay = when - self._clock.now_us() / _MICROSECONDS
            return self._add(delay, callback, args, context)
        handle: asyncio.TimerHandle = self._own["call_at"](
            when, callback, *args, context=context
        )
        return handle

    def _add(
        self,
        delay: float,
        callback: Callable[..., object],
        args: tuple[Any, ...],
        context: Context | None,
    ) -> asyncio.TimerHandle:
        context = copy_context() if context is None else context
        owner = context.get(TIMER_OWNER)
        if owner is not None and delay <= _at_once(callback):
            soon: Any = self.loop.call_soon(callback, *args, context=context)
            return soon  # type: ignore[no-any-return]
        delay = min(max(0, delay), _LONGEST)
        at_us = self._clock.now_us() + round(delay * _MICROSECONDS)
        timer = ClockTimer(at_us / _MICROSECONDS, callback, args, self.loop, context)
        timer.timers = self
        timer.wakes = args[0] if args and asyncio.isfuture(args[0]) else None
        timer.owner = owner
        timer.due = self._clock.call_at_us(
            at_us, timer.fire, f"{_name(callback)} in {context[DISPATCH]}"
        )
        if timer.wakes is not None:
            self.sleeps[timer.wakes] = timer
        if timer.owner is not None:
            timer.owner.was_set(timer)
        return timer

    def _create_task(
        self, coro: Coroutine[Any, Any, Any], **options: Any
    ) -> asyncio.Task[Any]:
        task: asyncio.Task[Any] = self._own["create_task"](coro, **options)
        if inside(options.get("context")):
            self._add_task(task)
        return task

    def know(self, task: asyncio.Task[Any] | None) -> None:
        """Count the running task, made before we were here, if it is in a dispatch."""
        if task is not None and task not in self.tasks and inside(None):
            self._add_task(task)

    def _add_task(self, task: asyncio.Task[Any]) -> None:
        if not task.done():
            self.tasks.add(task)
            task.add_done_callback(self.tasks.discard)


def _at_once(callback: Callable[..., object]) -> float:
    """The longest delay, in seconds, with which a callback of an owner's is no timer.

    JavaScript's own timers, which are functions of this package, are all timers.
    """
    module = str(getattr(callback, "__module__", ""))
    return -1 if module.partition(".")[0] == _OURS else _AT_ONCE


def _name(callback: Callable[..., object]) -> str:
    """What a person calls a timer with this callback."""
    found: str = getattr(callback, "__qualname__", repr(callback))
    return _NAMES.get(found, found)
