"""Numbers as JavaScript writes, reads and narrows them."""

import math
import re

from .values import MAX_SAFE_INTEGER

# String.prototype.trim's white space and line ends (ECMA-262, 12.2 and 12.3).
WHITE_SPACE = (
    "\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008"
    "\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
)

_DECIMAL = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_RADIX = re.compile(r"0(?:[xX][0-9a-fA-F]+|[oO][0-7]+|[bB][01]+)")
_INFINITY = re.compile(r"[+-]?Infinity")


def number_to_text(number: float) -> str:
    """String(number): the shortest digits that read back, ECMA-262 6.1.6.1.20."""
    if isinstance(number, int):
        if abs(number) <= MAX_SAFE_INTEGER:
            return int.__repr__(number)
        number = float(number)
    if math.isnan(number):
        return "NaN"
    if math.isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    if number == 0:
        return "0"
    digits, point = _shortest(abs(number))
    return ("-" if number < 0 else "") + _place(digits, point)


def _shortest(number: float) -> tuple[str, int]:
    """The significant digits and where the decimal point stands before them."""
    mantissa, _, exponent = repr(number).partition("e")
    whole, _, fraction = mantissa.partition(".")
    padded = whole + fraction
    digits = padded.lstrip("0")
    point = len(whole) + int(exponent or 0) - (len(padded) - len(digits))
    return digits.rstrip("0"), point


def _place(digits: str, point: int) -> str:
    count = len(digits)
    if count <= point <= 21:
        return digits + "0" * (point - count)
    if 0 < point <= 21:
        return digits[:point] + "." + digits[point:]
    if -6 < point <= 0:
        return "0." + "0" * -point + digits
    exponent = point - 1
    fraction = "." + digits[1:] if count > 1 else ""
    return f"{digits[0]}{fraction}e{'+' if exponent >= 0 else '-'}{abs(exponent)}"


def text_to_number(text: str) -> float:
    """Number(text): NaN for what is not a number, 0 for nothing but white space."""
    text = text.strip(WHITE_SPACE)
    if text == "":
        return 0.0
    if _DECIMAL.fullmatch(text):
        return float(text)
    if _RADIX.fullmatch(text):
        return _big(int(text, 0))
    if _INFINITY.fullmatch(text):
        return float(text.replace("Infinity", "inf"))
    return math.nan


def _big(number: int) -> float:
    try:
        return float(number)
    except OverflowError:
        return math.inf


def narrow(number: float) -> float:
    """The same number as an int where Python should see one: integral and safe."""
    if type(number) is float and number.is_integer():
        return int(number) if abs(number) <= MAX_SAFE_INTEGER else number
    return number


def widen(number: int) -> float:
    """An integer that JSON or SQLite brought: beyond the safe range it is a double."""
    return number if abs(number) <= MAX_SAFE_INTEGER else _signed_big(number)


def _signed_big(number: int) -> float:
    return -_big(-number) if number < 0 else _big(number)
