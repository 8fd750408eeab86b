"""`for (const item of value)`."""

from collections.abc import Iterator

from .arrays import JsArray, JsIterator
from .conversions import to_string, truthy
from .errors import type_error
from .objects import ITERATOR, JsFunction, JsObject
from .text import join_pairs
from .values import undefined


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
        raise type_error(f"{_shown(value)} is not iterable")
    iterator = start.invoke(value, ())
    if isinstance(iterator, JsIterator):
        return iterator.iterator
    return _steps(iterator)


def _steps(iterator: object) -> Iterator[object]:
    advance = iterator.js_get("next") if isinstance(iterator, JsObject) else undefined
    if not isinstance(advance, JsFunction):
        raise type_error(f"{_shown(iterator)} is not an iterator")
    while True:
        step = advance.invoke(iterator, ())
        if not isinstance(step, JsObject):
            raise type_error(f"Iterator result {_shown(step)} is not an object")
        if truthy(step.js_get("done")):
            return
        yield step.js_get("value")


def _shown(value: object) -> str:
    return "object" if isinstance(value, JsObject) else to_string(value)
