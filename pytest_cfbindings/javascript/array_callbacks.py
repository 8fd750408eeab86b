"""The methods of Array that ask a callback about each element."""

from collections.abc import Iterator
from typing import TypeVar

from .callbacks import checked_function
from .conversions import truthy
from .objects import JsObject, method
from .values import undefined

Self = TypeVar("Self", bound="ArrayCallbacks")


class ArrayCallbacks(JsObject):
    """An object whose elements are `items`."""

    __slots__ = ("items",)

    class_name = "Array"
    items: list[object]

    def calls(self, callback: object) -> Iterator[object]:
        """What the callback answers for each element; it is called when asked for."""
        function = checked_function(callback)
        return (
            function.invoke(undefined, (item, index, self))
            for index, item in enumerate(list(self.items))
        )

    def _first(self, callback: object, backwards: bool = False) -> int:
        """Where the callback says yes first; -1 if nowhere."""
        function = checked_function(callback)
        indices = range(len(self.items))
        for index in reversed(indices) if backwards else indices:
            if truthy(function.invoke(undefined, (self.items[index], index, self))):
                return index
        return -1

    def _at(self, index: int) -> object:
        return undefined if index < 0 else self.items[index]

    @method
    def forEach(self, callback: object = undefined) -> None:
        for _ in self.calls(callback):
            pass

    @method
    def map(self: Self, callback: object = undefined) -> Self:
        return self._like(list(self.calls(callback)))

    def _like(self: Self, items: list[object]) -> Self:
        made = type(self)()
        made.items = items
        return made

    @method
    def filter(self: Self, callback: object = undefined) -> Self:
        items = list(self.items)
        answers = self.calls(callback)
        return self._like([item for item in items if truthy(next(answers))])

    @method
    def every(self, callback: object = undefined) -> bool:
        return all(truthy(answer) for answer in self.calls(callback))

    @method
    def some(self, callback: object = undefined) -> bool:
        return any(truthy(answer) for answer in self.calls(callback))

    @method
    def find(self, callback: object = undefined) -> object:
        return self._at(self._first(callback))

    @method
    def findIndex(self, callback: object = undefined) -> int:
        return self._first(callback)

    @method
    def findLast(self, callback: object = undefined) -> object:
        return self._at(self._first(callback, backwards=True))

    @method
    def findLastIndex(self, callback: object = undefined) -> int:
        return self._first(callback, backwards=True)
