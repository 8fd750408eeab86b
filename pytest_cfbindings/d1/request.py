"""What a Worker sends to the D1 service: statements with their values."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..javascript.numbers import WHITE_SPACE
from ..sqlite.cursor import SqlValue

_LINE_ENDS = "\n\r\u2028\u2029"
_INDENTED_COMMENT = re.compile(
    f"(?:^|(?<=[{_LINE_ENDS}]))[{WHITE_SPACE}]+--[^{_LINE_ENDS}]*"
)


@dataclass(frozen=True, slots=True)
class Query:
    """One text of SQL, and the values of its last statement."""

    sql: str
    values: Sequence[SqlValue] = ()

    @property
    def is_blank(self) -> bool:
        """Whether it is white space, or white space and indented comments (measured).

        A comment at the very start of a line does not count as nothing.
        """
        return not _INDENTED_COMMENT.sub("", self.sql).strip(WHITE_SPACE)


def lines(text: str) -> list[str]:
    """The queries of an `exec` text: one a line."""
    return text.strip(WHITE_SPACE).split("\n")
