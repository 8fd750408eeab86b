"""URL and URLSearchParams."""

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl, quote_plus

from ..javascript.conversions import to_string
from ..javascript.errors import type_error
from ..javascript.iteration import iterate
from ..javascript.objects import (
    ITERATOR,
    JsFunction,
    JsObject,
    PropertyKey,
    getter,
    method,
    own_entries,
    static,
)
from ..javascript.values import missing, null, undefined
from .name_value_list import NameValueList

_PARTS = frozenset(
    (
        *("href", "protocol", "username", "password", "host", "hostname"),
        *("port", "pathname", "search", "hash"),
    )
)


class URLSearchParams(NameValueList):
    """Names and values of a query, in order."""

    __slots__ = ("changed",)

    class_name = "URLSearchParams"

    def __init__(self, fields: list[tuple[str, Any]] | None = None) -> None:
        super().__init__(fields)
        self.changed: Callable[[], None] = _nothing
        """Called after each change: the URL whose query it is follows."""

    @classmethod
    def js_construct(cls, init: object = undefined) -> "URLSearchParams":
        if init is undefined:
            return cls([])
        if not isinstance(init, JsObject):
            return cls(_parsed(to_string(init)))
        if isinstance(init.js_get(ITERATOR), JsFunction):
            found = [list(iterate(pair)) for pair in iterate(init)]
            if any(len(pair) != 2 for pair in found):
                raise type_error("Invalid URL search params sequence.")
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

    @method
    def append(self, name: object, value: object = undefined) -> None:
        self.fields.append((to_string(name), to_string(value)))
        self.changed()

    @method
    def set(self, name: object, value: object = undefined) -> None:
        self.put(to_string(name), to_string(value))
        self.changed()

    @method
    def has(self, name: object = undefined, value: object = undefined) -> bool:
        return any(self._matches(field, name, value) for field in self.fields)

    @method
    def delete(self, name: object = undefined, value: object = undefined) -> None:
        self.fields = [
            field for field in self.fields if not self._matches(field, name, value)
        ]
        self.changed()

    @staticmethod
    def _matches(field: tuple[str, str], name: object, value: object) -> bool:
        if field[0] != to_string(name):
            return False
        return value is undefined or field[1] == to_string(value)

    @method
    def sort(self) -> None:
        self.fields.sort(
            key=lambda field: field[0].encode("utf-16-be", "surrogatepass")
        )
        self.changed()


def _nothing() -> None:
    """For a query of no URL."""


def _parsed(text: str) -> list[tuple[str, str]]:
    return parse_qsl(text.removeprefix("?"), keep_blank_values=True)


def _quoted(text: str) -> str:
    return quote_plus(text, safe="*-._").replace("~", "%7E")


class URL(JsObject):
    """A WHATWG URL."""

    __slots__ = ("_params", "parsed")

    class_name = "URL"

    def __init__(self, parsed: Any) -> None:
        super().__init__()
        self.parsed = parsed
        self._params: URLSearchParams | None = None

    @classmethod
    def js_construct(cls, text: object = undefined, base: object = undefined) -> "URL":
        if text is undefined:
            raise type_error(
                "Failed to construct 'URL': constructor parameter 1 is not of type"
                " 'USVString'."
            )
        parsed = _url(text, base)
        if parsed is None:
            raise type_error("Invalid URL string.")
        return cls(parsed)

    @static
    @staticmethod
    def canParse(text: object = undefined, base: object = undefined) -> bool:
        return _url(text, base) is not None

    @static
    @staticmethod
    def parse(text: object = undefined, base: object = undefined) -> object:
        parsed = _url(text, base)
        return null if parsed is None else URL(parsed)

    def js_lookup(self, key: PropertyKey) -> object:
        if isinstance(key, str) and key in _PARTS:
            return str(getattr(self.parsed, key))
        return super().js_lookup(key)

    def js_has(self, key: PropertyKey) -> bool:
        return self.js_lookup(key) is not missing

    def js_set(self, key: PropertyKey, value: object) -> None:
        if isinstance(key, str) and key in _PARTS:
            setattr(self.parsed, key, to_string(value))
            if self._params is not None:
                self._params.fields = _parsed(str(self.parsed.search))
        else:
            super().js_set(key, value)

    def js_to_string(self) -> str:
        return str(self.parsed.href)

    @getter
    def origin(self) -> str:
        return str(self.parsed.origin)

    @getter
    def searchParams(self) -> URLSearchParams:
        if self._params is None:
            self._params = URLSearchParams(_parsed(str(self.parsed.search)))
            self._params.changed = self._follow_params
        return self._params

    def _follow_params(self) -> None:
        assert self._params is not None
        self.parsed.search = self._params.js_to_string()

    @method
    def toJSON(self) -> str:
        return self.js_to_string()


def _url(text: object, base: object) -> Any:
    """The parsed URL; None for a text that is none."""
    import ada_url

    around = None if base is undefined else to_string(base)
    try:
        return ada_url.URL(to_string(text), base=around)
    except ValueError:
        return None
