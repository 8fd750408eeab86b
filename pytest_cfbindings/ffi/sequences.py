"""The protocols of buffers, typed arrays and Arrays."""

import sys
from collections.abc import Iterator, MutableSequence
from typing import Any

from ..javascript.arrays import JsArray as Array
from ..javascript.buffers import JsBuffer as Buffer
from ..javascript.numeric import to_integer
from ..javascript.typed_array_class import JsTypedArray as TypedArray
from .crossing import to_javascript, to_python
from .iteration import (
    JsIterable,
)
from .proxy import JsProxy


class JsBuffer(JsProxy):
    """An ArrayBuffer or a view of one."""

    __slots__ = ()

    def _view(self) -> memoryview:
        buffer: Any = self.__js__
        assert isinstance(buffer, Buffer)
        return buffer.view()

    def to_bytes(self) -> bytes:
        """A copy of the bytes."""
        return bytes(self._view())

    def to_memoryview(self) -> memoryview:
        """A writable copy of the bytes."""
        view: memoryview = self.to_py()
        return view

    def to_string(self, encoding: str | None = None) -> str:
        """The bytes as text, UTF-8 unless said otherwise."""
        try:
            return self.to_bytes().decode(encoding or "utf-8")
        except UnicodeDecodeError:
            raise ValueError(
                f"Failed to decode Javascript TypedArray as {encoding or 'utf8'}"
            ) from None

    def assign(self, rhs: Any) -> None:
        """Copy from a bytes-like object of the same length."""
        mine, other = self._view(), memoryview(rhs).cast("B")
        if len(mine) != len(other):
            raise ValueError(
                f"cannot assign to TypedArray of length {len(other)}"
                f" from buffer of length {len(mine)}"
            )
        mine[:] = other

    def assign_to(self, to: Any) -> None:
        """Copy into a writable bytes-like object of the same length."""
        mine, other = self._view(), memoryview(to).cast("B")
        if len(mine) != len(other):
            raise ValueError(
                f"cannot assign from TypedArray of length {len(mine)}"
                f" to buffer of length {len(other)}"
            )
        other[:] = mine


class JsTypedArray(JsBuffer):
    __slots__ = ()

    def _elements(self) -> list[object]:
        array: Any = self.__js__
        assert isinstance(array, TypedArray)
        return array.elements()

    def __getitem__(self, index: Any) -> Any:
        if isinstance(index, slice):
            raise NotImplementedError(
                "Slice subscripting isn't implemented for typed arrays"
            )
        _check_index(index)
        try:
            return to_python(self._elements()[index])
        except IndexError:
            raise IndexError(index) from None

    def __setitem__(self, index: int, value: Any) -> None:
        _check_index(index)
        _assign(self, index, value)

    def __delitem__(self, index: Any) -> None:
        raise TypeError("object doesn't support item deletion")


# MutableSequence brings the one, and Array the others; Pyodide leaves them out.
_LEFT_OUT = frozenset(("clear", "keys", "items"))


class JsArray(JsIterable, MutableSequence[Any]):
    """An Array, with the methods of a list except copy and clear."""

    __slots__ = ()

    def _items(self) -> list[object]:
        array: Any = self.__js__
        assert isinstance(array, Array)
        return array.items

    def __len__(self) -> int:
        return len(self._items())

    def __bool__(self) -> bool:
        return len(self._items()) > 0

    def __iter__(self) -> Iterator[Any]:
        return map(to_python, iter(self._items()))

    def __getitem__(self, index: Any) -> Any:
        if isinstance(index, slice):
            return to_python(Array(self._items()[index]))
        _check_index(index)
        try:
            return to_python(self._items()[index])
        except IndexError:
            raise IndexError(index) from None

    def __setitem__(self, index: Any, value: Any) -> None:
        if isinstance(index, slice):
            self._items()[index] = [to_javascript(item) for item in value]
            return
        _check_index(index)
        _assign(self, index, value)

    def __delitem__(self, index: Any) -> None:
        try:
            del self._items()[index]
        except IndexError:
            raise IndexError(index) from None

    def __contains__(self, value: object) -> bool:
        return any(value is item or value == item for item in self)

    def __add__(self, other: Any) -> Any:
        return to_python(Array([*self._items(), *map(to_javascript, other)]))

    def __mul__(self, count: int) -> Any:
        return to_python(Array(self._items() * count))

    def __getattribute__(self, name: str) -> Any:
        if name in _LEFT_OUT:
            raise AttributeError(name)
        return super().__getattribute__(name)

    def __getattr__(self, name: str) -> Any:
        if name in _LEFT_OUT:
            raise AttributeError(name)
        return super().__getattr__(name)

    def insert(self, index: int, value: Any) -> None:
        """Put a value before the one at the index."""
        self._items().insert(index, to_javascript(value))

    def pop(self, index: int = -1) -> Any:
        """Remove an item and return it. Raises IndexError, with a list's texts."""
        return to_python(self._items().pop(index))

    def index(self, value: Any, start: int = 0, stop: int = sys.maxsize) -> int:
        """Where a value is. Raises ValueError if it is nowhere."""
        try:
            return super().index(value, start, stop)
        except ValueError:
            raise ValueError(f"{value!r} is not in list") from None


class JsArrayLike(JsIterable):
    """What can be iterated and has a length, such as a String object."""

    __slots__ = ()

    def __getitem__(self, index: Any) -> Any:
        value = self.__js__
        length = to_integer(value.js_get("length"))
        if isinstance(index, slice):
            chosen = range(length)[index]
            return to_python(Array(value.js_get(str(place)) for place in chosen))
        _check_index(index)
        place = index + length if index < 0 else index
        if not 0 <= place < length:
            raise IndexError(index)
        return to_python(value.js_get(str(place)))

    def __add__(self, other: Any) -> Any:
        return to_python(Array(map(to_javascript, [*self, *other])))


JsArray.register(JsTypedArray)
JsArray.register(JsArrayLike)


def _assign(proxy: JsProxy, index: int, value: Any) -> None:
    """`array[index] = value`: an Array grows, a typed array drops what is outside."""
    array = proxy.__js__
    if index < 0:
        index += to_integer(array.js_get("length"))
    if index >= 0:
        array.js_set(str(index), to_javascript(value))


def _check_index(index: object) -> None:
    if not isinstance(index, int):
        kind = type(index).__name__
        raise TypeError(f"list indices must be integers or slices, not {kind}")
