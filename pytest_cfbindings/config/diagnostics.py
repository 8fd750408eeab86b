"""Errors and warnings: collected while a file is read, rendered as wrangler does."""

import re
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Location:
    """A place in a file that could not be parsed.

    `line` counts from 1, `column` from 0 and in UTF-16 units, as wrangler's do.
    `length` is what the offending piece measures, None where that is not known.
    """

    line: int
    column: int
    line_text: str
    length: int | None = None


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One error or warning.

    `message` is wrangler's own text, character for character. `at` holds the
    headings it stands under, the file's first. `hint` is a suggestion of ours, and
    `notes` are the sentences that wrangler prints below a message.
    """

    message: str
    at: tuple[str, ...] = ()
    location: Location | None = None
    hint: str | None = None
    notes: tuple[str, ...] = ()


class Report:
    """Collects the diagnostics of one heading and of the headings below it."""

    __slots__ = ("_children", "_errors", "_quiet", "_warnings", "at")

    def __init__(self, *at: str, quiet: bool = False) -> None:
        self.at = at
        self._quiet = quiet
        self._errors: list[Diagnostic] = []
        self._warnings: list[Diagnostic] = []
        self._children: list[Report] = []

    def error(self, message: str, hint: str | None = None) -> bool:
        """Add an error. Returns False, so that a check can return its outcome."""
        self._errors.append(Diagnostic(message, self.at, hint=hint))
        return False

    def warning(self, message: str, hint: str | None = None) -> None:
        self._warnings.append(Diagnostic(message, self.at, hint=hint))

    def experimental(self, field: str) -> None:
        """Warn about a field that may change, unless such warnings are unwanted."""
        if not self._quiet:
            self.warning(
                f'"{field}" fields are experimental'
                " and may change or break at any time."
            )

    def child(self, heading: str) -> "Report":
        report = Report(*self.at, heading, quiet=self._quiet)
        self._children.append(report)
        return report

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        """This heading's errors, then those of the headings below it."""
        below = [error for child in self._children for error in child.errors]
        return (*self._errors, *below)

    @property
    def warnings(self) -> tuple[Diagnostic, ...]:
        below = [warning for child in self._children for warning in child.warnings]
        return (*self._warnings, *below)


def render(diagnostics: Sequence[Diagnostic], file: str) -> str:
    """All the diagnostics as text: syntax errors by place, the others as a tree.

    `file` is the name to print before line and column.
    """
    placed = [d for d in diagnostics if d.location or not d.at]
    headed = [d for d in diagnostics if d not in placed]
    roots = dict.fromkeys(d.at[0] for d in headed)
    parts = [_render_placed(d, file) for d in placed]
    parts += [_render_tree((root,), headed) for root in roots]
    return "\n".join(parts)


def _render_placed(diagnostic: Diagnostic, file: str) -> str:
    place = diagnostic.location
    if place is None:
        lines = [diagnostic.message]
    else:
        lines = [f"{file}:{place.line}:{place.column}: {diagnostic.message}"]
        if place.line_text.strip():
            # Tabs are kept, so that the caret stands below its character.
            indent = re.sub(r"[^\t]", " ", place.line_text[: place.column])
            lines += [f"    {place.line_text.rstrip()}", f"    {indent}^"]
    return "\n".join([*lines, *diagnostic.notes, *_hint_lines(diagnostic)])


def _render_tree(at: tuple[str, ...], diagnostics: Sequence[Diagnostic]) -> str:
    own = [d for d in diagnostics if d.at == at]
    below = [d for d in diagnostics if d.at != at and d.at[: len(at)] == at]
    entries = [
        f"- {_indented(line)}" for d in own for line in [d.message, *_hint_lines(d)]
    ]
    children = dict.fromkeys(d.at[: len(at) + 1] for d in below)
    trees = [f"\n- {_render_tree(child, below)}" for child in children]
    return _indented(f"{at[-1]}\n" + "\n".join(entries) + "\n".join(trees))


def _hint_lines(diagnostic: Diagnostic) -> list[str]:
    return [diagnostic.hint] if diagnostic.hint else []


def _indented(text: str) -> str:
    first, *rest = text.split("\n")
    lines = [first, *(f"  {line}" for line in rest)]
    return "\n".join("" if not line.strip() else line for line in lines)
