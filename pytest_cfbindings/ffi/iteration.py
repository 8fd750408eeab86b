"""Iterators and generators of JavaScript, under the names of `pyodide.ffi`."""

from collections.abc import (
    AsyncIterator,
    Iterator,
)
from typing import Any

from ..javascript.conversions import truthy
from ..javascript.errors import JsThrow, PythonError
from ..javascript.iteration import iterate
from ..javascript.objects import (
    ASYNC_ITERATOR,
    JsFunction,
    JsObject,
    PropertyKey,
)
from ..javascript.promises import JsPromise as Promise
from .crossing import (
    is_javascript,
    thrown_at_once,
    to_javascript,
    to_python,
)
from .futures import PyodideFuture
from .proxy import JsProxy


def invoke(proxy: JsProxy, name: PropertyKey, *arguments: object) -> object:
    """Call a method of the object; what it throws reaches Python."""
    value = proxy.__js__
    function = value.js_get(name)
    assert isinstance(function, JsFunction), name
    try:
        return function.invoke(value, arguments)
    except JsThrow as thrown:
        raise thrown_at_once(thrown.value) from None


class JsIterable(JsProxy):
    __slots__ = ()

    def __iter__(self) -> Iterator[Any]:
        return map(to_python, iterate(self.__js__))


class JsIterator(JsProxy):
    __slots__ = ()

    def __iter__(self) -> Iterator[Any]:
        return self

    def __next__(self) -> Any:
        return _stepped(invoke(self, "next"))


class JsGenerator(JsIterator, JsIterable):
    """A generator object: `send`, `throw` and `close` are there as well."""

    __slots__ = ()

    def __next__(self) -> Any:
        return self.send(None)

    def send(self, value: Any) -> Any:
        """Go on with a value for `yield`. Raises StopIteration with the result."""
        return _stepped(invoke(self, "next", to_javascript(value)))

    def throw(self, error: Any, *_others: Any) -> Any:
        """Go on with an exception in the place of `yield`."""
        return _stepped(invoke(self, "throw", _thrown_in(error)))

    def close(self) -> None:
        """End it."""
        invoke(self, "return")


def _stepped(step: object) -> Any:
    assert isinstance(step, JsObject)
    value = to_python(step.js_get("value"))
    if truthy(step.js_get("done")):
        raise StopIteration(value)
    return value


class JsAsyncIterator(JsProxy):
    __slots__ = ()

    def __aiter__(self) -> AsyncIterator[Any]:
        return self

    async def __anext__(self) -> Any:
        return await _awaited_step(invoke(self, "next"))


class JsAsyncIterable(JsProxy):
    __slots__ = ()

    def __aiter__(self) -> Any:
        return to_python(invoke(self, ASYNC_ITERATOR))


class JsAsyncGenerator(JsAsyncIterator, JsAsyncIterable):
    """An async generator object: `asend`, `athrow` and `aclose` are there as well."""

    __slots__ = ()

    async def asend(self, value: Any) -> Any:
        """Go on with a value for `yield`. Raises StopAsyncIteration at the end."""
        return await _awaited_step(invoke(self, "next", to_javascript(value)))

    async def athrow(self, error: Any, *_others: Any) -> Any:
        """Go on with an exception in the place of `yield`."""
        return await _awaited_step(invoke(self, "throw", _thrown_in(error)))

    async def aclose(self) -> None:
        """End it."""
        await PyodideFuture(Promise.resolved(invoke(self, "return")))


async def _awaited_step(step: object) -> Any:
    result = await PyodideFuture(Promise.resolved(step))
    if result.done:
        raise StopAsyncIteration(result.value)
    return result.value


def _thrown_in(error: Any) -> object:
    """What `throw` gives to JavaScript; a Python exception is a PythonError there."""
    if isinstance(error, BaseException) and not is_javascript(error):
        return PythonError.of(error)
    return to_javascript(error)
