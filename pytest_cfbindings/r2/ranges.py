"""range: which bytes of an object a get delivers."""

import math
import re
from dataclasses import dataclass

from ..javascript.errors import range_error, type_error
from ..javascript.numeric import to_number
from ..javascript.objects import JsObject
from ..javascript.values import is_nullish, undefined
from ..web.headers import Headers
from .errors import INTERNAL, INVALID_RANGE, Refused
from .fields import wrong_field

# Digits that do not fit into 64 bits make the header one that is ignored.
_MOST = 2**64 - 1
_HEADER = re.compile(
    r"\s*bytes\s*=\s*(?:(\d+)\s*-\s*(\d*)|-\s*(\d+))\s*", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Range:
    """Bytes from `offset`, `length` of them, or the last `suffix`; None is unset.

    Infinite numbers stand for the end of any object.
    """

    offset: float | None = None
    length: float | None = None
    suffix: float | None = None

    @classmethod
    def read(cls, value: object, owner: str) -> "Range | None":
        """From the field `range` of an options object of type `owner`.

        Raises a JavaScript RangeError or TypeError.
        """
        if is_nullish(value):
            return None
        if isinstance(value, Headers):
            header = value.get("range")
            return parse_range(header) if isinstance(header, str) else None
        if not isinstance(value, JsObject):
            raise wrong_field("range", owner, "Range or Headers")
        return cls(
            _number(value, "offset"), _number(value, "length"), _number(value, "suffix")
        )

    def check(self) -> None:
        """Raises a JavaScript RangeError or TypeError for numbers that are no range."""
        _check("range. Starting offset", self.offset)
        _check("range. Length", self.length)
        if self.suffix is not None:
            if self.offset is not None:
                raise type_error("Suffix is incompatible with offset.")
            if self.length is not None:
                raise type_error("Suffix is incompatible with length.")
        _check("suffix. Suffix", self.suffix)

    def within(self, size: int) -> tuple[int, int]:
        """Offset and length of what is delivered of an object of so many bytes.

        Raises Refused where that would be nothing.
        """
        if self == Range():
            raise Refused(INTERNAL)
        if self.suffix is not None:
            offset = max(size - self.suffix, 0)
            length = size - offset
        else:
            offset = self.offset or 0
            length = size if self.length is None else self.length
        if offset >= size or length <= 0:
            raise Refused(INVALID_RANGE)
        return int(offset), int(min(length, size - offset))


def parse_range(header: str) -> Range | None:
    """The range of a Range header; None for one that is ignored (measured).

    That are several ranges, other units and what is malformed.
    """
    found = _HEADER.fullmatch(header)
    if found is None or any(part and int(part) >= _MOST for part in found.groups()):
        return None
    if found[3] is not None:
        return Range(suffix=int(found[3]))
    first = int(found[1])
    if not found[2]:
        return Range(offset=first)
    last = int(found[2])
    return None if last < first else Range(offset=first, length=last - first + 1)


def _number(options: JsObject, name: str) -> float | None:
    value = options.js_get(name)
    return None if value is undefined else to_number(value)


def _check(what: str, number: float | None) -> None:
    if number is None:
        return
    if math.isnan(number) or number < 0:
        raise range_error(
            f"Invalid {what} ({_shown(number)}) must be greater than or equal to 0."
        )
    if math.isfinite(number) and number != int(number):
        kind = what.replace("suffix.", "range.")
        raise range_error(
            f"Invalid {kind} ({_shown(number)}) must be an integer, not floating point."
        )


def _shown(number: float) -> str:
    """A double as the runtime's C++ prints it."""
    digits = format(number, ".15g")
    if float(digits) != number and not math.isnan(number):
        digits = format(number, ".17g")
    return digits.replace("e+", "e")
