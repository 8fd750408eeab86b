"""Promises over asyncio.

A method runs to its first wait when it is called. A promise needs no event loop until
something really waits for it, so that one may be made before a loop runs.
"""

from collections.abc import Awaitable, Callable, Coroutine, Generator
from contextvars import Context
from typing import Any

from .async_functions import run, run_on, turn
from .conversions import shown
from .errors import STOPS, JsThrow, PythonError, type_error
from .objects import JsFunction, JsObject, method, method_as, native
from .values import undefined

Reaction = Callable[["JsPromise"], None]


class JsPromise(JsObject):
    """A JavaScript Promise; `outcome` is its value or the reason of its rejection."""

    __slots__ = (
        "_context",
        "_follows",
        "_reactions",
        "_task",
        "_unstarted",
        "outcome",
        "state",
    )

    class_name = "Promise"

    def __init__(self) -> None:
        super().__init__()
        self.state = "pending"
        self.outcome: object = undefined
        self._follows = False
        self._reactions: list[Reaction] = []
        self._unstarted: Coroutine[Any, Any, None] | None = None
        self._context: Context | None = None
        self._task: object = None

    @classmethod
    def resolved(cls, value: object = undefined) -> "JsPromise":
        """A promise of this value, or the promise itself if it is one."""
        if isinstance(value, JsPromise):
            return value
        promise = cls()
        promise.state = "fulfilled"
        promise.outcome = value
        return promise

    @classmethod
    def rejected(cls, reason: object) -> "JsPromise":
        """A promise that is rejected with this value."""
        promise = cls()
        promise.state = "rejected"
        promise.outcome = reason
        return promise

    @classmethod
    def failed(cls, exception: BaseException) -> "JsPromise":
        """A promise that is rejected by what was raised."""
        return cls.rejected(reason_of(exception))

    @classmethod
    def attempt(cls, call: Callable[[], object]) -> "JsPromise":
        """Call now; what it raises becomes a rejection."""
        try:
            return cls.resolved(call())
        except STOPS:
            raise
        except BaseException as exception:
            return cls.failed(exception)

    @classmethod
    def run(cls, body: Coroutine[Any, Any, object]) -> "JsPromise":
        """Run an asynchronous function up to its first wait, and later to its end."""
        try:
            first = body.send(None)
        except StopIteration as stop:
            return cls.resolved(stop.value)
        except STOPS:
            raise
        except BaseException as exception:
            return cls.failed(exception)
        promise = cls()
        promise._continue(run_on(promise, body, first))
        return promise

    @classmethod
    def later(
        cls, body: Callable[[], Awaitable[object]], context: Context
    ) -> "JsPromise":
        """Run an asynchronous function in its own context, from the next moment on.

        It is called no earlier than that, so that nothing is left of it if its loop
        ends before. Without an event loop it begins when somebody waits for it.
        """
        promise = cls()
        promise._context = context
        promise._continue(run(promise, body))
        return promise

    def _continue(self, rest: Coroutine[Any, Any, None]) -> None:
        import asyncio

        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            self._unstarted = rest
            return
        if self._context is None:
            self._task = loop.create_task(rest)
        else:
            self._task = self._context.run(loop.create_task, rest)

    @classmethod
    def js_construct(cls, executor: object = undefined) -> "JsPromise":
        if not isinstance(executor, JsFunction):
            raise type_error(f"Promise resolver {shown(executor)} is not a function")
        promise = cls()
        promise.settle_by(
            lambda resolve, reject: executor.invoke(undefined, (resolve, reject))
        )
        return promise

    def settle_by(self, execute: Callable[[JsFunction, JsFunction], object]) -> None:
        """Leave it to functions that settle it; what `execute` raises rejects it."""
        try:
            execute(native(self.resolve), native(self.reject))
        except STOPS:
            raise
        except BaseException as exception:
            self.fail(exception)

    @property
    def has_task(self) -> bool:
        """Whether an event loop has the asynchronous function behind it."""
        return self._task is not None

    @property
    def settled(self) -> bool:
        return self.state != "pending"

    def resolve(self, value: object = undefined) -> None:
        """Fulfil it, or let it follow another promise; later calls do nothing."""
        if self._follows:
            return
        if isinstance(value, JsPromise) and self.state == "pending":
            self._follows = True
            value.when_settled(self._follow)
        else:
            self._settle("fulfilled", value)

    def _follow(self, other: "JsPromise") -> None:
        self._settle(other.state, other.outcome)

    def reject(self, reason: object = undefined) -> None:
        """Reject it; later calls do nothing."""
        if not self._follows:
            self._settle("rejected", reason)

    def fail(self, exception: BaseException) -> None:
        """Reject it by what was raised."""
        self.reject(reason_of(exception))

    def _settle(self, state: str, outcome: object) -> None:
        if self.state != "pending":
            return
        self.state, self.outcome = state, outcome
        reactions, self._reactions = self._reactions, []
        for reaction in reactions:
            reaction(self)

    def cancel(self) -> None:
        """Stop the asynchronous function behind it, if its event loop still can."""
        task: Any = self._task
        if task is not None and not task.done() and not task.get_loop().is_closed():
            task.cancel()

    def when_settled(self, reaction: Reaction) -> None:
        """Call back at once if it is settled, else in the moment it settles."""
        if self.state != "pending":
            reaction(self)
            return
        if self._unstarted is not None:
            rest, self._unstarted = self._unstarted, None
            self._continue(rest)
        self._reactions.append(reaction)

    def __await__(self) -> Generator[Any, None, object]:
        """Wait for it; a settled one still gives way once, as JavaScript's await does.

        Raises JsThrow with the reason if it is rejected.
        """
        if self.state != "pending":
            yield
        else:
            yield from self.settling().__await__()
        if self.state == "rejected":
            raise JsThrow(self.outcome)
        return self.outcome

    async def settling(self) -> None:
        """Wait until it is settled, whichever way."""
        import asyncio

        future = asyncio.get_running_loop().create_future()
        self.when_settled(lambda _: wake(future))
        await future

    @method
    def then(
        self, on_fulfilled: object = undefined, on_rejected: object = undefined
    ) -> "JsPromise":
        return JsPromise.run(self._react(on_fulfilled, on_rejected))

    async def _react(self, on_fulfilled: object, on_rejected: object) -> object:
        try:
            result, callback = await self, on_fulfilled
        except JsThrow as thrown:
            if not isinstance(on_rejected, JsFunction):
                raise
            result, callback = thrown.value, on_rejected
        if not isinstance(callback, JsFunction):
            return result
        answer = _to_follow(given := callback.invoke(undefined, (result,)))
        return given if answer is None else await answer

    @method_as("catch")
    def catch(self, on_rejected: object = undefined) -> "JsPromise":
        return self.then(undefined, on_rejected)

    @method_as("finally")
    def finally_(self, on_settled: object = undefined) -> "JsPromise":
        return JsPromise.run(self._finally(on_settled))

    async def _finally(self, on_settled: object) -> object:
        try:
            return await self
        finally:
            if isinstance(on_settled, JsFunction):
                answer = _to_follow(on_settled.invoke(undefined, ()))
                if answer is not None:
                    await answer


def wake(waiter: Any) -> None:
    """Have the task that waits for an asyncio Future go on, if its loop still runs.

    A promise may outlive the loop in which somebody waited for it.
    """
    if not waiter.done() and not waiter.get_loop().is_closed():
        waiter.set_result(None)


def promise_of(value: object) -> JsPromise:
    """Promise.resolve(value): a promise of the value, or one that follows it."""
    return _to_follow(value) or JsPromise.resolved(value)


def _to_follow(value: object) -> JsPromise | None:
    """The promise that a promise or another object with `then` stands for."""
    if isinstance(value, JsPromise) or not isinstance(value, JsObject):
        return value if isinstance(value, JsPromise) else None
    try:
        then = value.js_get("then")
    except JsThrow as thrown:
        return JsPromise.failed(thrown)
    if not isinstance(then, JsFunction):
        return None
    return JsPromise.run(_followed(value, then))


async def _followed(value: JsObject, then: JsFunction) -> object:
    """Wait for an object with `then`, which is called in a turn of its own."""
    await turn()
    promise = JsPromise()
    promise.settle_by(lambda resolve, reject: then.invoke(value, (resolve, reject)))
    return await promise


def reason_of(exception: BaseException) -> object:
    """What a promise is rejected with when Python raised this in an async function."""
    if isinstance(exception, JsThrow):
        return exception.value
    return PythonError.of(exception)
