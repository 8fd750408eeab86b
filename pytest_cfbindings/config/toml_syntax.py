"""TOML 1.1 as wrangler's smol-toml reads it, by way of tomli."""

import re
from collections.abc import Iterator
from datetime import date, time

from .diagnostics import Location
from .values import SAFE_INTEGER_MAX, Value, utf16_length

DEPTH_MAX = 100
"""Levels of nesting. Ours: smol-toml stops at 1000."""

_CARRIAGE_RETURN = "\U000f000d"
"""Stands for the carriage returns that tomli would drop; a private-use character."""

_TEXTS = re.compile(
    r'#[^\n]*|"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'',
    re.DOTALL,
)
_BREAKS = re.compile(r"\\[ \t]*\r\n[ \t\r\n]*|\\.|\r\n", re.DOTALL)
_INTEGER = re.compile(
    r"(?<![\w.+-])[+-]?(?:0x[0-9A-Fa-f_]+|0o[0-7_]+|0b[01_]+|[0-9][0-9_]*)(?![\w.:-])"
)


class TomlProblem(Exception):
    """The first mistake of a TOML text."""

    def __init__(self, message: str, location: Location | None) -> None:
        super().__init__(message)
        self.message = message
        self.location = location


def parse_toml(text: str) -> Value:
    """The table of the text.

    Raises `TomlProblem` with tomli's words behind wrangler's prefix, or wrangler's own
    message for an integer beyond 2^53-1.
    """
    import tomli

    try:
        table: Value = tomli.loads(_with_carriage_returns_kept(text))
    except tomli.TOMLDecodeError as error:
        place = _location(text, error.lineno, error.colno - 1)
        raise TomlProblem(f"Invalid TOML document: {error.msg}", place) from None
    except RecursionError:
        raise _too_deep() from None
    except ValueError:
        # Python reads no integer of more than 4300 digits.
        raise _too_large(text) from None
    if _depth_exceeds(table, DEPTH_MAX):
        raise _too_deep()
    if any(_is_unsafe(value) for value in _scalars(table)):
        raise _too_large(text)
    return _restored(table)


def _with_carriage_returns_kept(text: str) -> str:
    # wrangler keeps CRLF inside a multi-line string, tomli makes it LF.
    if "\r\n" not in text:
        return text
    return _TEXTS.sub(lambda found: _marked(found[0]), text)


def _marked(piece: str) -> str:
    if not piece.startswith(('"""', "'''")):
        return piece
    # The line break right after the quotes belongs to neither.
    opening = 5 if piece[3:5] == "\r\n" else 3
    body = piece[opening:]
    if piece[0] == "'":
        marked = body.replace("\r\n", f"{_CARRIAGE_RETURN}\n")
    else:
        marked = _BREAKS.sub(_marked_break, body)
    return piece[:opening] + marked


def _marked_break(found: re.Match[str]) -> str:
    return f"{_CARRIAGE_RETURN}\n" if found[0] == "\r\n" else found[0]


def _restored(value: Value) -> Value:
    if isinstance(value, str):
        return value.replace(_CARRIAGE_RETURN, "\r")
    if isinstance(value, list):
        return [_restored(item) for item in value]
    if isinstance(value, dict):
        return {key: _restored(item) for key, item in value.items()}
    return value


def _children(value: Value) -> list[Value]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []


def _depth_exceeds(value: Value, levels: int) -> bool:
    row = [value]
    for _ in range(levels):
        row = [child for item in row for child in _children(item)]
    return bool(row)


def _scalars(value: Value) -> Iterator[bool | int | float | str | date | time | None]:
    if isinstance(value, list | dict):
        for child in _children(value):
            yield from _scalars(child)
    else:
        yield value


def _is_unsafe(value: object) -> bool:
    return isinstance(value, int) and abs(value) > SAFE_INTEGER_MAX


def _too_deep() -> TomlProblem:
    reason = "document contains excessively nested structures. aborting."
    return TomlProblem(f"Invalid TOML document: {reason}", None)


def _too_large(text: str) -> TomlProblem:
    reason = "integer value cannot be represented losslessly"
    blank = _TEXTS.sub(lambda found: re.sub(r"[^\r\n]", " ", found[0]), text)
    place = None
    for found in _INTEGER.finditer(blank):
        if _is_large_literal(found[0]):
            line = blank.count("\n", 0, found.start()) + 1
            column = found.start() - (blank.rfind("\n", 0, found.start()) + 1)
            place = _location(text, line, column)
            break
    return TomlProblem(f"Invalid TOML document: {reason}", place)


def _is_large_literal(literal: str) -> bool:
    if len(literal) > 4000:
        return True
    try:
        return _is_unsafe(int(literal.replace("_", ""), 0))
    except ValueError:
        return False


def _location(text: str, line: int, column: int) -> Location:
    lines = text.split("\n")
    line_text = lines[line - 1] if line <= len(lines) else ""
    return Location(line, utf16_length(line_text[:column]), line_text)
