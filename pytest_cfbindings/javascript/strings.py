"""String: an object around a text, and the methods that texts have."""

import re
from collections.abc import Callable

from .arrays import JsArray
from .conversions import to_string
from .errors import range_error
from .iterators import JsIterator
from .numbers import WHITE_SPACE
from .numeric import to_integer
from .objects import (
    ITERATOR,
    JsFunction,
    JsObject,
    PropertyKey,
    getter,
    method,
    method_as,
    static,
)
from .regexps import JsRegExp, match_array
from .text import is_array_index, join_pairs, utf16_length, utf16_units
from .values import missing, null, undefined


class JsString(JsObject):
    """`new String(value)`; `units` are the UTF-16 units that indices count."""

    __slots__ = ("units", "value")

    class_name = "String"

    def __init__(self, value: str) -> None:
        super().__init__()
        self.value = value
        self.units = utf16_units(value)

    @classmethod
    def js_construct(cls, value: object = "") -> "JsString":
        return cls(to_string(value))

    @staticmethod
    def js_call(value: object = "") -> str:
        return to_string(value)

    def js_to_string(self) -> str:
        return self.value

    def js_lookup(self, key: PropertyKey) -> object:
        if isinstance(key, str) and is_array_index(key):
            index = int(key)
            return self.units[index] if index < len(self.units) else missing
        return super().js_lookup(key)

    def js_has(self, key: PropertyKey) -> bool:
        return self.js_lookup(key) is not missing

    def js_keys(self) -> list[str]:
        return [str(i) for i in range(len(self.units))] + super().js_keys()

    @getter
    def length(self) -> int:
        return utf16_length(self.value)

    @method
    def valueOf(self) -> str:
        return self.value

    @method_as(ITERATOR)
    def iterate(self) -> JsIterator:
        return JsIterator(iter(join_pairs(self.value)), "String Iterator")

    @static
    @staticmethod
    def fromCharCode(*units: object) -> str:
        return join_pairs("".join(chr(to_integer(unit) & 0xFFFF) for unit in units))

    def _part(self, start: int, end: int) -> str:
        return join_pairs(self.units[start:end])

    @method
    def at(self, index: object = 0) -> object:
        place = to_integer(index)
        place += len(self.units) if place < 0 else 0
        inside = 0 <= place < len(self.units)
        return self.units[place] if inside else undefined

    @method
    def charAt(self, index: object = 0) -> str:
        place = to_integer(index)
        return self.units[place] if 0 <= place < len(self.units) else ""

    @method
    def charCodeAt(self, index: object = 0) -> float:
        unit = self.charAt(index)
        return ord(unit) if unit else float("nan")

    @method
    def codePointAt(self, index: object = 0) -> object:
        rest = join_pairs(self.units[to_integer(index) :])
        return ord(rest[0]) if rest else undefined

    @method
    def slice(self, start: object = 0, end: object = undefined) -> str:
        last = len(self.units) if end is undefined else to_integer(end)
        return self._part(to_integer(start), last)

    @method
    def substring(self, start: object = 0, end: object = undefined) -> str:
        last = len(self.units) if end is undefined else to_integer(end)
        first, last = sorted((max(to_integer(start), 0), max(last, 0)))
        return self._part(first, last)

    @method
    def indexOf(self, text: object = undefined) -> int:
        return self.units.find(utf16_units(to_string(text)))

    @method
    def lastIndexOf(self, text: object = undefined) -> int:
        return self.units.rfind(utf16_units(to_string(text)))

    @method
    def includes(self, text: object = undefined) -> bool:
        return to_string(text) in self.value

    @method
    def startsWith(self, text: object = undefined) -> bool:
        return self.value.startswith(to_string(text))

    @method
    def endsWith(self, text: object = undefined) -> bool:
        return self.value.endswith(to_string(text))

    @method
    def toUpperCase(self) -> str:
        return self.value.upper()

    @method
    def toLowerCase(self) -> str:
        return self.value.lower()

    @method
    def trim(self) -> str:
        return self.value.strip(WHITE_SPACE)

    @method
    def concat(self, *others: object) -> str:
        return self.value + "".join(map(to_string, others))

    @method
    def repeat(self, count: object = 0) -> str:
        times = to_integer(count)
        if times < 0:
            raise range_error(f"Invalid count value: {to_string(count)}")
        return self.value * times

    @method
    def padStart(self, length: object = 0, fill: object = " ") -> str:
        return self._padding(length, fill) + self.value

    @method
    def padEnd(self, length: object = 0, fill: object = " ") -> str:
        return self.value + self._padding(length, fill)

    def _padding(self, length: object, fill: object) -> str:
        missing_units = max(to_integer(length) - len(self.units), 0)
        return (to_string(fill) * missing_units)[:missing_units]

    @method
    def split(
        self, separator: object = undefined, limit: object = undefined
    ) -> JsArray:
        if separator is undefined:
            parts: list[object] = [self.value]
        elif isinstance(separator, JsRegExp):
            parts = list(separator.compiled.split(self.value))
        else:
            between = to_string(separator)
            parts = [*(self.value.split(between) if between else self.units)]
        return JsArray(parts if limit is undefined else parts[: to_integer(limit)])

    @method
    def replace(self, what: object = undefined, new: object = undefined) -> str:
        return self._replaced(what, new, isinstance(what, JsRegExp) and what.flags)

    @method
    def replaceAll(self, what: object = undefined, new: object = undefined) -> str:
        return self._replaced(what, new, "g")

    def _replaced(self, what: object, new: object, flags: object) -> str:
        if isinstance(what, JsRegExp):
            pattern = what.compiled
        else:
            pattern = re.compile(re.escape(to_string(what)))
        times = 0 if isinstance(flags, str) and "g" in flags else 1
        return pattern.sub(_replacement(new), self.value, count=times)

    @method
    def match(self, what: object = undefined) -> object:
        pattern = what if isinstance(what, JsRegExp) else JsRegExp(to_string(what))
        if "g" in pattern.flags:
            found = [match[0] for match in pattern.compiled.finditer(self.value)]
            return JsArray(found) if found else null
        first = pattern.compiled.search(self.value)
        return null if first is None else match_array(first)


def _replacement(new: object) -> Callable[[re.Match[str]], str]:
    if isinstance(new, JsFunction):
        return lambda found: to_string(
            new.invoke(undefined, (found[0], *found.groups(undefined), found.start()))
        )
    text = to_string(new)

    def filled(found: re.Match[str]) -> str:
        return re.sub(
            r"\$(\$|&|\d)",
            lambda mark: (
                {"$": "$", "&": found[0]}.get(mark[1]) or (found[int(mark[1])] or "")
            ),
            text,
        )

    return filled
