"""The methods that typed arrays share with Array; they work on an Array of elements."""

from collections.abc import Callable
from typing import Any

from .arrays import JsArray
from .objects import JsFunction
from .typed_arrays import TYPED_ARRAYS

_ASKING = (
    *("at", "join", "includes", "indexOf", "lastIndexOf", "forEach", "every", "some"),
    *("find", "findIndex", "findLast", "findLastIndex", "reduce", "reduceRight"),
    *("keys", "entries"),
)
_COPYING = ("map", "filter", "toReversed", "with")
_CHANGING = ("reverse", "fill", "copyWithin")


def _asking(name: str) -> Callable[..., object]:
    def call(this: Any, *arguments: object) -> object:
        return _method(name).invoke(JsArray(this.elements()), arguments)

    return call


def _copying(name: str) -> Callable[..., object]:
    def call(this: Any, *arguments: object) -> object:
        made = _method(name).invoke(JsArray(this.elements()), arguments)
        assert isinstance(made, JsArray)
        return this.of_items(made.items)

    return call


def _changing(name: str) -> Callable[..., object]:
    def call(this: Any, *arguments: object) -> object:
        array = JsArray(this.elements())
        _method(name).invoke(array, arguments)
        this.view()[:] = this.of_items(array.items).to_bytes()
        return this

    return call


def _sort(this: Any, *arguments: object) -> object:
    """Numbers go by their value, not by their text."""
    array = JsArray(this.elements())
    if arguments:
        array.sort(*arguments)
    else:
        array.items.sort()
    this.view()[:] = this.of_items(array.items).to_bytes()
    return this


def _method(name: str) -> JsFunction:
    function = JsArray.members[name]
    assert isinstance(function, JsFunction)
    return function


def add_array_methods() -> None:
    """Give every typed array class these methods."""
    made: dict[str, Callable[..., object]] = {
        **{name: _asking(name) for name in _ASKING},
        **{name: _copying(name) for name in _COPYING},
        **{name: _changing(name) for name in _CHANGING},
        "sort": _sort,
    }
    for cls in TYPED_ARRAYS:
        for name, call in made.items():
            cls.members[name] = JsFunction(call, name, cls)
