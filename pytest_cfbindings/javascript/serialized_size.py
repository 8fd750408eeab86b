"""How many bytes a value takes as V8 serializes it, format 15 (measured on workerd).

The limits of what Durable Objects and WebSockets keep count these bytes. How V8 came
to a value counts as well: Arrays are taken as filled by push, Latin-1 texts as held in
one byte a character. What cannot be known is the kind of an object's field: once it has
held a fraction in one object, later objects of the same shape may write a small number
there in nine bytes. Errors differ by their stack.
"""

import math
from collections.abc import Iterable, Sequence
from itertools import takewhile

from .arrays import JsArray
from .boxed import JsBigIntObject, JsBoolean, JsNumber, is_number
from .buffers import JsArrayBuffer, JsView
from .conversions import to_string
from .dates import JsDate
from .errors import DOMException, JsError
from .maps import JsMap, JsSet
from .objects import JsObject, own_entries
from .regexps import JsRegExp
from .strings import JsString
from .structured_clone import error_class, error_properties
from .text import is_array_index, utf8_length, utf16_length
from .values import JsBigInt, undefined

_HEADER = 2
_TAG = 1
_DOUBLE = 9
_SMALL = 2**30
_TWO_BYTE_FLAGS = ("d", "v")


def serialized_size(value: object) -> int:
    """The size in bytes of what `structured_clone` returned, the header included."""
    sizing = Sizing()
    sizing.add(value)
    return sizing.position


class Sizing:
    """The serialization of one value; `position` is where the next byte would go."""

    def __init__(self) -> None:
        self.position = _HEADER
        self._ids: dict[JsObject, int] = {}

    def add(self, value: object) -> None:
        """Write one value."""
        if isinstance(value, str):
            self._text(value)
        elif isinstance(value, JsBigInt):
            self.position += _TAG + _digits(value)
        elif is_number(value):
            self._number(value)
        elif isinstance(value, JsObject):
            self._receiver(value)
        else:
            self.position += _TAG

    def prefixed(self, length: int) -> None:
        """Write bytes with their length in front, as workerd writes its own texts."""
        self.position += _varint(length) + length

    def _text(self, value: str) -> None:
        try:
            length = len(value.encode("latin-1"))
        except UnicodeEncodeError:
            length = 2 * utf16_length(value)
            self.position += (self.position + _TAG + _varint(length)) & 1
        self.position += _TAG
        self.prefixed(length)

    def _number(self, value: float) -> None:
        small = _is_small(value)
        self.position += _TAG + _varint(_zigzag(int(value))) if small else _DOUBLE

    def _receiver(self, value: JsObject) -> None:
        if isinstance(value, JsView) and value not in self._ids:
            self._receiver(value.buffer_object)
        if value in self._ids:
            self.position += _TAG + _varint(self._ids[value])
            return
        self._ids[value] = len(self._ids)
        if isinstance(value, JsArray):
            self._array(value)
        elif isinstance(value, JsMap):
            self._list([part for entry in value.items() for part in entry])
        elif isinstance(value, JsSet):
            self._list(value.items())
        elif isinstance(value, JsError):
            self._error(value)
        elif not self._leaf(value):
            self._other(value)

    def _leaf(self, value: JsObject) -> bool:
        """Write an object that has no others inside; False if it is another one."""
        if isinstance(value, (JsDate, JsNumber)):
            self.position += _DOUBLE
        elif isinstance(value, JsBoolean):
            self.position += _TAG
        elif isinstance(value, JsBigIntObject):
            self.add(value.value)
        elif isinstance(value, JsString):
            self.position += _TAG
            self._text(value.value)
        elif isinstance(value, JsArrayBuffer):
            self.position += _TAG
            self.prefixed(len(value.data))
        elif isinstance(value, JsView):
            flags = 1
            self.position += 2 * _TAG + _varint(value.offset) + flags
            self.position += _varint(value.byte_length)
        elif isinstance(value, JsRegExp):
            self.position += _TAG
            self._text(value.source)
            self.position += 1 + any(f in value.flags for f in _TWO_BYTE_FLAGS)
        else:
            return False
        return True

    def _other(self, value: JsObject) -> None:
        write = getattr(value, "js_serialize", None)
        if write is None:
            self._properties(own_entries(value))
            return
        self.position += 2 * _TAG
        write(self)

    def _array(self, value: JsArray) -> None:
        length = _varint(len(value.items))
        self.position += _TAG + length
        named: Iterable[tuple[str, object]] = own_entries(value)
        if not _is_sparse(value.items):
            doubles = _leading_doubles(value.items)
            self.position += _DOUBLE * doubles
            for item in value.items[doubles:]:
                self.add(item)
            named = list(named)[len(value.items) :] if value.properties else []
        count = self._entries(named)
        self.position += _TAG + _varint(count) + length

    def _list(self, items: Sequence[object]) -> None:
        self.position += _TAG
        for item in items:
            self.add(item)
        self.position += _TAG + _varint(len(items))

    def _properties(self, entries: Iterable[tuple[str, object]]) -> None:
        self.position += _TAG
        count = self._entries(entries)
        self.position += _TAG + _varint(count)

    def _entries(self, entries: Iterable[tuple[str, object]]) -> int:
        count = 0
        for name, item in entries:
            self.add(int(name) if is_array_index(name) else name)
            self.add(item)
            count += 1
        return count

    def _error(self, value: JsError) -> None:
        kind = 1
        self.position += 2 * _TAG
        stack = value.js_get("stack")
        if isinstance(value, DOMException):
            for text in (value.name, value.message, stack):
                self.prefixed(utf8_length(to_string(text)))
            return
        self.position += kind
        if error_class(value) is None:
            self.add(value.js_get("name"))
        self.add(value.js_get("message"))
        self._ids[JsObject()] = len(self._ids)  # The object that holds the properties.
        kept = [(name, value.js_get(name)) for name in error_properties(value)]
        self._properties([("stack", stack), *kept])


def _is_small(value: object) -> bool:
    """Whether V8 keeps the number as a small integer; -0 is none."""
    if not is_number(value) or not -_SMALL <= value < _SMALL or value != int(value):
        return False
    return value != 0 or math.copysign(1, value) == 1


def _is_sparse(items: Sequence[object]) -> bool:
    """Whether V8 writes an Array index by index, as it does for one with holes.

    It takes undefined for a hole in an Array that holds nothing but numbers so far.
    """
    for item in items:
        if not is_number(item):
            return item is undefined
    return False


def _leading_doubles(items: Sequence[object]) -> int:
    """How many items V8 holds as doubles: the numbers in front, if one is not small."""
    numbers = list(takewhile(is_number, items))
    return 0 if all(map(_is_small, numbers)) else len(numbers)


def _zigzag(value: int) -> int:
    return value * 2 if value >= 0 else -value * 2 - 1


def _varint(value: int) -> int:
    """How many bytes a length takes, seven bits in each."""
    return max(1, -(-value.bit_length() // 7))


def _digits(value: int) -> int:
    """The bytes of a bigint: its magnitude, and the bit field in front of it."""
    size = -(-abs(value).bit_length() // 64) * 8
    return _varint(size << 1) + size
