"""URL and URLSearchParams."""

from collections.abc import Callable
from typing import Any, ClassVar
from urllib.parse import parse_qsl, quote_plus

from ..javascript.arguments import wrong_parameter
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
from ..javascript.text import well_formed
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
    text_kind: ClassVar[str] = "USVString"

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
        return cls([(_text(name), _text(value)) for name, value in found])

    def js_to_string(self) -> str:
        return "&".join(
            f"{_quoted(name)}={_quoted(value)}" for name, value in self.fields
        )

    @getter
    def size(self) -> int:
        return len(self.fields)

    def checked_name(self, operation: str, arguments: tuple[object, ...]) -> str:
        return well_formed(super().checked_name(operation, arguments))

    def _name_and_value(
        self, operation: str, arguments: tuple[object, ...]
    ) -> tuple[str, str]:
        name = self.checked_name(operation, arguments)
        if len(arguments) == 1:
            raise wrong_parameter(operation, self.class_name, 2, self.text_kind)
        return name, _text(arguments[1])

    @method
    def append(self, *arguments: object) -> None:
        self.fields.append(self._name_and_value("append", arguments))
        self.changed()

    @method
    def set(self, *arguments: object) -> None:
        self.put(*self._name_and_value("set", arguments))
        self.changed()

    @method
    def has(self, *arguments: object) -> bool:
        return bool(self._matching("has", arguments))

    @method
    def delete(self, *arguments: object) -> None:
        dropped = self._matching("delete", arguments)
        self.fields = [field for field in self.fields if field not in dropped]
        self.changed()

    def _matching(
        self, operation: str, arguments: tuple[object, ...]
    ) -> list[tuple[str, str]]:
        """The entries of a name, and of a value if one is given."""
        name = self.checked_name(operation, arguments)
        value = arguments[1] if len(arguments) > 1 else undefined
        return [
            field
            for field in self.fields
            if field[0] == name and (value is undefined or field[1] == _text(value))
        ]

    @method
    def sort(self) -> None:
        self.fields.sort(
            key=lambda field: field[0].encode("utf-16-be", "surrogatepass")
        )
        self.changed()


def _text(value: object) -> str:
    return well_formed(to_string(value))


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
    def canParse(*arguments: object) -> bool:
        if not arguments:
            raise wrong_parameter("canParse", "URL", 1, "USVString")
        return _url(*arguments[:2]) is not None

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
            self._set_part(key, _text(value))
            if self._params is not None:
                self._params.fields = _parsed(str(self.parsed.search))
        else:
            super().js_set(key, value)

    def _set_part(self, name: str, text: str) -> None:
        """What no part can be changes nothing. Raises a JavaScript TypeError: href."""
        try:
            setattr(self.parsed, name, text)
        except ValueError:
            if name == "href":
                raise type_error(
                    "Failed to set the 'href' property on 'URL': the provided value is"
                    " not of type 'valid URL string'."
                ) from None

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


def _url(text: object, base: object = undefined) -> Any:
    """The parsed URL; None for a text that is none."""
    import ada_url

    around = None if base is undefined else _text(base)
    try:
        return ada_url.URL(_text(text), base=around)
    except ValueError:
        return None
