"""JsProxy: what Python sees of a JavaScript object.

Which Python protocols a proxy has is decided by duck typing when it is made, as in
Pyodide: a `get` method makes it subscriptable, a `then` method awaitable and so on.
"""

import keyword
from collections.abc import Callable
from functools import cache
from types import new_class
from typing import Any, NoReturn, TypeAlias

from ..javascript.arrays import JsArray
from ..javascript.buffers import DataView, JsArrayBuffer, JsBuffer
from ..javascript.conversions import to_string
from ..javascript.errors import JsThrow, type_error
from ..javascript.maps import JsMap, JsSet
from ..javascript.objects import (
    JsConstructor,
    JsFunction,
    JsObject,
    NotCallable,
    NotConstructible,
    ReadOnly,
    WrongReceiver,
    own_entries,
)
from ..javascript.promises import JsPromise, promise_of
from ..javascript.typed_arrays import TYPED_ARRAYS
from ..javascript.values import missing
from .crossing import (
    Wrappers,
    thrown_at_once,
    thrown_to_python,
    to_javascript,
    to_python,
)
from .futures import PyodideFuture
from .object_map import JsObjectMap, seen
from .pyproxy import PyCallable, PyProxy, lent
from .to_py import to_py


def javascript_name(name: str) -> str:
    """The property an attribute names: `class_` is `class`, for keywords only."""
    if name[-1:] == "_" and keyword.iskeyword(name[:-1]):
        return name[:-1]
    return name


# The classes of the language have another text for this than those of the platform.
_LANGUAGE_CLASSES = frozenset(
    cls.class_name for cls in (JsMap, JsSet, JsArrayBuffer, DataView, *TYPED_ARRAYS)
)

Lent: TypeAlias = PyProxy | PyCallable


class JsProxy:
    """A JavaScript object in Python's hands; the type of every such object."""

    __module__ = "pyodide.ffi"
    __slots__ = ()
    __hash__ = None  # type: ignore[assignment]
    __js__: JsObject
    __js_this__: object

    def __getattr__(self, name: str) -> Any:
        if name[:2] == "__":
            raise AttributeError(name)
        try:
            value = self.__js__.js_lookup(javascript_name(name))
        except JsThrow as thrown:
            raise thrown_to_python(thrown.value) from None
        if value is missing:
            raise AttributeError(name)
        return to_python(value, self.__js__)

    def __setattr__(self, name: str, value: object) -> None:
        if name[:2] == "__":
            object.__setattr__(self, name, value)
        else:
            try:
                self.__js__.js_set(javascript_name(name), to_javascript(value))
            except ReadOnly as refused:
                raise to_python(_read_only(refused, self.__js__).value) from None
            except JsThrow as thrown:
                raise thrown_to_python(thrown.value) from None

    def __delattr__(self, name: str) -> None:
        self.__js__.js_delete(javascript_name(name))

    def __dir__(self) -> list[str]:
        members = [name for name in self.__js__.members if isinstance(name, str)]
        return sorted({*object.__dir__(self), *self.__js__.js_keys(), *members})

    def __str__(self) -> str:
        try:
            return to_string(self.__js__)
        except JsThrow:
            return f"[object {self.__js__.tag}]"

    __repr__ = __str__

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise TypeError("cannot pickle 'JsProxy' object")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, JsProxy) and self.__js__ is other.__js__

    def __bool__(self) -> bool:
        value = self.__js__
        if isinstance(value, JsBuffer):
            return len(value.view()) > 0
        size = value.js_get("size")
        return not (type(size) is int and size == 0)

    @property
    def typeof(self) -> str:
        """`typeof object`."""
        return self.__js__.typeof

    @property
    def js_id(self) -> int:
        """A number that is the same for two proxies of one object."""
        return id(self.__js__)

    def to_py(
        self,
        *,
        depth: int = -1,
        default_converter: Callable[..., Any] | None = None,
    ) -> Any:
        """Convert to Python's own types, as deep as `depth` says (-1: all)."""
        return to_py(self.__js__, depth, default_converter)

    def as_object_map(self, *, hereditary: bool = False) -> JsObjectMap:
        """The own properties as a mapping that follows the object."""
        return JsObjectMap(self.__js__, hereditary)

    def as_py_json(self) -> Any:
        """Plain objects as mappings and Arrays as lists, all the way down."""
        return seen(self.__js__)

    def object_entries(self) -> Any:
        """Object.entries(object)."""
        return to_python(JsArray(map(JsArray, own_entries(self.__js__))))

    def object_keys(self) -> Any:
        """Object.keys(object)."""
        return to_python(JsArray(self.__js__.js_keys()))

    def object_values(self) -> Any:
        """Object.values(object)."""
        return to_python(JsArray(item for _, item in own_entries(self.__js__)))


def call(function: JsFunction, this: object, args: Any, kwargs: Any) -> Any:
    """Call a JavaScript function from Python.

    Keyword arguments become one trailing Object. What Python objects it was lent die
    when it returns, or when the promise that it returned settles.
    """
    arguments, borrowed = _lend(args, kwargs)
    try:
        function.check_receiver(this)
        result = function.invoke(this, arguments)
    except JsThrow as thrown:
        raise thrown_at_once(thrown.value) from None
    except NotCallable as refused:
        raise thrown_to_python(class_without_new(refused).value) from None
    except WrongReceiver:
        raise thrown_to_python(_illegal_invocation().value) from None
    return _returned(result, borrowed)


def construct(function: JsConstructor, args: Any, kwargs: Any) -> Any:
    """`new Class(...)` from Python."""
    arguments, borrowed = _lend(args, kwargs)
    try:
        result = function.construct(arguments)
    except JsThrow as thrown:
        raise thrown_at_once(thrown.value) from None
    except NotConstructible:
        raise to_python(type_error("Illegal constructor").value) from None
    return _returned(result, borrowed)


def _lend(args: Any, kwargs: dict[str, Any]) -> tuple[list[object], list[Lent]]:
    borrowed: list[Lent] = []

    def lend(value: object) -> object:
        converted = to_javascript(value)
        if converted is not value and lent(value, converted):
            borrowed.append(converted)  # type: ignore[arg-type]
        return converted

    arguments = [lend(argument) for argument in args]
    if kwargs:
        arguments.append(JsObject({k: lend(v) for k, v in kwargs.items()}))
    return arguments, borrowed


def _illegal_invocation() -> JsThrow:
    return type_error(
        "Illegal invocation: function called with incorrect `this` reference. See"
        " https://developers.cloudflare.com/workers/observability/errors/"
        "#illegal-invocation-errors for details."
    )


def _read_only(refused: ReadOnly, value: JsObject) -> JsThrow:
    return type_error(
        f"Cannot assign to read only property '{refused}' of object"
        f" '#<{value.class_name}>'"
    )


def class_without_new(refused: NotCallable) -> JsThrow:
    """The TypeError of a class that was called, in the words of its kind."""
    if str(refused) in _LANGUAGE_CLASSES:
        return type_error(f"Constructor {refused} requires 'new'")
    return type_error(
        f"Failed to construct '{refused}': Please use the 'new' operator, this object"
        " constructor cannot be called as a function."
    )


def _returned(result: object, borrowed: list[Lent]) -> Any:
    promise = _promise_in(result)
    if promise is not None:
        if borrowed:
            promise.when_settled(lambda _: _take_back(borrowed, promise.outcome))
        return PyodideFuture(promise)
    converted = to_python(result)
    _take_back(borrowed)
    return converted


def _promise_in(result: object) -> JsPromise | None:
    """The promise that a call returned; an awaitable of Python's is one as well."""
    if isinstance(result, JsPromise):
        return result
    if isinstance(result, (PyProxy, PyCallable)):
        methods = Wrappers.methods_of(result.hold.last_target())
        return promise_of(result) if "then" in methods else None
    return None


def _take_back(borrowed: list[Lent], kept: object = None) -> None:
    """End what was lent; what a promise brings back is Python's own again."""
    for proxy in borrowed:
        if proxy is kept:
            continue
        proxy.hold.end_borrowing("at the end of a function call")


class JsModule(JsProxy):
    """The global object, as the module that Python imports."""

    __slots__ = ()
    __name__ = "js"


@cache
def proxy_class(protocols: tuple[type, ...]) -> type[JsProxy]:
    """The class of proxies with these protocols; all of them are called JsProxy."""
    bases = (*protocols, JsProxy)
    body = {"__slots__": ("__js__", "__js_this__"), "__module__": "pyodide.ffi"}
    made: type[JsProxy] = new_class("JsProxy", bases, {}, lambda ns: ns.update(body))
    return made


def make(cls: type[JsProxy], value: JsObject, this: object) -> JsProxy:
    """A proxy of that class."""
    proxy = object.__new__(cls)
    object.__setattr__(proxy, "__js__", value)
    object.__setattr__(proxy, "__js_this__", this)
    return proxy
