"""Headers (measured on workerd)."""

import re
from collections.abc import Iterator

from ..javascript.arguments import wrong_parameter
from ..javascript.arrays import JsArray, pairs
from ..javascript.conversions import to_string
from ..javascript.errors import JsThrow, type_error
from ..javascript.iteration import iterate
from ..javascript.iterators import JsIterator
from ..javascript.objects import (
    ITERATOR,
    JsFunction,
    JsObject,
    method,
    method_as,
    own_entries,
)
from ..javascript.structured_clone import Cloning
from ..javascript.v8_format import HostObject, storable
from ..javascript.values import null, undefined

_TOKEN = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z\x80-\U0010ffff]*")


@storable
class Headers(HostObject):
    """Header names in lower case, each with its values in order of appearance."""

    __slots__ = ("_fields", "is_immutable")

    class_name = "Headers"

    def __init__(self, fields: list[tuple[str, str]] | None = None) -> None:
        super().__init__()
        self._fields = [] if fields is None else fields
        self.is_immutable = False
        """Whether the program may not change them: those of somebody else's message."""

    @classmethod
    def js_construct(cls, *arguments: object) -> "Headers":
        made = cls()
        init = arguments[0] if arguments else undefined
        if init is undefined:
            return made
        if isinstance(init, Headers):
            made._fields = list(init._fields)
            return made
        if not isinstance(init, JsObject):
            raise type_error(
                "Failed to construct 'Headers': constructor parameter 1 is not of type"
                " 'Headers or Sequence or object'."
            )
        for name, value in _init_fields(init):
            made.append(name, value)
        return made

    def js_clone(self, _cloning: Cloning) -> "Headers":
        return Headers(list(self._fields))

    def copy(self) -> "Headers":
        """The same for the clone of a message, which may be changed as little."""
        made = Headers(list(self._fields))
        made.is_immutable = self.is_immutable
        return made

    def js_stored(self) -> JsArray:
        return JsArray(JsArray(field) for field in self._fields)

    @classmethod
    def js_restored(cls, stored: object) -> "Headers":
        return cls.js_construct(stored)

    def fields(self) -> Iterator[tuple[str, str]]:
        """Sorted by name, values joined; Set-Cookie stays one by one."""
        for name in sorted({name for name, _ in self._fields}):
            if name == "set-cookie":
                yield from (field for field in self._fields if field[0] == name)
            else:
                yield name, ", ".join(self._values(name))

    def _values(self, name: str) -> list[str]:
        return [value for field, value in self._fields if field == name]

    def become(self, fields: list[tuple[str, str]]) -> None:
        """Have these fields and no others."""
        self._fields = fields

    def set_default(self, name: str, value: str) -> None:
        """Set a header that is not there yet."""
        if not self._values(name):
            self._fields.append((name, value))

    def _check_mutable(self) -> None:
        if self.is_immutable:
            raise type_error("Can't modify immutable headers.")

    @method
    def append(self, *arguments: object) -> None:
        self._check_mutable()
        name, value = _name_and_value("append", arguments)
        self._fields.append((name, value))

    @method
    def set(self, *arguments: object) -> None:
        self._check_mutable()
        name, value = _name_and_value("set", arguments)
        self.delete(name)
        self._fields.append((name, value))

    @method
    def delete(self, *arguments: object) -> None:
        self._check_mutable()
        name = _name("delete", arguments)
        self._fields = [field for field in self._fields if field[0] != name]

    @method
    def has(self, *arguments: object) -> bool:
        return bool(self._values(_name("has", arguments)))

    @method
    def get(self, *arguments: object) -> object:
        values = self._values(_name("get", arguments))
        return ", ".join(values) if values else null

    @method
    def getSetCookie(self) -> JsArray:
        return JsArray(self._values("set-cookie"))

    @method
    def getAll(self, *arguments: object) -> JsArray:
        if _name("getAll", arguments) != "set-cookie":
            raise type_error(
                'getAll() can only be used with the header name "Set-Cookie".'
            )
        return self.getSetCookie()

    @method
    def forEach(self, *arguments: object) -> None:
        callback = arguments[0] if arguments else undefined
        if not isinstance(callback, JsFunction):
            raise wrong_parameter("forEach", "Headers", 1, "function")
        for name, value in list(self.fields()):
            callback.invoke(undefined, (value, name, self))

    @method_as(ITERATOR)
    def entries(self) -> JsIterator:
        return pairs(list(self.fields()))

    @method_as("entries")
    def _entries(self) -> JsIterator:
        return self.entries()

    @method
    def keys(self) -> JsIterator:
        return JsIterator(name for name, _ in list(self.fields()))

    @method
    def values(self) -> JsIterator:
        return JsIterator(value for _, value in list(self.fields()))


def _init_fields(init: JsObject) -> Iterator[tuple[object, object]]:
    if not isinstance(init.js_get(ITERATOR), JsFunction):
        yield from own_entries(init)
        return
    for pair in iterate(init):
        if not (isinstance(pair, JsObject) and pair.js_has(ITERATOR)):
            raise type_error(
                "Incorrect type: the provided value is not of type 'Sequence'."
            )
        items = list(iterate(pair))
        if len(items) != 2:
            raise type_error(
                "To initialize a Headers object from a sequence, each inner sequence"
                " must have exactly two elements."
            )
        yield items[0], items[1]


def _name(operation: str, arguments: tuple[object, ...]) -> str:
    if not arguments:
        raise wrong_parameter(operation, "Headers", 1, "string")
    name = to_string(arguments[0])
    if not _TOKEN.fullmatch(name):
        raise _invalid("name")
    return name.lower()


def _name_and_value(operation: str, arguments: tuple[object, ...]) -> tuple[str, str]:
    if len(arguments) == 1:
        raise wrong_parameter(operation, "Headers", 2, "string")
    name = _name(operation, arguments)
    value = to_string(arguments[1]).strip("\t\n\r ")
    if any(forbidden in value for forbidden in "\0\r\n"):
        raise _invalid("value")
    return name, value


def _invalid(what: str) -> JsThrow:
    return type_error(f"Invalid header {what}.")
