"""Awaitables and asynchronous iterators of Python, in JavaScript's hands."""

from asyncio import CancelledError
from collections.abc import Awaitable
from typing import Any

from ..javascript.errors import JsThrow, PythonError
from ..javascript.objects import ASYNC_ITERATOR, JsFunction, JsObject, PropertyKey
from ..javascript.promises import JsPromise
from ..javascript.python_tracebacks import CROSSINGS
from ..javascript.values import undefined
from ..switching import switching
from .crossing import Wrappers, to_javascript, to_python
from .holds import hold_of
from .pyproxy import start
from .pyproxy_iteration import step


def promise_of_awaitable(awaitable: Awaitable[Any]) -> JsPromise:
    """The promise that an awaitable becomes; a coroutine runs to its first wait."""
    return JsPromise.run(switching(_outcome(awaitable)))


async def _outcome(awaitable: Awaitable[Any]) -> object:
    try:
        return to_javascript(await awaitable)
    except CancelledError as cancelled:
        raise JsThrow(PythonError.of(cancelled)) from None


def _promise(this: JsObject) -> JsPromise:
    start(this)
    promise = hold_of(this).promise
    assert promise is not None
    return promise


def _then(
    this: Any, on_fulfilled: object = undefined, on_rejected: object = undefined
) -> JsPromise:
    return _promise(this).then(on_fulfilled, on_rejected)


def _catch(this: Any, on_rejected: object = undefined) -> JsPromise:
    return _promise(this).catch(on_rejected)


def _finally(this: Any, on_settled: object = undefined) -> JsPromise:
    return _promise(this).finally_(on_settled)


def _iterate(this: Any) -> object:
    return to_javascript(aiter(hold_of(this).target()))


def _next(this: Any, sent: object = undefined) -> JsPromise:
    target = hold_of(this).target()
    if sent is not undefined and hasattr(target, "asend"):
        return JsPromise.run(switching(_step(target.asend(to_python(sent)))))
    return JsPromise.run(switching(_step(anext(target))))


def _throw(this: Any, reason: object = undefined) -> JsPromise:
    return JsPromise.run(_step(hold_of(this).target().athrow(to_python(reason))))


def _return(this: Any, value: object = undefined) -> JsPromise:
    return JsPromise.run(_closed(hold_of(this).target(), value))


async def _closed(generator: Any, value: object) -> JsObject:
    await generator.aclose()
    return JsObject({"done": True, "value": value})


async def _step(awaitable: Awaitable[Any]) -> JsObject:
    try:
        return step(False, await awaitable)
    except StopAsyncIteration:
        return step(True, None)


AWAITABLE: dict[PropertyKey, object] = {
    "then": JsFunction(_then, "then"),
    "catch": JsFunction(_catch, "catch"),
    "finally": JsFunction(_finally, "finally"),
}
ASYNC_ITERABLE: dict[PropertyKey, object] = {
    ASYNC_ITERATOR: JsFunction(_iterate, "[Symbol.asyncIterator]")
}
ASYNC_ITERATOR_METHODS: dict[PropertyKey, object] = {
    "next": JsFunction(_next, "next"),
    "throw": JsFunction(_throw, "throw"),
    "return": JsFunction(_return, "return"),
}

CROSSINGS.update((_outcome.__code__, _step.__code__))
Wrappers.promise_of_awaitable = staticmethod(promise_of_awaitable)
