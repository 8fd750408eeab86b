"""Coroutines in which `run_sync` works: their steps may be left in the middle."""

import asyncio
from collections.abc import Callable, Coroutine, Generator
from functools import partial
from typing import Any

from .stack_switching import THREAD, Stack, Step, greenlet_module


def switching(body: Coroutine[Any, Any, Any]) -> Coroutine[Any, Any, Any]:
    """The same coroutine, in which `run_sync` can be used if greenlet is there."""
    return body if greenlet_module() is None else _Named(body)


def driven(body: Coroutine[Any, Any, Any]) -> Coroutine[Any, Any, Any]:
    """The same for who takes every step himself, and asks for nothing but steps."""
    return body if greenlet_module() is None else _Switching(body)


class _Switching(Coroutine[Any, Any, Any]):
    """Drives a coroutine whose steps may be left in the middle.

    While one is left, this yields a future as the coroutine itself would.
    """

    __slots__ = ("_body", "_cancelled", "_left", "_send")

    def __init__(self, body: Coroutine[Any, Any, Any]) -> None:
        self._body = body
        self._send = body.send
        self._left: Stack | None = None
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

    def _run(self, step: Step | None) -> Any:
        __tracebackhide__ = True
        idle = THREAD.idle
        stack, self._left = self._left, None
        if stack is None:
            stack = idle.pop() if idle else Stack()
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
