"""The methods of an Array on a Python sequence.

They work on an Array of the items; those that change it change the sequence after.
"""

from collections.abc import Callable
from typing import Any

from ..javascript.array_functions import from_
from ..javascript.arrays import JsArray
from ..javascript.objects import JsFunction, PropertyKey
from .crossing import to_javascript, to_python
from .holds import hold_of

_READING = (
    *("join", "slice", "lastIndexOf", "indexOf", "forEach", "map", "filter", "some"),
    *("every", "reduce", "reduceRight", "at", "concat", "includes", "entries", "keys"),
    *("values", "find", "findIndex"),
)
_WRITING = (
    *("reverse", "sort", "splice", "push", "pop", "shift", "unshift", "copyWithin"),
    "fill",
)


def _array(proxy: Any) -> JsArray:
    return JsArray(map(to_javascript, hold_of(proxy).target()))


def _reading(name: str) -> Callable[..., object]:
    def call(this: Any, *arguments: object) -> object:
        return _method(name).invoke(_array(this), arguments)

    return call


def _writing(name: str) -> Callable[..., object]:
    def call(this: Any, *arguments: object) -> object:
        array = _array(this)
        result = _method(name).invoke(array, arguments)
        hold_of(this).target()[:] = map(to_python, array.items)
        return this if result is array else result

    return call


def _method(name: str) -> JsFunction:
    function = JsArray.members[name]
    assert isinstance(function, JsFunction)
    return function


def _to_json(this: Any) -> JsArray:
    return from_(this)


SEQUENCE: dict[PropertyKey, object] = {
    **{name: JsFunction(_reading(name), name) for name in _READING},
    "toJSON": JsFunction(_to_json, "toJSON"),
}
MUTABLE_SEQUENCE: dict[PropertyKey, object] = {
    name: JsFunction(_writing(name), name) for name in _WRITING
}
