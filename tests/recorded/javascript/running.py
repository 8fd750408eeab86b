"""Functions that can be interrupted: generators and asynchronous functions.

The evaluation of every node is a Python generator. What it yields are requests, and
who drives it answers them: an asynchronous function waits, a generator hands out.
"""

from collections.abc import Generator
from dataclasses import dataclass
from typing import TypeAlias

from pytest_cfbindings.javascript.errors import JsThrow
from pytest_cfbindings.javascript.objects import (
    ASYNC_ITERATOR,
    ITERATOR,
    JsObject,
    method,
    method_as,
)
from pytest_cfbindings.javascript.promises import JsPromise, promise_of
from pytest_cfbindings.javascript.values import undefined

from .unsupported import Unsupported


@dataclass(frozen=True, slots=True)
class Waiting:
    """`await value`."""

    value: object


@dataclass(frozen=True, slots=True)
class Yielded:
    """`yield value`."""

    value: object


Request: TypeAlias = Waiting | Yielded
Steps: TypeAlias = Generator[Request, object, object]


def run(steps: Steps) -> object:
    """Evaluate what cannot be interrupted."""
    try:
        steps.send(None)
    except StopIteration as stop:
        return stop.value
    raise Unsupported("await or yield outside of a function that has them")


async def run_waiting(steps: Steps) -> object:
    """Evaluate the body of an asynchronous function."""
    result = await _advance(steps, None, None)
    assert not isinstance(result, Yielded)
    return await promise_of(result) if isinstance(result, JsObject) else result


async def _advance(
    steps: Steps, sent: object, thrown: JsThrow | None
) -> object | Yielded:
    """Go on up to the next `yield`, or to the end; `await` is waited for."""
    while True:
        try:
            request = steps.send(sent) if thrown is None else steps.throw(thrown)
        except StopIteration as stop:
            return stop.value
        if isinstance(request, Yielded):
            return request
        sent = thrown = None
        try:
            sent = await promise_of(request.value)
        except JsThrow as rejected:
            thrown = rejected


def step(value: object, done: bool) -> JsObject:
    """What an iterator's `next()` gives."""
    return JsObject({"value": value, "done": done})


class GeneratorObject(JsObject):
    """What a `function*` returns."""

    __slots__ = ("steps",)
    class_name = "Generator"

    def __init__(self, steps: Steps) -> None:
        super().__init__()
        self.steps = steps

    def _go_on(self, sent: object, thrown: JsThrow | None) -> JsObject:
        started = self.steps.gi_frame is not None and self.steps.gi_frame.f_lasti > 0
        try:
            if thrown is not None:
                request = self.steps.throw(thrown)
            else:
                request = self.steps.send(sent if started else None)
        except StopIteration as stop:
            return step(stop.value, True)
        if isinstance(request, Waiting):
            raise Unsupported("await in a generator")
        return step(request.value, False)

    @method
    def next(self, sent: object = undefined) -> JsObject:
        return self._go_on(sent, None)

    @method_as("throw")
    def throw_(self, reason: object = undefined) -> JsObject:
        return self._go_on(undefined, JsThrow(reason))

    @method_as("return")
    def return_(self, value: object = undefined) -> JsObject:
        self.steps.close()
        return step(value, True)

    @method_as(ITERATOR)
    def itself(self) -> "GeneratorObject":
        return self


class AsyncGeneratorObject(JsObject):
    """What an `async function*` returns."""

    __slots__ = ("started", "steps")
    class_name = "AsyncGenerator"

    def __init__(self, steps: Steps) -> None:
        super().__init__()
        self.steps = steps
        self.started = False

    async def _go_on(self, sent: object, thrown: JsThrow | None) -> object:
        if not self.started:
            self.started, sent = True, None
        result = await _advance(self.steps, sent, thrown)
        if isinstance(result, Yielded):
            return step(await promise_of(result.value), False)
        return step(result, True)

    @method
    def next(self, sent: object = undefined) -> JsPromise:
        return JsPromise.run(self._go_on(sent, None))

    @method_as("throw")
    def throw_(self, reason: object = undefined) -> JsPromise:
        return JsPromise.run(self._go_on(undefined, JsThrow(reason)))

    @method_as("return")
    def return_(self, value: object = undefined) -> JsPromise:
        self.steps.close()
        return JsPromise.resolved(step(value, True))

    @method_as(ASYNC_ITERATOR)
    def itself(self) -> "AsyncGeneratorObject":
        return self
