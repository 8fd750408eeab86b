"""Stack switching: waiting in the middle of a call that is not asynchronous.

Pyodide has it from WebAssembly's JavaScript Promise Integration, for `run_sync`. Here
each step of a coroutine runs on a stack of its own, which `run_sync` leaves in the
middle and which is taken up again later; greenlet makes the stacks. Without greenlet
coroutines run as they always do, and `run_sync` says so.
"""

import asyncio
import threading
from collections.abc import Awaitable, Callable
from functools import cache
from inspect import isawaitable
from typing import Any, Final, TypeAlias, TypeVar

T = TypeVar("T")
Step: TypeAlias = tuple[Callable[[Any], Any], Any]
"""A function and its argument."""

_INSTALL: Final = (
    "run_sync needs greenlet, to wait in the middle of a call: pip install"
    ' "pytest-cfbindings[sync]"'
)
_NOT_HERE: Final = (
    "run_sync waits in the Worker's own handlers, coroutines and tasks, not in a test"
    " and not in a plain callback of the event loop: await the call instead."
)
_SYNCHRONOUS: Final = (
    "Cannot stack switch because the Python entrypoint was a synchronous function. Use"
    " pyFunc.callPromising() to fix."
)


@cache
def greenlet_module() -> Any:
    """The module, or None if it is not installed."""
    try:
        import greenlet  # type: ignore[import-not-found, import-untyped, unused-ignore]
    except ImportError:
        return None
    return greenlet


class Stack:
    """Runs one step after another, each for the greenlet that hands it over."""

    __slots__ = ("_current", "_exit", "context", "greenlet", "synchronous", "waits_for")

    def __init__(self) -> None:
        module = greenlet_module()
        self._current = module.getcurrent
        self._exit = module.GreenletExit
        self.greenlet = module.greenlet(self._serve)
        self.synchronous = 0
        """How many calls from JavaScript are on it, which cannot wait."""
        self.waits_for: asyncio.Future[Any] | None = None
        """What it was left for, in the middle of a step."""
        self.context: Any = None

    def _serve(self, step: Step) -> None:
        own = self.greenlet
        while True:
            run, value = step
            outcome: tuple[str, Any]
            try:
                outcome = "yielded", run(value)
            except StopIteration as stop:
                outcome = "returned", stop.value
            except self._exit:
                raise
            except BaseException as raised:
                outcome = "raised", raised
            del step, run, value
            step = own.parent.switch(outcome)
            del outcome

    def enter(self, step: Step | None) -> tuple[str, Any]:
        """Run a step, or the rest of the one that was left; how it ended."""
        here, own, thread = self._current(), self.greenlet, THREAD
        if own.parent is not here:
            own.parent = here
        context = here.gr_context
        # What runs inside of a context of its own goes on in that.
        is_outermost = step is not None or own.gr_context is self.context
        if context is not self.context and is_outermost:
            own.gr_context = self.context = context
        outer, thread.current = thread.current, self
        try:
            outcome: tuple[str, Any] = own.switch(step)
        finally:
            thread.current = outer
        return outcome

    def leave(self, future: "asyncio.Future[Any]") -> Any:
        """Called on it: give way until a future is done, and have its outcome."""
        __tracebackhide__ = True
        self.waits_for = future
        try:
            self.greenlet.parent.switch(("left", future))
        finally:
            self.waits_for = None
        return future.result()

    def abandon(self) -> None:
        """End the step that was left; its `finally` blocks run, and cannot wait."""
        own = self.greenlet
        own.parent = self._current()
        self.synchronous += 1
        outer, THREAD.current = THREAD.current, self
        try:
            own.throw()
        finally:
            THREAD.current = outer

    @property
    def is_running(self) -> bool:
        """Whether the running code is on it."""
        return bool(self._current() is self.greenlet)


class _Thread(threading.local):
    """The stacks of a thread, which cannot leave it: the one in use, and idle ones."""

    def __init__(self) -> None:
        self.current: Stack | None = None
        self.idle: list[Stack] = []


THREAD: Final = _Thread()


def can_run_sync() -> bool:
    """Whether `run_sync` would work here."""
    stack = THREAD.current
    return stack is not None and not stack.synchronous and stack.is_running


def run_sync(awaitable: Any) -> Any:
    """Have others go on until an awaitable is done; its result.

    Raises what it raised, RuntimeError where nobody can wait so, and TypeError for
    something else than an awaitable.
    """
    __tracebackhide__ = True
    stack = THREAD.current
    if stack is None or not can_run_sync():
        if asyncio.iscoroutine(awaitable):
            awaitable.close()
        raise RuntimeError(_why_not(stack))
    if not isawaitable(awaitable):
        raise TypeError(f"object {type(awaitable).__name__} is not awaitable")
    own = asyncio.iscoroutine(awaitable) or isinstance(awaitable, asyncio.Future)
    return stack.leave(asyncio.ensure_future(awaitable if own else _awaited(awaitable)))


def _why_not(stack: Stack | None) -> str:
    if stack is not None:
        return _SYNCHRONOUS
    return _INSTALL if greenlet_module() is None else _NOT_HERE


async def _awaited(awaitable: Awaitable[Any]) -> Any:
    return await awaitable


def synchronously(call: Callable[..., T], *arguments: Any, **named: Any) -> T:
    """Call a function for JavaScript, which cannot wait for it."""
    __tracebackhide__ = True
    stack = THREAD.current
    if stack is None:
        return call(*arguments, **named)
    stack.synchronous += 1
    try:
        return call(*arguments, **named)
    finally:
        stack.synchronous -= 1
