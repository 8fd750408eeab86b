"""From a file to the value it holds."""

import errno
import os
from dataclasses import dataclass
from pathlib import Path

from .diagnostics import Diagnostic, Location
from .jsonc_parser import parse_jsonc
from .jsonc_scanner import JsoncError
from .toml_syntax import TomlProblem, parse_toml
from .values import Value, in_javascript_order, javascript_number, utf16_length

_BYTE_ORDER_MARKS = (
    (b"\x00\x00\xfe\xff", "UTF-32 BE"),
    (b"\xff\xfe\x00\x00", "UTF-32 LE"),
    (b"\xfe\xff", "UTF-16 BE"),
    (b"\xff\xfe", "UTF-16 LE"),
)
_NODE_REASONS = {
    errno.ENOENT: "no such file or directory",
    errno.EACCES: "permission denied",
    errno.EISDIR: "illegal operation on a directory",
    errno.ENOTDIR: "not a directory",
    errno.ENAMETOOLONG: "name too long",
    errno.ELOOP: "too many symbolic links encountered",
}


@dataclass(frozen=True, slots=True)
class Content:
    """What a file holds, or why it could not be read."""

    value: Value = None
    problem: Diagnostic | None = None


def read(path: Path, name: str) -> Content:
    """Read and parse a configuration file.

    `name` is the path as the user wrote it, for messages. The syntax follows from
    the ending, which is case-sensitive: wrangler 4.164 takes any other file for an
    empty configuration; here it is refused.
    """
    if not str(path).endswith((".toml", ".json", ".jsonc")):
        return _refused(
            f"{name} is no Wrangler configuration: its name must end in"
            " .toml, .json or .jsonc (wrangler would silently read nothing from it)."
        )
    try:
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        return _unreadable(name, error)
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _wrong_encoding(name, encoding)
    text = data.decode("utf-8", "replace").removeprefix("\ufeff")
    is_toml = str(path).endswith(".toml")
    return _parse_toml(text) if is_toml else _parse_jsonc(text)


def _parse_toml(text: str) -> Content:
    try:
        return Content(_normalised(parse_toml(text)))
    except TomlProblem as problem:
        return _refused(problem.message, problem.location)


def _parse_jsonc(text: str) -> Content:
    try:
        return Content(_normalised(parse_jsonc(text)))
    except JsoncError as error:
        line = text.count("\n", 0, error.start) + 1
        opening = text.rfind("\n", 0, error.start) + 1
        column = utf16_length(text[opening : error.start])
        beyond = max(error.end - len(text), 0)
        length = utf16_length(text[error.start : error.end]) + beyond
        line_text = text.split("\n")[line - 1]
        return _refused(error.code, Location(line, column, line_text, length))


def _normalised(value: Value) -> Value:
    # Both languages end in JavaScript: numbers lose their kind, keys their order.
    if isinstance(value, float):
        return javascript_number(value)
    if isinstance(value, list):
        return [_normalised(item) for item in value]
    if isinstance(value, dict):
        return in_javascript_order({k: _normalised(v) for k, v in value.items()})
    return value


def _refused(message: str, location: Location | None = None) -> Content:
    return Content(problem=Diagnostic(message, location=location))


def _wrong_encoding(name: str, encoding: str) -> Content:
    note = (
        f'The file "{name}" appears to be encoded as {encoding}.'
        " Please save the file as UTF-8 without BOM."
    )
    message = f"Configuration file contains {encoding} byte order marker"
    return Content(problem=Diagnostic(message, (), Location(1, 0, ""), notes=(note,)))


def _unreadable(name: str, error: OSError | ValueError) -> Content:
    message = f"Could not read file: {name}"
    return Content(problem=Diagnostic(message, notes=(node_reason(name, error),)))


def node_reason(name: str, error: OSError | ValueError) -> str:
    """Why a file could not be read, in Node's words."""
    code = error.errno if isinstance(error, OSError) and error.errno else errno.EINVAL
    reason = _NODE_REASONS.get(code, os.strerror(code).lower())
    call = "read" if code == errno.EISDIR else f"open '{name}'"
    return f"{errno.errorcode.get(code, 'EUNKNOWN')}: {reason}, {call}"
