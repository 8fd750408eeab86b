"""Powers over single bindings: what was done with them, and what is behind them."""

from contextlib import closing
from typing import TYPE_CHECKING, Any

from ..calls import Call
from .powers import Powers

if TYPE_CHECKING:
    import sqlite3

    from ..sqlite.counts import RowCounts


class BindingPowers(Powers):
    """Shows how the Worker used a binding, and puts a test's own behind it."""

    def calls(self, binding: Any) -> list[Call]:
        """What was called on a binding in this test, in order.

        Each call has `method` and `args`, a tuple of Python values as the Worker's
        binding got them: keyword arguments are one dict at the end.
        """
        from ..worker.inspection import calls_of

        return calls_of(binding)

    def row_counts(self, binding: Any) -> "list[RowCounts]":
        """Rows that a D1 database's statements read and wrote in this test, in order.

        They are those of `meta.rows_read` and `meta.rows_written`, of each statement
        whose meta was returned, and say whether the figure is sure to be workerd's:
        `read_exact`, `written_exact`, and `exact` for both.
        """
        from ..worker.inspection import row_counts_of

        return row_counts_of(binding)

    def sqlite(self, binding: Any) -> "sqlite3.Connection":
        """A read-only connection of Python's own sqlite3 to a copy of a D1 database.

        It is closed when the test ends. What the Worker stores later is not in it.
        """
        from ..worker.inspection import sqlite_copy

        return self._opened.enter_context(closing(sqlite_copy(binding)))

    def provide(self, name: str, value: object) -> None:
        """Put this test's own value in the place of a var, or behind a binding.

        For a var it is a JSON value; for a binding that is not embedded, such as
        Workers AI, an object whose methods answer the Worker's calls. Its arguments and
        results are converted as they are between a Worker and the real binding; an
        `async` method is one that the Worker awaits. Raises UnusableBinding for a name
        that the configuration does not have and for a binding that is embedded.
        """
        self._session.provide(name, value)
