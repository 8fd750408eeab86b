"""Which proxy an object gets."""

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
from .proxy import JsProxy, make, proxy_class
from .pyproxy import PyCallable, PyProxy

# The names whose presence gives a proxy a protocol.
_TELLING = frozenset(
    ("get", "set", "has", "includes", "delete", "size", "length", "next", "then")
) | {ITERATOR, ASYNC_ITERATOR}


_CLASSES: dict[type[JsObject], type[JsProxy]] = {}
"""The proxy classes of objects without telling properties of their own."""


def wrap(value: JsObject, this: object) -> Any:
    """The proxy, exception or Python object that Python gets for an object."""
    kind = type(value)
    cls = _CLASSES.get(kind)
    if cls is None:
        if isinstance(value, (PyProxy, PyCallable)):
            return _unwrapped(value)
        if isinstance(value, JsError):
            return JsException(value)
        cls = _CLASSES[kind] = proxy_class(protocols_of(kind, kind.members))
    own = value.properties
    if own and not own.keys().isdisjoint(_TELLING):
        cls = proxy_class(protocols_of(kind, {**value.members, **own}))
    return make(cls, value, this)


def _unwrapped(value: PyProxy | PyCallable) -> Any:
    try:
        target = value.hold.target()
    except JsThrow as destroyed:
        raise thrown_to_python(destroyed.value) from None
    return double_proxy(value) if value.hold.roundtrip else target


Wrappers.for_python = staticmethod(wrap)
