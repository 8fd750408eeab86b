"""setTimeout, setInterval, queueMicrotask and scheduler.wait, in real time."""

import math
from collections.abc import Callable
from itertools import count
from typing import Any

from ..global_scope import GlobalScope
from ..javascript.errors import JsThrow, type_error
from ..javascript.microtasks import queue
from ..javascript.numeric import to_integer, to_number
from ..javascript.objects import JsFunction, JsObject, PropertyKey, native
from ..javascript.promises import JsPromise
from ..javascript.values import undefined
from .object_context import CURRENT


class Timers:
    """The timers of one global object; each has a number, as in workerd.

    What a callback raises goes to the event loop's exception handler.
    """

    def __init__(self, scope: GlobalScope) -> None:
        self._scope = scope
        self._numbers = count(1)
        self._handles: dict[int, Any] = {}

    def functions(self) -> dict[PropertyKey, object]:
        """What stands on the global object."""
        return {
            "setTimeout": native(self.set_timeout, "setTimeout"),
            "clearTimeout": native(self.clear, "clearTimeout"),
            "setInterval": native(self.set_interval, "setInterval"),
            "clearInterval": native(self.clear, "clearInterval"),
            "queueMicrotask": native(queue_microtask, "queueMicrotask"),
            "scheduler": JsObject({"wait": native(self.wait, "wait")}),
        }

    def set_timeout(
        self, callback: object = undefined, delay: object = 0, *arguments: object
    ) -> int:
        """Call back once, after `delay` milliseconds."""
        function = _checked(callback, "setTimeout")
        number = next(self._numbers)

        def run() -> None:
            self._handles.pop(number, None)
            function.invoke(undefined, arguments)

        if CURRENT.get() is not None and _seconds(delay) == 0:
            self._at_once(number, run)
        else:
            self._later(number, delay, run)
        return number

    def _at_once(self, number: int, run: Callable[[], None]) -> None:
        """In an object, a delay of 0 is no timer and ends no turn (measured)."""
        import asyncio

        self._scope.check()
        self._handles[number] = asyncio.get_running_loop().call_soon(run)

    def set_interval(
        self, callback: object = undefined, delay: object = 0, *arguments: object
    ) -> int:
        """Call back again and again, every `delay` milliseconds."""
        function = _checked(callback, "setInterval")
        number = next(self._numbers)

        def run() -> None:
            self._later(number, delay, run)
            function.invoke(undefined, arguments)

        self._later(number, delay, run)
        return number

    def _later(self, number: int, delay: object, run: Callable[[], None]) -> None:
        import asyncio

        self._scope.check()
        loop = asyncio.get_running_loop()
        self._handles[number] = loop.call_later(_seconds(delay), run)

    def clear(self, number: object = undefined) -> None:
        """Forget a timer; a number that is none is no matter."""
        self._scope.check()
        handle = self._handles.pop(to_integer(number), None)
        if handle is not None:
            handle.cancel()

    def wait(self, delay: object = 0) -> JsPromise:
        """A promise that is fulfilled after `delay` milliseconds."""
        promise = JsPromise()
        try:
            self._later(next(self._numbers), delay, lambda: promise.resolve())
        except JsThrow as refused:
            return JsPromise.failed(refused)
        return promise


def _seconds(delay: object) -> float:
    milliseconds = to_number(delay)
    return max(milliseconds, 0) / 1000 if math.isfinite(milliseconds) else 0


def _checked(callback: object, name: str) -> JsFunction:
    if not isinstance(callback, JsFunction):
        raise type_error(
            f"Failed to execute '{name}' on 'ServiceWorkerGlobalScope': parameter 1 is"
            " not of type 'function'."
        )
    return callback


def queue_microtask(callback: object = undefined) -> None:
    """Call back as soon as what runs now gives way."""
    function = _checked(callback, "queueMicrotask")
    queue(lambda: function.invoke(undefined, ()))
