"""`ctx`: what an event handler may leave for later."""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from inspect import iscoroutine
from pathlib import Path
from traceback import format_exception
from typing import Any

from ..ffi.pyproxy import PyCallable, PyProxy, start
from ..global_scope import GlobalScope
from ..io_context import CURRENT, IoContext
from ..javascript.conversions import to_string
from ..javascript.errors import JsError, JsThrow, type_error
from ..javascript.objects import JsObject, getter, method
from ..javascript.promises import JsPromise
from ..javascript.values import undefined

_WAITS_FOR_TRAVEL = (
    "It waits for the clock, which stands still in this test: move it first, with"
    " await cf.travel(...); cf.due() lists what is still due. "
)
_NEVER_RUN = (
    "ctx.waitUntil of a Durable Object never runs a coroutine, as the ctx of a Worker's"
    " entrypoint does: make it a task, ctx.waitUntil(asyncio.create_task(...))."
)
_OURS = str(Path(__file__).parents[1])


class WaitUntilFailedWarning(UserWarning):
    """What was left to waitUntil has failed, and no `cf.settle()` raised it."""


@dataclass(frozen=True, slots=True)
class Left:
    """What an event, if it was one, has left to waitUntil; `name` is for people."""

    promise: JsPromise
    context: IoContext | None
    name: str

    @property
    def cause(self) -> BaseException | None:
        """The Python exception that it failed with, if there was one."""
        reason = self.promise.outcome
        return reason.cause if isinstance(reason, JsError) else None

    @property
    def has_failed(self) -> bool:
        """Whether it has, other than by being cancelled at the end of its test."""
        from asyncio import CancelledError

        was_cancelled = isinstance(self.cause, CancelledError)
        return self.promise.state == "rejected" and not was_cancelled

    def failure(self) -> str:
        """How it failed, with the traceback of the Worker's code."""
        of_event = "" if self.context is None else f", of {self.context.name},"
        told = to_string(self.promise.outcome)
        if self.cause is not None:
            told = "".join(_formatted(self.cause)).rstrip()
        return f"What was left to ctx.waitUntil, {self.name}{of_event} failed: {told}"


def _formatted(error: BaseException) -> list[str]:
    """A traceback without our frames at its beginning."""
    traceback = error.__traceback__
    while traceback and traceback.tb_frame.f_code.co_filename.startswith(_OURS):
        traceback = traceback.tb_next
    return format_exception(type(error), error, traceback)


class Background:
    """The promises that handlers left behind with waitUntil."""

    def __init__(self, scope: GlobalScope) -> None:
        self._scope = scope
        self._left: list[Left] = []
        self._failed: list[Left] = []

    def wait_until(self, promise: object = undefined) -> None:
        """Keep a promise, or a coroutine that is made one, until it is settled.

        Raises a JavaScript TypeError for anything else.
        """
        self._scope.check()
        if self._kept(promise, _promise(promise)) is None:
            raise type_error(
                "Failed to execute 'waitUntil' on 'ExecutionContext':"
                " parameter 1 is not of type 'Promise'."
            )

    def keep(self, value: object) -> JsPromise | None:
        """As `wait_until` of a Durable Object: what is no promise is not kept.

        A coroutine is never run there: its proxy ends with the call (measured).
        """
        coroutine = _coroutine(value)
        if coroutine is None:
            return self._kept(value, _promise(value))
        coroutine.close()
        return self._kept(value, JsPromise.rejected(JsError(_NEVER_RUN)))

    def _kept(self, value: object, promise: JsPromise | None) -> JsPromise | None:
        if promise is not None:
            self._left.append(Left(promise, CURRENT.get(), _name(value)))
        return promise

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
        self._failed += [left for left in self._left if left.has_failed]
        for left in self._open():
            if left.context is not None:
                left.promise.cancel()
        self._left.clear()

    def warnings(self) -> list[WaitUntilFailedWarning]:
        """Of each failure since the last call that `settle` has not raised.

        Production logs them; call it when everything is forgotten.
        """
        failed, self._failed = self._failed, []
        return [WaitUntilFailedWarning(left.failure()) for left in failed]

    async def settle(self) -> None:
        """Wait for all of them, and for those they add. Raises the first rejection."""
        failures = []
        while self._left:
            first = self._left[0]
            try:
                await first.promise
            except JsThrow as thrown:
                failures.append(thrown)
                self._failed += [first] if len(failures) > 1 else []
            self._left = [
                left for left in self._left if left.promise is not first.promise
            ]
        if failures:
            raise failures[0]


class ExecutionContext(JsObject):
    """The `ctx` of one event."""

    __slots__ = ("_background", "_exports", "_make_exports")

    class_name = "ExecutionContext"

    def __init__(self, background: Background, exports: Callable[[], object]) -> None:
        super().__init__()
        self._background = background
        self._make_exports = exports
        self._exports: object = None

    @method
    def waitUntil(self, promise: object = undefined) -> None:
        self._background.wait_until(promise)

    @method
    def passThroughOnException(self) -> None:
        """Nothing lies behind a Worker here: what it raises reaches the test."""

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


def _coroutine(value: object) -> Coroutine[Any, Any, Any] | None:
    """The coroutine behind a proxy, if it has yet to do what it is for.

    Those of the SDK only wait for the answer to what they asked when they were made.
    """
    import workers.rpc  # type: ignore[import-not-found, unused-ignore]

    if not isinstance(value, PyProxy) or value.started is not None:
        return None
    target = value.hold.last_target()
    if not iscoroutine(target) or target.cr_code.co_filename == workers.rpc.__file__:
        return None
    return target


def _promise(value: object) -> JsPromise | None:
    """What waitUntil takes: a promise, or a coroutine that workerd's glue wraps."""
    if isinstance(value, JsPromise):
        return value
    if isinstance(value, (PyProxy, PyCallable)) and value.js_has("then"):
        start(value)
        assert value.hold.promise is not None
        return value.hold.promise
    return None
