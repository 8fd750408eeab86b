"""Number, String, Boolean and BigInt: objects around primitives, and conversions."""

import math
from typing import TypeGuard

from .bigint_text import bigint_of_text
from .conversions import to_string, truthy
from .errors import range_error, type_error
from .numbers import narrow
from .numeric import to_integer, to_number
from .objects import JsConstructor, JsObject, method, method_as, static, static_as
from .strings import JsString
from .values import MAX_SAFE_INTEGER, JsBigInt, is_nullish, undefined

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


class JsNumber(JsObject):
    """`new Number(value)`."""

    __slots__ = ("value",)

    class_name = "Number"

    def __init__(self, value: float) -> None:
        super().__init__()
        self.value = value

    @classmethod
    def js_construct(cls, value: object = 0) -> "JsNumber":
        return cls(_number(value))

    @staticmethod
    def js_call(value: object = 0) -> float:
        return _number(value)

    def js_to_number(self) -> float:
        """Number(object)."""
        return self.value

    def js_to_string(self) -> str:
        return to_string(self.value)

    @method
    def valueOf(self) -> float:
        return self.value

    @method_as("toString")
    def _text(self, radix: object = undefined) -> str:
        base = 10 if radix is undefined else to_integer(radix)
        if not 2 <= base <= 36:
            raise range_error("toString() radix must be between 2 and 36")
        return to_string(self.value) if base == 10 else _in_base(self.value, base)

    @method
    def toFixed(self, digits: object = 0) -> str:
        if abs(self.value) >= 1e21:
            return to_string(self.value)
        return f"{self.value:.{to_integer(digits)}f}"

    @static
    @staticmethod
    def isInteger(value: object = undefined) -> bool:
        return is_number(value) and math.isfinite(value) and value == int(value)

    @static
    @staticmethod
    def isSafeInteger(value: object = undefined) -> bool:
        return (
            is_number(value)
            and JsNumber.isInteger(value)
            and abs(value) <= MAX_SAFE_INTEGER
        )

    @static
    @staticmethod
    def isFinite(value: object = undefined) -> bool:
        return is_number(value) and math.isfinite(value)

    @static
    @staticmethod
    def isNaN(value: object = undefined) -> bool:
        return is_number(value) and math.isnan(value)


class JsBoolean(JsObject):
    """`new Boolean(value)`."""

    __slots__ = ("value",)

    class_name = "Boolean"

    def __init__(self, value: bool) -> None:
        super().__init__()
        self.value = value

    @classmethod
    def js_construct(cls, value: object = undefined) -> "JsBoolean":
        return cls(truthy(value))

    @staticmethod
    def js_call(value: object = undefined) -> bool:
        return truthy(value)

    def js_to_string(self) -> str:
        return to_string(self.value)

    @method
    def valueOf(self) -> bool:
        return self.value


class JsBigIntObject(JsObject):
    """BigInt, which has no `new`; instances are only seen as `this`."""

    __slots__ = ("value",)

    class_name = "BigInt"

    def __init__(self, value: JsBigInt) -> None:
        super().__init__()
        self.value = value

    @classmethod
    def js_construct(cls, *_arguments: object) -> "JsBigIntObject":
        raise type_error("BigInt is not a constructor")

    @staticmethod
    def js_call(value: object = undefined) -> JsBigInt:
        return to_bigint(value)

    def js_to_string(self) -> str:
        return to_string(self.value)

    @method
    def valueOf(self) -> JsBigInt:
        return self.value

    @static_as("asIntN")
    @staticmethod
    def as_int(bits: object = 0, value: object = undefined) -> JsBigInt:
        count = to_integer(bits)
        number = int(to_bigint(value)) & ((1 << count) - 1)
        signed = count and number >> (count - 1)
        return JsBigInt(number - (1 << count) if signed else number)


def _object(value: object) -> JsObject:
    """Object(value): a new Object if the value is undefined or null."""
    return JsObject() if is_nullish(value) else boxed(value)


def is_number(value: object) -> TypeGuard[float]:
    """Whether a value is of JavaScript's type number."""
    return isinstance(value, (int, float)) and not isinstance(value, (bool, JsBigInt))


def _number(value: object) -> float:
    if isinstance(value, JsBigInt):
        return float(value) if abs(value) > MAX_SAFE_INTEGER else int(value)
    return narrow(to_number(value))


def to_bigint(value: object) -> JsBigInt:
    """BigInt(value)."""
    if isinstance(value, (JsBigInt, bool)):
        return JsBigInt(value)
    if isinstance(value, (int, float)):
        if not math.isfinite(value) or value != int(value):
            raise range_error(
                f"The number {to_string(value)} cannot be converted to a BigInt"
                " because it is not an integer"
            )
        return JsBigInt(value)
    if not isinstance(value, (str, JsObject)):
        raise type_error(f"Cannot convert {to_string(value)} to a BigInt")
    return JsBigInt(bigint_of_text(to_string(value)))


def _in_base(value: float, base: int) -> str:
    if not math.isfinite(value):
        return to_string(value)
    whole, rest = divmod(abs(value), 1)
    number, digits = int(whole), ""
    while number or not digits:
        number, last = divmod(number, base)
        digits = _DIGITS[last] + digits
    fraction = ""
    while rest and len(fraction) < 52:
        digit, rest = divmod(rest * base, 1)
        fraction += _DIGITS[int(digit)]
    return ("-" if value < 0 else "") + digits + ("." + fraction if fraction else "")


def boxed(value: object) -> JsObject:
    """The object whose properties a primitive has; an object is its own."""
    if isinstance(value, JsObject):
        return value
    if isinstance(value, str):
        return JsString(value)
    if isinstance(value, bool):
        return JsBoolean(value)
    if isinstance(value, JsBigInt):
        return JsBigIntObject(value)
    assert isinstance(value, (int, float)), f"{type(value)} has no properties"
    return JsNumber(value)


JsConstructor.box = staticmethod(_object)
