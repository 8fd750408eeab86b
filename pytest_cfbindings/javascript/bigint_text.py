"""The bigint that a text stands for."""

import re

from .errors import syntax_error
from .numbers import WHITE_SPACE

_PREFIXED = re.compile(r"0[xX](?P<x>[0-9a-fA-F]+)|0[oO](?P<o>[0-7]+)|0[bB](?P<b>[01]+)")
_BASES = {"x": 16, "o": 8, "b": 2}
_DECIMAL = re.compile(r"[+-]?[0-9]+")


def bigint_of_text(text: str) -> int:
    """What BigInt(text) is, for which an empty text is 0.

    Raises a JavaScript SyntaxError for a text that is no whole number: with a sign
    before a prefix, with `_`, with digits of other scripts.
    """
    digits = text.strip(WHITE_SPACE)
    if not digits:
        return 0
    if _DECIMAL.fullmatch(digits):
        return int(digits)
    prefixed = _PREFIXED.fullmatch(digits)
    if prefixed is None or prefixed.lastgroup is None:
        raise syntax_error(f"Cannot convert {text} to a BigInt")
    return int(prefixed[prefixed.lastgroup], _BASES[prefixed.lastgroup])
