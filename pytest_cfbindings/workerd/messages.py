"""JavaScript values as JSON and back; messages.mjs has the other side of it.

Texts, booleans, null and ordinary numbers stand for themselves; anything else is a list
that begins with a tag. Objects are numbered in order of appearance, and
`["=", number]` is one that was there before.
"""

import base64
import math
from collections.abc import Callable, Sequence
from typing import Any, ClassVar, Protocol

from ..javascript.aggregate_error import AggregateError
from ..javascript.arrays import JsArray
from ..javascript.boxed import JsBigIntObject, JsBoolean, JsNumber, boxed
from ..javascript.buffers import DataView, JsArrayBuffer, JsView
from ..javascript.conversions import to_string
from ..javascript.dates import JsDate
from ..javascript.errors import ERROR_CLASSES, DOMException, JsError
from ..javascript.maps import JsMap, JsSet
from ..javascript.objects import JsFunction, JsObject, Symbol, own_entries
from ..javascript.regexps import JsRegExp
from ..javascript.strings import JsString
from ..javascript.typed_arrays import TYPED_ARRAYS
from ..javascript.values import (
    MAX_SAFE_INTEGER,
    JsBigInt,
    null,
    undefined,
)
from ..web.blobs import Blob
from ..web.headers import Headers

Node = Any
"""A value as JSON."""

_ERRORS = {
    cls.class_name: cls for cls in (*ERROR_CLASSES, AggregateError, DOMException)
}
_VIEWS = {cls.class_name: cls for cls in (*TYPED_ARRAYS, DataView)}


class Holder(Protocol):
    """What knows the objects that stay on the other side."""

    def number_of(self, value: JsObject) -> int | None:
        """The number of an object that is there; None for one of ours."""

    def instance(self, description: Sequence[Any]) -> JsObject:
        """What stands here for an object that is there, from its description."""

    def function(self, description: Sequence[Any]) -> JsObject:
        """What stands here for a function that is there."""

    def stream(self, number: int) -> JsObject:
        """What stands here for a stream that is there."""


class SentStream(JsObject):
    """A stream whose bytes were read here, to be made anew over there.

    `state` is "new", "locked" or "disturbed".
    """

    __slots__ = ("data", "has_length", "state")

    class_name = "ReadableStream"

    def __init__(self, data: bytes, has_length: bool, state: str) -> None:
        super().__init__()
        self.data = data
        self.has_length = has_length
        self.state = state


class Encoder:
    """Writes values of one message."""

    def __init__(self, holder: Holder) -> None:
        self._holder = holder
        self._seen: dict[JsObject, int] = {}

    def encode(self, value: object) -> Node:
        """The JSON of a value."""
        if isinstance(value, JsObject):
            return self._object(value)
        if value is undefined:
            return ["undefined"]
        if value is null:
            return None
        if isinstance(value, JsBigInt):
            return ["bigint", str(int(value))]
        if isinstance(value, (str, bool)):
            return value
        assert isinstance(value, (int, float))
        return _number(value)

    def _object(self, value: JsObject) -> Node:
        if isinstance(value, Symbol):
            return ["symbol", value.description]
        before = self._seen.get(value)
        if before is not None:
            return ["=", before]
        if isinstance(value, JsView):
            buffer = self._object(value.buffer_object)
            self._seen[value] = len(self._seen)
            size = value.byte_length
            return ["view", value.class_name, value.offset, size, buffer]
        self._seen[value] = len(self._seen)
        number = self._holder.number_of(value)
        return self._own(value) if number is None else ["here", number]

    def _own(self, value: JsObject) -> Node:
        match value:
            case JsFunction():
                return ["function"]
            case SentStream():
                data = base64.b64encode(value.data).decode()
                return ["stream", data, value.has_length, value.state]
            case JsArray():
                return ["array", [self.encode(item) for item in value.items]]
            case JsArrayBuffer():
                return ["buffer", base64.b64encode(value.data).decode()]
            case JsDate():
                time = value.milliseconds
                return ["date", None if math.isnan(time) else time]
            case JsMap():
                pairs = value.items()
                return ["map", [[self.encode(k), self.encode(v)] for k, v in pairs]]
            case JsSet():
                return ["set", [self.encode(item) for item in value.items()]]
            case JsRegExp():
                return ["regexp", value.source, value.flags]
            case JsError():
                name, message = str(value.name), str(value.message)
                own = self._entries(JsObject(value.properties))
                return ["error", value.class_name, name, message, own]
            case Headers():
                return ["headers", [list(field) for field in value.fields()]]
            case Blob():
                data = base64.b64encode(value.data).decode()
                return ["blob", data, value.content_type]
            case JsBoolean() | JsNumber() | JsBigIntObject() | JsString():
                return ["boxed", self.encode(value.value)]
        if value.class_name == "Object":
            return ["object", self._entries(value)]
        shown = to_string(value)
        return ["foreign", value.class_name, self._entries(value), shown]

    def _entries(self, value: JsObject) -> Node:
        return [[name, self.encode(item)] for name, item in own_entries(value)]


def _number(value: float) -> Node:
    if isinstance(value, float):
        if not math.isfinite(value):
            return [
                "number",
                {math.inf: "Infinity", -math.inf: "-Infinity"}.get(value, "NaN"),
            ]
        if value == 0 and math.copysign(1, value) < 0:
            return ["number", "-0"]
    return value


class Decoder:
    """Reads values of one message."""

    def __init__(self, holder: Holder) -> None:
        self._holder = holder
        self._made: list[JsObject] = []

    def decode(self, node: Node) -> object:
        """The value of a JSON."""
        if node is None:
            return null
        if isinstance(node, list):
            return self._readers[node[0]](self, *node[1:])
        if isinstance(node, int) and abs(node) > MAX_SAFE_INTEGER:
            return float(node)
        return node

    def _keep(self, made: JsObject) -> JsObject:
        self._made.append(made)
        return made

    def _same(self, number: int) -> object:
        return self._made[number]

    def _undefined(self) -> object:
        return undefined

    def _bigint(self, text: str) -> object:
        return JsBigInt(text)

    def _odd_number(self, text: str) -> object:
        return float(text.replace("Infinity", "inf"))

    def _symbol(self, description: str) -> object:
        return Symbol(description)

    def _array(self, items: list[Node]) -> object:
        made = JsArray()
        self._keep(made)
        made.items.extend(self.decode(item) for item in items)
        return made

    def _object(self, entries: list[tuple[str, Node]]) -> object:
        return self._fill(self._keep(JsObject()), entries)

    def _fill(self, made: JsObject, entries: list[tuple[str, Node]]) -> JsObject:
        for name, node in entries:
            made.properties[name] = self.decode(node)
        return made

    def _buffer(self, data: str) -> object:
        return self._keep(JsArrayBuffer(base64.b64decode(data)))

    def _view(self, name: str, offset: int, size: int, node: Node) -> object:
        buffer = self.decode(node)
        assert isinstance(buffer, JsArrayBuffer)
        return self._keep(_VIEWS[name](buffer, offset, size))

    def _date(self, time: float | None) -> object:
        return self._keep(JsDate(math.nan if time is None else time))

    def _map(self, entries: list[tuple[Node, Node]]) -> object:
        made = JsMap()
        self._keep(made)
        for key, value in entries:
            decoded = self.decode(key)
            made.set(decoded, self.decode(value))
        return made

    def _set(self, items: list[Node]) -> object:
        made = JsSet()
        self._keep(made)
        for item in items:
            made.add(self.decode(item))
        return made

    def _regexp(self, source: str, flags: str) -> object:
        return self._keep(JsRegExp(source, flags))

    def _error(
        self, cls: str, name: str, message: str, entries: list[tuple[str, Node]]
    ) -> object:
        made = _ERRORS.get(cls, JsError)(message, name)
        return self._fill(self._keep(made), entries)

    def _headers(self, fields: list[tuple[str, str]]) -> object:
        return self._keep(Headers([(name, value) for name, value in fields]))

    def _blob(self, data: str, content_type: str) -> object:
        return self._keep(Blob(base64.b64decode(data), content_type))

    def _boxed(self, node: Node) -> object:
        return self._keep(boxed(self.decode(node)))

    def _instance(self, *description: Any) -> object:
        return self._keep(self._holder.instance(description))

    def _function(self, *description: Any) -> object:
        return self._keep(self._holder.function(description))

    def _stream(self, number: int) -> object:
        return self._keep(self._holder.stream(number))

    _readers: ClassVar[dict[str, Callable[..., object]]] = {
        "=": _same,
        "undefined": _undefined,
        "bigint": _bigint,
        "number": _odd_number,
        "symbol": _symbol,
        "array": _array,
        "object": _object,
        "buffer": _buffer,
        "view": _view,
        "date": _date,
        "map": _map,
        "set": _set,
        "regexp": _regexp,
        "error": _error,
        "headers": _headers,
        "blob": _blob,
        "boxed": _boxed,
        "instance": _instance,
        "function": _function,
        "stream": _stream,
    }
