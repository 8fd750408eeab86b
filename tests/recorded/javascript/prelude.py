"""What every case may use: describe, apply and the fake bindings of `env`."""

import json
import math
from collections.abc import Callable

from pytest_cfbindings.ffi.pyproxy import is_pyproxy
from pytest_cfbindings.javascript.arrays import JsArray
from pytest_cfbindings.javascript.boxed import JsBoolean, JsNumber, boxed
from pytest_cfbindings.javascript.buffers import DataView, JsArrayBuffer
from pytest_cfbindings.javascript.conversions import to_string
from pytest_cfbindings.javascript.dates import JsDate
from pytest_cfbindings.javascript.errors import JsError
from pytest_cfbindings.javascript.maps import JsMap, JsSet
from pytest_cfbindings.javascript.object_functions import NullPrototypeObject
from pytest_cfbindings.javascript.objects import (
    JsFunction,
    JsObject,
    Symbol,
    own_entries,
)
from pytest_cfbindings.javascript.promises import JsPromise
from pytest_cfbindings.javascript.strings import JsString
from pytest_cfbindings.javascript.typed_array_class import JsTypedArray
from pytest_cfbindings.javascript.values import JsBigInt, null, undefined


def describe(value: object = undefined, seen: tuple[object, ...] = ()) -> str:
    """What JavaScript sees, as one line of text."""
    if not isinstance(value, JsObject):
        return _primitive(value)
    if isinstance(value, Symbol):
        return "symbol"
    if is_pyproxy(value):
        return f"PyProxy({to_string(value.js_get('type'))})" + (
            "()" if isinstance(value, JsFunction) else ""
        )
    if isinstance(value, JsFunction):
        return "function"
    if any(value is other for other in seen):
        return "[circular]"
    return _object(value, lambda inner: describe(inner, (*seen, value)))


def _primitive(value: object) -> str:
    if value is undefined or value is null:
        return to_string(value)
    if isinstance(value, bool):
        return f"boolean:{to_string(value)}"
    if isinstance(value, str):
        return f"string:{_quoted(value)}"
    if isinstance(value, JsBigInt):
        return f"bigint:{int(value)}"
    assert isinstance(value, (int, float))
    minus_zero = value == 0 and math.copysign(1, value) < 0
    return "number:" + ("-0" if minus_zero else to_string(value))


def _quoted(text: object) -> str:
    quoted = json.dumps(text, ensure_ascii=False)
    return "".join(
        f"\\u{ord(c):04x}" if 0xD800 <= ord(c) < 0xE000 else c for c in quoted
    )


def _object(value: JsObject, each: Callable[[object], str]) -> str:
    if isinstance(value, JsError):
        name, message = _quoted(value.name), _quoted(value.message)
        return f"{_constructor(value)}({name}, {message})"
    if isinstance(value, JsPromise):
        return "Promise"
    if isinstance(value, JsArray):
        return f"Array[{', '.join(map(each, value.items))}]"
    if isinstance(value, JsMap):
        pairs = (f"{each(key)} => {each(item)}" for key, item in value.items())
        return f"Map{{{', '.join(pairs)}}}"
    if isinstance(value, JsSet):
        return f"Set{{{', '.join(map(each, value.items()))}}}"
    if isinstance(value, JsDate):
        return f"Date({to_string(value.milliseconds)})"
    if isinstance(value, JsArrayBuffer):
        return f"ArrayBuffer({','.join(map(str, value.view()))})"
    if isinstance(value, DataView):
        return f"DataView({value.byte_length})"
    if isinstance(value, JsTypedArray):
        return f"{_constructor(value)}[{', '.join(map(to_string, value.elements()))}]"
    if isinstance(value, (JsNumber, JsString, JsBoolean)):
        return f"boxed {describe(value.value)}"
    pairs = (f"{name}: {each(item)}" for name, item in own_entries(value))
    return f"{_constructor(value)}{{{', '.join(pairs)}}}"


def _constructor(value: JsObject) -> str:
    if isinstance(value, NullPrototypeObject):
        return "null-proto"
    constructor = value.members.get("constructor")
    name = constructor.name if isinstance(constructor, JsFunction) else ""
    return name or "Object"


def apply(function: object = undefined, *arguments: object) -> object:
    """JavaScript calls a function."""
    assert isinstance(boxed(function), JsFunction)
    return function.invoke(undefined, arguments)  # type: ignore[union-attr, attr-defined]
