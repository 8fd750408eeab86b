"""Row counts of a statement, and whether they are sure."""

from dataclasses import dataclass
from typing import Protocol


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


class Measured(Protocol):
    """What a cursor asks for the counts of its statement."""

    def stop(self) -> None:
        """The statement has ended: what the next ones do is not its matter."""

    def so_far(self, returned: int) -> RowCounts:
        """The counts while rows are left, as far as the number of rows tells them."""

    def counts(self, returned: int) -> RowCounts:
        """The counts, once the statement has returned that many rows and ended."""
