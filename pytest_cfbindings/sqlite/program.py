"""A compiled statement, as EXPLAIN lists it: operations, and where each may lead."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from .cursor import Row

# Operations that go on at P2 or with the next one.
_CONDITIONAL = frozenset(
    """
    Once If IfNot IsNull NotNull IsType Eq Ne Lt Le Gt Ge ElseEq IfNullRow Found
    NotFound NoConflict IfNoHope NotExists SeekRowid SeekGE SeekGT SeekLE SeekLT Rewind
    Last Sort SorterSort Next Prev SorterNext IdxLE IdxGT IdxLT IdxGE VFilter VNext
    RowSetRead RowSetTest FkIfZero IfPos IfNotZero DecrJumpZero IfEmpty IfNotOpen
    SequenceTest Filter SorterCompare IfSizeBetween MustBeInt
    """.split()  # noqa: SIM905
)
_EPHEMERAL = frozenset(
    ("OpenEphemeral", "OpenAutoindex", "OpenDup", "SorterOpen", "OpenPseudo")
)
_OPENING = _EPHEMERAL | {"OpenRead", "OpenWrite", "ReopenIdx"}
_SEEK_EQUAL_HINT = 0x02
_IGNORE = 4
"""OE_Ignore: RAISE(IGNORE) leaves a trigger at the P2 of the Program operation."""


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation; `p4` is its text, empty where there is none."""

    address: int
    name: str
    p1: int
    p2: int
    p3: int
    p4: str
    p5: int


@dataclass(frozen=True, slots=True)
class Routine:
    """The main program, or that of a trigger or a foreign key action."""

    operations: Sequence[Operation]
    openings: tuple[Operation, ...]
    """What opens cursors; one number may stand for several cursors in turn."""

    def opening(self, operation: Operation) -> Operation | None:
        """What opened the cursor that an operation uses."""
        of_cursor = [o for o in self.openings if o.p1 == operation.p1]
        before = [o for o in of_cursor if o.address < operation.address]
        # What is done once at the start stands at the end of the listing.
        return before[-1] if before else (of_cursor[0] if of_cursor else None)

    def table(self, operation: Operation) -> Operation | None:
        """The opening, if the cursor is on a table or an index of the database.

        Its P2 is the root page.
        """
        opening = self.opening(operation)
        return None if opening is None or opening.name in _EPHEMERAL else opening

    def is_hinted_seek(self, operation: Operation) -> bool:
        """Whether a seek only finds equal keys; then it skips the test behind it."""
        if operation.name not in ("SeekGE", "SeekLE"):
            return False
        opening = self.table(operation)
        return opening is not None and bool(opening.p5 & _SEEK_EQUAL_HINT)


@dataclass(frozen=True, slots=True)
class Program:
    """All routines: the main one first, the others in the order they are listed."""

    routines: Sequence[Routine]
    calls: dict[tuple[int, int], int] = field(default_factory=dict)
    """Which routine a Program operation (routine, address) runs."""

    @property
    def is_ambiguous(self) -> bool:
        """Whether the listing does not tell which routine a trigger operation runs."""
        return len(self.calls) != len(self.routines) - 1


def program_of(listing: Iterable[Row]) -> Program:
    """The program of an EXPLAIN listing, which begins anew at 0 for each routine."""
    groups: list[list[Operation]] = []
    for row in listing:
        operation = _operation(row)
        if operation.address == 0:
            groups.append([])
        groups[-1].append(operation)
    routines = [
        Routine(group, tuple(o for o in group if o.name in _OPENING))
        for group in groups
    ]
    called = [
        (number, operation.address)
        for number, routine in enumerate(routines)
        for operation in routine.operations
        if operation.name == "Program"
    ]
    # Routines are listed in the order in which the operations that run them are.
    return Program(routines, {place: i + 1 for i, place in enumerate(called)})


def _operation(row: Row) -> Operation:
    address, name, p1, p2, p3, p4, p5 = row[:7]
    return Operation(
        int(address or 0),
        str(name),
        int(p1 or 0),
        int(p2 or 0),
        int(p3 or 0),
        "" if p4 is None else str(p4),
        int(p5 or 0),
    )


def next_addresses(
    routine: Routine, operation: Operation
) -> Iterator[tuple[int, bool]]:
    """Where execution may go on within the routine, and whether it jumps there.

    Calls are not followed: nothing is said of Halt, Return, Gosub, Yield, EndCoroutine
    and of where a Program operation goes when a trigger raises IGNORE.
    """
    name, following = operation.name, operation.address + 1
    if name in ("Halt", "EndCoroutine", "Return", "Gosub", "Yield"):
        return
    if name in ("Init", "Goto", "InitCoroutine"):
        yield operation.p2 or following, True
    elif name == "Jump":
        for target in {operation.p1, operation.p2, operation.p3}:
            yield target, True
    elif name == "SeekScan":
        yield following, False
        for target in {operation.p2, routine.operations[following].p2}:
            yield target, True
    else:
        yield following + routine.is_hinted_seek(operation), False
        if name in _CONDITIONAL and operation.p2:
            yield operation.p2, True


def fails(operation: Operation) -> bool:
    """Whether the statement has failed when this operation is reached."""
    return operation.name == "Halt" and operation.p1 != 0


def ignores(operation: Operation) -> bool:
    """Whether this is RAISE(IGNORE)."""
    return operation.name == "Halt" and not operation.p1 and operation.p2 == _IGNORE
