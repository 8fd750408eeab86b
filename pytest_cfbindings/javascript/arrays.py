"""Array."""

from collections.abc import Iterable, Sequence

from .array_methods import ArrayMethods
from .errors import range_error
from .iterators import JsIterator
from .numeric import to_number
from .objects import PropertyKey, static
from .text import is_array_index
from .values import missing, undefined


class JsArray(ArrayMethods):
    """A JavaScript Array; `items` are its elements."""

    __slots__ = ()

    class_name = "Array"

    @classmethod
    def js_construct(cls, *arguments: object) -> "JsArray":
        if len(arguments) == 1 and type(arguments[0]) in (int, float):
            return cls([undefined] * _length(arguments[0]))
        return cls(arguments)

    js_call = js_construct

    def js_lookup(self, key: PropertyKey) -> object:
        if key == "length":
            return len(self.items)
        if isinstance(key, str) and is_array_index(key):
            index = int(key)
            return self.items[index] if index < len(self.items) else missing
        return super().js_lookup(key)

    def js_has(self, key: PropertyKey) -> bool:
        if key == "length":
            return True
        if isinstance(key, str) and is_array_index(key):
            return int(key) < len(self.items)
        return super().js_has(key)

    def js_set(self, key: PropertyKey, value: object) -> None:
        if key == "length":
            self._resize(_length(value))
        elif isinstance(key, str) and is_array_index(key):
            index = int(key)
            if index >= len(self.items):
                self._resize(index + 1)
            self.items[index] = value
        else:
            super().js_set(key, value)

    def _resize(self, length: int) -> None:
        self.items[length:] = [undefined] * (length - len(self.items))

    def js_delete(self, key: PropertyKey) -> None:
        if isinstance(key, str) and is_array_index(key):
            if int(key) < len(self.items):
                self.items[int(key)] = undefined
        else:
            super().js_delete(key)

    def js_keys(self) -> list[str]:
        return [str(index) for index in range(len(self.items))] + super().js_keys()

    def js_to_string(self) -> str:
        return self.join()

    @static
    @staticmethod
    def isArray(value: object = undefined) -> bool:
        return isinstance(value, JsArray)

    @static
    @staticmethod
    def of(*items: object) -> "JsArray":
        return JsArray(items)


def _length(value: object) -> int:
    number = to_number(value)
    if not 0 <= number < 2**32 or number != int(number):
        raise range_error("Invalid array length")
    return int(number)


def pairs(entries: Iterable[Sequence[object]]) -> JsIterator:
    """An iterator over [name, value] Arrays."""
    return JsIterator(JsArray(entry) for entry in entries)
