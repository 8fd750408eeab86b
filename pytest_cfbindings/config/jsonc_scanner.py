"""Tokens of JSON with comments, cut where wrangler's jsonc-parser 3.2 cuts them."""

import re
from enum import Enum
from typing import NamedTuple


class Kind(Enum):
    OPEN_BRACE = "{"
    CLOSE_BRACE = "}"
    OPEN_BRACKET = "["
    CLOSE_BRACKET = "]"
    COLON = ":"
    COMMA = ","
    STRING = "string"
    NUMBER = "number"
    WORD = "word"
    END = "end"


class Token(NamedTuple):
    kind: Kind
    start: int
    end: int
    text: str


class JsoncError(Exception):
    """The first mistake of a text: wrangler's code for it, and where it stands."""

    def __init__(self, code: str, start: int, end: int) -> None:
        super().__init__(code)
        self.code = code
        self.start = start
        self.end = end


_PUNCTUATION = {kind.value: kind for kind in Kind if len(kind.value) == 1}
_SPACE = re.compile(r"[ \t\r\n]+")
_LINE_COMMENT = re.compile(r"//[^\r\n]*")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)")
_FRACTION = re.compile(r"\.[0-9]+")
_EXPONENT = re.compile(r"[eE][+-]?[0-9]+")
_EXPONENT_START = re.compile(r"[eE][+-]?")
_WORD = re.compile(r'[^ \t\r\n{}\[\]":,/]+')
_PLAIN = re.compile(r'[^"\\\x00-\x1f]*')
_HEX = re.compile(r"[0-9A-Fa-f]{0,4}")
_ESCAPES = {
    '"': '"',
    "\\": "\\",
    "/": "/",
    "b": "\b",
    "f": "\f",
    "n": "\n",
    "r": "\r",
    "t": "\t",
}


class Scanner:
    """Hands out one token after the other; raises `JsoncError` at the first bad one."""

    __slots__ = ("_position", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._position = 0

    def next(self) -> Token:
        self._skip_space_and_comments()
        start = self._position
        if start >= len(self._text):
            return Token(Kind.END, len(self._text), len(self._text), "")
        char = self._text[start]
        if char in _PUNCTUATION:
            return self._token(_PUNCTUATION[char], start, start + 1)
        if char == '"':
            return self._string(start)
        if number := _NUMBER.match(self._text, start):
            return self._number(start, number.end())
        return self._word(start)

    def _token(self, kind: Kind, start: int, end: int, text: str = "") -> Token:
        self._position = end
        return Token(kind, start, end, text)

    def _skip_space_and_comments(self) -> None:
        while True:
            start = self._position
            space = _SPACE.match(self._text, start)
            comment = _LINE_COMMENT.match(self._text, start)
            if found := space or comment:
                self._position = found.end()
            elif self._text.startswith("/*", start):
                self._position = self._block_comment_end(start)
            else:
                return

    def _block_comment_end(self, start: int) -> int:
        end = self._text.find("*/", start + 2)
        if end < 0:
            # jsonc-parser stops one short of the end, unless CRLF carries it there,
            # and then counts one more.
            last = len(self._text) - (not self._text.endswith("\r\n", start + 2))
            last = max(last, start + 2) + 1
            raise JsoncError("UnexpectedEndOfComment", start, last)
        return end + 2

    def _number(self, start: int, end: int) -> Token:
        text = self._text
        if text.startswith(".", end):
            fraction = _FRACTION.match(text, end)
            if not fraction:
                raise JsoncError("UnexpectedEndOfNumber", start, end + 1)
            end = fraction.end()
        if opened := _EXPONENT_START.match(text, end):
            exponent = _EXPONENT.match(text, end)
            if not exponent:
                raise JsoncError("UnexpectedEndOfNumber", start, opened.end())
            end = exponent.end()
        return self._token(Kind.NUMBER, start, end, text[start:end])

    def _word(self, start: int) -> Token:
        # A minus that opens no number, or a stray slash, is a symbol of its own.
        word = None if self._text[start] == "-" else _WORD.match(self._text, start)
        end = word.end() if word else start + 1
        text = self._text[start:end]
        if text not in ("true", "false", "null"):
            raise JsoncError("InvalidSymbol", start, end)
        return self._token(Kind.WORD, start, end, text)

    def _string(self, start: int) -> Token:
        text, position = self._text, start + 1
        pieces: list[str] = []
        problem = None
        while True:
            plain = _PLAIN.match(text, position)
            position = plain.end() if plain else position
            pieces.append(plain[0] if plain else "")
            char = text[position : position + 1]
            if char == '"':
                position += 1
                break
            if char in ("", "\n", "\r"):
                problem = "UnexpectedEndOfString"
                break
            if char == "\\":
                piece, position, failed = self._escape(position + 1)
                pieces.append(piece)
                problem = failed or problem
                if failed == "UnexpectedEndOfString":
                    break
            else:
                pieces.append(char)
                position += 1
                problem = "InvalidCharacter"
        if problem:
            raise JsoncError(problem, start, position)
        return self._token(Kind.STRING, start, position, _whole("".join(pieces)))

    def _escape(self, position: int) -> tuple[str, int, str | None]:
        char = self._text[position : position + 1]
        if char == "":
            return "", position, "UnexpectedEndOfString"
        position += 1
        if char in _ESCAPES:
            return _ESCAPES[char], position, None
        if char != "u":
            return "", position, "InvalidEscapeCharacter"
        digits = _HEX.match(self._text, position)
        code = digits[0] if digits else ""
        if len(code) < 4:
            return "", position + len(code), "InvalidUnicode"
        return chr(int(code, 16)), position + 4, None


def _whole(text: str) -> str:
    # Two escaped halves make one character. A lone half cannot reach a Worker
    # (workerd's configuration is UTF-8), so it is replaced as UTF-8 encoders do.
    if text.isascii():
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
