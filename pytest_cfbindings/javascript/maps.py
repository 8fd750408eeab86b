"""Map and Set, whose keys are told apart as SameValueZero tells them."""

import math
from collections.abc import Hashable, Iterable, Iterator
from typing import TypeVar

from .arrays import JsArray
from .callbacks import checked_function
from .iteration import iterate, iterate_entries
from .iterators import JsIterator
from .objects import ITERATOR, JsObject, getter, method, method_as
from .values import JsBigInt, is_nullish, undefined

_NAN = object()

Record = TypeVar("Record")


def _identity(key: object) -> Hashable:
    """A dictionary key: Python's own equality would take true, 1 and 1n for one."""
    if isinstance(key, (bool, JsBigInt)):
        return type(key), int(key)
    if isinstance(key, float) and math.isnan(key):
        return _NAN
    return key


def _normal(key: object) -> object:
    """The key that is stored: 0 for -0."""
    return 0 if isinstance(key, float) and key == 0 else key


def _live(table: dict[Hashable, Record]) -> Iterator[Record]:
    """The records in order, those that are added on the way included."""
    seen: dict[int, Record] = {}
    while fresh := [
        (identity, record)
        for identity, record in table.items()
        if id(record) not in seen
    ]:
        for identity, record in fresh:
            seen[id(record)] = record
            if table.get(identity) is record:
                yield record


class JsMap(JsObject):
    """A JavaScript Map."""

    __slots__ = ("entries_by_key",)

    class_name = "Map"

    def __init__(self, entries: Iterable[tuple[object, object]] = ()) -> None:
        super().__init__()
        self.entries_by_key: dict[Hashable, list[object]] = {}
        for key, value in entries:
            self.set(key, value)

    @classmethod
    def js_construct(cls, entries: object = undefined) -> "JsMap":
        made = cls()
        for key, value in () if is_nullish(entries) else iterate_entries(entries):
            made.set(key, value)
        return made

    def items(self) -> list[tuple[object, object]]:
        """Keys and values in order of insertion."""
        return [(key, value) for key, value in self.entries_by_key.values()]

    @getter
    def size(self) -> int:
        return len(self.entries_by_key)

    @method
    def get(self, key: object = undefined) -> object:
        found = self.entries_by_key.get(_identity(key))
        return undefined if found is None else found[1]

    @method
    def has(self, key: object = undefined) -> bool:
        return _identity(key) in self.entries_by_key

    @method
    def set(self, key: object = undefined, value: object = undefined) -> "JsMap":
        identity = _identity(key)
        entry = self.entries_by_key.get(identity)
        if entry is None:
            self.entries_by_key[identity] = [_normal(key), value]
        else:
            entry[1] = value
        return self

    @method
    def delete(self, key: object = undefined) -> bool:
        return self.entries_by_key.pop(_identity(key), None) is not None

    @method
    def clear(self) -> None:
        self.entries_by_key.clear()

    @method
    def keys(self) -> JsIterator:
        return self._iterator(key for key, _ in _live(self.entries_by_key))

    @method
    def values(self) -> JsIterator:
        return self._iterator(value for _, value in _live(self.entries_by_key))

    @method
    def entries(self) -> JsIterator:
        return self._iterator(JsArray(entry) for entry in _live(self.entries_by_key))

    def _iterator(self, items: Iterator[object]) -> JsIterator:
        return JsIterator(items, "Map Iterator")

    @method_as(ITERATOR)
    def iterate(self) -> JsIterator:
        return self.entries()

    @method
    def forEach(self, callback: object = undefined) -> None:
        function = checked_function(callback)
        for key, value in _live(self.entries_by_key):
            function.invoke(undefined, (value, key, self))


class JsSet(JsObject):
    """A JavaScript Set."""

    __slots__ = ("members_by_identity",)

    class_name = "Set"

    def __init__(self, items: Iterable[object] = ()) -> None:
        super().__init__()
        self.members_by_identity: dict[Hashable, list[object]] = {}
        for item in items:
            self.add(item)

    @classmethod
    def js_construct(cls, items: object = undefined) -> "JsSet":
        return cls(() if is_nullish(items) else iterate(items))

    def items(self) -> list[object]:
        """The members in order of insertion."""
        return [item for (item,) in self.members_by_identity.values()]

    @getter
    def size(self) -> int:
        return len(self.members_by_identity)

    @method
    def has(self, item: object = undefined) -> bool:
        return _identity(item) in self.members_by_identity

    @method
    def add(self, item: object = undefined) -> "JsSet":
        self.members_by_identity.setdefault(_identity(item), [_normal(item)])
        return self

    @method
    def delete(self, item: object = undefined) -> bool:
        identity = _identity(item)
        present = identity in self.members_by_identity
        self.members_by_identity.pop(identity, None)
        return present

    @method
    def clear(self) -> None:
        self.members_by_identity.clear()

    @method
    def values(self) -> JsIterator:
        return self._iterator(item for (item,) in _live(self.members_by_identity))

    @method
    def entries(self) -> JsIterator:
        return self._iterator(
            JsArray((item, item)) for (item,) in _live(self.members_by_identity)
        )

    def _iterator(self, items: Iterator[object]) -> JsIterator:
        return JsIterator(items, "Set Iterator")

    @method_as(ITERATOR)
    def iterate(self) -> JsIterator:
        return self.values()

    @method
    def forEach(self, callback: object = undefined) -> None:
        function = checked_function(callback)
        for (item,) in _live(self.members_by_identity):
            function.invoke(undefined, (item, item, self))
