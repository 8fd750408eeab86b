"""`ctx`: what an event handler may leave for later."""

from collections.abc import Callable
from dataclasses import dataclass

from ..ffi.pyproxy import PyCallable, PyProxy, start
from ..global_scope import GlobalScope
from ..io_context import CURRENT, IoContext
from ..javascript.errors import JsThrow, type_error
from ..javascript.objects import JsObject, getter, method
from ..javascript.promises import JsPromise
from ..javascript.values import undefined

_WAITS_FOR_TRAVEL = (
    "It waits for the clock, which stands still in this test: move it first, with"
    " await cf.travel(...); cf.due() lists what is still due. "
)


@dataclass(frozen=True, slots=True)
class Left:
    """What an event, if it was one, has left to waitUntil; `name` is for people."""

    promise: JsPromise
    context: IoContext | None
    name: str


class Background:
    """The promises that handlers left behind with waitUntil."""

    def __init__(self, scope: GlobalScope) -> None:
        self._scope = scope
        self._left: list[Left] = []

    def wait_until(self, promise: object = undefined) -> None:
        """Keep a promise, or a coroutine that is made one, until it is settled.

        Raises a JavaScript TypeError for anything else.
        """
        self._scope.check()
        if self.keep(promise) is None:
            raise type_error(
                "Failed to execute 'waitUntil' on 'ExecutionContext':"
                " parameter 1 is not of type 'Promise'."
            )

    def keep(self, value: object) -> JsPromise | None:
        """As `wait_until` of a Durable Object: what is no promise is not kept."""
        name = _name(value)
        found = _promise(value)
        if found is not None:
            self._left.append(Left(found, CURRENT.get(), name))
        return found

    def keeps_open(self, context: IoContext) -> bool:
        """Whether an event has to go on for what it left behind."""
        return any(left.context is context for left in self._open())

    def complaint(self, waits_for_travel: bool) -> str | None:
        """Says what events of this test left open, and what to do about it.

        `waits_for_travel` is whether all of it waits for a clock that stands still.
        """
        found = [
            f"  {left.name}, of {left.context.name}"
            for left in self._open()
            if left.context is not None
        ]
        if not found:
            return None
        return "\n".join(
            [
                "The test is over, and this was left to ctx.waitUntil and still runs:",
                *found,
                f"It is cancelled now. {_WAITS_FOR_TRAVEL if waits_for_travel else ''}"
                "Wait for it in the test: await cf.settle(), or cf.run(cf.settle()) in"
                " a test that is not async.",
            ]
        )

    def _open(self) -> list[Left]:
        return [left for left in self._left if not left.promise.settled]

    def forget(self) -> None:
        """Keep nothing any more; what still runs of an event is cancelled."""
        for left in self._open():
            if left.context is not None:
                left.promise.cancel()
        self._left.clear()

    async def settle(self) -> None:
        """Wait for all of them, and for those they add. Raises the first rejection."""
        failures = []
        while self._left:
            promise = self._left[0].promise
            try:
                await promise
            except JsThrow as thrown:
                failures.append(thrown)
            self._left = [left for left in self._left if left.promise is not promise]
        if failures:
            raise failures[0]


class ExecutionContext(JsObject):
    """The `ctx` of one event."""

    __slots__ = ("_background", "_exports", "_make_exports", "passes_through")

    class_name = "ExecutionContext"

    def __init__(self, background: Background, exports: Callable[[], object]) -> None:
        super().__init__()
        self._background = background
        self._make_exports = exports
        self._exports: object = None
        self.passes_through = False

    @method
    def waitUntil(self, promise: object = undefined) -> None:
        self._background.wait_until(promise)

    @method
    def passThroughOnException(self) -> None:
        self.passes_through = True

    @getter
    def exports(self) -> object:
        if self._exports is None:
            self._exports = self._make_exports()
        return self._exports

    @getter
    def props(self) -> JsObject:
        return JsObject()


def _name(value: object) -> str:
    if isinstance(value, (PyProxy, PyCallable)):
        from .event_tasks import place

        return place(value.hold.last_target())
    return "a promise"


def _promise(value: object) -> JsPromise | None:
    """What waitUntil takes: a promise, or a coroutine that workerd's glue wraps."""
    if isinstance(value, JsPromise):
        return value
    if isinstance(value, (PyProxy, PyCallable)) and value.js_has("then"):
        start(value)
        assert value.hold.promise is not None
        return value.hold.promise
    return None
