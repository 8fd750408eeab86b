"""Which proxy an object gets."""

from functools import cache
from typing import Any

from ..javascript.errors import JsError, JsThrow
from ..javascript.objects import (
    ASYNC_ITERATOR,
    ITERATOR,
    JsObject,
)
from .crossing import Wrappers, thrown_to_python
from .duck_typing import protocols_of
from .exceptions import JsException
from .lifetimes import double_proxy
from .proxy import make, proxy_class
from .pyproxy import PyCallable, PyProxy

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
    return proxy_class(protocols_of(cls, cls.members))


def _protocols(value: JsObject) -> tuple[type, ...]:
    return protocols_of(type(value), {**value.members, **value.properties})


Wrappers.for_python = staticmethod(wrap)
