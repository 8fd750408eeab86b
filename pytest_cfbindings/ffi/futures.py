"""PyodideFuture: the promise that a call returned, in Python's hands."""

from collections.abc import Callable, Generator
from typing import Any

from ..javascript.errors import JsError
from ..javascript.objects import JsFunction
from ..javascript.promises import JsPromise
from ..javascript.values import undefined
from .crossing import thrown_to_python, to_python
from .pyproxy import PyCallable


class PyodideFuture:
    """Awaitable again and again; asyncio takes it for one of its own futures.

    It belongs to no event loop: whichever runs when it is awaited will do.
    """

    __slots__ = ("__js__", "_callbacks", "_cancelled", "_waiters")

    # What asyncio.isfuture() looks for.
    _asyncio_future_blocking = False

    def __init__(self, promise: JsPromise) -> None:
        self.__js__ = promise
        self._cancelled = False
        self._callbacks: list[tuple[Callable[[Any], object], Any]] = []
        self._waiters: list[Callable[[JsPromise], None]] = []

    def __await__(self) -> Generator[Any, Any, Any]:
        __tracebackhide__ = True
        if self.done():
            yield
        else:
            yield from self._until_done().__await__()
        return self.result()

    async def _until_done(self) -> None:
        """Wait until the promise is settled or somebody cancels this future."""
        waiter = self.get_loop().create_future()

        def wake(_promise: JsPromise) -> None:
            if not waiter.done():
                waiter.set_result(None)

        self._waiters.append(wake)
        self.__js__.when_settled(wake)
        try:
            await waiter
        finally:
            self._waiters.remove(wake)

    __iter__ = __await__

    def result(self) -> Any:
        """The value. Raises what the promise was rejected with."""
        __tracebackhide__ = True
        exception = self.exception()
        if exception is not None:
            raise exception from _cause(self.__js__.outcome)
        return to_python(self.__js__.outcome)

    def exception(self) -> Any:
        """The exception it was rejected with, or None."""
        import asyncio

        if self._cancelled:
            raise asyncio.CancelledError
        if not self.__js__.settled:
            raise asyncio.InvalidStateError("Result is not set.")
        if self.__js__.state == "rejected":
            return thrown_to_python(self.__js__.outcome)
        return None

    def done(self) -> bool:
        """Whether it is settled or cancelled."""
        return self._cancelled or self.__js__.settled

    def cancelled(self) -> bool:
        """Whether cancel() was called in time."""
        return self._cancelled

    def cancel(self, msg: object = None) -> bool:
        """Stop waiting for it; the promise itself goes on."""
        if self.done():
            return False
        self._cancelled = True
        for wake in self._waiters:
            wake(self.__js__)
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
        """`promise.then`, with Python functions."""
        promise = self.__js__
        return PyodideFuture(
            promise.then(_callback(onfulfilled), _callback(onrejected))
        )

    def catch(self, onrejected: Callable[[Any], Any]) -> "PyodideFuture":
        """`promise.catch`, with a Python function."""
        return PyodideFuture(self.__js__.catch(_callback(onrejected)))

    def finally_(self, onfinally: Callable[[], Any]) -> "PyodideFuture":
        """`promise.finally`, with a Python function."""
        return PyodideFuture(self.__js__.finally_(_callback(onfinally)))


def _callback(function: Callable[..., Any] | None) -> object:
    if function is None:
        return undefined
    behind = getattr(function, "__js__", None)
    return behind if isinstance(behind, JsFunction) else PyCallable(function)


def _cause(reason: object) -> BaseException | None:
    return reason.cause if isinstance(reason, JsError) else None
