"""Which protocols a proxy has, by the members of its object."""

from ..javascript.arrays import JsArray as Array
from ..javascript.buffers import JsBuffer as Buffer
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
from ..javascript.typed_array_class import JsTypedArray as TypedArray
from .iteration import (
    JsAsyncGenerator,
    JsAsyncIterable,
    JsAsyncIterator,
    JsGenerator,
    JsIterable,
    JsIterator,
)
from .protocols import (
    HasDelete,
    HasGet,
    HasHas,
    HasLength,
    HasSet,
    JsCallable,
    JsClass,
    JsMap,
    JsMutableMap,
    JsPromise,
    NotIterable,
)
from .sequences import JsArray, JsArrayLike, JsBuffer, JsTypedArray


def protocols_of(
    cls: type[JsObject], members: dict[PropertyKey, object]
) -> tuple[type, ...]:
    """The protocol classes, in the order in which they have their say."""
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
    elif iterable and not issubclass(cls, Buffer) and _has_length(members):
        found.append(JsArrayLike)
    elif issubclass(cls, Buffer):
        found.append(JsBuffer)
    if calls("get") and iterable and _counts(members):
        mutable = calls("set")
        found.append(JsMutableMap if mutable else JsMap)
    if not issubclass(cls, Buffer):
        found += _access(members)
    if calls("then"):
        found.append(JsPromise)
    if _counts(members):
        found.append(HasLength)
    if calls("next", "return", "throw", ITERATOR):
        found.append(JsGenerator)
    elif calls("next", "return", "throw", ASYNC_ITERATOR):
        found.append(JsAsyncGenerator)
    elif calls("next"):
        if calls(ASYNC_ITERATOR) or not iterable:
            found.append(JsAsyncIterator)
        if iterable or not calls(ASYNC_ITERATOR):
            found.append(JsIterator)
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
    return _is_number(members.get("size")) or _has_length(members)


def _has_length(members: dict[PropertyKey, object]) -> bool:
    return _is_number(members.get("length"))


def _is_number(member: object) -> bool:
    return isinstance(member, Accessor) or type(member) is int
