"""What the walks of a program through tables, sorters and foreign keys have to obey."""

from collections import defaultdict
from dataclasses import dataclass, field

from .flow import Flows, Place
from .linear import Sum, add
from .loops import reachable
from .program import Operation, Program, Routine

_ELSEWHERE = frozenset(
    """
    SeekGE SeekGT SeekLE SeekLT SeekRowid NotExists Found NotFound NoConflict IfNoHope
    DeferredSeek SeekScan SeekEnd NullRow
    """.split()  # noqa: SIM905
)
"""What takes a cursor to a row in another way than by walking."""
_CHANGING = frozenset(("Insert", "Delete", "IdxInsert", "IdxDelete"))
_WALKING = frozenset(("Rewind", "Last", "Next", "Prev"))

OPEN_VIOLATIONS = "open violations"
"""The known figure that is 0 if no foreign key is violated when it begins."""


@dataclass(slots=True)
class Scan:
    """How a cursor walks a whole table or index: the ways that do each step.

    `start` are found to have a row or `empty`, `on` are steps to another row, and
    `off` those behind the last one.
    """

    root: int
    start: list[int] = field(default_factory=list)
    empty: list[int] = field(default_factory=list)
    on: list[int] = field(default_factory=list)
    off: list[int] = field(default_factory=list)


def sorters(program: Program, flows: Flows) -> list[tuple[Sum, Sum]]:
    """How often each sorter is left early, and how many rows it then keeps.

    A sorter gives each row that was put into it, unless it is left before.
    """
    return [
        _sorted(flows, number, routine, opening)
        for number, routine in enumerate(program.routines)
        for opening in routine.openings
        if opening.name == "SorterOpen"
    ]


def _sorted(
    flows: Flows, number: int, routine: Routine, opening: Operation
) -> tuple[Sum, Sum]:
    rows: Sum = {}
    left: Sum = {}
    for operation in routine.operations:
        if routine.opening(operation) != opening:
            continue
        here = (number, operation.address)
        goes_on, jumps = flows.goes_on.get(here), flows.jumps.get(here)
        if operation.name == "SorterInsert":
            _note(rows, goes_on, 1)
        elif operation.name == "SorterSort":
            _note(rows, goes_on, -1)
            _note(left, goes_on, 1)
        elif operation.name == "SorterNext":
            _note(rows, jumps, -1)
            _note(left, goes_on, -1)
    return left, rows


def violations(program: Program, flows: Flows) -> tuple[Sum, Sum]:
    """How many violations there may be, and how often one is looked for."""
    made: Sum = {OPEN_VIOLATIONS: 1}
    looked: Sum = {}
    for number, routine in enumerate(program.routines):
        for operation in routine.operations:
            on = flows.goes_on.get((number, operation.address))
            if operation.name == "FkCounter" and operation.p2 > 0:
                _note(made, on, 1)
            elif operation.name == "FkIfZero":
                _note(looked, on, 1)
    return made, looked


def scans(program: Program, flows: Flows) -> list[Scan]:
    """What walks tables that the statement has not changed before."""
    changed = _places_after_changes(program, flows)
    found: dict[tuple[int, int], Scan] = {}
    for number, routine in enumerate(program.routines):
        for operation in routine.operations:
            opening = routine.table(operation)
            if opening is None or operation.name not in _WALKING:
                continue
            here = (number, operation.address)
            only_walked = not _is_used_elsewhere(routine, opening)
            if only_walked and here not in changed[opening.p2]:
                scan = found.setdefault((number, opening.address), Scan(opening.p2))
                _add(scan, flows, number, operation)
    return [scan for scan in found.values() if scan.start]


def _places_after_changes(program: Program, flows: Flows) -> dict[int, set[Place]]:
    """Where a table, by its root page, may hold other rows than before."""
    changed: dict[int, set[Place]] = defaultdict(set)
    for number, routine in enumerate(program.routines):
        for operation in routine.operations:
            opening = routine.table(operation)
            if opening is not None and operation.name in _CHANGING:
                here = (number, operation.address)
                changed[opening.p2] |= reachable(flows.successors, here)
    return changed


def _is_used_elsewhere(routine: Routine, opening: Operation) -> bool:
    """Whether the cursor also comes to a row in another way than by walking."""
    return any(
        o.name in _ELSEWHERE and routine.table(o) == opening for o in routine.operations
    )


def _add(scan: Scan, flows: Flows, number: int, operation: Operation) -> None:
    begins = operation.name in ("Rewind", "Last")
    there, behind = (scan.start, scan.empty) if begins else (scan.off, scan.on)
    here = (number, operation.address)
    there += [flows.goes_on[here]] if here in flows.goes_on else []
    behind += [flows.jumps[here]] if here in flows.jumps else []


def _note(total: Sum, way: int | None, factor: int) -> None:
    if way is not None:
        add(total, {way: factor})
