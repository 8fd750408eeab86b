"""Stack switching: waiting in the middle of a call that is not asynchronous.

Pyodide has it from WebAssembly's JavaScript Promise Integration, for `run_sync`. Here
each step of a coroutine runs on a stack of its own, which `run_sync` leaves in the
middle and which is taken up again later; greenlet makes the stacks. Without greenlet
coroutines run as they always do, and `run_sync` says so.
"""

import asyncio
import threading
from collections.abc import Awaitable, Callable, Coroutine, Generator
from functools import cache, partial
from inspect import isawaitable
from typing import Any, Final, TypeVar

T = TypeVar("T")

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
def _greenlet() -> Any:
    """The module, or None if it is not installed."""
    try:
        import greenlet  # type: ignore[import-not-found, import-untyped, unused-ignore]
    except ImportError:
        return None
    return greenlet


class _Stack:
    """Runs one step after another, each for the greenlet that hands it over."""

    __slots__ = ("_current", "_exit", "context", "greenlet", "synchronous", "waits_for")

    def __init__(self) -> None:
        module = _greenlet()
        self._current = module.getcurrent
        self._exit = module.GreenletExit
        self.greenlet = module.greenlet(self._serve)
        self.synchronous = 0
        """How many calls from JavaScript are on it, which cannot wait."""
        self.waits_for: asyncio.Future[Any] | None = None
        """What it was left for, in the middle of a step."""
        self.context: Any = None

    def _serve(self, step: tuple[Callable[[Any], Any], Any]) -> None:
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

    def enter(self, step: tuple[Callable[[Any], Any], Any] | None) -> tuple[str, Any]:
        """Run a step, or the rest of the one that was left; how it ended.

        A step is a function and its argument.
        """
        here, own, thread = self._current(), self.greenlet, _THREAD
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
        outer, _THREAD.current = _THREAD.current, self
        try:
            own.throw()
        finally:
            _THREAD.current = outer

    @property
    def is_running(self) -> bool:
        """Whether the running code is on it."""
        return bool(self._current() is self.greenlet)


class _Thread(threading.local):
    """The stacks of a thread, which cannot leave it."""

    def __init__(self) -> None:
        self.current: _Stack | None = None
        self.idle: list[_Stack] = []


_THREAD: Final = _Thread()


def switching(body: Coroutine[Any, Any, Any]) -> Coroutine[Any, Any, Any]:
    """The same coroutine, in which `run_sync` can be used if greenlet is there."""
    return body if _greenlet() is None else _Named(body)


def driven(body: Coroutine[Any, Any, Any]) -> Coroutine[Any, Any, Any]:
    """The same for who takes every step himself, and asks for nothing but steps."""
    return body if _greenlet() is None else _Switching(body)


class _Switching(Coroutine[Any, Any, Any]):
    """Drives a coroutine whose steps may be left in the middle.

    While one is left, this yields a future as the coroutine itself would.
    """

    __slots__ = ("_body", "_cancelled", "_left", "_send")

    def __init__(self, body: Coroutine[Any, Any, Any]) -> None:
        self._body = body
        self._send = body.send
        self._left: _Stack | None = None
        self._cancelled: BaseException | None = None

    def __repr__(self) -> str:
        return f"<switching {self._body!r}>"

    @property
    def cr_frame(self) -> Any:
        """Where the coroutine is."""
        return getattr(self._body, "cr_frame", None)

    @property
    def cr_await(self) -> Any:
        """What it awaits."""
        return getattr(self._body, "cr_await", None)

    def __await__(self) -> Generator[Any, Any, Any]:
        step: Callable[[], Any] = partial(self.send, None)
        while True:
            try:
                waits_for = step()
            except StopIteration as stop:
                return stop.value
            try:
                sent = yield waits_for
            except BaseException as raised:
                step = partial(self.throw, raised)
            else:
                step = partial(self.send, sent)

    def send(self, value: Any) -> Any:
        __tracebackhide__ = True
        if self._left is not None:
            return self._resume()
        if self._cancelled is not None:
            raised, self._cancelled = self._cancelled, None
            return self._run((self._body.throw, raised))
        return self._run((self._send, value))

    def throw(self, *raised: Any) -> Any:
        __tracebackhide__ = True
        if self._left is None:
            *first, last = raised
            return self._run((partial(self._body.throw, *first), last))
        # Nothing interrupts a stack that waits; a cancellation comes afterwards, at
        # the next await (measured on Pyodide).
        if isinstance(raised[0], asyncio.CancelledError):
            self._cancelled = raised[0]
        return self._resume()

    def close(self) -> None:
        stack, self._left = self._left, None
        if stack is not None:
            stack.abandon()
        else:
            self._body.close()

    def _resume(self) -> Any:
        __tracebackhide__ = True
        stack = self._left
        assert stack is not None
        if stack.waits_for is not None and not stack.waits_for.done():
            return _yielded(stack.waits_for)
        return self._run(None)

    def _run(self, step: tuple[Callable[[Any], Any], Any] | None) -> Any:
        __tracebackhide__ = True
        idle = _THREAD.idle
        stack, self._left = self._left, None
        if stack is None:
            stack = idle.pop() if idle else _Stack()
        how, value = stack.enter(step)
        if how == "left":
            self._left = stack
            return _yielded(value)
        idle.append(stack)
        if how == "yielded":
            return value if self._cancelled is None else self._to_wait_for(value)
        if how == "returned":
            raise self._cancelled or StopIteration(value)
        try:
            raise value
        finally:
            del value

    def _to_wait_for(self, yielded: Any) -> Any:
        if asyncio.isfuture(yielded):
            yielded.cancel()
            self._cancelled = None
        return yielded


class _Named(_Switching):
    """One that people and asyncio know by what they know of coroutines."""

    def __init__(self, body: Coroutine[Any, Any, Any]) -> None:
        super().__init__(body)
        self.__name__ = getattr(body, "__name__", type(body).__name__)
        self.__qualname__ = getattr(body, "__qualname__", self.__name__)

    def __getattr__(self, name: str) -> Any:
        """Such as `cr_code`."""
        return getattr(self._body, name)


def _yielded(future: "asyncio.Future[Any]") -> Any:
    """What a coroutine yields that awaits a future, which cannot be cancelled so."""
    return None if future.done() else next(asyncio.shield(future).__await__())


def can_run_sync() -> bool:
    """Whether `run_sync` would work here."""
    stack = _THREAD.current
    return stack is not None and not stack.synchronous and stack.is_running


def run_sync(awaitable: Any) -> Any:
    """Have others go on until an awaitable is done; its result.

    Raises what it raised, RuntimeError where nobody can wait so, and TypeError for
    something else than an awaitable.
    """
    __tracebackhide__ = True
    stack = _THREAD.current
    if stack is None or not can_run_sync():
        if asyncio.iscoroutine(awaitable):
            awaitable.close()
        raise RuntimeError(_why_not(stack))
    if not isawaitable(awaitable):
        raise TypeError(f"object {type(awaitable).__name__} is not awaitable")
    own = asyncio.iscoroutine(awaitable) or isinstance(awaitable, asyncio.Future)
    return stack.leave(asyncio.ensure_future(awaitable if own else _awaited(awaitable)))


def _why_not(stack: _Stack | None) -> str:
    if stack is not None:
        return _SYNCHRONOUS
    return _INSTALL if _greenlet() is None else _NOT_HERE


async def _awaited(awaitable: Awaitable[Any]) -> Any:
    return await awaitable


def synchronously(call: Callable[..., T], *arguments: Any, **named: Any) -> T:
    """Call a function for JavaScript, which cannot wait for it."""
    __tracebackhide__ = True
    stack = _THREAD.current
    if stack is None:
        return call(*arguments, **named)
    stack.synchronous += 1
    try:
        return call(*arguments, **named)
    finally:
        stack.synchronous -= 1
