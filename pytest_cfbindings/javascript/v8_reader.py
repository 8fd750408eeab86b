"""Values from the bytes that `v8_writer` wrote: what V8's ValueDeserializer reads."""

import struct
from typing import TypeVar

from .arrays import JsArray
from .boxed import JsBigIntObject, JsBoolean, JsNumber
from .buffers import JsArrayBuffer, JsView
from .conversions import to_string
from .dates import JsDate
from .errors import JsError, range_error
from .maps import JsMap, JsSet
from .objects import JsObject
from .regexps import JsRegExp
from .strings import JsString
from .v8_format import ERRORS, HEADER, HOST_CLASSES, REGEXP_FLAGS, VIEWS
from .values import JsBigInt, null, undefined

_CONSTANTS: dict[str, object] = {"_": undefined, "0": null, "T": True, "F": False}

Made = TypeVar("Made", bound=JsObject)


def deserialize(data: bytes) -> object:
    """A new value that nobody else holds.

    Raises a JavaScript RangeError for one that is nested too deeply to be read.
    """
    try:
        return _Reader(data).read()
    except RecursionError:
        raise range_error("Maximum call stack size exceeded") from None


class _Reader:
    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = len(HEADER)
        self._objects: list[JsObject] = []

    def read(self) -> object:
        """The next value."""
        value = self._value(self._tag())
        if isinstance(value, JsArrayBuffer) and self._is_next("V"):
            return self._view(value)
        return value

    def _tag(self) -> str:
        while (byte := self._byte()) == 0:
            pass  # Padding.
        return chr(byte)

    def _is_next(self, tag: str) -> bool:
        """Whether the next tag is this one; if so it is read."""
        found = self._data[self._at : self._at + 1] == tag.encode()
        self._at += found
        return found

    def _value(self, tag: str) -> object:
        if tag in _CONSTANTS:
            return _CONSTANTS[tag]
        match tag:
            case "I":
                number = self._varint()
                return -(number >> 1) - 1 if number & 1 else number >> 1
            case "N":
                return self._double()
            case '"':
                return self._bytes(self._varint()).decode("latin-1")
            case "c":
                units = self._bytes(self._varint())
                return units.decode("utf-16-le", "surrogatepass")
            case "Z":
                return self._bigint()
            case "^":
                return self._objects[self._varint()]
        return self._object(tag)

    def _byte(self) -> int:
        self._at += 1
        return self._data[self._at - 1]

    def _bytes(self, count: int) -> bytes:
        self._at += count
        return self._data[self._at - count : self._at]

    def _varint(self) -> int:
        number = shift = 0
        while (byte := self._byte()) > 0x7F:
            number |= (byte & 0x7F) << shift
            shift += 7
        return number | byte << shift

    def _double(self) -> float:
        number: float = struct.unpack("<d", self._bytes(8))[0]
        return number

    def _bigint(self) -> JsBigInt:
        head = self._varint()
        size = int.from_bytes(self._bytes(head >> 1), "little")
        return JsBigInt(-size if head & 1 else size)

    def _text(self) -> str:
        text = self.read()
        assert isinstance(text, str)
        return text

    def _kept(self, made: Made) -> Made:
        """Number an object, so that what follows can refer to it."""
        self._objects.append(made)
        return made

    def _object(self, tag: str) -> JsObject:
        match tag:
            case "o":
                return self._properties(self._kept(JsObject()), "{")
            case "A":
                return self._array()
            case "a":
                return self._sparse_array()
            case ";":
                return self._map()
            case "'":
                return self._set()
            case "B":
                return self._kept(JsArrayBuffer(self._bytes(self._varint())))
            case "D":
                return self._kept(JsDate(self._double()))
            case "R":
                return self._kept(self._regexp())
            case "y" | "x":
                return self._kept(JsBoolean(tag == "y"))
            case "n":
                return self._kept(JsNumber(self._double()))
            case "z":
                return self._kept(JsBigIntObject(self._bigint()))
            case "s":
                return self._kept(JsString(self._text()))
        assert tag == "\\", f"the format has no tag {tag!r}"
        return self._error() if self._is_next("e") else self._host_object()

    def _properties(self, made: Made, end: str) -> Made:
        while not self._is_next(end):
            name = to_string(self.read())
            made.properties[name] = self.read()
        self._varint()
        return made

    def _array(self) -> JsArray:
        made = self._kept(JsArray())
        made.items = [self.read() for _ in range(self._varint())]
        self._properties(made, "$")
        self._varint()
        return made

    def _sparse_array(self) -> JsArray:
        made = self._kept(JsArray())
        made.js_set("length", self._varint())
        while not self._is_next("@"):
            made.js_set(to_string(self.read()), self.read())
        self._varint()
        self._varint()
        return made

    def _map(self) -> JsMap:
        made = self._kept(JsMap())
        while not self._is_next(":"):
            key = self.read()
            made.set(key, self.read())
        self._varint()
        return made

    def _set(self) -> JsSet:
        made = self._kept(JsSet())
        while not self._is_next(","):
            made.add(self.read())
        self._varint()
        return made

    def _regexp(self) -> JsRegExp:
        source, bits = self._text(), self._varint()
        flags = (flag for bit, flag in enumerate(REGEXP_FLAGS) if bits >> bit & 1)
        return JsRegExp(source, "".join(flags))

    def _view(self, buffer: JsArrayBuffer) -> JsView:
        cls, offset, length = VIEWS[self._byte()], self._varint(), self._varint()
        self._varint()  # Whether the buffer can be resized: none can.
        return self._kept(cls(buffer, offset, length))

    def _error(self) -> JsError:
        made = self._kept(ERRORS[self._varint()]())
        made.name, made.message = self.read(), self.read()
        assert self._is_next("o")
        return self._properties(made, "{")

    def _host_object(self) -> JsObject:
        assert self._is_next("h")
        number = len(self._objects)
        self._kept(JsObject())
        cls = HOST_CLASSES[self._text()]
        made = self._objects[number] = cls.js_restored(self.read())
        return made
