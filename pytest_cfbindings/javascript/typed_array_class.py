"""What the typed arrays have in common: `%TypedArray%`."""

import math
import struct
from collections.abc import Iterable
from typing import Any, ClassVar, Literal

from .arrays import JsArray
from .bigint_text import bigint_of_text
from .buffers import JsArrayBuffer, JsView, start_of
from .conversions import to_string
from .errors import range_error, type_error
from .iteration import iterate
from .iterators import JsIterator
from .numeric import to_integer, to_number
from .objects import (
    ITERATOR,
    JsFunction,
    JsObject,
    PropertyKey,
    getter,
    method,
    method_as,
)
from .text import is_array_index
from .values import MAX_SAFE_INTEGER, JsBigInt, is_nullish, missing, undefined

ElementCode = Literal["b", "B", "h", "H", "i", "I", "f", "d", "q", "Q"]


class JsTypedArray(JsView):
    """A typed array; `code` is the format character of its elements in `struct`."""

    __slots__ = ()

    class_name = "TypedArray"
    code: ClassVar[ElementCode] = "B"

    @classmethod
    def item_size(cls) -> int:
        """Bytes an element takes."""
        return struct.calcsize(cls.code)

    @classmethod
    def of_bytes(cls, data: bytes | bytearray | memoryview) -> "JsTypedArray":
        """A typed array over a copy of these bytes."""
        return cls(JsArrayBuffer(data))

    @classmethod
    def of_items(cls, items: Iterable[object]) -> "JsTypedArray":
        """A typed array of JavaScript values, each narrowed to the element type."""
        converted = [cls.element(item) for item in items]
        return cls.of_bytes(struct.pack(f"={len(converted)}{cls.code}", *converted))

    @classmethod
    def element(cls, value: object) -> float:
        """The value as the array stores it: integers wrap around."""
        if cls.code in "fd":
            number = to_number(value)
            return _single(number) if cls.code == "f" else number
        bits = 8 * cls.item_size()
        number = _bigint(value) if cls.code in "qQ" else to_integer(value)
        number &= (1 << bits) - 1
        if cls.code.islower() and number >> (bits - 1):
            number -= 1 << bits
        return number

    @classmethod
    def js_construct(
        cls,
        source: object = undefined,
        offset: object = undefined,
        length: object = undefined,
    ) -> "JsTypedArray":
        if isinstance(source, JsArrayBuffer):
            return cls._over(source, to_integer(offset), length)
        if isinstance(source, JsTypedArray):
            return cls.of_items(source.elements())
        if isinstance(source, JsArray):
            return cls.of_items(source.items)
        if isinstance(source, JsObject):
            return cls.of_items(_items_of(source))
        count = to_integer(source)
        if not 0 <= count <= MAX_SAFE_INTEGER:
            raise range_error(f"Invalid typed array length: {count}")
        return cls.of_bytes(bytearray(count * cls.item_size()))

    @classmethod
    def _over(
        cls, buffer: JsArrayBuffer, offset: int, length: object
    ) -> "JsTypedArray":
        buffer.check_attached("Construct")
        size = cls.item_size()
        if offset % size:
            raise range_error(
                f"start offset of {cls.class_name} should be a multiple of {size}"
            )
        if length is undefined:
            if len(buffer.data) % size:
                raise range_error(
                    f"byte length of {cls.class_name} should be a multiple of {size}"
                )
            return cls(buffer, start_of(buffer, offset))
        count = to_integer(length)
        if not 0 <= count * size <= len(buffer.data) - offset:
            raise range_error(f"Invalid typed array length: {count}")
        return cls(buffer, offset, count * size)

    def _items(self) -> Any:
        return self.view().cast(self.code)

    def elements(self) -> list[object]:
        """The elements as JavaScript numbers, or bigints."""
        items = self._items().tolist()
        if self.code in "qQ":
            return [JsBigInt(item) for item in items]
        return list(items)

    def js_lookup(self, key: PropertyKey) -> object:
        if isinstance(key, str) and is_array_index(key):
            items = self._items()
            if int(key) >= len(items):
                return missing
            item = items[int(key)]
            return JsBigInt(item) if self.code in "qQ" else item
        return super().js_lookup(key)

    def js_has(self, key: PropertyKey) -> bool:
        if isinstance(key, str) and is_array_index(key):
            return int(key) < len(self._items())
        return super().js_has(key)

    def js_set(self, key: PropertyKey, value: object) -> None:
        if isinstance(key, str) and is_array_index(key):
            items = self._items()
            if int(key) < len(items):
                items[int(key)] = type(self).element(value)
        else:
            super().js_set(key, value)

    def js_keys(self) -> list[str]:
        return [str(i) for i in range(self.length())] + super().js_keys()

    def js_to_string(self) -> str:
        return ",".join(to_string(item) for item in self.elements())

    @getter
    def length(self) -> int:
        return self.byteLength() // self.item_size()

    @method_as(ITERATOR)
    def iterate(self) -> JsIterator:
        return self.values()

    @method
    def values(self) -> JsIterator:
        return JsIterator(iter(self.elements()), "Array Iterator")

    @method
    def slice(
        self, start: object = undefined, end: object = undefined
    ) -> "JsTypedArray":
        first = 0 if start is undefined else to_integer(start)
        last = self.length() if end is undefined else to_integer(end)
        return self.of_items(self.elements()[first:last])

    @method
    def subarray(
        self, start: object = undefined, end: object = undefined
    ) -> "JsTypedArray":
        first = 0 if start is undefined else to_integer(start)
        last = self.length() if end is undefined else to_integer(end)
        chosen = range(self.length())[first:last]
        size = self.item_size()
        return type(self)(
            self.buffer_object, self.offset + chosen.start * size, len(chosen) * size
        )

    @method
    def set(self, source: object = undefined, offset: object = undefined) -> None:
        items = type(self).js_construct(source).to_bytes()
        start = to_integer(offset) * self.item_size()
        if start < 0 or start + len(items) > self.byte_length:
            raise range_error("offset is out of bounds")
        self.view()[start : start + len(items)] = items


def _single(number: float) -> float:
    """The number for a Float32Array: what is too large for one is infinite."""
    try:
        struct.pack("=f", number)
    except OverflowError:
        return math.copysign(math.inf, number)
    return number


def _bigint(value: object) -> int:
    """BigInt(value), but a number is refused, as bigint arrays refuse it."""
    if isinstance(value, (JsBigInt, bool)):
        return int(value)
    if is_nullish(value) or isinstance(value, (int, float)):
        raise type_error(f"Cannot convert {to_string(value)} to a BigInt")
    return bigint_of_text(to_string(value))


def _items_of(source: JsObject) -> Iterable[object]:
    if isinstance(source.js_get(ITERATOR), JsFunction):
        return iterate(source)
    return [source.js_get(str(i)) for i in range(to_integer(source.js_get("length")))]
