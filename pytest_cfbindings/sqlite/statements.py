"""A text of SQL cut where SQLite ends a statement."""

from dataclasses import dataclass
from functools import lru_cache

from .tokens import tokens

_TRAILING_SPACE = " \t\n\r\f\v"
_MODIFIERS = ("EXPLAIN", "QUERY", "PLAN", "TEMP", "TEMPORARY")


@dataclass(frozen=True, slots=True)
class Piece:
    """One statement of a text; `rest` is where the next one would begin."""

    sql: str
    rest: int


@lru_cache(maxsize=256)
def next_statement(sql: str, start: int) -> Piece | None:
    """The statement that begins at `start`; None if there is none.

    Semicolons before it belong to it, white space after its own does not count as a
    rest (measured).
    """
    end = _end(sql, start)
    if end is None:
        return None
    rest = end
    while rest < len(sql) and sql[rest] in _TRAILING_SPACE:
        rest += 1
    return Piece(sql[start:end], rest)


def _end(sql: str, start: int) -> int | None:
    """Where the statement ends; that of CREATE TRIGGER does at `; END ;`."""
    words: list[str] = []
    begun = in_trigger = False
    before = ""
    for token in tokens(sql, start):
        if token.text == ";":
            if begun and (not in_trigger or before == "; END"):
                return token.end
            before = ";"
            continue
        begun = True
        if len(words) < 2 and token.word not in _MODIFIERS:
            words.append(token.word)
            in_trigger = words == ["CREATE", "TRIGGER"]
        before = "; END" if before == ";" and token.word == "END" else ""
    return len(sql) if begun else None
