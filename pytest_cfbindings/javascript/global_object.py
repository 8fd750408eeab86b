"""globalThis: what the language itself puts there."""

import math
from collections.abc import Sequence

from ..clock import Clock
from .aggregate_error import AggregateError
from .array_functions import ARRAY_FUNCTIONS
from .arrays import JsArray
from .boxed import JsBigIntObject, JsBoolean, JsNumber
from .buffers import DataView, JsArrayBuffer
from .conversions import to_string
from .data_view import add_element_methods
from .date_fields import add_field_methods
from .date_text import parse_date
from .dates import JsDate, moment_of
from .errors import ERROR_CLASSES, DOMException
from .json_parse import parse
from .json_reviver import revived
from .json_stringify import stringify
from .maps import JsMap, JsSet
from .number_functions import NUMBER_FUNCTIONS, new_math, parse_float, parse_int
from .numeric import to_integer
from .object_functions import OBJECT_FUNCTIONS
from .objects import (
    ASYNC_ITERATOR,
    ITERATOR,
    TO_STRING_TAG,
    JsConstructor,
    JsFunction,
    JsObject,
    Symbol,
    native,
)
from .promise_functions import PROMISE_FUNCTIONS
from .promises import JsPromise
from .reflect import new_reflect
from .regexps import JsRegExp
from .strings import JsString
from .typed_array_methods import add_array_methods
from .typed_arrays import TYPED_ARRAYS
from .values import MAX_SAFE_INTEGER, undefined
from .weak import WeakMap, WeakRef, WeakSet

_CLASSES: tuple[type[JsObject], ...] = (
    JsObject,
    JsArray,
    JsMap,
    JsSet,
    JsArrayBuffer,
    DataView,
    JsPromise,
    DOMException,
    AggregateError,
    JsNumber,
    JsString,
    JsBoolean,
    JsBigIntObject,
    JsRegExp,
    JsFunction,
    Symbol,
    *TYPED_ARRAYS,
    *ERROR_CLASSES,
    WeakMap,
    WeakRef,
    WeakSet,
)


def new_global(clock: Clock) -> JsObject:
    """A new global object; dates follow the clock."""
    made = JsObject()
    for cls in _CLASSES:
        made.properties[cls.class_name] = cls.constructor
    _add_functions()
    made.properties.update(NUMBER_FUNCTIONS)
    made.properties.update(
        Math=new_math(),
        globalThis=made,
        undefined=undefined,
        NaN=math.nan,
        Infinity=math.inf,
        JSON=_json(),
        Reflect=new_reflect(),
        Date=_date(clock),
    )
    return made


def _add_functions() -> None:
    """What the constructors have besides the static methods of their classes."""
    JsObject.constructor.properties.update(OBJECT_FUNCTIONS)
    JsArray.constructor.properties.update(ARRAY_FUNCTIONS)
    add_array_methods()
    add_element_methods()
    add_field_methods()
    JsPromise.constructor.properties.update(PROMISE_FUNCTIONS)
    Symbol.constructor.properties.update(
        iterator=ITERATOR, asyncIterator=ASYNC_ITERATOR, toStringTag=TO_STRING_TAG
    )
    JsNumber.constructor.properties.update(
        MAX_SAFE_INTEGER=MAX_SAFE_INTEGER,
        MIN_SAFE_INTEGER=-MAX_SAFE_INTEGER,
        EPSILON=2.0**-52,
        parseInt=native(parse_int, "parseInt"),
        parseFloat=native(parse_float, "parseFloat"),
    )


class _Json(JsObject):
    __slots__ = ()
    tag = "JSON"

    def js_keys(self) -> list[str]:
        return []


def _json() -> JsObject:
    return _Json(
        {
            "parse": native(_parse, "parse"),
            "stringify": native(_stringify, "stringify"),
        }
    )


def _stringify(
    value: object = undefined, replacer: object = undefined, space: object = undefined
) -> object:
    indent = ""
    if isinstance(space, str):
        indent = space[:10]
    elif isinstance(space, (int, float)) and not isinstance(space, bool):
        indent = " " * min(to_integer(space), 10)
    return stringify(value, indent, replacer)


def _parse(text: object = undefined, reviver: object = undefined) -> object:
    parsed = parse(to_string(text))
    return revived(parsed, reviver) if isinstance(reviver, JsFunction) else parsed


class _DateConstructor(JsConstructor):
    """`Date`, whose `new Date()` and `Date.now()` read the clock."""

    __slots__ = ("clock",)

    def __init__(self, clock: Clock) -> None:
        super().__init__(JsDate)
        self.clock = clock

    def construct(self, arguments: Sequence[object]) -> JsDate:
        if not arguments:
            return JsDate(self.clock.now_ms())
        return JsDate.of(arguments)

    def invoke(self, this: object, arguments: Sequence[object]) -> str:
        return JsDate(self.clock.now_ms()).js_to_string()


def _date(clock: Clock) -> JsFunction:
    made = _DateConstructor(clock)
    made.properties.update(
        now=native(clock.now_ms, "now"),
        parse=native(_parse_date, "parse"),
        UTC=native(lambda *parts: JsDate(moment_of(parts)).milliseconds, "UTC"),
    )
    return made


def _parse_date(text: object = undefined) -> float:
    return JsDate(parse_date(to_string(text))).milliseconds
