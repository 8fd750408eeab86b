"""`new WebSocket(url, protocols)`: what workerd checks (measured)."""

import re

from ..javascript.arrays import JsArray
from ..javascript.conversions import to_string
from ..javascript.errors import JsThrow, dom_exception
from ..javascript.values import undefined
from .urls import parse_url

_TOKEN = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")


def checked_address(url: object, protocols: object) -> tuple[str, list[str]]:
    """The URL in its serialised form, and the protocols.

    Raises a JavaScript SyntaxError.
    """
    parsed = parse_url(to_string(url))
    if parsed is None:
        raise _refused("The url is invalid.")
    if not parsed.startswith(("ws:", "wss:")):
        raise _refused("The url scheme must be ws or wss.")
    if "#" in parsed:
        raise _refused("The url fragment must be empty.")
    return parsed, _checked_protocols(protocols)


def _checked_protocols(protocols: object) -> list[str]:
    given = protocols.items if isinstance(protocols, JsArray) else [protocols]
    names = [to_string(name) for name in given if name is not undefined]
    if len(set(names)) < len(names):
        raise _refused("The protocols header cannot have repeating values.")
    if not all(_TOKEN.fullmatch(name) for name in names):
        raise _refused("The protocol header token is invalid.")
    return names


def _refused(why: str) -> JsThrow:
    return dom_exception("SyntaxError", f"WebSocket Constructor: {why}")
