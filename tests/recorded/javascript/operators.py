"""What JavaScript's operators do."""

import math
import operator
from collections.abc import Callable

from pytest_cfbindings.javascript.boxed import boxed
from pytest_cfbindings.javascript.conversions import to_string, truthy, typeof
from pytest_cfbindings.javascript.dates import JsDate
from pytest_cfbindings.javascript.errors import range_error, type_error
from pytest_cfbindings.javascript.numbers import narrow, widen
from pytest_cfbindings.javascript.numeric import to_number
from pytest_cfbindings.javascript.objects import (
    JsConstructor,
    JsFunction,
    JsObject,
    PropertyKey,
    Symbol,
)
from pytest_cfbindings.javascript.text import join_pairs
from pytest_cfbindings.javascript.values import JsBigInt, is_nullish, null, undefined

from .unsupported import Unsupported


def property_key(value: object) -> PropertyKey:
    """The property that an index or a computed name stands for."""
    return value if isinstance(value, Symbol) else to_string(value)


def owner_of(value: object, key: object, verb: str = "read") -> JsObject:
    """The object that has the value's properties. Raises a JavaScript TypeError."""
    if is_nullish(value):
        detail = "reading" if verb == "read" else "setting"
        raise type_error(
            f"Cannot {verb} properties of {to_string(value)}"
            f" ({detail} '{to_string(key)}')"
        )
    return boxed(value)


def to_primitive(value: object) -> object:
    """The primitive that an object counts as in arithmetic."""
    if not isinstance(value, JsObject) or isinstance(value, Symbol):
        return value
    if not isinstance(value, JsDate):
        method = value.js_get("valueOf")
        if isinstance(method, JsFunction):
            result = method.invoke(value, ())
            if not isinstance(result, JsObject):
                return result
    return to_string(value)


def strictly_equal(left: object, right: object) -> bool:
    """`left === right`."""
    if isinstance(left, JsObject) or isinstance(right, JsObject):
        return left is right
    return typeof(left) == typeof(right) and left == right


def loosely_equal(left: object, right: object) -> bool:
    """`left == right`."""
    if is_nullish(left) or is_nullish(right):
        return is_nullish(left) and is_nullish(right)
    if typeof(left) == typeof(right) or (
        isinstance(left, JsObject) and isinstance(right, JsObject)
    ):
        return strictly_equal(left, right)
    left, right = to_primitive(left), to_primitive(right)
    if isinstance(left, str) and isinstance(right, str):
        return left == right
    return _comparable(left) == _comparable(right)


def _comparable(value: object) -> float:
    return int(value) if isinstance(value, JsBigInt) else to_number(value)


def _add(left: object, right: object) -> object:
    left, right = to_primitive(left), to_primitive(right)
    if isinstance(left, str) or isinstance(right, str):
        return join_pairs(to_string(left) + to_string(right))
    return arithmetic(operator.add)(left, right)


def _numeric(value: object) -> float:
    value = to_primitive(value)
    return value if isinstance(value, JsBigInt) else to_number(value)


def arithmetic(
    operation: Callable[[float, float], float],
) -> Callable[[object, object], object]:
    """The operation on two numbers or two bigints."""

    def calculate(left: object, right: object) -> object:
        first, second = _numeric(left), _numeric(right)
        big = isinstance(first, JsBigInt)
        if big != isinstance(second, JsBigInt):
            raise type_error(
                "Cannot mix BigInt and other types, use explicit conversions"
            )
        result = operation(int(first) if big else first, int(second) if big else second)
        if big:
            return JsBigInt(result)
        return widen(result) if isinstance(result, int) else narrow(result)

    return calculate


def _divide(left: float, right: float) -> float:
    if right == 0:
        if left == 0 or math.isnan(left):
            return math.nan
        return math.copysign(math.inf, left) * math.copysign(1, right)
    return left / right


def _divide_bigints(left: float, right: float) -> float:
    if right == 0:
        raise range_error("Division by zero")
    return math.trunc(int(left) / int(right))


def _quotient(left: object, right: object) -> object:
    if isinstance(left, JsBigInt):
        return arithmetic(_divide_bigints)(left, right)
    return arithmetic(_divide)(left, right)


def _remainder(left: float, right: float) -> float:
    if right == 0 or math.isinf(left):
        return math.nan
    rest = math.fmod(left, right)
    return int(rest) if rest.is_integer() and rest else rest


def to_int32(value: object) -> int:
    """The signed 32 bits that bitwise operators work on."""
    number = to_number(value)
    bits = int(number) & 0xFFFFFFFF if math.isfinite(number) else 0
    return bits - 2**32 if bits >= 2**31 else bits


def _bitwise(
    operation: Callable[[int, int], int],
) -> Callable[[object, object], object]:
    def calculate(left: object, right: object) -> object:
        if isinstance(left, JsBigInt) and isinstance(right, JsBigInt):
            return JsBigInt(operation(int(left), int(right)))
        return to_int32(operation(to_int32(left), to_int32(right)))

    return calculate


def _compare(
    operation: Callable[[object, object], bool],
) -> Callable[[object, object], object]:
    def compare(left: object, right: object) -> object:
        left, right = to_primitive(left), to_primitive(right)
        if isinstance(left, str) and isinstance(right, str):
            return operation(left, right)
        return operation(_comparable(left), _comparable(right))

    return compare


def _instance_of(left: object, right: object) -> object:
    if isinstance(right, JsConstructor):
        return isinstance(left, right.cls)
    if isinstance(right, JsFunction):
        return False
    raise type_error("Right-hand side of 'instanceof' is not callable")


def _in(left: object, right: object) -> object:
    if not isinstance(right, JsObject):
        raise type_error(
            f"Cannot use 'in' operator to search for '{to_string(left)}'"
            f" in {to_string(right)}"
        )
    return right.js_has(property_key(left))


_BINARY: dict[str, Callable[[object, object], object]] = {
    "+": _add,
    "-": arithmetic(operator.sub),
    "*": arithmetic(operator.mul),
    "/": _quotient,
    "%": arithmetic(_remainder),
    "**": arithmetic(operator.pow),
    "==": loosely_equal,
    "!=": lambda left, right: not loosely_equal(left, right),
    "===": strictly_equal,
    "!==": lambda left, right: not strictly_equal(left, right),
    "<": _compare(operator.lt),  # type: ignore[arg-type]
    ">": _compare(operator.gt),  # type: ignore[arg-type]
    "<=": _compare(operator.le),  # type: ignore[arg-type]
    ">=": _compare(operator.ge),  # type: ignore[arg-type]
    "&": _bitwise(operator.and_),
    "|": _bitwise(operator.or_),
    "^": _bitwise(operator.xor),
    "<<": _bitwise(lambda left, right: left << (right & 31)),
    ">>": _bitwise(lambda left, right: left >> (right & 31)),
    ">>>": lambda left, right: (to_int32(left) & 0xFFFFFFFF) >> (to_int32(right) & 31),
    "instanceof": _instance_of,
    "in": _in,
}


def binary(name: str, left: object, right: object) -> object:
    """The result of an operator with two operands."""
    return _BINARY[name](left, right)


def unary(name: str, value: object) -> object:
    """The result of an operator with one operand."""
    if name == "!":
        return not truthy(value)
    if name == "typeof":
        return typeof(value)
    if name == "void":
        return undefined
    if name == "+":
        return to_number(to_primitive(value))
    number = _numeric(value)
    if name == "~":
        return ~to_int32(number)
    if name != "-":
        raise Unsupported(f"the operator {name}")
    if isinstance(number, JsBigInt):
        return JsBigInt(-int(number))
    return -0.0 if number == 0 and isinstance(number, int) else -number


def short_circuits(name: str, left: object) -> bool:
    """Whether `&&`, `||` or `??` leaves its right side alone."""
    if name == "??":
        return left is not undefined and left is not null
    return truthy(left) == (name == "||")
