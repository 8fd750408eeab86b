"""Reading tokens one after the other, with a look ahead."""

from .lexer import Token
from .unsupported import Unsupported

_CLOSING = {"(": ")", "[": "]", "{": "}"}


class TokenReader:
    """A position in a list of tokens; `source` is the text they were read from."""

    def __init__(self, source: str, tokens: list[Token]) -> None:
        self.source = source
        self.tokens = tokens
        self.position = 0

    @property
    def token(self) -> Token:
        """The token that comes next."""
        return self.tokens[self.position]

    def ahead(self, count: int = 1) -> Token:
        """The token `count` places behind the next one."""
        return self.tokens[min(self.position + count, len(self.tokens) - 1)]

    def take(self) -> Token:
        """The next token, which is done with."""
        taken = self.token
        if taken.kind != "end":
            self.position += 1
        return taken

    def at(self, *values: str) -> bool:
        """Whether one of these punctuators or words comes next."""
        return self._is(self.token, values)

    def _is(self, token: Token, values: tuple[str, ...]) -> bool:
        return token.kind in ("punctuator", "name") and token.value in values

    def ahead_at(self, count: int, *values: str) -> bool:
        """Whether one of these comes `count` places behind the next token."""
        return self._is(self.ahead(count), values)

    def skip(self, value: str) -> bool:
        """Take that token if it comes next."""
        if self.at(value):
            self.take()
            return True
        return False

    def expect(self, value: str) -> Token:
        """Take that token; anything else is not understood."""
        if not self.at(value):
            raise Unsupported(f"{self.token.value!r} where {value!r} was expected")
        return self.take()

    def name(self) -> str:
        """Take a name."""
        if self.token.kind != "name":
            raise Unsupported(f"{self.token.value!r} where a name was expected")
        return str(self.take().value)

    def end_statement(self) -> None:
        """Take the semicolon, or see that it may be left out."""
        if self.skip(";") or self.at("}"):
            return
        if self.token.kind != "end" and not self.token.after_newline:
            raise Unsupported(f"{self.token.value!r} at the end of a statement")

    def text_since(self, start: Token) -> str:
        """The source from a token up to the last one that was taken."""
        return self.source[start.start : self.tokens[self.position - 1].end]

    def behind_bracket(self, count: int = 0) -> int:
        """How many places ahead stands what follows a bracket and its partner."""
        opening = str(self.ahead(count).value)
        depth = 0
        while True:
            token = self.ahead(count)
            if token.kind == "end":
                raise Unsupported(f"{opening!r} without its partner")
            if token.kind == "punctuator":
                depth += (token.value == opening) - (token.value == _CLOSING[opening])
            count += 1
            if depth == 0:
                return count
