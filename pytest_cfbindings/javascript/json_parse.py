"""JSON.parse."""

import json
from typing import NoReturn

from .arrays import JsArray
from .errors import syntax_error
from .json_syntax import find_error
from .numbers import widen
from .objects import JsObject
from .values import null


def parse(text: str) -> object:
    """The JavaScript value of a JSON text; numbers are doubles.

    Raises a JavaScript SyntaxError with V8's message (measured on workerd).
    """
    try:
        return revive(_decoder(text).decode(text))
    except ValueError:
        message = find_error(text)
    if message is not None:
        raise syntax_error(message)
    # Python refuses to read integers of thousands of digits; doubles do not mind.
    return revive(json.loads(text, parse_int=float))


def _decoder(text: str) -> json.JSONDecoder:
    return _EXACT_ZERO if "-0" in text else _PLAIN


def _no_constant(_name: str) -> NoReturn:
    raise ValueError("NaN and Infinity are not JSON")


def _integer(digits: str) -> float:
    return -0.0 if digits == "-0" else int(digits)


_PLAIN = json.JSONDecoder(parse_constant=_no_constant)
_EXACT_ZERO = json.JSONDecoder(parse_constant=_no_constant, parse_int=_integer)


def revive(value: object) -> object:
    """The JavaScript value of what Python's json module reads."""
    if type(value) is str or type(value) is float:
        return value
    if type(value) is int:
        return widen(value)
    if type(value) is dict:
        return JsObject({name: revive(item) for name, item in value.items()})
    if type(value) is list:
        return JsArray([revive(item) for item in value])
    return null if value is None else value
