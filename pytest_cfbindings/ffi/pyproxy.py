"""PyProxy: what JavaScript sees of a Python object."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from inspect import isawaitable
from typing import Any

from ..javascript.arrays import JsArray, JsIterator
from ..javascript.errors import JsThrow, error
from ..javascript.objects import (
    ITERATOR,
    JsFunction,
    JsObject,
    PropertyKey,
    native,
)
from ..javascript.promises import JsPromise
from ..javascript.structured_clone import Cloning, not_cloned
from ..javascript.typed_arrays import Uint8Array
from ..javascript.values import missing, undefined
from .crossing import Wrappers, is_javascript, to_javascript, to_python

_DEBUG = (
    "\nFor more information about the cause of this error, use `pyodide.setDebug(true)`"
)
_BORROWED = (
    "This borrowed proxy was automatically destroyed {}."
    " Try using create_proxy or create_once_callable." + _DEBUG
)
_DESTROYED = "Object has already been destroyed" + _DEBUG


class Hold:
    """The Python object behind a proxy, until the proxy is destroyed."""

    __slots__ = ("_target", "roundtrip", "why_destroyed")

    def __init__(self, target: object) -> None:
        self._target = target
        self.roundtrip = False
        """Whether Python gets the proxy back from JavaScript, not the object."""
        self.why_destroyed: str | None = None

    def target(self) -> Any:
        """The object. Raises a JavaScript Error once the proxy is destroyed."""
        if self.why_destroyed is not None:
            raise error(self.why_destroyed)
        return self._target

    def last_target(self) -> object:
        """The object, whether the proxy still lives or not."""
        return self._target

    def destroy(self) -> None:
        """Destroy it for good; once is enough."""
        if self.why_destroyed is None:
            self.why_destroyed = _DESTROYED

    def end_borrowing(self, when: str) -> None:
        """Destroy it as Pyodide destroys a borrowed proxy; it says when."""
        self.why_destroyed = _BORROWED.format(when)


class PyProxy(JsObject):
    """A Python object that is not callable, seen from JavaScript."""

    __slots__ = ("hold",)

    class_name = "PyProxy"

    def __init__(self, target: object) -> None:
        super().__init__()
        self.hold = Hold(target)

    def js_lookup(self, key: PropertyKey) -> object:
        return _lookup(self.hold.target(), key, super().js_lookup)

    def js_has(self, key: PropertyKey) -> bool:
        return self.js_lookup(key) is not missing

    def js_set(self, key: PropertyKey, value: object) -> None:
        setattr(self.hold.target(), str(key), to_python(value))

    def js_keys(self) -> list[str]:
        return _keys(self.hold.target())

    def js_to_string(self) -> str:
        return str(self.hold.target())

    def js_clone(self, _cloning: Cloning) -> JsObject:
        raise not_cloned("[object Object]")


class PyCallable(JsFunction):
    """A Python callable, seen from JavaScript."""

    __slots__ = ("hold",)

    class_name = "PyProxy"

    def __init__(self, target: Any) -> None:
        super().__init__(self._invoke, getattr(target, "__name__", ""))
        self.hold = Hold(target)

    def _invoke(self, _this: object, *arguments: object) -> object:
        target = self.hold.target()
        try:
            result = target(*map(to_python, arguments))
        except Exception as exception:
            raise _thrown(exception) from None
        if isawaitable(result) and not is_javascript(result):
            return JsPromise.run(_javascript_result(result))
        return to_javascript(result)

    def js_lookup(self, key: PropertyKey) -> object:
        return _lookup(self.hold.target(), key, super().js_lookup)

    def js_to_string(self) -> str:
        return str(self.hold.target())

    def js_source(self) -> str:
        return "function(){}"


async def _javascript_result(awaitable: Any) -> object:
    try:
        return to_javascript(await awaitable)
    except Exception as exception:
        raise _thrown(exception) from None


def _thrown(exception: Exception) -> Exception:
    """A JavaScript error goes back as one; Python's own go through unchanged."""
    behind = getattr(exception, "__js__", None)
    return exception if behind is None else JsThrow(behind)


def _lookup(target: Any, key: PropertyKey, otherwise: Any) -> object:
    """`proxy[key]`: a mapping's items first, then attributes."""
    if key is ITERATOR:
        if not isinstance(target, Iterable):
            return missing
        return native(lambda: JsIterator(_items(target)), "values")
    if not isinstance(key, str):
        return missing
    if key == "type":
        return _type_name(target)
    if key == "then" and isawaitable(target):
        return native(lambda *settle: _awaited(target).then(*settle), "then")
    if isinstance(target, Mapping) and key in target:
        return to_javascript(target[key])
    if key == "getBuffer" and (data := _bytes(target)) is not None:
        return native(lambda *_: _buffer(data), "getBuffer")
    if isinstance(target, Sequence) and key == "toJSON":
        return native(lambda *_: JsArray(_items(target)), "toJSON")
    if isinstance(target, Sequence) and key == "length":
        return len(target)
    if isinstance(target, Sequence) and key.isdecimal():
        index = int(key)
        return to_javascript(target[index]) if index < len(target) else missing
    value = getattr(target, key, missing)
    return otherwise(key) if value is missing else to_javascript(value)


def _type_name(target: object) -> str:
    """What C calls the type: a module precedes it only if C defined the type."""
    try:
        "".join([target])  # type: ignore[list-item]
    except TypeError as error:
        return str(error).rpartition("instance, ")[2].removesuffix(" found")
    return type(target).__name__


def _awaited(awaitable: Any) -> JsPromise:
    return JsPromise.run(_javascript_result(awaitable))


def _bytes(target: object) -> bytes | None:
    if isinstance(target, (bytes, bytearray, memoryview)):
        return bytes(target)
    return None


def _buffer(data: bytes) -> JsObject:
    """A PyBufferView; it shows a copy, so what JavaScript writes there is lost."""
    return JsObject(
        {
            "data": Uint8Array.of_bytes(data),
            "nbytes": len(data),
            "readonly": True,
            "release": native(lambda: undefined, "release"),
        }
    )


def _items(target: Any) -> Iterator[object]:
    return map(to_javascript, target)


def _keys(target: object) -> list[str]:
    return (
        [k for k in target if isinstance(k, str)] if isinstance(target, Mapping) else []
    )


def wrap(value: object) -> JsObject:
    """A new proxy for a Python object."""
    return PyCallable(value) if callable(value) else PyProxy(value)


def is_pyproxy(value: object) -> bool:
    """Whether a JavaScript value stands for a Python object."""
    return isinstance(value, (PyProxy, PyCallable))


Wrappers.for_javascript = staticmethod(wrap)
