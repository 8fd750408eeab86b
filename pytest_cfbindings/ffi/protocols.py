"""The Python protocols a JsProxy can have, under the names of `pyodide.ffi`."""

from collections.abc import (
    AsyncIterator,
    Callable,
    Generator,
    Iterator,
    MutableMapping,
    MutableSequence,
)
from typing import Any

from ..javascript.arrays import JsArray as Array
from ..javascript.buffers import JsBuffer as Buffer
from ..javascript.buffers import JsTypedArray as TypedArray
from ..javascript.conversions import truthy
from ..javascript.errors import JsThrow
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
from ..javascript.text import utf8_decode
from ..javascript.values import undefined
from .crossing import thrown_to_python, to_javascript, to_python
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
        raise thrown_to_python(thrown.value) from None


class JsCallable(JsProxy):
    """A function or a class."""

    __slots__ = ()

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        __tracebackhide__ = True
        function: Any = self.__js__
        return call(function, self.__js_this__, args, kwargs)


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
        return _result(found)


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
        return to_integer(value.js_get("size" if value.js_has("size") else "length"))


class JsIterable(JsProxy):
    __slots__ = ()

    def __iter__(self) -> Iterator[Any]:
        return map(to_python, iterate(self.__js__))


class JsIterator(JsProxy):
    __slots__ = ()

    def __iter__(self) -> Iterator[Any]:
        return self

    def __next__(self) -> Any:
        step = _invoke(self, "next")
        assert isinstance(step, JsObject)
        if truthy(step.js_get("done")):
            raise StopIteration
        return to_python(step.js_get("value"))


class JsAsyncIterator(JsProxy):
    __slots__ = ()

    def __aiter__(self) -> AsyncIterator[Any]:
        return self

    async def __anext__(self) -> Any:
        step = _invoke(self, "next")
        result = await PyodideFuture(Promise.resolved(step))
        if result.done:
            raise StopAsyncIteration
        return result.value


class JsAsyncIterable(JsProxy):
    __slots__ = ()

    def __aiter__(self) -> Any:
        return to_python(_invoke(self, ASYNC_ITERATOR))


class JsPromise(JsProxy):
    """A promise that was read as a property."""

    __slots__ = ()

    def _future(self) -> PyodideFuture:
        promise: Any = self.__js__
        return PyodideFuture(promise)

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


class JsMap(JsProxy):
    """Map-like: iterates its keys and has a mapping's views."""

    __slots__ = ()

    def __iter__(self) -> Iterator[Any]:
        return map(to_python, iterate(_invoke(self, "keys")))

    keys = MutableMapping.keys
    values = MutableMapping.values
    items = MutableMapping.items
    get = MutableMapping.get


class JsMutableMap(JsMap):
    __slots__ = ()

    pop = MutableMapping.pop
    popitem = MutableMapping.popitem
    setdefault = MutableMapping.setdefault
    update = MutableMapping.update
    clear = MutableMapping.clear


class JsBuffer(JsProxy):
    """An ArrayBuffer or a view of one."""

    __slots__ = ()

    def _view(self) -> memoryview:
        buffer: Any = self.__js__
        assert isinstance(buffer, Buffer)
        return buffer.view()

    def to_bytes(self) -> bytes:
        """A copy of the bytes."""
        return bytes(self._view())

    def to_memoryview(self) -> memoryview:
        """A writable copy of the bytes."""
        view: memoryview = self.to_py()
        return view

    def to_string(self, encoding: str | None = None) -> str:
        """The bytes as text, UTF-8 unless said otherwise."""
        data = self.to_bytes()
        return utf8_decode(data) if encoding is None else data.decode(encoding)

    def assign(self, rhs: Any) -> None:
        """Copy from a bytes-like object of the same length."""
        self._view()[:] = memoryview(rhs).cast("B")

    def assign_to(self, to: Any) -> None:
        """Copy into a writable bytes-like object of the same length."""
        memoryview(to).cast("B")[:] = self._view()


class JsTypedArray(JsBuffer):
    __slots__ = ()

    def _elements(self) -> list[object]:
        array: Any = self.__js__
        assert isinstance(array, TypedArray)
        return array.elements()

    def __getitem__(self, index: Any) -> Any:
        if isinstance(index, slice):
            raise NotImplementedError(
                "Slice subscripting isn't implemented for typed arrays"
            )
        try:
            return to_python(self._elements()[index])
        except IndexError:
            raise IndexError(index) from None

    def __setitem__(self, index: int, value: Any) -> None:
        length = len(self._elements())
        if not -length <= index < length:
            raise IndexError(index)
        self.__js__.js_set(str(index % length), to_javascript(value))


class JsArray(JsProxy, MutableSequence[Any]):
    """An Array, with the methods of a list except copy and clear."""

    __slots__ = ()

    def _items(self) -> list[object]:
        array: Any = self.__js__
        assert isinstance(array, Array)
        return array.items

    def __len__(self) -> int:
        return len(self._items())

    def __bool__(self) -> bool:
        return len(self._items()) > 0

    def __iter__(self) -> Iterator[Any]:
        return map(to_python, iter(self._items()))

    def __getitem__(self, index: Any) -> Any:
        if isinstance(index, slice):
            return to_python(Array(self._items()[index]))
        _check_index(index)
        try:
            return to_python(self._items()[index])
        except IndexError:
            raise IndexError(index) from None

    def __setitem__(self, index: Any, value: Any) -> None:
        if isinstance(index, slice):
            self._items()[index] = [to_javascript(item) for item in value]
            return
        _check_index(index)
        try:
            self._items()[index] = to_javascript(value)
        except IndexError:
            raise IndexError(index) from None

    def __delitem__(self, index: Any) -> None:
        try:
            del self._items()[index]
        except IndexError:
            raise IndexError(index) from None

    def __contains__(self, value: object) -> bool:
        return any(value is item or value == item for item in self)

    def __add__(self, other: Any) -> Any:
        return to_python(Array([*self._items(), *map(to_javascript, other)]))

    def insert(self, index: int, value: Any) -> None:
        """Put a value before the one at the index."""
        self._items().insert(index, to_javascript(value))


def _check_index(index: object) -> None:
    if not isinstance(index, int):
        kind = type(index).__name__
        raise TypeError(f"list indices must be integers or slices, not {kind}")


def _has(proxy: JsProxy, name: object) -> bool:
    if not isinstance(proxy.__js__.js_get("has"), JsFunction):
        return True
    return truthy(_invoke(proxy, "has", name))


def _result(value: object) -> Any:
    return PyodideFuture(value) if isinstance(value, Promise) else to_python(value)
