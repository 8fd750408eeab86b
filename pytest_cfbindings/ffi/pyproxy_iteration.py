"""Iterating a Python object in JavaScript, which lends it what comes out."""

from collections.abc import Iterator
from typing import Any

from ..javascript.iterators import JsIterator
from ..javascript.objects import ITERATOR, JsFunction, JsObject, PropertyKey
from ..javascript.values import undefined
from ..stack_switching import synchronously
from .crossing import to_javascript, to_python
from .holds import hold_of
from .pyproxy import lent


def _lend(items: Iterator[Any]) -> Iterator[object]:
    """Convert what is iterated; the proxies made on the way die at the end.

    They live on if the iteration is left before that (measured).
    """
    borrowed = []
    for item in _one_by_one(items):
        converted = to_javascript(item)
        if lent(item, converted):
            borrowed.append(converted)
        yield converted
    for proxy in borrowed:
        assert isinstance(proxy, JsObject)
        hold_of(proxy).end_iteration()


def _one_by_one(items: Iterator[Any]) -> Iterator[Any]:
    while True:
        try:
            item = synchronously(next, items)
        except StopIteration:
            return
        yield item


def _iterate(this: Any) -> JsIterator:
    return JsIterator(_lend(iter(hold_of(this).target())))


def _itself(this: Any) -> object:
    return this


def _next(this: Any, sent: object = undefined) -> JsObject:
    target = hold_of(this).target()
    try:
        if sent is not undefined and hasattr(target, "send"):
            item = synchronously(target.send, to_python(sent))
        else:
            item = synchronously(next, target)
    except StopIteration as stop:
        return step(True, stop.value)
    return step(False, item)


def _throw(this: Any, reason: object = undefined) -> JsObject:
    try:
        item = hold_of(this).target().throw(to_python(reason))
    except StopIteration as stop:
        return step(True, stop.value)
    return step(False, item)


def _return(this: Any, value: object = undefined) -> JsObject:
    hold_of(this).target().close()
    return JsObject({"done": True, "value": value})


def step(done: bool, value: object) -> JsObject:
    """What `next()` gives for a Python value."""
    return JsObject({"done": done, "value": to_javascript(value)})


ITERABLE: dict[PropertyKey, object] = {ITERATOR: JsFunction(_iterate, "values")}
ITERATOR_METHODS: dict[PropertyKey, object] = {
    ITERATOR: JsFunction(_itself, "[Symbol.iterator]"),
    "next": JsFunction(_next, "next"),
}
GENERATOR: dict[PropertyKey, object] = {
    "throw": JsFunction(_throw, "throw"),
    "return": JsFunction(_return, "return"),
}
