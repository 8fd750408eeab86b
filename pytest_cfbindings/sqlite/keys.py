"""Whether the key of a seek by rowid is a number."""

import re
from collections.abc import Sequence

from .cursor import SqlValue
from .program import Operation, Routine

_ALWAYS = frozenset(("Integer", "Int64", "Rowid", "IdxRowid", "NewRowid", "MustBeInt"))
_INTO_P2 = frozenset(
    """
    Integer Int64 Real String8 Null Variable Rowid IdxRowid NewRowid SCopy Copy IntCopy
    Move Param Count Sequence RowSetRead
    """.split()  # noqa: SIM905
)
_INTO_P3 = frozenset(
    """
    Column Function PureFunc Add Subtract Multiply Divide Remainder Concat VColumn
    BitAnd BitOr ShiftLeft ShiftRight AggValue And Or RowSetRead
    """.split()  # noqa: SIM905
)
_NUMERIC = re.compile(r"\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\s*", re.ASCII)


def is_number(
    routine: Routine, seek: Operation, values: Sequence[SqlValue]
) -> bool | None:
    """None if that depends on the data."""
    writers = [o for o in routine.operations if _writes(o, seek.p3)]
    if len(writers) != 1:
        return None
    [writer] = writers
    if writer.name in _ALWAYS:
        return True
    if writer.name == "Null":
        return False
    if writer.name == "Column":
        return True if _holds_integers(routine, writer) else None
    if writer.name == "Variable" and writer.p1 <= len(values):
        return _converts(values[writer.p1 - 1])
    return None


def _holds_integers(routine: Routine, column: Operation) -> bool:
    """Whether it reads a list of integers, that of `IN (1, 2)`."""
    opening = routine.opening(column)
    if opening is None or opening.name != "OpenEphemeral":
        return False
    records = [
        o.p2
        for o in routine.operations
        if o.name == "IdxInsert" and routine.opening(o) == opening
    ]
    sources = [
        o.p1 for o in routine.operations if o.name == "MakeRecord" and o.p3 in records
    ]
    return bool(sources) and all(
        writer.name == "Integer"
        for source in sources
        for writer in routine.operations
        if _writes(writer, source)
    )


def _writes(operation: Operation, register: int) -> bool:
    if operation.name in _INTO_P2:
        return operation.p2 == register
    return operation.name in _INTO_P3 and operation.p3 == register


def _converts(value: SqlValue) -> bool:
    """Whether SQLite takes a value for an integer where it needs one."""
    if isinstance(value, str):
        if not _NUMERIC.fullmatch(value):
            return False
        value = float(value)
    if isinstance(value, float):
        return value.is_integer()
    return isinstance(value, int)
