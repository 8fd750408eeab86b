"""as_object_map and as_py_json: an object's own properties as a mapping."""

from collections.abc import Iterator, MutableMapping
from typing import Any

from ..javascript.arrays import JsArray
from ..javascript.objects import JsObject
from .crossing import to_javascript, to_python


class JsObjectMap(MutableMapping[str, Any]):
    """A view of an object: its own properties are items, which can be changed.

    If it is `hereditary`, plain objects inside it are seen in the same way.
    """

    def __init__(self, value: JsObject, hereditary: bool) -> None:
        self.__js__ = value
        self._hereditary = hereditary

    def __getitem__(self, key: str) -> Any:
        if key not in self.__js__.js_keys():
            raise KeyError(key)
        return seen(self.__js__.js_get(key), self._hereditary)

    def __setitem__(self, key: str, value: Any) -> None:
        self.__js__.js_set(key, to_javascript(value))

    def __delitem__(self, key: str) -> None:
        if key not in self.__js__.js_keys():
            raise KeyError(key)
        self.__js__.js_delete(key)

    def __iter__(self) -> Iterator[str]:
        return iter(self.__js__.js_keys())

    def __len__(self) -> int:
        return len(self.__js__.js_keys())

    def __repr__(self) -> str:
        return repr(to_python(self.__js__))


def seen(value: object, hereditary: bool = True) -> Any:
    """A property's value; what `hereditary` says goes for plain objects and Arrays."""
    if hereditary and isinstance(value, JsArray):
        return [seen(item) for item in value.items]
    if hereditary and type(value) is JsObject:
        return JsObjectMap(value, True)
    return to_python(value)
