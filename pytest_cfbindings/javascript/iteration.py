"""`for (const item of value)`."""

from collections.abc import Iterator

from .arrays import JsArray
from .callbacks import checked_function
from .conversions import shown, to_string, truthy
from .errors import type_error
from .iterators import JsIterator
from .objects import ITERATOR, JsFunction, JsObject
from .text import join_pairs
from .values import is_nullish, undefined


def iterate(value: object) -> Iterator[object]:
    """The items of any iterable value.

    Raises a JavaScript TypeError if the value is not iterable.
    """
    if isinstance(value, JsArray):
        return iter(value.items)
    if isinstance(value, str):
        return iter(join_pairs(value))
    start = value.js_get(ITERATOR) if isinstance(value, JsObject) else undefined
    if not isinstance(start, JsFunction):
        raise type_error(_not_iterable(value))
    iterator = start.invoke(value, ())
    if isinstance(iterator, JsIterator):
        return iterator.iterator
    return _steps(iterator)


def _steps(iterator: object) -> Iterator[object]:
    if not isinstance(iterator, JsObject):
        raise type_error("Result of the Symbol.iterator method is not an object")
    advance = checked_function(iterator.js_get("next"))
    while True:
        step = advance.invoke(iterator, ())
        if not isinstance(step, JsObject):
            raise type_error(f"Iterator result {to_string(step)} is not an object")
        if truthy(step.js_get("done")):
            return
        yield step.js_get("value")


def iterate_entries(value: object) -> Iterator[tuple[object, object]]:
    """The items of any iterable value as pairs of a key and a value.

    Raises a JavaScript TypeError for an item that is no object.
    """
    for item in iterate(value):
        if not isinstance(item, JsObject):
            raise type_error(f"Iterator value {to_string(item)} is not an entry object")
        yield item.js_get("0"), item.js_get("1")


def _not_iterable(value: object) -> str:
    if is_nullish(value):
        return "undefined is not iterable"
    return (
        f"{shown(value)} is not iterable (cannot read property Symbol(Symbol.iterator))"
    )
