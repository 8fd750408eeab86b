"""Seeks that cannot miss, since the statement has found or made the row itself."""

from .program import Operation, Program, Routine

_SCHEMA_ROOT = 1


class CertainSeeks:
    """Those of one program."""

    def __init__(self, program: Program) -> None:
        self._routines = len(program.routines)
        self._makes_schema = any(
            o.name == "ParseSchema" for r in program.routines for o in r.operations
        )

    def always_finds(self, routine: Routine, operation: Operation) -> bool:
        """Whether it looks for a row that has to be there."""
        if operation.name == "NotExists" and self._only_changes_what_it_found(routine):
            return _was_found(routine, operation.p3)
        if not self._makes_schema:
            return False
        if operation.name == "IsNull":
            return any(
                o.name == "Rowid" and o.p2 == operation.p1 and _is_schema(routine, o)
                for o in routine.operations
            )
        return operation.name in ("NotExists", "SeekRowid") and _is_schema(
            routine, operation
        )

    def _only_changes_what_it_found(self, routine: Routine) -> bool:
        """Whether no trigger, foreign key or REPLACE takes rows away meanwhile."""
        deletes = sum(o.name == "Delete" for o in routine.operations)
        return self._routines == 1 and deletes <= 1


def _was_found(routine: Routine, register: int) -> bool:
    """Whether it holds the row id of a list that the statement has made before."""
    return any(
        (o.name == "RowSetRead" and o.p3 == register)
        or (o.name == "Rowid" and o.p2 == register and routine.table(o) is None)
        for o in routine.operations
    )


def _is_schema(routine: Routine, operation: Operation) -> bool:
    opening = routine.table(operation)
    return opening is not None and opening.p2 == _SCHEMA_ROOT
