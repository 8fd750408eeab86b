"""What can be said of the value in a register before the program runs."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from .cursor import SqlValue
from .program import Operation, Routine

# Which of their operands names the register that operations write.
_INTO_P1 = frozenset(
    ("SoftNull", "AggFinal", "MemMax", "Gosub", "InitCoroutine", "Yield")
)
_INTO_P2 = frozenset(
    """
    Integer Int64 Real String8 String Blob Null BeginSubrtn Variable Rowid IdxRowid
    NewRowid SCopy Copy IntCopy Move Param Count Sequence RowData SorterData OffsetLimit
    ZeroOrNull IsTrue Not BitNot CreateBtree ReadCookie Destroy JournalMode VCheck
    """.split()  # noqa: SIM905
)
_INTO_P3 = frozenset(
    """
    Column Function PureFunc Add Subtract Multiply Divide Remainder Concat VColumn
    BitAnd BitOr ShiftLeft ShiftRight AggStep AggStep1 AggInverse AggValue And Or
    MakeRecord RowSetRead IfNullRow Clear Program Offset
    """.split()  # noqa: SIM905
)
_INTEGERS = frozenset(("Integer", "Int64", "Rowid", "IdxRowid", "NewRowid"))
_NOT_NULL = _INTEGERS | {"Real", "String8", "String", "MakeRecord"}
_NULL = frozenset(("Null", "SoftNull", "BeginSubrtn"))
_COPIES = frozenset(("SCopy", "IntCopy"))
_NUMERIC = re.compile(r"\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\s*", re.ASCII)


def is_number(
    routine: Routine, register: int, values: Sequence[SqlValue]
) -> bool | None:
    """Whether a seek by rowid can use it; None if that depends on the data."""
    answers = {_number(routine, w, values) for w in _writers(routine, register)}
    return answers.pop() if len(answers) == 1 else None


def is_null(routine: Routine, register: int, values: Sequence[SqlValue]) -> bool | None:
    """Whether it holds NULL; None if that depends on the data."""
    answers = {_null(routine, w, values) for w in _writers(routine, register)}
    return answers.pop() if len(answers) == 1 else None


def _writers(routine: Routine, register: int) -> Iterator[Operation]:
    return (o for o in routine.operations if register in _written(o))


def _written(operation: Operation) -> range:
    name = operation.name
    if name in _INTO_P3:
        return range(operation.p3, operation.p3 + 1)
    if name in _INTO_P1:
        return range(operation.p1, operation.p1 + 1)
    if name not in _INTO_P2:
        return range(0)
    last = operation.p2
    if name in ("Null", "BeginSubrtn"):
        last = max(last, operation.p3)
    elif name == "Copy":
        last += operation.p3
    elif name == "Move":
        last += operation.p3 - 1
    return range(operation.p2, last + 1)


def _number(
    routine: Routine, writer: Operation, values: Sequence[SqlValue]
) -> bool | None:
    if writer.name in _INTEGERS:
        return True
    if writer.name in _NULL:
        return False
    if writer.name in _COPIES:
        return is_number(routine, writer.p1, values)
    if writer.name == "Column":
        return True if _holds_integers(routine, writer, values) else None
    if writer.name == "Variable" and writer.p1 <= len(values):
        return _converts(values[writer.p1 - 1])
    return None


def _null(
    routine: Routine, writer: Operation, values: Sequence[SqlValue]
) -> bool | None:
    if writer.name in _NOT_NULL:
        return False
    if writer.name in _NULL:
        return True
    if writer.name in _COPIES:
        return is_null(routine, writer.p1, values)
    if writer.name == "Variable" and writer.p1 <= len(values):
        return values[writer.p1 - 1] is None
    return None


def _holds_integers(
    routine: Routine, column: Operation, values: Sequence[SqlValue]
) -> bool:
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
        writer.name in ("Integer", "Variable") and _number(routine, writer, values)
        for source in sources
        for writer in _writers(routine, source)
    )


def _converts(value: SqlValue) -> bool:
    """Whether SQLite takes a value for an integer where it needs one."""
    if isinstance(value, str):
        if not _NUMERIC.fullmatch(value):
            return False
        value = float(value)
    if isinstance(value, float):
        return value.is_integer()
    return isinstance(value, int)


@dataclass(frozen=True, slots=True)
class Decision:
    """The ways that are gone if a register is so, and if it is not."""

    question: Callable[[Routine, int, Sequence[SqlValue]], bool | None]
    routine: Routine
    register: int
    if_so: int | None
    if_not: int | None

    def never_gone(self, values: Sequence[SqlValue]) -> int | None:
        """The way that is out of the question with these parameters."""
        answer = self.question(self.routine, self.register, values)
        if answer is None:
            return None
        return self.if_not if answer else self.if_so
