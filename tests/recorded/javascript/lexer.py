"""The tokens of a JavaScript text."""

import re
from dataclasses import dataclass
from typing import Literal

from pytest_cfbindings.javascript.text import join_pairs

from .unsupported import Unsupported

Kind = Literal[
    "name", "number", "bigint", "string", "template", "regexp", "punctuator", "end"
]


@dataclass(frozen=True, slots=True)
class Token:
    """`value` is the cooked value: a number, a text, or what a template holds."""

    kind: Kind
    value: object
    start: int
    end: int
    after_newline: bool = False


@dataclass(frozen=True, slots=True)
class TemplateText:
    """The cooked texts of a template, and the tokens of what stands between them."""

    texts: list[str]
    parts: list[list[Token]]


@dataclass(frozen=True, slots=True)
class RegExpText:
    """A regular expression literal."""

    pattern: str
    flags: str


_BLANK = re.compile(r"(?:\s|//[^\n]*|/\*.*?\*/)*", re.S)
_NAME = re.compile(r"#?[^\W\d$][\w$]*|#?\$[\w$]*")
_NUMBER = re.compile(
    r"0[xX][\da-fA-F_]+n?|0[oO][0-7_]+n?|0[bB][01_]+n?"
    r"|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d+)?n?"
)
_PUNCTUATORS = sorted(
    [
        "{",
        "}",
        "(",
        ")",
        "[",
        "]",
        ";",
        ",",
        "<",
        ">",
        "<=",
        ">=",
        "==",
        "!=",
        "===",
        "!==",
        "+",
        "-",
        "*",
        "/",
        "%",
        "**",
        "++",
        "--",
        "<<",
        ">>",
        ">>>",
        "&",
        "|",
        "^",
        "!",
        "~",
        "&&",
        "||",
        "??",
        "?",
        "?.",
        ":",
        "=",
        "+=",
        "-=",
        "*=",
        "/=",
        "%=",
        "**=",
        "<<=",
        ">>=",
        ">>>=",
        "&=",
        "|=",
        "^=",
        "&&=",
        "||=",
        "??=",
        "=>",
        ".",
        "...",
    ],
    key=len,
    reverse=True,
)
_ESCAPES = {
    "n": "\n",
    "t": "\t",
    "r": "\r",
    "b": "\b",
    "f": "\f",
    "v": "\v",
    "0": "\0",
    "\n": "",
}
_BEFORE_OPERAND = {"return", "typeof", "case", "in", "of", "instanceof", "new"} | {
    *("delete", "void", "throw", "await", "yield", "else", "do")
}


def tokens(source: str, start: int = 0, end: int | None = None) -> list[Token]:
    """All tokens of the text, an "end" token last."""
    return _Lexer(source, start, len(source) if end is None else end).all()


class _Lexer:
    def __init__(self, source: str, start: int, end: int) -> None:
        self.source = source
        self.position = start
        self.end = end
        self.found: list[Token] = []

    def all(self) -> list[Token]:
        while True:
            newline = self.skip_blank()
            start = self.position
            if start >= self.end:
                self.found.append(Token("end", "", start, start, newline))
                return self.found
            kind, value = self.next()
            self.found.append(Token(kind, value, start, self.position, newline))

    def skip_blank(self) -> bool:
        blank = _BLANK.match(self.source, self.position, self.end)
        assert blank is not None
        self.position = blank.end()
        return "\n" in blank[0]

    def next(self) -> tuple[Kind, object]:
        character = self.source[self.position]
        if character in "'\"":
            return "string", self.string(character)
        if character == "`":
            return "template", self.template()
        if character.isdigit() or (
            character == "." and self.source[self.position + 1 : self.end][:1].isdigit()
        ):
            return self.number()
        if name := _NAME.match(self.source, self.position, self.end):
            self.position = name.end()
            return "name", name[0]
        if character == "/" and self.operand_comes():
            return "regexp", self.regexp()
        for punctuator in _PUNCTUATORS:
            if self.source.startswith(punctuator, self.position, self.end):
                if punctuator == "?." and self.digit_at(self.position + 2):
                    continue
                self.position += len(punctuator)
                return "punctuator", punctuator
        raise Unsupported(f"the character {character!r}")

    def digit_at(self, position: int) -> bool:
        return self.source[position : position + 1].isdigit()

    def operand_comes(self) -> bool:
        """Whether a slash begins a regular expression here, and no division."""
        if not self.found:
            return True
        last = self.found[-1]
        if last.kind == "name":
            return last.value in _BEFORE_OPERAND
        return last.kind == "punctuator" and last.value not in (")", "]", "}")

    def number(self) -> tuple[Kind, object]:
        found = _NUMBER.match(self.source, self.position, self.end)
        assert found is not None
        self.position = found.end()
        text = found[0].replace("_", "")
        if text.endswith("n"):
            return "bigint", int(text[:-1], 0)
        if text[:2].lower() in ("0x", "0o", "0b"):
            return "number", int(text, 0)
        number = float(text)
        whole = number.is_integer() and abs(number) < 2**53
        return "number", int(number) if whole else number

    def string(self, quote: str) -> str:
        self.position += 1
        text = []
        while (character := self.take()) != quote:
            text.append(self.escape() if character == "\\" else character)
        return join_pairs("".join(text))

    def take(self) -> str:
        if self.position >= self.end:
            raise Unsupported("a text without its end")
        self.position += 1
        return self.source[self.position - 1]

    def escape(self) -> str:
        character = self.take()
        if character == "x":
            return chr(int(self.take() + self.take(), 16))
        if character != "u":
            return _ESCAPES.get(character, character)
        if self.source[self.position] != "{":
            self.position += 4
            return chr(int(self.source[self.position - 4 : self.position], 16))
        close = self.source.index("}", self.position)
        digits = self.source[self.position + 1 : close]
        self.position = close + 1
        return chr(int(digits, 16))

    def template(self) -> TemplateText:
        self.position += 1
        texts, parts, text = [], [], ""
        while (character := self.take()) != "`":
            if character == "$" and self.source[self.position] == "{":
                texts.append(text)
                text = ""
                close = self.closing_brace(self.position + 1)
                parts.append(tokens(self.source, self.position + 1, close))
                self.position = close + 1
            else:
                text += self.escape() if character == "\\" else character
        return TemplateText([*texts, text], parts)

    def closing_brace(self, start: int) -> int:
        """Where the brace is that belongs to the one before `start`."""
        inner = _Lexer(self.source, start, self.end)
        depth = 1
        while True:
            inner.skip_blank()
            at = inner.position
            if at >= self.end:
                raise Unsupported("a template without its end")
            kind, value = inner.next()
            inner.found.append(Token(kind, value, at, inner.position))
            if kind == "punctuator":
                depth += (value == "{") - (value == "}")
            if depth == 0:
                return at

    def regexp(self) -> RegExpText:
        start = self.position + 1
        in_class = False
        self.position = start
        while (character := self.take()) != "/" or in_class:
            if character == "\\":
                self.take()
            elif character in "[]":
                in_class = character == "["
        pattern = self.source[start : self.position - 1]
        flags = re.compile(r"\w*").match(self.source, self.position, self.end)
        assert flags is not None
        self.position = flags.end()
        return RegExpText(pattern, flags[0])
