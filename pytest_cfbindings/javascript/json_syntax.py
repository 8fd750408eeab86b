"""What V8's JSON.parse says of a text that is not JSON.

Positions count UTF-16 units from 0, lines and columns from 1. The rules are those
measured on workerd; the scanner only looks for the first offence and builds nothing.
"""

from typing import NoReturn

from .text import join_pairs, utf16_units

_DIGITS = frozenset("0123456789")
_HEX = frozenset("0123456789abcdefABCDEF")
_ESCAPES = frozenset('"\\/bfnrt')
_LITERALS = {"t": "true", "f": "false", "n": "null"}
_NOT_JSON_AS_A_WHOLE = ("undefined", "NaN", "Infinity", "[object Object]")
_WINDOW = 10


class _Offence(Exception):
    """The first error; its argument is the message."""


def find_error(text: str) -> str | None:
    """The SyntaxError's message; None if the text is JSON."""
    try:
        _Scanner(utf16_units(text)).scan()
    except _Offence as offence:
        return str(offence)
    return None


class _Scanner:
    def __init__(self, units: str) -> None:
        self.units = units
        self.end = len(units)
        self.at = 0

    def scan(self) -> None:
        """Walk one value and what follows it; the open containers are on a stack."""
        open_containers: list[str] = []
        while True:
            opened = self.value()
            if opened:
                open_containers.append(opened)
                continue
            while open_containers and not self.goes_on(open_containers[-1]):
                open_containers.pop()
            if not open_containers:
                break
        if self.peek():
            self.fail("Unexpected non-whitespace character after JSON", whole=True)

    def value(self) -> str:
        """One scalar or empty container; of another only the opening, which it returns.

        After the opening of an object the first name and its colon are read as well.
        """
        first = self.peek()
        if first == "{":
            self.at += 1
            if self.peek() == "}":
                self.at += 1
                return ""
            self.name("Expected property name or '}'")
            return "{"
        if first == "[":
            self.at += 1
            if self.peek() == "]":
                self.at += 1
                return ""
            return "["
        self.scalar(first)
        return ""

    def goes_on(self, container: str) -> bool:
        """After a value inside a container: whether another one follows."""
        found = self.peek()
        if found == ",":
            self.at += 1
            if container == "{":
                self.peek()
                self.name("Expected double-quoted property name")
            return True
        if found != ("}" if container == "{" else "]"):
            self.fail(
                "Expected ',' or '}' after property value"
                if container == "{"
                else "Expected ',' or ']' after array element"
            )
        self.at += 1
        return False

    def name(self, otherwise: str) -> None:
        if self.unit() != '"':
            self.fail(otherwise)
        self.string()
        if self.peek() != ":":
            self.fail("Expected ':' after property name")
        self.at += 1

    def scalar(self, first: str) -> None:
        if first == '"':
            self.string()
        elif first == "-" or first in _DIGITS:
            self.number()
        elif first in _LITERALS:
            for expected in _LITERALS[first]:
                if self.unit() != expected:
                    self.unexpected()
                self.at += 1
        else:
            self.unexpected()

    def number(self) -> None:
        if self.unit() == "-":
            self.at += 1
            self.need_digit("No number after minus sign")
        if self.unit() == "0":
            self.at += 1
            if self.unit() in _DIGITS:
                self.fail("Unexpected number")
        self.digits()
        if self.unit() == ".":
            self.at += 1
            self.need_digit("Unterminated fractional number")
            self.digits()
        if self.unit() in ("e", "E"):
            self.at += 1
            if self.unit() in ("+", "-"):
                self.at += 1
            self.need_digit("Exponent part is missing a number")
            self.digits()

    def digits(self) -> None:
        while self.unit() in _DIGITS:
            self.at += 1

    def need_digit(self, otherwise: str) -> None:
        if self.unit() not in _DIGITS:
            self.fail(otherwise)

    def string(self) -> None:
        self.at += 1
        while (unit := self.unit()) != '"':
            if unit == "":
                self.fail("Unterminated string")
            if unit < " ":
                self.fail("Bad control character in string literal")
            self.at += 1
            if unit == "\\":
                self.escape()
        self.at += 1

    def escape(self) -> None:
        unit = self.unit()
        if unit == "":
            self.unexpected()
        if unit == "u":
            for _ in range(4):
                self.at += 1
                if self.unit() not in _HEX:
                    self.fail("Bad Unicode escape")
        elif unit not in _ESCAPES:
            self.fail("Bad escaped character")
        self.at += 1

    def unit(self) -> str:
        """The unit here, or an empty text at the end."""
        return self.units[self.at] if self.at < self.end else ""

    def peek(self) -> str:
        """The next unit that is not white space, or an empty text at the end."""
        while self.at < self.end and self.units[self.at] in " \t\n\r":
            self.at += 1
        return self.unit()

    def fail(self, what: str, whole: bool = False) -> NoReturn:
        line, column = self.line_and_column()
        source = "" if whole else " in JSON"
        raise _Offence(
            f"{what}{source} at position {self.at} (line {line} column {column})"
        )

    def line_and_column(self) -> tuple[int, int]:
        before = self.units[: self.at]
        lines = before.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        if before.endswith("\r") and self.unit() == "\n":
            lines.pop()
        start = max(before.rfind("\n"), before.rfind("\r")) + 1
        return len(lines), self.at - start + 1

    def unexpected(self) -> NoReturn:
        unit = self.unit()
        if unit == "":
            raise _Offence("Unexpected end of JSON input")
        if unit == "-" or unit in _DIGITS:
            self.fail("Unexpected number")
        if unit == '"':
            self.fail("Unexpected string")
        if self.units in _NOT_JSON_AS_A_WHOLE:
            raise _Offence(f'"{self.units}" is not valid JSON')
        raise _Offence(f"Unexpected token '{unit}', {self.window()} is not valid JSON")

    def window(self) -> str:
        """The source, or the part around the position if it is long."""
        if self.end <= 2 * _WINDOW:
            return f'"{join_pairs(self.units)}"'
        start = max(self.at - _WINDOW, 0)
        stop = min(self.at + _WINDOW, self.end)
        if self.at < _WINDOW:
            start = 0
        if self.at >= self.end - _WINDOW:
            stop = self.end
        before = "..." if start > 0 or self.at >= _WINDOW else ""
        after = "..." if self.at < self.end - _WINDOW else ""
        return f'{before}"{join_pairs(self.units[start:stop])}"{after}'
