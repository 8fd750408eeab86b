"""The methods of Array that change it or take it apart."""

from collections.abc import Iterable
from functools import cmp_to_key
from typing import TypeVar

from .array_callbacks import ArrayCallbacks
from .callbacks import checked_function
from .conversions import to_string
from .equality import same_value_zero, strictly_equal
from .errors import range_error, type_error
from .iterators import JsIterator
from .numeric import to_integer, to_number
from .objects import ITERATOR, method, method_as
from .values import is_nullish, undefined

Self = TypeVar("Self", bound="ArrayMethods")


class ArrayMethods(ArrayCallbacks):
    """An object whose elements are `items`."""

    __slots__ = ()

    class_name = "Array"

    def __init__(self, items: Iterable[object] = ()) -> None:
        super().__init__()
        self.items: list[object] = list(items)

    @method_as(ITERATOR)
    def iterate(self) -> JsIterator:
        return self.values()

    @method
    def values(self) -> JsIterator:
        return JsIterator(iter(self.items), "Array Iterator")

    @method
    def keys(self) -> JsIterator:
        return JsIterator(iter(range(len(self.items))), "Array Iterator")

    @method
    def entries(self) -> JsIterator:
        pairs = (type(self)(pair) for pair in enumerate(self.items))
        return JsIterator(pairs, "Array Iterator")

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
    def shift(self) -> object:
        return self.items.pop(0) if self.items else undefined

    @method
    def unshift(self, *items: object) -> int:
        self.items[:0] = items
        return len(self.items)

    @method
    def splice(self: Self, *arguments: object) -> Self:
        start, end = self._deleted(arguments)
        removed = type(self)(self.items[start:end])
        self.items[start:end] = arguments[2:]
        return removed

    def _deleted(self, arguments: tuple[object, ...]) -> tuple[int, int]:
        """The range that `splice(start, count)` removes."""
        if not arguments:
            return 0, 0
        start = self._place(arguments[0])
        if len(arguments) == 1:
            return start, len(self.items)
        count = max(to_integer(arguments[1]), 0)
        return start, min(start + count, len(self.items))

    def _place(self, index: object, otherwise: int = 0) -> int:
        """A relative index within bounds; from the end if it is negative."""
        if index is undefined:
            return otherwise
        place = to_integer(index)
        length = len(self.items)
        return max(place + length, 0) if place < 0 else min(place, length)

    @method
    def slice(self: Self, start: object = undefined, end: object = undefined) -> Self:
        last = self._place(end, len(self.items))
        return type(self)(self.items[self._place(start) : last])

    @method
    def concat(self: Self, *others: object) -> Self:
        joined = list(self.items)
        for other in others:
            joined.extend(other.items if isinstance(other, ArrayMethods) else [other])
        return type(self)(joined)

    @method
    def at(self, index: object = 0) -> object:
        place = to_integer(index)
        inside = -len(self.items) <= place < len(self.items)
        return self.items[place] if inside else undefined

    @method_as("with")
    def with_(self: Self, index: object = 0, item: object = undefined) -> Self:
        place = to_integer(index)
        if not -len(self.items) <= place < len(self.items):
            raise range_error("Invalid index : " + to_string(index))
        changed = type(self)(self.items)
        changed.items[place] = item
        return changed

    @method
    def includes(self, item: object = undefined, start: object = undefined) -> bool:
        rest = self.items[self._place(start) :]
        return any(same_value_zero(other, item) for other in rest)

    @method
    def indexOf(self, item: object = undefined, start: object = undefined) -> int:
        for index in range(self._place(start), len(self.items)):
            if strictly_equal(self.items[index], item):
                return index
        return -1

    @method
    def lastIndexOf(self, item: object = undefined) -> int:
        for index in range(len(self.items) - 1, -1, -1):
            if strictly_equal(self.items[index], item):
                return index
        return -1

    @method
    def reverse(self: Self) -> Self:
        self.items.reverse()
        return self

    @method
    def toReversed(self: Self) -> Self:
        return type(self)(self.items[::-1])

    @method
    def fill(
        self: Self,
        item: object = undefined,
        start: object = undefined,
        end: object = undefined,
    ) -> Self:
        for index in range(self._place(start), self._place(end, len(self.items))):
            self.items[index] = item
        return self

    @method
    def copyWithin(
        self: Self, target: object = 0, start: object = 0, end: object = undefined
    ) -> Self:
        into = self._place(target)
        copied = self.items[self._place(start) : self._place(end, len(self.items))]
        copied = copied[: len(self.items) - into]
        self.items[into : into + len(copied)] = copied
        return self

    @method
    def flat(self: Self, depth: object = 1) -> Self:
        return type(self)(_flattened(self.items, to_integer(depth)))

    @method
    def flatMap(self: Self, callback: object = undefined) -> Self:
        return type(self)(_flattened(list(self.calls(callback)), 1))

    @method
    def sort(self: Self, compare: object = undefined) -> Self:
        # What is undefined comes last, and nobody is asked about it.
        known = [item for item in self.items if item is not undefined]
        unknown = len(self.items) - len(known)
        if compare is undefined:
            known.sort(key=to_string)
        else:
            function = checked_function(compare)
            known.sort(
                key=cmp_to_key(lambda a, b: _order(function.invoke(undefined, (a, b))))
            )
        self.items[:] = known + [undefined] * unknown
        return self

    @method
    def toSorted(self: Self, compare: object = undefined) -> Self:
        return type(self)(self.items).sort(compare)

    @method
    def reduce(self, callback: object = undefined, *initial: object) -> object:
        return self._reduced(callback, initial, list(enumerate(self.items)))

    @method
    def reduceRight(self, callback: object = undefined, *initial: object) -> object:
        return self._reduced(callback, initial, list(enumerate(self.items))[::-1])

    def _reduced(
        self,
        callback: object,
        initial: tuple[object, ...],
        steps: list[tuple[int, object]],
    ) -> object:
        function = checked_function(callback)
        if initial:
            result = initial[0]
        elif steps:
            result = steps.pop(0)[1]
        else:
            raise type_error("Reduce of empty array with no initial value")
        for index, item in steps:
            result = function.invoke(undefined, (result, item, index, self))
        return result


def _flattened(items: list[object], depth: int) -> list[object]:
    flat: list[object] = []
    for item in items:
        if depth > 0 and isinstance(item, ArrayMethods):
            flat.extend(_flattened(item.items, depth - 1))
        else:
            flat.append(item)
    return flat


def _order(answer: object) -> int:
    number = to_number(answer)
    return (number > 0) - (number < 0)
