"""`ctx`: what an event handler may leave for later."""

from inspect import isawaitable
from typing import Any

from ..ffi.crossing import to_javascript
from ..ffi.pyproxy import PyCallable, PyProxy
from ..global_scope import GlobalScope
from ..javascript.errors import JsThrow, type_error
from ..javascript.objects import JsObject, getter, method
from ..javascript.promises import JsPromise
from ..javascript.values import undefined


class Background:
    """The promises that handlers left behind with waitUntil."""

    def __init__(self, scope: GlobalScope) -> None:
        self._scope = scope
        self._promises: list[JsPromise] = []

    def wait_until(self, promise: object = undefined) -> None:
        """Keep a promise, or a coroutine that is made one, until it is settled.

        Raises a JavaScript TypeError for anything else.
        """
        self._scope.check()
        found = _promise(promise)
        if found is None:
            raise type_error(
                "Failed to execute 'waitUntil' on 'ExecutionContext':"
                " parameter 1 is not of type 'Promise'."
            )
        self._promises.append(found)

    def keep(self, value: object) -> JsPromise | None:
        """As `wait_until` of a Durable Object: what is no promise is not kept."""
        found = _promise(value)
        if found is not None:
            self._promises.append(found)
        return found

    def forget(self) -> None:
        """Keep nothing any more."""
        self._promises.clear()

    async def settle(self) -> None:
        """Wait for all of them, and for those they add. Raises the first rejection."""
        failures = []
        while self._promises:
            promise = self._promises.pop(0)
            try:
                await promise
            except JsThrow as thrown:
                failures.append(thrown)
        if failures:
            raise failures[0]


class ExecutionContext(JsObject):
    """The `ctx` of one event."""

    __slots__ = ("_background", "passes_through")

    class_name = "ExecutionContext"

    def __init__(self, background: Background) -> None:
        super().__init__()
        self._background = background
        self.passes_through = False

    @method
    def waitUntil(self, promise: object = undefined) -> None:
        self._background.wait_until(promise)

    @method
    def passThroughOnException(self) -> None:
        self.passes_through = True

    @getter
    def props(self) -> JsObject:
        return JsObject()


def _promise(value: object) -> JsPromise | None:
    """What waitUntil takes: a promise, or a coroutine that workerd's glue wraps."""
    if isinstance(value, JsPromise):
        return value
    if isinstance(value, (PyProxy, PyCallable)):
        target = value.hold.target()
        if isawaitable(target):
            return JsPromise.run(_javascript_result(target))
    return None


async def _javascript_result(awaitable: Any) -> object:
    return to_javascript(await awaitable)
