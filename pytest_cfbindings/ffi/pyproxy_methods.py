"""The methods that a PyProxy has for JavaScript, by what its object can do."""

from collections.abc import Awaitable, Mapping, MutableSequence, Sequence
from typing import Any
from weakref import WeakKeyDictionary

from ..javascript.objects import Accessor, JsFunction, JsObject, PropertyKey
from ..javascript.values import undefined
from ..stack_switching import synchronously
from .conversion import convert_for_javascript
from .crossing import Wrappers, to_javascript, to_python
from .holds import hold_of
from .pyproxy import PyCallable, PyProxy, wrap
from .pyproxy_awaiting import ASYNC_ITERABLE, ASYNC_ITERATOR_METHODS, AWAITABLE
from .pyproxy_buffers import BUFFER, has_buffer
from .pyproxy_calls import CALLABLE
from .pyproxy_iteration import GENERATOR, ITERABLE, ITERATOR_METHODS
from .pyproxy_sequences import MUTABLE_SEQUENCE, SEQUENCE

Members = dict[PropertyKey, object]

_by_type: WeakKeyDictionary[type, Members] = WeakKeyDictionary()


def methods_of(target: object) -> Members:
    """What JavaScript finds on a proxy of this object before its attributes."""
    cls = type(target)
    found = _by_type.get(cls)
    if found is None:
        found = _by_type[cls] = _of_type(cls, target)
    return found


def _of_type(cls: type, target: object) -> Members:
    def has(name: str) -> bool:
        return getattr(cls, name, None) is not None

    found: Members = {**JsObject.members, **_EVERY}
    found["constructor"] = PyProxy.constructor
    if has("__len__"):
        found["length"] = Accessor(_length)
    if has("__getitem__"):
        found.update(get=_GET, asJsJson=_AS_JSON)
    if has("__setitem__"):
        found.update(set=_SET, delete=_DELETE)
    if has("__contains__"):
        found["has"] = _HAS
    for applies, members in (
        (has("__iter__"), ITERABLE),
        (has("__iter__") and has("__next__"), ITERATOR_METHODS),
        (has("__iter__") and has("send") and has("throw"), GENERATOR),
        (issubclass(cls, Awaitable), AWAITABLE),
        (has("__aiter__"), ASYNC_ITERABLE),
        (has("__anext__"), ASYNC_ITERATOR_METHODS),
        (has_buffer(target), BUFFER),
        (issubclass(cls, Sequence), SEQUENCE),
        (issubclass(cls, MutableSequence), MUTABLE_SEQUENCE),
        (callable(target), CALLABLE),
    ):
        if applies:
            found.update(members)
    return found


def _type(proxy: JsObject) -> str:
    """What C calls the type: a module precedes it only if C defined the type."""
    target = hold_of(proxy).target()
    try:
        "".join([target])
    except TypeError as error:
        return str(error).rpartition("instance, ")[2].removesuffix(" found")
    return type(target).__name__


def _to_string(this: Any) -> str:
    return synchronously(str, hold_of(this).target())


def _destroy(this: Any, options: object = undefined) -> None:
    message = options.js_get("message") if isinstance(options, JsObject) else undefined
    if isinstance(message, str):
        hold_of(this).destroy(message)
    else:
        hold_of(this).destroy()


def _copy(this: Any) -> JsObject:
    if isinstance(this, PyCallable):
        return PyCallable(this.hold.target(), this.capture_this)
    return wrap(hold_of(this).target())


def _to_js(this: Any, options: object = undefined) -> object:
    return convert_for_javascript(hold_of(this).target(), options)


def _length(proxy: JsObject) -> int:
    return len(hold_of(proxy).target())


def _get(this: Any, key: object = undefined) -> object:
    target = hold_of(this).target()
    try:
        return to_javascript(target[to_python(key)])
    except LookupError:
        return undefined


def _set(this: Any, key: object = undefined, value: object = undefined) -> None:
    hold_of(this).target()[to_python(key)] = to_python(value)


def _delete(this: Any, key: object = undefined) -> None:
    del hold_of(this).target()[to_python(key)]


def _has(this: Any, key: object = undefined) -> bool:
    return to_python(key) in hold_of(this).target()


_EVERY: Mapping[PropertyKey, object] = {
    "type": Accessor(_type),
    "toString": JsFunction(_to_string, "toString"),
    "destroy": JsFunction(_destroy, "destroy"),
    "copy": JsFunction(_copy, "copy"),
    "toJs": JsFunction(_to_js, "toJs"),
}
_GET = JsFunction(_get, "get")
_AS_JSON = JsFunction(_copy, "asJsJson")
_SET = JsFunction(_set, "set")
_DELETE = JsFunction(_delete, "delete")
_HAS = JsFunction(_has, "has")

Wrappers.methods_of = staticmethod(methods_of)
