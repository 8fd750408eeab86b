"""The pieces V8 cuts a date text into."""

from collections.abc import Iterator
from typing import Literal, NamedTuple, TypeAlias

Kind: TypeAlias = Literal[
    "number", "symbol", "month", "half", "zone", "separator", "word", "space", "other"
]

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec"
_ZONES = {
    **dict.fromkeys(("ut", "utc", "z", "gmt"), 0),
    "est": -5,
    "edt": -4,
    "cst": -6,
    "cdt": -5,
    "mst": -7,
    "mdt": -6,
    "pst": -8,
    "pdt": -7,
}
SIGNIFICANT_DIGITS = 9


class Token(NamedTuple):
    """`value` is the number, the month, or the hours of a zone or half day."""

    kind: Kind
    value: int = 0
    length: int = 0
    symbol: str = ""

    @property
    def is_sign(self) -> bool:
        return self.symbol in ("+", "-")


def tokens(text: str) -> Iterator[Token]:
    position = 0
    while position < len(text):
        end = _end(text, position)
        yield _token(text[position:end])
        position = end


def _end(text: str, start: int) -> int:
    char = text[start]
    if char == "(":
        return _after_parentheses(text, start)
    if not _is_digit(char) and not _is_letter(char):
        return start + 1
    belongs = _is_digit if _is_digit(char) else _is_letter
    end = start
    while end < len(text) and belongs(text[end]):
        end += 1
    return end


def _after_parentheses(text: str, start: int) -> int:
    depth = 0
    for position in range(start, len(text)):
        depth += {"(": 1, ")": -1}.get(text[position], 0)
        if depth == 0:
            return position + 1
    return len(text)


def _token(piece: str) -> Token:
    if _is_digit(piece[0]):
        digits = piece.lstrip("0")[:SIGNIFICANT_DIGITS]
        return Token("number", int(digits or "0"), len(piece))
    if piece in ":-+.)":
        return Token("symbol", symbol=piece)
    if _is_letter(piece[0]):
        return _word(piece.lower())
    return Token("space") if piece.isspace() else Token("other")


def _word(word: str) -> Token:
    # A month may be written out; any other word counts only when it is whole.
    if word[:3] in _MONTHS.split():
        return Token("month", _MONTHS.split().index(word[:3]) + 1)
    if word in ("am", "pm"):
        return Token("half", 12 if word == "pm" else 0)
    if word in _ZONES:
        return Token("zone", _ZONES[word], len(word))
    return Token("separator" if word == "t" else "word")


def _is_digit(char: str) -> bool:
    return "0" <= char <= "9"


def _is_letter(char: str) -> bool:
    return char >= "A" and not char.isspace()
