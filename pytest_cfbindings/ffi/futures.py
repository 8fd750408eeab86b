"""PyodideFuture: the promise that a call returned, in Python's hands."""

from collections.abc import Callable, Coroutine, Generator
from inspect import isawaitable
from typing import Any

from ..javascript import microtasks
from ..javascript.errors import JsError, JsThrow, PythonError
from ..javascript.promises import JsPromise, wake
from .crossing import thrown_to_python, to_javascript, to_python


class PyodideFuture:
    """Awaitable again and again; asyncio takes it for one of its own futures.

    It belongs to no event loop: whichever runs when it is awaited will do.
    """

    __slots__ = ("__js__", "_callbacks", "_cancelled", "_fresh", "_waiters")

    # What asyncio.isfuture() looks for.
    _asyncio_future_blocking = False

    def __init__(self, promise: JsPromise) -> None:
        self.__js__ = promise
        self._cancelled = False
        self._callbacks: list[tuple[Callable[[Any], object], Any]] = []
        self._waiters: list[Any] = []
        # In Pyodide a future hears of its promise when the running code gives way.
        self._fresh = promise.state != "pending" and _queue(self._age)

    def _age(self) -> None:
        self._fresh = False

    def __repr__(self) -> str:
        if self._cancelled:
            state = "cancelled"
        elif not self.done():
            state = "pending cb=[WebLoop._decrement_in_progress()]"
        elif self.__js__.state == "rejected":
            state = f"finished exception={self.exception()!r}"
        else:
            state = f"finished result={self.result()!r}"
        return f"<PyodideFuture {state}>"

    def __await__(self) -> Generator[Any, Any, Any]:
        __tracebackhide__ = True
        if self._cancelled or self.__js__.state != "pending":
            yield
            self._fresh = False
        else:
            yield from self._until_done()
        return self.result()

    def _until_done(self) -> Generator[Any, Any, None]:
        """Wait until the promise is settled or somebody cancels this future.

        Who cancels a task that waits for it is one of them (measured).
        """
        waiter = self.get_loop().create_future()
        self._waiters.append(waiter)
        self.__js__.when_settled(lambda _: wake(waiter))
        try:
            yield from waiter
        finally:
            self._waiters.remove(waiter)
            if waiter.cancelled():
                self.cancel()

    __iter__ = __await__

    def result(self) -> Any:
        """The value. Raises what the promise was rejected with."""
        __tracebackhide__ = True
        promise = self.__js__
        is_fulfilled = promise.state == "fulfilled" and self.done()
        exception = None if is_fulfilled else self.exception()
        if exception is not None:
            cause = _cause(promise.outcome)
            raise exception from (None if exception is cause else cause)
        return to_python(promise.outcome)

    def exception(self) -> Any:
        """The exception it was rejected with, or None."""
        import asyncio

        if self._cancelled:
            raise asyncio.CancelledError
        if not self.done():
            raise asyncio.InvalidStateError("Result is not set.")
        if self.__js__.state == "rejected":
            reason = self.__js__.outcome
            if isinstance(reason, PythonFailure):
                return reason.cause
            return thrown_to_python(reason)
        return None

    def done(self) -> bool:
        """Whether it is settled or cancelled."""
        is_settled = self.__js__.state != "pending"
        return self._cancelled or (is_settled and not self._fresh)

    def cancelled(self) -> bool:
        """Whether cancel() was called in time."""
        return self._cancelled

    def cancel(self, msg: object = None) -> bool:
        """Stop waiting for it; the promise itself goes on."""
        if self.done():
            return False
        self._cancelled = True
        for waiter in self._waiters:
            wake(waiter)
        if self._callbacks:
            self._schedule(self.__js__)
        return True

    def get_loop(self) -> Any:
        """The loop that is running."""
        import asyncio

        return asyncio.get_running_loop()

    def add_done_callback(
        self, callback: Callable[[Any], object], *, context: Any = None
    ) -> None:
        """Have the running loop call back soon after it settles."""
        self._callbacks.append((callback, context))
        if len(self._callbacks) == 1:
            self.__js__.when_settled(self._schedule)

    def remove_done_callback(self, callback: Callable[[Any], object]) -> int:
        """Forget a callback that was not scheduled yet; returns how many there were."""
        kept = [entry for entry in self._callbacks if entry[0] != callback]
        removed = len(self._callbacks) - len(kept)
        self._callbacks[:] = kept
        return removed

    def _schedule(self, _promise: JsPromise) -> None:
        for callback, context in self._callbacks:
            self.get_loop().call_soon(callback, self, context=context)
        self._callbacks.clear()

    def then(
        self,
        onfulfilled: Callable[[Any], Any] | None = None,
        onrejected: Callable[[Any], Any] | None = None,
    ) -> "PyodideFuture":
        """`promise.then`, with Python functions; they may be asynchronous."""
        return self._reacting(onfulfilled, onrejected)

    def catch(self, onrejected: Callable[[Any], Any]) -> "PyodideFuture":
        """`promise.catch`, with a Python function."""
        return self._reacting(None, onrejected)

    def finally_(self, onfinally: Callable[[], Any]) -> "PyodideFuture":
        """`promise.finally`, with a Python function."""

        async def react() -> Any:
            try:
                return await self
            finally:
                await _awaited(onfinally())

        return _future_of(react())

    def _reacting(
        self,
        onfulfilled: Callable[[Any], Any] | None,
        onrejected: Callable[[Any], Any] | None,
    ) -> "PyodideFuture":
        async def react() -> Any:
            try:
                value = await self
            except Exception as error:
                if onrejected is None:
                    raise
                return await _awaited(onrejected(error))
            return value if onfulfilled is None else await _awaited(onfulfilled(value))

        return _future_of(react())


def _queue(callback: Callable[[], object]) -> bool:
    """Have a microtask call back; False if nothing runs that could."""
    try:
        microtasks.queue(callback)
    except RuntimeError:
        return False
    return True


async def _awaited(value: Any) -> Any:
    while isawaitable(value):
        value = await value
    return value


def _future_of(body: Coroutine[Any, Any, Any]) -> PyodideFuture:
    return PyodideFuture(JsPromise.run(_kept(body)))


async def _kept(body: Coroutine[Any, Any, Any]) -> object:
    """The result for JavaScript; an exception remains Python's own."""
    try:
        return to_javascript(await body)
    except Exception as exception:
        behind = getattr(exception, "__js__", None)
        raise JsThrow(
            PythonFailure.of(exception) if behind is None else behind
        ) from None


class PythonFailure(PythonError):
    """A Python exception that never left Python: it is raised again as it is."""

    __slots__ = ()


def _cause(reason: object) -> BaseException | None:
    return reason.cause if isinstance(reason, JsError) else None
