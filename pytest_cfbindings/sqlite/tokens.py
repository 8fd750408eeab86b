"""SQL cut into tokens, as far as finding the ends of statements needs it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_TOKEN = re.compile(
    r"""
      [ \t\n\r\f]+ | --[^\n]* | /\*.*?(?:\*/|\Z)
    | '(?:[^']|'')*'? | "(?:[^"]|"")*"? | `(?:[^`]|``)*`? | \[[^\]]*\]?
    | [A-Za-z_\x80-\U0010ffff][\w$\x80-\U0010ffff]*
    | \?[0-9]*
    | .
    """,
    re.DOTALL | re.VERBOSE,
)
_IGNORED = (" ", "\t", "\n", "\r", "\f", "--", "/*")
_QUOTES = {'"': '"', "`": "`", "[": "]", "'": "'"}


@dataclass(frozen=True, slots=True)
class Token:
    """A token that means something; `start` and `end` count characters."""

    text: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def word(self) -> str:
        """The text in upper case, as keywords are compared."""
        return self.text.upper()


def tokens(sql: str, start: int = 0) -> Iterator[Token]:
    """The tokens from `start` on, without white space and comments."""
    for found in _TOKEN.finditer(sql, start):
        text = found[0]
        if not text.startswith(_IGNORED):
            yield Token(text, found.start())


def unquoted(name: str) -> str:
    """A name without its quotation marks."""
    closing = _QUOTES.get(name[:1])
    if closing is None or len(name) < 2 or name[-1] != closing:
        return name
    return name[1:-1].replace(closing * 2, closing)
