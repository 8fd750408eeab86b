"""JSON.parse."""

import json
import re
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
    except (ValueError, RecursionError):
        message = find_error(text)
    if message is not None:
        raise syntax_error(message)
    return _build(text)


def _decoder(text: str) -> json.JSONDecoder:
    return _EXACT_ZERO if "-0" in text else _PLAIN


def _no_constant(_name: str) -> NoReturn:
    raise ValueError("NaN and Infinity are not JSON")


def _integer(digits: str) -> float:
    return -0.0 if digits == "-0" else int(digits)


_TOKEN = re.compile(r'[][{},:]|"(?:[^"\\]|\\.)*"|[^][{},:"\s]+')
_CONSTANTS = {"true": True, "false": False, "null": null}


def _build(text: str) -> object:
    """The value of a JSON text that is too much for Python's json module.

    That is one with integers of thousands of digits, or nested too deep.
    """
    whole = JsArray()
    containers: list[JsArray | JsObject] = [whole]
    name: str | None = None
    for found in _TOKEN.finditer(text):
        token, container = found[0], containers[-1]
        if token in "]}":
            containers.pop()
            continue
        if token in ",:":
            continue
        if name is None and not isinstance(container, JsArray):
            name = json.loads(token)
            continue
        value = _token_value(token)
        if isinstance(container, JsArray):
            container.items.append(value)
        else:
            container.properties[name or ""] = value
            name = None
        if isinstance(value, (JsArray, JsObject)):
            containers.append(value)
    return whole.items[0]


def _token_value(token: str) -> object:
    if token == "[":
        return JsArray()
    if token == "{":
        return JsObject()
    if token[0] == '"':
        return json.loads(token)
    return _CONSTANTS[token] if token in _CONSTANTS else float(token)


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
