"""Values as bytes, to be stored: what V8's ValueSerializer writes."""

import math
import struct
from collections.abc import Sequence
from itertools import takewhile

from .arrays import JsArray
from .boxed import JsBigIntObject, JsBoolean, JsNumber, is_number
from .buffers import JsArrayBuffer, JsView
from .dates import JsDate
from .errors import JsError, range_error
from .maps import JsMap, JsSet
from .objects import JsObject, own_entries
from .regexps import JsRegExp
from .strings import JsString
from .structured_clone import structured_clone, unserializable
from .text import is_array_index
from .v8_format import (
    ERROR_CODES,
    HEADER,
    HOST_CLASSES,
    LARGEST_INT,
    REGEXP_FLAGS,
    SMALLEST_INT,
    VIEW_CODES,
    HostObject,
)
from .values import JsBigInt, null, undefined


def serialize(value: object) -> bytes:
    """The bytes of a structured clone of the value.

    Raises what `structured_clone` raises, a JavaScript DataCloneError above all.
    """
    writer = _Writer()
    try:
        writer.write(structured_clone(value))
    except RecursionError:
        raise range_error("Maximum call stack size exceeded") from None
    return bytes(writer.data)


def serialized_size(value: object) -> int:
    """How many bytes the value takes where its size is limited."""
    return len(serialize(value))


class _Writer:
    """Writes a clone, in which there is nothing that cannot be written."""

    def __init__(self) -> None:
        self.data = bytearray(HEADER)
        self._numbers: dict[JsObject, int] = {}

    def write(self, value: object) -> None:
        """Append one value."""
        if isinstance(value, JsObject):
            self._object(value)
        elif isinstance(value, str):
            self._text(value)
        elif value is undefined or value is null:
            self.data += b"_" if value is undefined else b"0"
        elif isinstance(value, bool):
            self.data += b"T" if value else b"F"
        elif isinstance(value, JsBigInt):
            self.data += b"Z"
            self._bigint(value)
        else:
            assert isinstance(value, (int, float))
            self._number(value)

    def _varint(self, number: int) -> None:
        while number > 0x7F:
            self.data.append(number & 0x7F | 0x80)
            number >>= 7
        self.data.append(number)

    def _double(self, number: float) -> None:
        self.data += struct.pack("<d", number)

    def _number(self, number: float) -> None:
        if _is_small(number):
            self.data += b"I"
            whole = int(number)
            self._varint(whole << 1 if whole >= 0 else (-whole << 1) - 1)
        else:
            self.data += b"N"
            self._double(number)

    def _bigint(self, number: int) -> None:
        size = (abs(number).bit_length() + 63) // 64 * 8
        self._varint(size << 1 | (number < 0))
        self.data += abs(number).to_bytes(size, "little")

    def _text(self, text: str) -> None:
        try:
            units = text.encode("latin-1")
        except UnicodeEncodeError:
            units = text.encode("utf-16-le", "surrogatepass")
            if (len(self.data) + 1 + _varint_length(len(units))) % 2:
                self.data += b"\0"
            self.data += b"c"
        else:
            self.data += b'"'
        self._varint(len(units))
        self.data += units

    def _object(self, value: JsObject) -> None:
        number = self._numbers.get(value)
        if number is not None:
            self.data += b"^"
            self._varint(number)
            return
        if isinstance(value, JsView):
            self._object(value.buffer_object)
        self._numbers[value] = len(self._numbers)
        match value:
            case JsArray():
                self._array(value)
            case JsMap():
                self._map(value)
            case JsSet():
                self._set(value)
            case JsDate():
                self.data += b"D"
                self._double(value.milliseconds)
            case JsArrayBuffer():
                self.data += b"B"
                self._varint(len(value.data))
                self.data += value.data
            case JsView():
                self._view(value)
            case JsError():
                self._error(value)
            case JsRegExp():
                self._regexp(value)
            case JsBoolean() | JsNumber() | JsBigIntObject() | JsString():
                self._boxed(value)
            case _ if value.class_name == "Object":
                self._plain(value)
            case HostObject() if type(value).__name__ in HOST_CLASSES:
                self.data += b"\\h"
                self._text(type(value).__name__)
                self.write(value.js_stored())
            case _:
                raise unserializable(value)

    def _regexp(self, value: JsRegExp) -> None:
        self.data += b"R"
        self._text(value.source)
        self._varint(sum(1 << REGEXP_FLAGS.index(flag) for flag in value.flags))

    def _boxed(self, value: JsBoolean | JsNumber | JsBigIntObject | JsString) -> None:
        match value:
            case JsBoolean():
                self.data += b"y" if value.value else b"x"
            case JsNumber():
                self.data += b"n"
                self._double(value.value)
            case JsBigIntObject():
                self.data += b"z"
                self._bigint(value.value)
            case JsString():
                self.data += b"s"
                self._text(value.value)

    def _properties(self, value: JsObject) -> int:
        count = 0
        for name, item in own_entries(value):
            if is_array_index(name):
                self._number(int(name))
            else:
                self._text(name)
            self.write(item)
            count += 1
        return count

    def _plain(self, value: JsObject) -> None:
        self.data += b"o"
        count = self._properties(value)
        self.data += b"{"
        self._varint(count)

    def _array(self, value: JsArray) -> None:
        if _is_sparse(value.items):
            self._sparse_array(value)
            return
        self.data += b"A"
        self._varint(len(value.items))
        doubles = _leading_doubles(value.items)
        for number in doubles:
            self.data += b"N"
            self._double(number)
        for item in value.items[len(doubles) :]:
            self.write(item)
        named = JsObject(value.properties)
        count = self._properties(named)
        self.data += b"$"
        self._varint(count)
        self._varint(len(value.items))

    def _sparse_array(self, value: JsArray) -> None:
        """Index by index, as an Array with holes."""
        self.data += b"a"
        self._varint(len(value.items))
        count = self._properties(value)
        self.data += b"@"
        self._varint(count)
        self._varint(len(value.items))

    def _map(self, value: JsMap) -> None:
        self.data += b";"
        items = value.items()
        for key, item in items:
            self.write(key)
            self.write(item)
        self.data += b":"
        self._varint(2 * len(items))

    def _set(self, value: JsSet) -> None:
        self.data += b"'"
        items = value.items()
        for item in items:
            self.write(item)
        self.data += b","
        self._varint(len(items))

    def _view(self, value: JsView) -> None:
        self.data += b"V"
        self.data.append(VIEW_CODES[type(value)])
        self._varint(value.offset)
        self._varint(value.byte_length)
        self._varint(0)

    def _error(self, value: JsError) -> None:
        """As a host object: unlike V8, the runtime keeps an error's properties."""
        self.data += b"\\e"
        self._varint(ERROR_CODES[type(value)])
        self.write(value.name)
        self.write(value.message)
        self._plain(JsObject(value.properties))


def _is_sparse(items: Sequence[object]) -> bool:
    """Whether V8 takes undefined for a hole: in an Array of numbers only so far."""
    for item in items:
        if not is_number(item):
            return item is undefined
    return False


def _leading_doubles(items: Sequence[object]) -> list[float]:
    """The numbers in front, which V8 holds as doubles if one of them is not small."""
    numbers = list(takewhile(is_number, items))
    return [] if all(map(_is_small, numbers)) else numbers  # type: ignore[return-value]


def _is_small(number: object) -> bool:
    assert isinstance(number, (int, float))
    return SMALLEST_INT <= number <= LARGEST_INT and _is_integer(number)


def _is_integer(number: float) -> bool:
    if isinstance(number, int):
        return True
    return number.is_integer() and (number != 0 or math.copysign(1, number) > 0)


def _varint_length(number: int) -> int:
    return max(1, (number.bit_length() + 6) // 7)
