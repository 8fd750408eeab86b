"""One value across the boundary, in either direction (Pyodide 314, measured).

Proxies need these two functions and these two functions need proxies, so the proxy
modules hand their constructors in when they are imported.
"""

from collections.abc import Callable, Mapping
from typing import Any

from ..javascript.conversions import to_string, typeof
from ..javascript.errors import JsError, JsThrow, PythonError
from ..javascript.numbers import narrow
from ..javascript.objects import JsObject, PropertyKey
from ..javascript.promises import JsPromise
from ..javascript.text import join_pairs
from ..javascript.values import (
    MAX_SAFE_INTEGER,
    JsBigInt,
    JsNull,
    is_nullish,
    null,
    undefined,
)


class Wrappers:
    """How an object is wrapped for the other side."""

    for_python: Callable[[JsObject, object], object]
    for_javascript: Callable[[object], JsObject]
    methods_of: Callable[[object], Mapping[PropertyKey, object]]
    promise_of_awaitable: Callable[[Any], JsPromise]


def to_python(value: object, this: object = None) -> Any:
    """What Python gets for a JavaScript value; `this` is what a method is bound to.

    Integral safe numbers are int, null is jsnull, objects are proxies, and a Python
    object that went through JavaScript is itself again.
    """
    kind = type(value)
    if kind is str or kind is int or kind is bool or value is None:
        return value
    if kind is float:
        return narrow(value)  # type: ignore[arg-type]
    if isinstance(value, JsObject):
        return Wrappers.for_python(value, this)
    return value


SAME = frozenset((bool, float, type(None), JsBigInt, JsNull))
"""The types whose values both sides have as they are, whatever the value."""


def to_javascript(value: object) -> object:
    """What JavaScript gets for a Python value.

    None is undefined, an int from 2**53 - 1 on is a bigint, a proxy is the object
    behind it, and anything that JavaScript has no word for is a PyProxy.
    """
    kind = type(value)
    if kind is str:
        return join_pairs(value)  # type: ignore[arg-type]
    if kind is int:
        return _integer(value)  # type: ignore[arg-type]
    if kind in SAME:
        return value
    if hasattr(kind, "__js__"):
        return value.__js__  # type: ignore[attr-defined]
    if isinstance(value, str):
        return join_pairs(str.__str__(value))
    if isinstance(value, JsBigInt):
        return value
    if isinstance(value, int):
        return _integer(int(value))
    if isinstance(value, float):
        return float(value)
    return value if isinstance(value, JsNull) else Wrappers.for_javascript(value)


def is_javascript(value: object) -> bool:
    """Whether a Python value is a proxy, so that JavaScript gets what is behind it."""
    return hasattr(type(value), "__js__")


def _integer(value: int) -> int:
    return value if abs(value) < MAX_SAFE_INTEGER else JsBigInt(value)


def thrown_to_python(value: object) -> Any:
    """The exception that Python sees when JavaScript throws this value.

    An Error is itself, a text becomes the message of one, and any other value is
    explained, since it can be raised as little as Python can raise a number.
    """
    if isinstance(value, JsError):
        return to_python(value)
    if isinstance(value, str):
        return to_python(JsError(value))
    return to_python(
        JsError(
            f"A value of type {typeof(value)} with tag [object {_tag(value)}] was"
            " thrown as an error!\nString interpolation of the thrown value"
            f" {_attempt(value, 'gives')}.\nThe thrown value's toString method"
            f" {'fails' if is_nullish(value) else _attempt(value, 'returns')}."
        )
    )


def thrown_at_once(value: object) -> Any:
    """The same for what is thrown while Python waits for a call to return.

    A Python exception that JavaScript caught and threw again is itself.
    """
    if isinstance(value, PythonError) and value.cause is not None:
        return value.cause
    return thrown_to_python(value)


def _tag(value: object) -> str:
    if isinstance(value, JsObject):
        return value.tag
    if value is undefined:
        return "Undefined"
    if value is null:
        return "Null"
    return {"bigint": "BigInt"}.get(typeof(value), typeof(value).capitalize())


def _attempt(value: object, verb: str) -> str:
    try:
        return f'{verb} """{to_string(value)}"""'
    except JsThrow:
        return "fails"
