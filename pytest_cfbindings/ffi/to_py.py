"""to_py: a JavaScript value as Python's own types, all the way down."""

from collections.abc import Callable
from typing import Any

from ..javascript.arrays import JsArray
from ..javascript.buffers import JsBuffer
from ..javascript.errors import JsError
from ..javascript.maps import JsMap, JsSet
from ..javascript.numbers import narrow
from ..javascript.objects import JsObject, own_properties
from ..javascript.typed_array_class import JsTypedArray
from ..javascript.values import JsBigInt, JsNull
from .crossing import to_javascript, to_python
from .pyproxy import is_pyproxy

# What Python has as well; a float may have to become an int.
_SAME = frozenset((str, int, bool, type(None), JsNull, JsBigInt))

Converter = Callable[[Any, Callable[[Any], Any], Callable[[Any, Any], None]], Any]


def to_py(value: object, depth: int = -1, converter: Converter | None = None) -> Any:
    """Convert plain Objects, Arrays, Maps, Sets and buffers; the rest is proxied.

    Objects that occur twice, or contain themselves, stay one. `converter` is asked
    for what has no conversion of its own: `converter(proxy, convert, cache)`.
    """
    return _Conversion(converter).convert(value, depth)


class _Conversion:
    def __init__(self, converter: Converter | None) -> None:
        self.converter = converter
        self.done: dict[int, Any] = {}

    def convert(self, value: object, depth: int) -> Any:
        kind = type(value)
        if kind is str or kind is int or value is None:
            return value
        if kind is float:
            return narrow(value)  # type: ignore[arg-type]
        if not isinstance(value, JsObject):
            return value
        if id(value) in self.done:
            return self.done[id(value)]
        if depth == 0 or is_pyproxy(value):
            return to_python(value)
        return self.container(value, depth - 1)

    def container(self, value: JsObject, depth: int) -> Any:
        if type(value).class_name == "Object":
            made = self.done[id(value)] = own_properties(value)
            for name, item in made.items():
                if type(item) not in _SAME:
                    made[name] = self.convert(item, depth)
            return made
        if isinstance(value, JsArray):
            items = self.done[id(value)] = []
            for item in value.items:
                items.append(item if type(item) in _SAME else self.convert(item, depth))
            return items
        if isinstance(value, JsMap):
            return self.mapping(value, depth)
        if isinstance(value, JsSet):
            return {self.key(item, depth, "set") for item in value.items()}
        if isinstance(value, JsBuffer):
            return _memoryview(value)
        return self.other(value, depth)

    def mapping(self, value: JsMap, depth: int) -> Any:
        made = self.done[id(value)] = {}
        for key, item in value.items():
            made[self.key(key, depth)] = self.convert(item, depth)
        return made

    def key(self, key: object, depth: int, container: str = "dict") -> Any:
        converted = self.convert(key, depth)
        if isinstance(key, JsObject) and not is_pyproxy(key):
            raise to_python(
                JsError(
                    f"Cannot use key of type {key.class_name} as a key to a Python"
                    f" {container}"
                )
            )
        return converted

    def other(self, value: JsObject, depth: int) -> Any:
        if self.converter is None:
            return to_python(value)

        def convert(inner: Any) -> Any:
            return self.convert(to_javascript(inner), depth)

        def cache(source: Any, result: Any) -> None:
            self.done[id(to_javascript(source))] = result

        return self.converter(to_python(value), convert, cache)


def _memoryview(value: JsBuffer) -> Any:
    """A writable private copy; a typed array's has the format of its elements."""
    view = memoryview(bytearray(value.view()))
    if isinstance(value, JsTypedArray) and value.code != "B":
        return view.cast(value.code)
    return view
