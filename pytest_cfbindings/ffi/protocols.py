"""The Python protocols a JsProxy can have, under the names of `pyodide.ffi`."""

from collections.abc import (
    AsyncIterator,
    Callable,
    Generator,
    Iterator,
    Mapping,
    MutableMapping,
)
from typing import Any

from ..javascript.conversions import to_string, truthy
from ..javascript.errors import JsThrow, PythonError, type_error
from ..javascript.iteration import iterate
from ..javascript.numeric import to_integer
from ..javascript.objects import (
    ASYNC_ITERATOR,
    JsConstructor,
    JsFunction,
    JsObject,
    PropertyKey,
)
from ..javascript.promises import JsPromise as Promise
from ..javascript.promises import promise_of
from ..javascript.values import undefined
from .crossing import (
    is_javascript,
    thrown_at_once,
    thrown_to_python,
    to_javascript,
    to_python,
)
from .futures import PyodideFuture
from .proxy import JsProxy, call, construct


def _invoke(proxy: JsProxy, name: PropertyKey, *arguments: object) -> object:
    """Call a method of the object; what it throws reaches Python."""
    value = proxy.__js__
    function = value.js_get(name)
    assert isinstance(function, JsFunction), name
    try:
        return function.invoke(value, arguments)
    except JsThrow as thrown:
        raise thrown_at_once(thrown.value) from None


class JsCallable(JsProxy):
    """A function or a class."""

    __slots__ = ()

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        __tracebackhide__ = True
        function: Any = self.__js__
        return call(function, self.__js_this__, args, kwargs)

    def new(self, *args: Any, **kwargs: Any) -> Any:
        """Raises the JsException of a function that is no constructor."""
        refused = type_error(f"{to_string(self.__js__)} is not a constructor")
        raise thrown_to_python(refused.value)


class JsClass(JsCallable):
    """What `new` can be used on."""

    __slots__ = ()

    def new(self, *args: Any, **kwargs: Any) -> Any:
        """`new Class(...)`; keyword arguments become one trailing Object."""
        __tracebackhide__ = True
        constructor = self.__js__
        assert isinstance(constructor, JsConstructor)
        return construct(constructor, args, kwargs)


class HasGet(JsProxy):
    __slots__ = ()

    def __getitem__(self, key: Any) -> Any:
        name = to_javascript(key)
        found = _invoke(self, "get", name)
        if found is undefined and not _has(self, name):
            raise KeyError(key)
        return to_python(found)


class NotIterable(JsProxy):
    """Items by key alone: Python would take them for those of a sequence."""

    __slots__ = ()
    __iter__ = None

    def __getattribute__(self, name: str) -> Any:
        if name == "__iter__":
            raise AttributeError(name)
        return super().__getattribute__(name)


class HasSet(JsProxy):
    __slots__ = ()

    def __setitem__(self, key: Any, value: Any) -> None:
        _invoke(self, "set", to_javascript(key), to_javascript(value))


class HasDelete(JsProxy):
    __slots__ = ()

    def __delitem__(self, key: Any) -> None:
        name = to_javascript(key)
        if not _has(self, name):
            raise KeyError(key)
        _invoke(self, "delete", name)


class HasHas(JsProxy):
    __slots__ = ()

    def __contains__(self, key: Any) -> bool:
        name = "has" if self.__js__.js_has("has") else "includes"
        return truthy(_invoke(self, name, to_javascript(key)))


class HasLength(JsProxy):
    __slots__ = ()

    def __len__(self) -> int:
        value = self.__js__
        name = "size" if value.js_has("size") else "length"
        length = to_integer(value.js_get(name))
        if length < 0:
            raise ValueError(f"{name} {length} of object is negative")
        return length


class JsIterable(JsProxy):
    __slots__ = ()

    def __iter__(self) -> Iterator[Any]:
        return map(to_python, iterate(self.__js__))


class JsIterator(JsProxy):
    __slots__ = ()

    def __iter__(self) -> Iterator[Any]:
        return self

    def __next__(self) -> Any:
        return _stepped(_invoke(self, "next"))


class JsGenerator(JsIterator, JsIterable):
    """A generator object: `send`, `throw` and `close` are there as well."""

    __slots__ = ()

    def __next__(self) -> Any:
        return self.send(None)

    def send(self, value: Any) -> Any:
        """Go on with a value for `yield`. Raises StopIteration with the result."""
        return _stepped(_invoke(self, "next", to_javascript(value)))

    def throw(self, error: Any, *_others: Any) -> Any:
        """Go on with an exception in the place of `yield`."""
        return _stepped(_invoke(self, "throw", _thrown_in(error)))

    def close(self) -> None:
        """End it."""
        _invoke(self, "return")


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
        return await _awaited_step(_invoke(self, "next"))


class JsAsyncIterable(JsProxy):
    __slots__ = ()

    def __aiter__(self) -> Any:
        return to_python(_invoke(self, ASYNC_ITERATOR))


class JsAsyncGenerator(JsAsyncIterator, JsAsyncIterable):
    """An async generator object: `asend`, `athrow` and `aclose` are there as well."""

    __slots__ = ()

    async def asend(self, value: Any) -> Any:
        """Go on with a value for `yield`. Raises StopAsyncIteration at the end."""
        return await _awaited_step(_invoke(self, "next", to_javascript(value)))

    async def athrow(self, error: Any, *_others: Any) -> Any:
        """Go on with an exception in the place of `yield`."""
        return await _awaited_step(_invoke(self, "throw", _thrown_in(error)))

    async def aclose(self) -> None:
        """End it."""
        await PyodideFuture(Promise.resolved(_invoke(self, "return")))


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


class JsPromise(JsProxy):
    """A promise that was read as a property."""

    __slots__ = ()

    def _future(self) -> PyodideFuture:
        return PyodideFuture(promise_of(self.__js__))

    def __await__(self) -> Generator[Any, Any, Any]:
        return self._future().__await__()

    def then(
        self,
        onfulfilled: Callable[[Any], Any] | None = None,
        onrejected: Callable[[Any], Any] | None = None,
    ) -> PyodideFuture:
        """`promise.then`, with Python functions."""
        return self._future().then(onfulfilled, onrejected)

    def catch(self, onrejected: Callable[[Any], Any]) -> PyodideFuture:
        """`promise.catch`, with a Python function."""
        return self._future().catch(onrejected)

    def finally_(self, onfinally: Callable[[], Any]) -> PyodideFuture:
        """`promise.finally`, with a Python function."""
        return self._future().finally_(onfinally)


class JsMap(JsIterable):
    """Map-like: iterates its keys and has a mapping's views."""

    __slots__ = ()

    def __iter__(self) -> Iterator[Any]:
        keys = isinstance(self.__js__.js_get("keys"), JsFunction)
        items = _invoke(self, "keys") if keys else self.__js__
        return map(to_python, iterate(items))

    keys = MutableMapping.keys
    values = MutableMapping.values
    items = MutableMapping.items

    def get(self, key: Any, default: Any = None) -> Any:
        """The value of a key; the default where the lookup fails, however it fails."""
        try:
            return self[key]  # type: ignore[index]
        except (KeyError, TypeError):
            return default


class JsMutableMap(JsMap):
    __slots__ = ()

    def pop(self, key: Any, *default: Any) -> Any:
        """The value of a key, which is removed. Raises KeyError without a default."""
        if default and key not in self:
            return default[0]
        value = self[key]  # type: ignore[index]
        del self[key]
        return value

    popitem = MutableMapping.popitem
    setdefault = MutableMapping.setdefault
    update = MutableMapping.update
    clear = MutableMapping.clear


Mapping.register(JsMap)
MutableMapping.register(JsMutableMap)


def _has(proxy: JsProxy, name: object) -> bool:
    if not isinstance(proxy.__js__.js_get("has"), JsFunction):
        return True
    return truthy(_invoke(proxy, "has", name))
