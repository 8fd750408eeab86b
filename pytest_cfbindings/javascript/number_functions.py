"""Math, and the functions on globalThis that read numbers from texts."""

import math
import random
import re
from collections.abc import Callable

from .conversions import to_string
from .numbers import WHITE_SPACE, narrow
from .numeric import to_integer, to_number
from .objects import JsFunction, JsObject, native
from .values import undefined

_FLOAT = re.compile(r"[+-]?(?:Infinity|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)")
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def parse_int(text: object = undefined, radix: object = undefined) -> float:
    rest = to_string(text).strip(WHITE_SPACE)
    sign = -1 if rest[:1] == "-" else 1
    rest = rest.lstrip("+-") if rest[:1] in ("+", "-") else rest
    base = to_integer(radix)
    if base in (0, 16) and rest[:2].lower() == "0x":
        rest, base = rest[2:], 16
    allowed = _DIGITS[: base or 10]
    count = next(
        (i for i, digit in enumerate(rest.lower()) if digit not in allowed), len(rest)
    )
    return narrow(float(sign * int(rest[:count], base or 10))) if count else math.nan


def parse_float(text: object = undefined) -> float:
    found = _FLOAT.match(to_string(text).strip(WHITE_SPACE))
    return narrow(float(found[0].replace("Infinity", "inf"))) if found else math.nan


def is_nan(value: object = undefined) -> bool:
    return math.isnan(to_number(value))


def is_finite(value: object = undefined) -> bool:
    return math.isfinite(to_number(value))


NUMBER_FUNCTIONS = {
    "parseInt": native(parse_int, "parseInt"),
    "parseFloat": native(parse_float, "parseFloat"),
    "isNaN": native(is_nan, "isNaN"),
    "isFinite": native(is_finite, "isFinite"),
}


class MathObject(JsObject):
    """`Math`."""

    __slots__ = ()
    tag = "Math"

    def js_keys(self) -> list[str]:
        return []


def _extreme(choose: Callable[[list[float]], float], empty: float) -> JsFunction:
    def extreme(*values: object) -> float:
        numbers = [to_number(value) for value in values]
        if any(math.isnan(number) for number in numbers):
            return math.nan
        return choose(numbers) if numbers else empty

    return native(extreme, choose.__name__)


def _of_one(name: str, function: Callable[[float], float]) -> JsFunction:
    def call(value: object = undefined) -> float:
        number = to_number(value)
        try:
            return narrow(float(function(number)))
        except (ValueError, OverflowError):
            return number if math.isinf(number) else math.nan

    return native(call, name)


def _power(base: object = undefined, exponent: object = undefined) -> float:
    return narrow(math.pow(to_number(base), to_number(exponent)))


def _sign(number: float) -> float:
    return number and math.copysign(1, number)


def new_math() -> MathObject:
    """The Math object."""
    made = MathObject({"PI": math.pi, "E": math.e})
    functions: dict[str, Callable[[float], float]] = {
        "abs": abs,
        "cbrt": math.cbrt,
        "ceil": math.ceil,
        "cos": math.cos,
        "exp": math.exp,
        "floor": math.floor,
        "log": math.log,
        "log10": math.log10,
        "log2": math.log2,
        "round": lambda number: math.floor(number + 0.5),
        "sign": _sign,
        "sin": math.sin,
        "sqrt": math.sqrt,
        "tan": math.tan,
        "trunc": math.trunc,
    }
    for name, function in functions.items():
        made.properties[name] = _of_one(name, function)
    made.properties.update(
        max=_extreme(max, -math.inf),
        min=_extreme(min, math.inf),
        pow=native(_power, "pow"),
        random=native(random.random, "random"),
    )
    return made
