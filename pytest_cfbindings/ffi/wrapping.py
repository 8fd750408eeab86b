"""Which proxy an object gets."""

from functools import cache
from typing import Any

from ..javascript.arrays import JsArray as Array
from ..javascript.buffers import JsBuffer as Buffer
from ..javascript.buffers import JsTypedArray as TypedArray
from ..javascript.errors import JsError, JsThrow
from ..javascript.objects import (
    ASYNC_ITERATOR,
    ITERATOR,
    Accessor,
    JsConstructor,
    JsFunction,
    JsObject,
    PropertyKey,
)
from ..javascript.promises import JsPromise as Promise
from .crossing import Wrappers, thrown_to_python
from .exceptions import JsException
from .lifetimes import double_proxy
from .protocols import (
    HasDelete,
    HasGet,
    HasHas,
    HasLength,
    HasSet,
    JsAsyncIterable,
    JsAsyncIterator,
    JsCallable,
    JsClass,
    JsGenerator,
    JsIterable,
    JsIterator,
    JsMap,
    JsMutableMap,
    JsPromise,
    NotIterable,
)
from .proxy import make, proxy_class
from .pyproxy import PyCallable, PyProxy
from .sequences import JsArray, JsBuffer, JsTypedArray

# The names whose presence gives a proxy a protocol.
_TELLING = frozenset(
    ("get", "set", "has", "includes", "delete", "size", "length", "next", "then")
) | {ITERATOR, ASYNC_ITERATOR}


def wrap(value: JsObject, this: object) -> Any:
    """The proxy, exception or Python object that Python gets for an object."""
    if isinstance(value, (PyProxy, PyCallable)):
        return _unwrapped(value)
    if isinstance(value, JsError):
        return JsException(value)
    own = value.properties
    if own and not own.keys().isdisjoint(_TELLING):
        cls = proxy_class(_protocols(value))
    else:
        kind: Any = type(value)
        cls = _class_for(kind)
    return make(cls, value, this)


def _unwrapped(value: PyProxy | PyCallable) -> Any:
    try:
        target = value.hold.target()
    except JsThrow as destroyed:
        raise thrown_to_python(destroyed.value) from None
    return double_proxy(value) if value.hold.roundtrip else target


@cache
def _class_for(cls: Any) -> Any:
    """The proxy class of instances without telling properties of their own."""
    return proxy_class(_by_members(cls, cls.members))


def _protocols(value: JsObject) -> tuple[type, ...]:
    return _by_members(type(value), {**value.members, **value.properties})


def _by_members(
    cls: type[JsObject], members: dict[PropertyKey, object]
) -> tuple[type, ...]:
    if issubclass(cls, JsConstructor):
        return (JsClass,)
    if issubclass(cls, JsFunction):
        return (JsCallable, *_of_function(members))
    if issubclass(cls, Array):
        return (JsArray,)
    if issubclass(cls, Promise):
        return (JsPromise,)
    return tuple(_ducks(cls, members))


def _of_function(members: dict[PropertyKey, object]) -> list[type]:
    """What a function's own properties add; its `length` counts parameters."""
    own: dict[PropertyKey, object] = {
        name: value for name, value in members.items() if name != "length"
    }
    found = [*_access(own), *([HasLength] if _counts(own) else [])]
    return [*found, NotIterable] if HasGet in found else found


def _ducks(cls: type[JsObject], members: dict[PropertyKey, object]) -> list[type]:
    def calls(*names: PropertyKey) -> bool:
        return all(isinstance(members.get(name), JsFunction) for name in names)

    found: list[type] = []
    iterable = calls(ITERATOR)
    if issubclass(cls, TypedArray):
        found.append(JsTypedArray)
    elif issubclass(cls, Buffer):
        found.append(JsBuffer)
    elif calls("get", "has", "keys") and iterable and "size" in members:
        mutable = calls("set", "delete")
        found.append(JsMutableMap if mutable else JsMap)
    if not issubclass(cls, Buffer):
        found += _access(members)
    if calls("then"):
        found.append(JsPromise)
    if _counts(members):
        found.append(HasLength)
    if calls("next", "return", "throw", ITERATOR):
        found.append(JsGenerator)
    elif calls("next"):
        found.append(JsAsyncIterator if calls(ASYNC_ITERATOR) else JsIterator)
    elif calls(ASYNC_ITERATOR):
        found.append(JsAsyncIterable)
    elif iterable and not {JsMap, JsMutableMap} & set(found):
        found.append(JsIterable)
    elif HasGet in found and not iterable:
        found.append(NotIterable)
    return found


def _access(members: dict[PropertyKey, object]) -> list[type]:
    def calls(name: str) -> bool:
        return isinstance(members.get(name), JsFunction)

    found: list[type] = []
    if calls("get"):
        found.append(HasGet)
    if calls("set"):
        found.append(HasSet)
    if calls("set") and calls("delete"):
        found.append(HasDelete)
    if calls("has") or calls("includes"):
        found.append(HasHas)
    return found


def _counts(members: dict[PropertyKey, object]) -> bool:
    for name in ("size", "length"):
        member = members.get(name)
        if isinstance(member, Accessor) or type(member) is int:
            return True
    return False


Wrappers.for_python = staticmethod(wrap)
