"""The static functions of Array and of the typed arrays that take any iterable."""

from .arrays import JsArray
from .callbacks import checked_function
from .iteration import iterate
from .numeric import to_integer
from .objects import ITERATOR, JsFunction, JsObject, native
from .values import is_nullish, undefined


def from_(source: object = undefined, convert: object = undefined) -> JsArray:
    """Array.from: an Array of what is iterable or has a length."""
    items = _items(source)
    if convert is undefined:
        return JsArray(items)
    function = checked_function(convert)
    return JsArray(
        function.invoke(undefined, (item, index)) for index, item in enumerate(items)
    )


def _items(source: object) -> list[object]:
    if isinstance(source, JsObject):
        if not isinstance(source.js_get(ITERATOR), JsFunction):
            length = to_integer(source.js_get("length"))
            return [source.js_get(str(index)) for index in range(length)]
    elif not isinstance(source, str) and not is_nullish(source):
        return []
    return list(iterate(source))


ARRAY_FUNCTIONS = {"from": native(from_, "from")}
