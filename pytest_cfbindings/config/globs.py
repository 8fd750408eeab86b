"""Patterns of file names, as wrangler's minimatch reads the common ones."""

import re
from functools import lru_cache


def matches(pattern: str, path: str) -> bool:
    """Whether the relative path, with forward slashes, fits the pattern.

    `*`, `?`, `[...]`, `{a,b}` and `**` are understood; none matches a leading dot.
    """
    return any(
        _fits(tuple(option.split("/")), tuple(path.split("/")))
        for option in _alternatives(pattern)
    )


def may_hold_matches(pattern: str, folder: str) -> bool:
    """Whether a file below the relative folder could fit the pattern."""
    return any(
        _fits_partly(option.split("/"), folder.split("/"))
        for option in _alternatives(pattern)
    )


def _alternatives(pattern: str) -> list[str]:
    found = re.search(r"\{([^{}]*,[^{}]*)\}", pattern)
    if not found:
        return [pattern]
    before, after = pattern[: found.start()], pattern[found.end() :]
    options = found[1].split(",")
    return [p for option in options for p in _alternatives(before + option + after)]


def _fits(pattern: tuple[str, ...], parts: tuple[str, ...]) -> bool:
    if not pattern:
        return not parts
    head, rest = pattern[0], pattern[1:]
    if head == "**":
        if not rest:
            return all(not part.startswith(".") for part in parts) and bool(parts)
        visible = not parts or not parts[0].startswith(".")
        return _fits(rest, parts) or (
            bool(parts) and visible and _fits(pattern, parts[1:])
        )
    return bool(parts) and _segment_fits(head, parts[0]) and _fits(rest, parts[1:])


def _fits_partly(pattern: list[str], parts: list[str]) -> bool:
    for index, part in enumerate(parts):
        if index >= len(pattern) - 1 and pattern[-1] != "**":
            return False
        if pattern[index : index + 1] == ["**"]:
            return not any(p.startswith(".") for p in parts[index:])
        if index >= len(pattern) or not _segment_fits(pattern[index], part):
            return False
    return True


def _segment_fits(pattern: str, name: str) -> bool:
    hidden = name.startswith(".") and not pattern.startswith(".")
    return not hidden and _segment(pattern).fullmatch(name) is not None


@lru_cache(maxsize=64)
def _segment(pattern: str) -> re.Pattern[str]:
    pieces = re.findall(r"\*+|\?|\[!?\]?[^\]]*\]|\\.|.", pattern, re.DOTALL)
    try:
        return re.compile("".join(_translated(piece) for piece in pieces), re.DOTALL)
    except re.error:
        return re.compile(re.escape(pattern))


def _translated(piece: str) -> str:
    if piece.startswith("*"):
        return ".*"
    if piece == "?":
        return "."
    if piece.startswith("[") and len(piece) > 2:
        negated = piece[1] in "!^"
        inner = (
            piece[2 if negated else 1 : -1].replace("\\", "\\\\").replace("[", "\\[")
        )
        return f"[{'^' if negated else ''}{inner}]"
    if piece.startswith("\\") and len(piece) == 2:
        return re.escape(piece[1])
    return re.escape(piece)
