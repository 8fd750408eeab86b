"""Array."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cmp_to_key

from .conversions import shown, to_string, truthy
from .errors import range_error, type_error
from .numeric import to_integer, to_number
from .objects import (
    ITERATOR,
    JsFunction,
    JsObject,
    PropertyKey,
    method,
    method_as,
    static,
)
from .text import is_array_index
from .values import is_nullish, missing, undefined


class JsArray(JsObject):
    """A JavaScript Array; `items` are its elements."""

    __slots__ = ("items",)

    class_name = "Array"

    def __init__(self, items: Iterable[object] = ()) -> None:
        super().__init__()
        self.items: list[object] = list(items)

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

    @method_as(ITERATOR)
    def values(self) -> "JsIterator":
        return JsIterator(iter(self.items), "Array Iterator")

    @method
    def join(self, separator: object = undefined) -> str:
        between = "," if separator is undefined else to_string(separator)
        return between.join(
            "" if is_nullish(item) else to_string(item) for item in self.items
        )

    @method
    def push(self, *items: object) -> int:
        self.items.extend(items)
        return len(self.items)

    @method
    def pop(self) -> object:
        return self.items.pop() if self.items else undefined

    @method
    def slice(self, start: object = undefined, end: object = undefined) -> "JsArray":
        first = 0 if start is undefined else to_integer(start)
        last = len(self.items) if end is undefined else to_integer(end)
        return JsArray(self.items[first:last])

    @method
    def concat(self, *others: object) -> "JsArray":
        joined = list(self.items)
        for other in others:
            joined.extend(other.items if isinstance(other, JsArray) else [other])
        return JsArray(joined)

    @method
    def at(self, index: object = 0) -> object:
        place = to_integer(index)
        inside = -len(self.items) <= place < len(self.items)
        return self.items[place] if inside else undefined

    @method
    def includes(self, item: object = undefined) -> bool:
        return any(
            other is item or (type(other) is type(item) and other == item)
            for other in self.items
        )

    @method
    def sort(self, compare: object = undefined) -> "JsArray":
        if compare is undefined:
            self.items.sort(key=to_string)
        else:
            function = checked_function(compare)
            self.items.sort(
                key=cmp_to_key(lambda a, b: _order(function.invoke(undefined, (a, b))))
            )
        return self

    @method
    def forEach(self, callback: object = undefined) -> None:
        for _ in self._calls(callback):
            pass

    @method
    def map(self, callback: object = undefined) -> "JsArray":
        return JsArray(self._calls(callback))

    @method
    def filter(self, callback: object = undefined) -> "JsArray":
        items = list(self.items)
        kept = self._calls(callback)
        return JsArray([item for item in items if truthy(next(kept))])

    def _calls(self, callback: object) -> Iterator[object]:
        function = checked_function(callback)
        return (
            function.invoke(undefined, (item, index, self))
            for index, item in enumerate(list(self.items))
        )


def _order(answer: object) -> int:
    number = to_number(answer)
    return (number > 0) - (number < 0)


def _length(value: object) -> int:
    number = to_number(value)
    if not 0 <= number < 2**32 or number != int(number):
        raise range_error("Invalid array length")
    return int(number)


def checked_function(value: object) -> JsFunction:
    """A callback. Raises a JavaScript TypeError for what cannot be called."""
    if not isinstance(value, JsFunction):
        raise type_error(f"{shown(value)} is not a function")
    return value


class JsIterator(JsObject):
    """The iterator that `values()`, `entries()` and `[Symbol.iterator]()` return."""

    __slots__ = ("iterator", "kind")

    class_name = "Iterator"

    def __init__(self, iterator: Iterator[object], kind: str = "Iterator") -> None:
        super().__init__()
        self.iterator = iterator
        self.kind = kind

    def js_to_string(self) -> str:
        return f"[object {self.kind}]"

    @method
    def next(self) -> JsObject:
        try:
            return JsObject({"value": next(self.iterator), "done": False})
        except StopIteration:
            return JsObject({"value": undefined, "done": True})

    @method
    def toArray(self) -> JsArray:
        return JsArray(self.iterator)

    @method_as(ITERATOR)
    def itself(self) -> "JsIterator":
        return self


def pairs(entries: Iterable[Sequence[object]]) -> JsIterator:
    """An iterator over [name, value] Arrays."""
    return JsIterator(JsArray(entry) for entry in entries)
