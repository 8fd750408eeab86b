"""URL and URLSearchParams."""

from typing import Any
from urllib.parse import parse_qsl, quote_plus

from ..javascript.arrays import JsArray, pairs
from ..javascript.callbacks import checked_function
from ..javascript.conversions import to_string
from ..javascript.errors import type_error
from ..javascript.iteration import iterate
from ..javascript.iterators import JsIterator
from ..javascript.objects import (
    ITERATOR,
    JsFunction,
    JsObject,
    PropertyKey,
    getter,
    method,
    method_as,
    own_entries,
)
from ..javascript.values import missing, null, undefined

_PARTS = frozenset(
    (
        *("href", "protocol", "username", "password", "host", "hostname"),
        *("port", "pathname", "search", "hash"),
    )
)


class URLSearchParams(JsObject):
    """Names and values of a query, in order."""

    __slots__ = ("fields",)

    class_name = "URLSearchParams"

    def __init__(self, fields: list[tuple[str, str]]) -> None:
        super().__init__()
        self.fields = fields

    @classmethod
    def js_construct(cls, init: object = undefined) -> "URLSearchParams":
        if init is undefined:
            return cls([])
        if not isinstance(init, JsObject):
            return cls(_parsed(to_string(init)))
        if isinstance(init.js_get(ITERATOR), JsFunction):
            found = [list(iterate(pair)) for pair in iterate(init)]
        else:
            found = [list(entry) for entry in own_entries(init)]
        return cls([(to_string(name), to_string(value)) for name, value in found])

    def js_to_string(self) -> str:
        return "&".join(
            f"{_quoted(name)}={_quoted(value)}" for name, value in self.fields
        )

    @getter
    def size(self) -> int:
        return len(self.fields)

    def _values(self, name: object) -> list[object]:
        wanted = to_string(name)
        return [value for field, value in self.fields if field == wanted]

    @method
    def append(self, name: object, value: object = undefined) -> None:
        self.fields.append((to_string(name), to_string(value)))

    @method
    def set(self, name: object, value: object = undefined) -> None:
        entry = to_string(name), to_string(value)
        names = [field for field, _ in self.fields]
        place = names.index(entry[0]) if entry[0] in names else len(names)
        rest = [field for field in self.fields[place:] if field[0] != entry[0]]
        self.fields[place:] = [entry, *rest]

    @method
    def get(self, name: object = undefined) -> object:
        values = self._values(name)
        return values[0] if values else null

    @method
    def getAll(self, name: object = undefined) -> JsArray:
        return JsArray(self._values(name))

    @method
    def has(self, name: object = undefined) -> bool:
        return bool(self._values(name))

    @method
    def delete(self, name: object = undefined) -> None:
        wanted = to_string(name)
        self.fields = [field for field in self.fields if field[0] != wanted]

    @method_as(ITERATOR)
    def iterate(self) -> JsIterator:
        return pairs(list(self.fields))

    @method
    def entries(self) -> JsIterator:
        return self.iterate()

    @method
    def keys(self) -> JsIterator:
        return JsIterator(iter([name for name, _ in self.fields]))

    @method
    def values(self) -> JsIterator:
        return JsIterator(iter([value for _, value in self.fields]))

    @method
    def forEach(self, callback: object = undefined) -> None:
        function = checked_function(callback)
        for name, value in list(self.fields):
            function.invoke(undefined, (value, name, self))


def _parsed(text: str) -> list[tuple[str, str]]:
    return parse_qsl(text.removeprefix("?"), keep_blank_values=True)


def _quoted(text: str) -> str:
    return quote_plus(text, safe="*-._").replace("~", "%7E")


class URL(JsObject):
    """A WHATWG URL."""

    __slots__ = ("parsed",)

    class_name = "URL"

    def __init__(self, parsed: Any) -> None:
        super().__init__()
        self.parsed = parsed

    @classmethod
    def js_construct(cls, text: object = undefined, base: object = undefined) -> "URL":
        import ada_url

        around = None if base is undefined else to_string(base)
        try:
            return cls(ada_url.URL(to_string(text), base=around))
        except ValueError:
            raise type_error("Invalid URL string.") from None

    def js_lookup(self, key: PropertyKey) -> object:
        if isinstance(key, str) and key in _PARTS:
            return str(getattr(self.parsed, key))
        return super().js_lookup(key)

    def js_has(self, key: PropertyKey) -> bool:
        return self.js_lookup(key) is not missing

    def js_set(self, key: PropertyKey, value: object) -> None:
        if isinstance(key, str) and key in _PARTS:
            setattr(self.parsed, key, to_string(value))
        else:
            super().js_set(key, value)

    def js_to_string(self) -> str:
        return str(self.parsed.href)

    @getter
    def origin(self) -> str:
        return str(self.parsed.origin)

    @getter
    def searchParams(self) -> URLSearchParams:
        return URLSearchParams(_parsed(str(self.parsed.search)))

    @method
    def toJSON(self) -> str:
        return self.js_to_string()
