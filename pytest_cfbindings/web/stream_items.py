"""ReadableStream.from: the items of an iterable as the chunks of a stream."""

from collections.abc import Awaitable, Callable

from ..javascript.arguments import wrong_parameter
from ..javascript.callbacks import checked_function
from ..javascript.conversions import truthy
from ..javascript.iteration import iterate
from ..javascript.objects import ASYNC_ITERATOR, ITERATOR, JsFunction, JsObject
from ..javascript.promises import promise_of
from ..javascript.values import missing

Pull = Callable[[], Awaitable[object]]
"""Gives the next chunk of a stream, or `missing` at its end."""


def pull_of(items: object) -> Pull:
    """Takes one item after the other, then gives `missing`.

    Raises a JavaScript TypeError for what has no items.
    """
    if isinstance(items, JsObject):
        start = items.js_get(ASYNC_ITERATOR)
        if isinstance(start, JsFunction):
            return _pull_of_steps(start.invoke(items, ()))
    is_iterable = isinstance(items, str) or (
        isinstance(items, JsObject) and isinstance(items.js_get(ITERATOR), JsFunction)
    )
    if not is_iterable:
        raise wrong_parameter("from", "ReadableStream", 1, "AsyncGenerator")
    waiting = iterate(items)

    async def pull() -> object:
        return next(waiting, missing)

    return pull


def _pull_of_steps(iterator: object) -> Pull:
    async def pull() -> object:
        assert isinstance(iterator, JsObject)
        advance = checked_function(iterator.js_get("next"))
        found = await promise_of(advance.invoke(iterator, ()))
        if not isinstance(found, JsObject) or truthy(found.js_get("done")):
            return missing
        return found.js_get("value")

    return pull
