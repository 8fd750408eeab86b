"""globalThis: what the language itself puts there."""

import math

from ..clock import Clock
from .arrays import JsArray
from .buffers import DataView, JsArrayBuffer
from .conversions import to_string
from .dates import JsDate
from .errors import ERROR_CLASSES, DOMException
from .json_parse import parse
from .json_stringify import stringify
from .maps import JsMap, JsSet
from .numeric import to_integer, to_number
from .object_functions import OBJECT_FUNCTIONS
from .objects import JsConstructor, JsFunction, JsObject, native
from .promises import JsPromise
from .typed_arrays import TYPED_ARRAYS
from .values import undefined

_CLASSES: tuple[type[JsObject], ...] = (
    JsObject,
    JsArray,
    JsMap,
    JsSet,
    JsArrayBuffer,
    DataView,
    JsPromise,
    DOMException,
    *TYPED_ARRAYS,
    *ERROR_CLASSES,
)


def new_global(clock: Clock) -> JsObject:
    """A new global object; dates follow the clock."""
    made = JsObject()
    for cls in _CLASSES:
        made.properties[cls.class_name] = cls.constructor
    JsObject.constructor.properties.update(OBJECT_FUNCTIONS)
    made.properties.update(
        globalThis=made,
        undefined=undefined,
        NaN=math.nan,
        Infinity=math.inf,
        JSON=_json(),
        Date=_date(clock),
    )
    return made


def _json() -> JsObject:
    return JsObject(
        {
            "parse": native(lambda text=undefined: parse(to_string(text)), "parse"),
            "stringify": native(_stringify, "stringify"),
        }
    )


def _stringify(
    value: object = undefined, replacer: object = undefined, space: object = undefined
) -> object:
    indent = ""
    if isinstance(space, str):
        indent = space[:10]
    elif isinstance(space, (int, float)):
        indent = " " * min(to_integer(space), 10)
    return stringify(value, indent)


class _DateConstructor(JsConstructor):
    """`Date`, whose `new Date()` and `Date.now()` read the clock."""

    __slots__ = ("clock",)

    def __init__(self, clock: Clock) -> None:
        super().__init__(JsDate)
        self.clock = clock

    def construct(self, arguments: object) -> JsDate:
        assert isinstance(arguments, (list, tuple))
        if not arguments:
            return JsDate(self.clock.now_ms())
        first = arguments[0]
        if isinstance(first, JsDate):
            return JsDate(first.milliseconds)
        return JsDate(to_number(first))


def _date(clock: Clock) -> JsFunction:
    made = _DateConstructor(clock)
    made.properties["now"] = native(clock.now_ms, "now")
    return made
