"""Row counts of a statement, and whether they are sure."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RowCounts:
    """Rows read and written by a statement, index entries among them.

    `read_exact` and `written_exact` say whether they are workerd's figures for sure.
    Otherwise they are a solution of what is known of the run.
    """

    read: int
    written: int
    read_exact: bool = True
    written_exact: bool = True

    @property
    def exact(self) -> bool:
        """Whether both are workerd's figures for sure."""
        return self.read_exact and self.written_exact
