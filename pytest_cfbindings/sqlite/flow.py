"""How often each way through a program is gone: the equations that have to hold.

What enters an operation leaves it, what is called returns, and SQLite's counters are
sums of that. They often leave one answer for the rows read and written, whatever the
data is.
"""

from collections import defaultdict

from .certain_seeks import CertainSeeks
from .counting_rules import (
    CHANGED,
    KNOWN,
    READ,
    WRITTEN,
    counts,
    needs_a_number,
)
from .linear import Sum, add
from .program import (
    Operation,
    Program,
    Routine,
    fails,
    ignores,
    next_addresses,
)
from .registers import Decision, is_null, is_number

ONE = "one"
"""The known figure that is always 1: the statement runs once."""


Place = tuple[int, int]
"""A routine and an address in it."""


def table_rows(root: int) -> str:
    """The known figure that is the number of rows of a table or an index."""
    return f"rows at {root}"


class Flows:
    """The ways of a program, numbered, and the sums of them that are 0.

    `totals` are the sums for the rows read and written. `decisions`
    are ways that the value in a register decides on.
    """

    def __init__(self, program: Program) -> None:
        self.equations: list[Sum] = []
        self.totals: dict[str, Sum] = defaultdict(dict)
        self.at_most_once: list[int] = []
        self.decisions: list[Decision] = []
        self.tables: set[int] = set()
        """Root pages of the tables and indexes that are counted as a whole."""
        self.conditions: list[tuple[Sum, Sum]] = []
        """Sums of which the second is 0 if the first is."""
        self.certain = {
            READ: not program.is_ambiguous,
            WRITTEN: not program.is_ambiguous,
        }
        """Whether all that counts is among the totals."""
        self.successors: dict[Place, set[Place]] = defaultdict(set)
        self.ways: list[tuple[Place | None, Place | None]] = []
        """From where to where each way leads, as far as it is in the program."""
        self._entering: dict[Place, Sum] = defaultdict(dict)
        self._leaving: dict[Place, Sum] = defaultdict(dict)
        self._program = program
        self._seeks = CertainSeeks(program)
        self.goes_on: dict[Place, int] = {}
        self.jumps: dict[Place, int] = {}
        """The ways of operations with two: to the next one, and to another."""
        self._entering[0, 0][ONE] = 1
        for number, routine in enumerate(program.routines):
            for operation in routine.operations:
                if not fails(operation):
                    self._add(number, routine, operation)
        for place in self._entering.keys() | self._leaving.keys():
            self._same(self._entering[place], self._leaving[place])
        for name in KNOWN:
            # Virtual tables change tables of their own, which is not to be seen here.
            if name == CHANGED and _changes_virtual_table(program):
                continue
            self._same(self.totals[name], {name: 1})

    def _add(self, number: int, routine: Routine, operation: Operation) -> None:
        name = operation.name
        if name == "Gosub":
            self._gosub(number, routine, operation)
        elif name == "Return":
            if operation.p3:
                self._way(number, routine, operation, operation.address + 1)
        elif name == "InitCoroutine" and operation.p2:
            self._coroutine(number, routine, operation)
        elif name in ("Yield", "EndCoroutine"):
            pass  # Belong to their InitCoroutine.
        elif name == "Program":
            self._call(number, routine, operation)
        elif name == "Halt":
            self._way(number, routine, operation, None)
        else:
            self._ordinary(number, routine, operation)

    def _ordinary(self, number: int, routine: Routine, operation: Operation) -> None:
        """An operation that goes on at the next one, or jumps."""
        name, here = operation.name, (number, operation.address)
        for target, jumps in next_addresses(routine, operation):
            if jumps and self._seeks.always_finds(routine, operation):
                continue
            way = self._way(number, routine, operation, target, jumps)
            if way is not None:
                (self.jumps if jumps else self.goes_on)[here] = way
        if name == "Once":
            self._once(number, here)
        if needs_a_number(operation):
            self._without_a_number(number, routine, operation)
        elif name in ("IsNull", "NotNull"):
            null, other = self.jumps.get(here), self.goes_on.get(here)
            if name == "NotNull":
                null, other = other, null
            self.decisions.append(Decision(is_null, routine, operation.p1, null, other))
        elif name in ("Count", "Clear"):
            self._whole_table(routine, operation)
        elif name == "SeekEnd":
            self.certain[READ] = False  # How often its index splits pages is open.

    def _way(
        self,
        number: int,
        routine: Routine,
        operation: Operation,
        target: int | None,
        jumps: bool = False,
    ) -> int | None:
        """A way from an operation; None as its target is out of the routine.

        There is none to an operation that fails.
        """
        if target is not None and fails(routine.operations[target]):
            return None
        here = (number, operation.address)
        there = None if target is None else (number, target)
        way = self._new(here, there)
        for name, amount in counts(routine, operation, jumps).items():
            add(self.totals[name], {way: amount})
        return way

    def _once(self, number: int, here: Place) -> None:
        """It goes on the first time, and jumps from then on."""
        first, later = self.goes_on.get(here), self.jumps.get(here)
        if first is not None and later is not None:
            self.conditions.append(({first: 1}, {later: 1}))
            if number == 0:
                self.at_most_once.append(first)

    def _without_a_number(
        self, number: int, routine: Routine, operation: Operation
    ) -> None:
        """The way to the same place that a seek for NULL or a text goes."""
        way = self.jumps.get((number, operation.address))
        if way is not None:
            other = self._must(number, routine, operation, operation.p2)
            add(self.totals[READ], {other: -1})
            self.decisions.append(
                Decision(is_number, routine, operation.p3, way, other)
            )

    def _whole_table(self, routine: Routine, operation: Operation) -> None:
        """All rows of a table count: those that COUNT(*) counts, or DELETE clears."""
        if operation.name == "Count":
            opening = routine.table(operation)
            if opening is not None and not operation.p3:
                self.tables.add(opening.p2)
                add(self.totals[READ], {table_rows(opening.p2): 1})
        elif operation.p3:
            rows = self._new(None, None)
            add(self.totals[CHANGED], {rows: 1})
            add(self.totals[WRITTEN], {rows: 1})

    def _new(self, here: Place | None, there: Place | None) -> int:
        way = len(self.ways)
        self.ways.append((here, there))
        if here is not None:
            add(self._leaving[here], {way: 1})
        if there is not None:
            add(self._entering[there], {way: 1})
        if here is not None and there is not None:
            self.successors[here].add(there)
        return way

    def _same(self, first: Sum, second: Sum) -> None:
        difference = dict(first)
        add(difference, second, -1)
        self.equations.append(difference)

    def _gosub(self, number: int, routine: Routine, operation: Operation) -> None:
        """As often as it is called, the subroutine returns to behind the call."""
        call = self._way(number, routine, operation, operation.p2)
        returns: Sum = {}
        for other in routine.operations:
            if other.name == "Return" and other.p1 == operation.p1:
                way = self._way(number, routine, other, operation.address + 1)
                if way is not None:
                    returns[way] = 1
        if call is not None:
            self._same({call: 1}, returns)

    def _coroutine(self, number: int, routine: Routine, start: Operation) -> None:
        """Whoever yields to it gets a row for each time that it yields, or the end."""
        self._way(number, routine, start, start.p2)
        uses = [o for o in routine.operations if o.p1 == start.p1]
        yields = [o for o in uses if o.name == "Yield"]
        inner = [o for o in yields if start.address < o.address < start.p2]
        outer = [o for o in yields if o not in inner]
        ends = [
            self._must(number, routine, o, None)
            for o in uses
            if o.name == "EndCoroutine" and start.address < o.address < start.p2
        ]
        begun = self._new(None, (number, start.p3))
        resumed = [self._must(number, routine, o, o.address + 1) for o in inner]
        abandoned = [self._must(number, routine, o, None) for o in inner]
        rows = [self._must(number, routine, o, o.address + 1) for o in outer]
        misses = [self._must(number, routine, o, o.p2) for o in outer]
        self._same(dict.fromkeys(rows, 1), dict.fromkeys([*resumed, *abandoned], 1))
        self._same(dict.fromkeys(misses, 1), dict.fromkeys(ends, 1))
        self._same(
            dict.fromkeys([*rows, *misses], 1), dict.fromkeys([begun, *resumed], 1)
        )
        for user in outer:
            here = (number, user.address)
            self.successors[here].add((number, start.p3))
            for giver in inner:
                self.successors[here].add((number, giver.address + 1))
                self.successors[number, giver.address].add((number, user.address + 1))

    def _must(
        self, number: int, routine: Routine, operation: Operation, target: int | None
    ) -> int:
        way = self._way(number, routine, operation, target)
        assert way is not None
        return way

    def _call(self, number: int, routine: Routine, operation: Operation) -> None:
        """A trigger runs as often as it is called, and may raise IGNORE."""
        called = self._program.calls.get((number, operation.address))
        on = self._must(number, routine, operation, operation.address + 1)
        entering: Sum = {on: 1}
        if called is None or called >= len(self._program.routines):
            return
        if any(map(ignores, self._program.routines[called].operations)):
            ignored = self._must(number, routine, operation, operation.p2)
            entering[ignored] = 1
        add(self._entering[called, 0], entering)
        self.successors[number, operation.address].add((called, 0))
        for other in self._program.routines[called].operations:
            if other.name == "Halt":
                back = (number, operation.address + 1)
                self.successors[called, other.address].add(back)


def _changes_virtual_table(program: Program) -> bool:
    return any(o.name == "VUpdate" for r in program.routines for o in r.operations)
