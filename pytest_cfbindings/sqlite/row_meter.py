"""Measures one run of a statement, for its row counts."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

import apsw

from .counting_rules import CHANGED, RETURNED, SCANNED, STATUSES
from .counts import RowCounts
from .cursor import Row, SqlValue
from .flow import ONE, OPEN_VIOLATIONS, table_rows
from .row_counts import Analysis, analysis_of

Run = Callable[[str, Sequence[SqlValue]], list[Row]]

_CHANGING_PLANS = ("CREATE", "DROP", "ALTER", "REINDEX", "ANALYZE", "PRAGMA")
_NOT_COUNTED = ("EXPLAIN", "PRAGMA", "ANALYZE")
_PATTERNS = ("LIKE", "GLOB")
_SCHEMA_ROOT = 1

Analyses = dict[tuple[int, str], Analysis | None]
"""Analyses by schema and text; None for a statement that cannot be analysed."""


class Measured(Protocol):
    """What a cursor asks for the counts of its statement."""

    def counts(self, returned: int) -> RowCounts:
        """The counts, once the statement has returned that many rows and ended."""


class RowMeter:
    """Measures the statements of one connection.

    `analyses` may be shared by clones of one database.
    """

    def __init__(
        self, connection: apsw.Connection, run: Run, analyses: Analyses | None = None
    ) -> None:
        self._connection = connection
        self._run = run
        self._analyses: Analyses = {} if analyses is None else analyses
        self._schema: int | None = None
        self._changes_at_begin = 0

    def begin(self) -> None:
        """A transaction begins: no foreign key is violated."""
        self._changes_at_begin = self._connection.total_changes()

    def forget_plans(self, first_word: str = "CREATE") -> None:
        """A statement with that first word has run, or a rollback."""
        if first_word in _CHANGING_PLANS:
            self._schema = None

    def start(self, sql: str, values: Sequence[SqlValue], first_word: str) -> Measured:
        """Measure the statement that is executed next."""
        if first_word in _NOT_COUNTED:
            return _NothingCounted()
        analysis = self._analysis(sql, values)
        if analysis is None:
            return Measurement(self._connection, sql, values, None, {})
        known = {table_rows(root): self._rows(root) for root in analysis.tables}
        changes = self._connection.total_changes()
        known[OPEN_VIOLATIONS] = int(changes != self._changes_at_begin)
        return Measurement(self._connection, sql, values, analysis, known)

    def _analysis(self, sql: str, values: Sequence[SqlValue]) -> Analysis | None:
        # What a pattern is bound to decides whether an index serves.
        if values and any(word in sql.upper() for word in _PATTERNS):
            return self._analysed(sql, values)
        if self._schema is None:
            schema = self._run("SELECT rootpage, sql FROM sqlite_schema", ())
            switches = self._run("PRAGMA reverse_unordered_selects", ())
            like = self._run("PRAGMA case_sensitive_like", ())
            self._schema = hash((*schema, *switches, *like))
        key = (self._schema, sql)
        if key not in self._analyses:
            self._analyses[key] = self._analysed(sql, values)
        return self._analyses[key]

    def _analysed(self, sql: str, values: Sequence[SqlValue]) -> Analysis | None:
        try:
            return analysis_of(self._run(f"EXPLAIN {sql}", values))
        except apsw.Error:
            return None  # The statement itself will say what is wrong.

    def _rows(self, root: int) -> int:
        """How many rows a table has, or the table of an index."""
        name: Any = "sqlite_schema"
        if root != _SCHEMA_ROOT:
            [[name]] = self._run(
                "SELECT tbl_name FROM sqlite_schema WHERE rootpage = ?", (root,)
            )
        quoted = str(name).replace('"', '""')
        [[count]] = self._run(f'SELECT count(*) FROM "{quoted}"', ())
        return int(count or 0)


class _NothingCounted:
    """A statement that workerd counts nothing of."""

    def counts(self, _returned: int) -> RowCounts:
        return RowCounts(0, 0)


class Measurement:
    """One run of a statement, from before it starts until its counts are asked for."""

    def __init__(
        self,
        connection: apsw.Connection,
        sql: str,
        values: Sequence[SqlValue],
        analysis: Analysis | None,
        known: Mapping[str, int],
    ) -> None:
        self._connection = connection
        self._sql = sql
        self._values = values
        self._analysis = analysis
        self._known = known
        self._changes = connection.total_changes()
        self._status: Mapping[str, int] = dict.fromkeys(STATUSES, 0)
        connection.trace_v2(apsw.SQLITE_TRACE_PROFILE, self._ended, id=self)

    def _ended(self, event: Mapping[str, Any]) -> None:
        if event["sql"] == self._sql:
            self._status = event["stmt_status"]

    def counts(self, returned: int) -> RowCounts:
        self._connection.trace_v2(0, None, id=self)
        changed = self._connection.total_changes() - self._changes
        if self._analysis is None:
            scanned = self._status[SCANNED]
            return RowCounts(scanned + bool(scanned), changed, False, False)
        known = {
            **self._known,
            **{name: self._status[name] for name in STATUSES},
            ONE: 1,
            RETURNED: returned,
            CHANGED: changed,
        }
        return self._analysis.counts(known, self._values)
