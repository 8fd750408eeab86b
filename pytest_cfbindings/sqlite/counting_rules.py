"""What operations count for: rows read and written (measured), and more."""

from typing import Final

from .program import Operation, Routine

READ: Final = "rows read"
WRITTEN: Final = "rows written"

# What is known of a run: SQLite's own counters, and what we see of it.
STEPS: Final = "SQLITE_STMTSTATUS_VM_STEP"
SCANNED: Final = "SQLITE_STMTSTATUS_FULLSCAN_STEP"
SORTED: Final = "SQLITE_STMTSTATUS_SORT"
INDEXED: Final = "SQLITE_STMTSTATUS_AUTOINDEX"
FILTER_HIT: Final = "SQLITE_STMTSTATUS_FILTER_HIT"
FILTER_MISS: Final = "SQLITE_STMTSTATUS_FILTER_MISS"
RETURNED: Final = "rows returned"
CHANGED: Final = "rows changed"

STATUSES: Final = (STEPS, SCANNED, SORTED, INDEXED, FILTER_HIT, FILTER_MISS)
KNOWN: Final = (*STATUSES, RETURNED, CHANGED)

_BY_P5 = {1: SCANNED, 2: SORTED, 3: INDEXED}
_ADVANCING = frozenset(("Next", "Prev", "SorterNext"))
_STARTING = frozenset(("Rewind", "Sort", "SorterSort", "Last"))
_RANGE_SEEKS = frozenset(("SeekGE", "SeekGT", "SeekLE", "SeekLT"))
_SEEKING = _RANGE_SEEKS | {"SeekRowid", "NotExists", "VNext"}
_CHANGES = 0x01
_IS_NO_OPERATION = 0x40


def needs_a_number(operation: Operation) -> bool:
    """Whether a seek reads nothing when its key is no number: one by rowid."""
    return operation.name == "SeekRowid" or (
        operation.name in _RANGE_SEEKS and operation.p4 in ("", "0")
    )


def counts(routine: Routine, operation: Operation, jumps: bool) -> dict[str, int]:
    """What grows, and by how much, when an operation jumps, or does not."""
    name = operation.name
    found = {STEPS: 1}
    if name in _ADVANCING:
        if jumps:
            found[READ] = 1
            if operation.p5 in _BY_P5:
                found[_BY_P5[operation.p5]] = 1
    elif name in _SEEKING:
        found[READ] = int(not (jumps and routine.is_hinted_seek(operation)))
    elif name in _STARTING:
        found[READ] = 1
        found[SORTED] = int(name != "Rewind" and name != "Last")
    elif name == "ResultRow":
        found[RETURNED] = 1
    elif name == "Filter":
        found[FILTER_HIT if jumps else FILTER_MISS] = 1
    else:
        _add_changes(routine, operation, found)
    return found


def _add_changes(routine: Routine, operation: Operation, found: dict[str, int]) -> None:
    name = operation.name
    if name == "VUpdate":
        found[WRITTEN] = 1
        return
    if name not in ("Insert", "IdxInsert", "Delete"):
        return
    flags = operation.p2 if name == "Delete" else operation.p5
    found[CHANGED] = flags & _CHANGES
    if routine.table(operation) is None:
        return
    if name == "Delete":
        found[WRITTEN] = flags & _CHANGES
    elif name == "IdxInsert" or not flags & _IS_NO_OPERATION:
        found[WRITTEN] = 1
