"""The Python protocols a JsProxy can have, under the names of `pyodide.ffi`.

Those of iteration are beside it.
"""

from collections.abc import (
    Callable,
    Generator,
    Iterator,
    Mapping,
    MutableMapping,
)
from typing import Any

from ..javascript.conversions import to_string, truthy
from ..javascript.errors import type_error
from ..javascript.iteration import iterate
from ..javascript.numeric import to_integer
from ..javascript.objects import (
    JsConstructor,
    JsFunction,
)
from ..javascript.promises import promise_of
from ..javascript.values import undefined
from .crossing import (
    thrown_to_python,
    to_javascript,
    to_python,
)
from .futures import PyodideFuture
from .iteration import JsIterable, invoke
from .proxy import JsProxy, call, construct


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
        found = invoke(self, "get", name)
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
        invoke(self, "set", to_javascript(key), to_javascript(value))


class HasDelete(JsProxy):
    __slots__ = ()

    def __delitem__(self, key: Any) -> None:
        name = to_javascript(key)
        if not _has(self, name):
            raise KeyError(key)
        invoke(self, "delete", name)


class HasHas(JsProxy):
    __slots__ = ()

    def __contains__(self, key: Any) -> bool:
        name = "has" if self.__js__.js_has("has") else "includes"
        return truthy(invoke(self, name, to_javascript(key)))


class HasLength(JsProxy):
    __slots__ = ()

    def __len__(self) -> int:
        value = self.__js__
        name = "size" if value.js_has("size") else "length"
        length = to_integer(value.js_get(name))
        if length < 0:
            raise ValueError(f"{name} {length} of object is negative")
        return length


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
        items = invoke(self, "keys") if keys else self.__js__
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
    return truthy(invoke(proxy, "has", name))
