"""JavaScript values, as Durable Objects store them, in dumps.

What Python and JSON have stays itself; the rest has a tag: `$undefined`, `$number` (NaN
and the infinities), `$bigint`, `$date` (epoch milliseconds), `$map`, `$set`, `$buffer`
(an ArrayBuffer). An object with a name that begins with $ is the one value of
`$object`. Bytes are a Uint8Array; a full dump has `$bytes` for them.
"""

import math
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from ..clock.instants import to_microseconds
from ..config.values import SAFE_INTEGER_MAX
from ..javascript.arrays import JsArray
from ..javascript.buffers import JsArrayBuffer
from ..javascript.conversions import to_string
from ..javascript.dates import JsDate
from ..javascript.maps import JsMap, JsSet
from ..javascript.objects import JsObject
from ..javascript.typed_arrays import Uint8Array
from ..javascript.v8_reader import deserialize
from ..javascript.v8_writer import serialize
from ..javascript.values import JsBigInt, null, undefined
from .stored_bytes import DIGEST_OVER, digest, from_hexadecimal


class _Unshowable(Exception):
    """The value contains itself, or something that has no tag."""


def dumped_value(stored: bytes, full: bool) -> Any:
    """The value of the bytes that V8 wrote.

    One that has no other form is `{"$v8": hexadecimal}` in a full dump, and else the
    name of its class with its text.
    """
    try:
        return _shown(deserialize(stored), full, ())
    except _Unshowable:
        return {"$v8": stored.hex()}


def _shown(value: object, full: bool, path: tuple[object, ...]) -> Any:
    if value is undefined:
        return {"$undefined": True}
    if value is null:
        return None
    if isinstance(value, (bool, str)):
        return value
    if isinstance(value, JsBigInt):
        return {"$bigint": str(int(value))}
    if isinstance(value, (int, float)):
        return _number(value, full)
    if any(value is outer for outer in path):
        return _without_form(value, full, "a value that contains itself")
    below = (*path, value)
    if isinstance(value, JsArray):
        return [_shown(item, full, below) for item in value.items]
    if isinstance(value, JsMap):
        pairs = [[_shown(x, full, below) for x in pair] for pair in value.items()]
        return {"$map": pairs}
    if isinstance(value, JsSet):
        return {"$set": [_shown(item, full, below) for item in value.items()]}
    if isinstance(value, JsDate):
        valid = math.isfinite(value.milliseconds)
        return {"$date": int(value.milliseconds) if valid else None}
    if isinstance(value, Uint8Array):
        data = value.to_bytes()
        return {"$bytes": data.hex()} if full else _bytes(data)
    if isinstance(value, JsArrayBuffer):
        data = value.to_bytes()
        return {"$buffer": data.hex() if full else _bytes(data)}
    if type(value) is JsObject:
        return _object(value, full, below)
    return _without_form(value, full, to_string(value))


def _object(value: JsObject, full: bool, path: tuple[object, ...]) -> Any:
    found = {str(n): _shown(v, full, path) for n, v in value.properties.items()}
    if any(name.startswith("$") for name in found):
        return {"$object": found}
    return found


def _number(value: int | float, full: bool) -> Any:
    if math.isfinite(value) or not full:
        return value
    infinite = "Infinity" if value > 0 else "-Infinity"
    return {"$number": "NaN" if math.isnan(value) else infinite}


def _bytes(data: bytes) -> Any:
    return data if len(data) <= DIGEST_OVER else digest(data)


def _without_form(value: object, full: bool, text: str) -> Any:
    if full:
        raise _Unshowable
    return {f"${getattr(value, 'class_name', 'Object')}": text}


def loaded_value(shown: Any) -> bytes:
    """The bytes that V8 would write. Raises ValueError, saying why it cannot."""
    if isinstance(shown, Mapping) and set(shown) == {"$v8"}:
        return from_hexadecimal(shown["$v8"])
    return serialize(_made(shown))


def _made(shown: Any) -> object:
    if shown is None:
        return null
    if isinstance(shown, (bool, str)):
        return shown
    if isinstance(shown, int) and abs(shown) > SAFE_INTEGER_MAX:
        raise ValueError(
            f'{shown} is no number of JavaScript: use {{"$bigint": "..."}}'
        )
    if isinstance(shown, (int, float)):
        return shown
    if isinstance(shown, bytes):
        return Uint8Array(JsArrayBuffer(shown))
    if isinstance(shown, datetime):
        return JsDate(to_microseconds(shown) / 1000)
    if isinstance(shown, list):
        return JsArray(_made(item) for item in shown)
    if isinstance(shown, Mapping):
        return _tagged(shown)
    raise ValueError(f"{shown!r} has no form in a Durable Object's storage")


def _tagged(shown: Mapping[Any, Any]) -> object:
    if not all(isinstance(name, str) for name in shown):
        raise ValueError(f"{shown!r}: the names of an object are text")
    if set(shown) == {"sha256", "size"} and len(str(shown["sha256"])) == 64:
        raise ValueError(
            f"only the digest of {shown['size']} bytes is there: cf.dump(full=True)"
            " keeps the bytes themselves"
        )
    [tag, *more] = [*shown, ""]
    if not tag.startswith("$") or more != [""]:
        return JsObject({name: _made(item) for name, item in shown.items()})
    return _of_tag(tag, shown[tag])


def _of_tag(tag: str, content: Any) -> object:
    match tag:
        case "$undefined":
            return undefined
        case "$number":
            return float(content)
        case "$bigint":
            return JsBigInt(content)
        case "$date":
            return JsDate(math.nan if content is None else content)
        case "$map":
            return JsMap((_made(key), _made(item)) for key, item in content)
        case "$set":
            return JsSet(map(_made, content))
        case "$bytes":
            return Uint8Array(JsArrayBuffer(from_hexadecimal(content)))
        case "$buffer":
            data = content if isinstance(content, bytes) else from_hexadecimal(content)
            return JsArrayBuffer(data)
        case "$object":
            return JsObject({name: _made(item) for name, item in content.items()})
    raise ValueError(f"{tag} has no form in a Durable Object's storage")
