"""PyProxy: what JavaScript sees of a Python object (Pyodide 314, measured)."""

from collections.abc import Sequence
from inspect import iscoroutine
from types import MethodType
from typing import Any

from ..javascript.objects import Accessor, JsFunction, JsObject, PropertyKey
from ..javascript.promises import JsPromise
from ..javascript.python_tracebacks import CROSSINGS
from ..javascript.structured_clone import Cloning, data_clone_error, not_cloned
from ..javascript.text import is_array_index
from ..javascript.values import missing
from ..stack_switching import synchronously
from .crossing import Wrappers, is_javascript, to_javascript, to_python
from .holds import Hold, hold_of


class _PythonObject(JsObject):
    """What JavaScript can do with either kind of proxy."""

    __slots__ = ()

    hold: Hold

    @property
    def started(self) -> JsPromise | None:
        """The promise of an awaitable that runs already."""
        return self.hold.promise

    def js_lookup(self, key: PropertyKey) -> object:
        return _lookup(self, key)

    def js_has(self, key: PropertyKey) -> bool:
        return _lookup(self, key) is not missing

    def js_set(self, key: PropertyKey, value: object) -> None:
        _assign(self, key, value)

    def js_delete(self, key: PropertyKey) -> None:
        _delete(self, key)

    def js_keys(self) -> list[str]:
        return _keys(self.hold.target())

    def js_to_string(self) -> str:
        return synchronously(str, self.hold.target())


class PyProxy(_PythonObject):
    """A Python object that is not callable, seen from JavaScript.

    What it has for JavaScript depends on what the object can do in Python, see
    `pyproxy_methods`. Then come the attributes, and the items of a dict.
    """

    __slots__ = ("hold",)

    class_name = "PyProxy"

    def __init__(self, target: object) -> None:
        super().__init__()
        self.hold = Hold(target)

    def js_clone(self, _cloning: Cloning) -> JsObject:
        raise not_cloned("[object Object]")

    def js_send(self) -> JsObject:
        """RPC has words of its own for it (measured)."""
        raise data_clone_error(
            "Proxy could not be serialized because it is not a valid RPC receiver type."
            " The Proxy must emulate either a plain object or an RpcTarget, as"
            " indicated by the Proxy's prototype chain."
        )


class PyCallable(_PythonObject, JsFunction):
    """A Python callable, seen from JavaScript."""

    __slots__ = ("capture_this", "hold")

    class_name = "PyProxy"

    def __init__(self, target: Any, capture_this: bool = False) -> None:
        super().__init__(self._invoke, "")
        self.hold = Hold(target)
        self.capture_this = capture_this

    def _invoke(self, this: object, *arguments: object) -> object:
        given = (this, *arguments) if self.capture_this else arguments
        return call_python(self.hold.target(), given, {})

    def js_source(self) -> str:
        return "function(){}"


def call_python(
    target: Any, arguments: Sequence[object], named: dict[str, object]
) -> object:
    """Call a Python function with JavaScript values.

    What it raises goes through JavaScript as it is, even an error of JavaScript's.
    A coroutine starts at once, and its proxy is used up by that: only its promise,
    `then` and the like, is left (measured).
    """
    keywords = {name: to_python(value) for name, value in named.items()}
    result = synchronously(target, *map(to_python, arguments), **keywords)
    converted = to_javascript(result)
    if iscoroutine(result) and isinstance(converted, JsObject):
        start(converted)
    return converted


def start(proxy: JsObject) -> None:
    """Run the awaitable behind a proxy; its promise is the hold's from then on."""
    hold = hold_of(proxy)
    if hold.promise is None:
        hold.promise = Wrappers.promise_of_awaitable(hold.target())
        hold.destroy()


def wrap(value: object) -> JsObject:
    """A new proxy for a Python object."""
    return PyCallable(value) if callable(value) else PyProxy(value)


def is_pyproxy(value: object) -> bool:
    """Whether a JavaScript value stands for a Python object."""
    return isinstance(value, (PyProxy, PyCallable))


def lent(value: object, converted: object) -> bool:
    """Whether a conversion made a proxy of its own for this Python value."""
    return is_pyproxy(converted) and not is_javascript(value)


def _lookup(proxy: JsObject, key: PropertyKey) -> object:
    """`proxy[key]`: what JavaScript has for it, attributes, a dict's items."""
    hold = hold_of(proxy)
    member = Wrappers.methods_of(hold.last_target()).get(key, missing)
    if member is not missing:
        return member.read(proxy) if isinstance(member, Accessor) else member
    if not isinstance(key, str):
        return missing
    target, name = hold.target(), _name(key)
    if isinstance(target, Sequence) and is_array_index(name):
        index = int(name)
        return to_javascript(target[index]) if index < len(target) else missing
    value = synchronously(getattr, target, name, missing)
    if value is not missing:
        return _attribute(hold, name, value)
    if isinstance(target, dict):
        item = target.get(name, missing)
        if item is missing and is_array_index(name):
            item = target.get(int(name), missing)
        return missing if item is missing else to_javascript(item)
    return missing


def _name(key: str) -> str:
    """`$` before a name asks for Python's attribute rather than JavaScript's."""
    return key[1:] if key[:1] == "$" else key


def _attribute(hold: Hold, name: str, value: object) -> object:
    """An attribute, whose proxy stays the same as long as the attribute does."""
    before = hold.attributes.get(name)
    if before is not None and _same(before.hold.last_target(), value):
        return before
    converted = to_javascript(value)
    if lent(value, converted):
        hold.attributes[name] = converted
    return converted


def _same(before: object, now: object) -> bool:
    return before is now or (isinstance(now, MethodType) and before == now)


def _assign(proxy: JsObject, key: PropertyKey, value: object) -> None:
    hold = hold_of(proxy)
    target, converted = hold.target(), to_python(value)
    name = _name(str(key))
    if isinstance(target, dict):
        target[_key(target, name)] = converted
    elif isinstance(target, Sequence) and (name == "length" or is_array_index(name)):
        # JavaScript's own Arrays would grow; a Python sequence stays as it is.
        if is_array_index(name) and int(name) < len(target):
            target[int(name)] = converted  # type: ignore[index]
    else:
        setattr(target, name, converted)


def _key(target: dict[Any, Any], name: str) -> object:
    """The key that JavaScript means by a name: an index is an int."""
    return int(name) if is_array_index(name) and name not in target else name


def _delete(proxy: JsObject, key: PropertyKey) -> None:
    target, name = hold_of(proxy).target(), _name(str(key))
    if isinstance(target, dict):
        del target[_key(target, name)]
    elif isinstance(target, Sequence) and is_array_index(name):
        del target[int(name)]  # type: ignore[attr-defined]
    else:
        delattr(target, name)


def _keys(target: object) -> list[str]:
    if not isinstance(target, dict):
        return []
    return [str(key) for key in target if type(key) in (str, int)]


CROSSINGS.add(call_python.__code__)
Wrappers.for_javascript = staticmethod(wrap)
