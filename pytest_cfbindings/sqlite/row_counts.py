"""rows_read and rows_written as workerd counts them, without counting them one by one.

workerd's SQLite counts while it runs; a stock one does not. But the compiled program of
a statement says what can happen, and SQLite's own counters how much of it did: often
that leaves one answer, and then it is the right one. The analysis is made once for each
statement and schema.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from .bounds import FilledRow, Ranges, Row, Search
from .counting_rules import READ, WRITTEN
from .counts import RowCounts
from .cursor import Row as Listed
from .cursor import SqlValue
from .flow import ONE, Flows, table_rows
from .keys import is_number
from .linear import Solution, Sum, add
from .loops import circles, loops
from .program import Program, program_of


@dataclass(frozen=True, slots=True)
class _ScanSums:
    """How often the steps of a scan are gone, and the name of the number of rows."""

    table: str
    start: Sum
    empty: Sum
    on: Sum
    off: Sum

    def rows(self, known: Mapping[str, int]) -> Iterator[Row]:
        """What the number of rows says: each row is at least 0."""
        count = known.get(self.table)
        if count is None:
            return
        yield _at_least_0({}, self.empty if count else self.start)
        # A walk that is not left takes one step less than there are rows.
        steps = max(count - 1, 0)
        yield _at_least_0({}, self.on, (self.start, steps))
        yield _at_least_0(self.on, {}, (self.off, -steps))


def _at_least_0(more: Sum, less: Sum, *others: tuple[Sum, int]) -> Row:
    total = dict(more)
    add(total, less, -1)
    for other, factor in others:
        add(total, other, factor)
    return Row.of(total)


class Analysis:
    """What the program of a statement says of its row counts."""

    def __init__(self, program: Program) -> None:
        flows = Flows(program)
        solution = Solution(flows.equations)
        self._totals = [
            (Row.of(solution.reduced(flows.totals[name])), flows.certain[name])
            for name in (READ, WRITTEN)
        ]
        self._rows = _rows(flows, solution)
        self._unknowns = set(range(len(flows.ways))) - solution.solved.keys()
        self._by_key = [
            (operation, routine, [Row.of(_negative(solution, w)) for w in ways])
            for operation, routine, *ways in flows.by_key
        ]
        self._loops = [
            (Row.of(solution.reduced(entering)), Row.of(solution.reduced(inside)))
            for entering, inside in _conditions(flows)
        ]
        self._scans = [
            _ScanSums(
                table_rows(scan.root),
                *(
                    _total(solution, ways)
                    for ways in (scan.start, scan.empty, scan.on, scan.off)
                ),
            )
            for scan in flows.scans.values()
        ]
        self.tables = set(flows.tables)
        """Root pages of the tables whose number of rows has to be known."""
        if any(total.unknowns for total, _ in self._totals):
            self.tables.update(scan.root for scan in flows.scans.values())

    def counts(self, known: Mapping[str, int], values: Sequence[SqlValue]) -> RowCounts:
        """The counts of one run, by what is known of it."""
        found: list[tuple[int, bool]] = []
        rows: list[FilledRow] | None = None
        entered: list[tuple[FilledRow, FilledRow]] = []
        for total, is_certain in self._totals:
            target = total.filled(known)
            if not target.unknowns:
                found.append((target.constant // target.unit, is_certain))
                continue
            if rows is None:
                rows = self._filled(known, values)
                entered = [
                    (enter.filled(known), inside.filled(known))
                    for enter, inside in self._loops
                ]
            value, certain = self._search(target, rows, entered)
            found.append((value, certain and is_certain))
        (read, read_exact), (written, written_exact) = found
        return RowCounts(read, written, read_exact, written_exact)

    def _filled(
        self, known: Mapping[str, int], values: Sequence[SqlValue]
    ) -> list[FilledRow]:
        rows = [row.filled(known) for row in self._rows]
        for operation, routine, (with_number, without) in self._by_key:
            decided = is_number(routine, operation, values)
            if decided is not None:
                rows.append((without if decided else with_number).filled(known))
        for scan in self._scans:
            rows += [row.filled(known) for row in scan.rows(known)]
        return rows

    def _search(
        self,
        target: FilledRow,
        rows: Sequence[FilledRow],
        entered: Sequence[tuple[FilledRow, FilledRow]],
    ) -> tuple[int, bool]:
        ranges = Ranges(
            dict.fromkeys(self._unknowns, 0), dict.fromkeys(self._unknowns, math.inf)
        )
        search = Search(rows, entered)
        search.run(target, ranges)
        value = min(search.found, default=0)
        return value, search.complete and len(search.found) == 1


def _rows(flows: Flows, solution: Solution) -> list[Row]:
    """What keeps the open unknowns small: no way is gone less than 0 times."""
    rows = {Row.of(value) for value in solution.solved.values()}
    for way in _at_most_once(flows):
        value = solution.reduced({way: -1})
        add(value, {ONE: 1})
        rows.add(Row.of(value))
    rows.update(Row.of(solution.reduced(total)) for total in flows.not_negative)
    return [row for row in rows if row.unknowns]


def _conditions(flows: Flows) -> Iterator[tuple[Sum, Sum]]:
    """Sums of which the second is 0 if the first is."""
    for entering, inside in loops(flows.ways):
        yield dict.fromkeys(entering, 1), dict.fromkeys(inside, 1)
    yield from flows.conditions


def _total(solution: Solution, ways: Sequence[int]) -> Sum:
    return solution.reduced(dict.fromkeys(ways, 1))


def _negative(solution: Solution, way: int) -> Sum:
    """A sum that is at least 0 only if the way is never gone."""
    return solution.reduced({way: -1})


def _at_most_once(flows: Flows) -> list[int]:
    again = set().union(*circles(flows.successors))
    return flows.at_most_once + [
        number
        for number, (source, target) in enumerate(flows.ways)
        if source is not None and target is not None and source not in again
    ]


def analysis_of(listing: Sequence[Listed]) -> Analysis:
    """The analysis of an EXPLAIN listing."""
    return Analysis(program_of(listing))
