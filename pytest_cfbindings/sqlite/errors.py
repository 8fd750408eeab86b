"""SQLite's errors in workerd's words."""

import re
from typing import Any

import apsw

from .authorizer import TRANSACTION_REFUSED, Authorizer
from .functions import UNKNOWN_TO_WORKERD

NO_STATEMENT = "SQL code did not contain a statement."
WRONG_NUMBER_OF_VALUES = "Wrong number of parameter bindings for SQL query."
VALUES_BEFORE_THE_LAST = (
    "When executing multiple SQL statements in a single call, only the last statement"
    " can have parameters."
)
CONSTRAINT_AT_COMMIT = (
    "Durable Object was reset and rolled back to its last known good state because the"
    " application left the database in a state where constraints were violated: "
)
"""What stands before the text of a constraint that a commit found violated."""

_NOT_AUTHORIZED_FUNCTION = "not authorized to use function"
_WRONG_NUMBER_OF_ARGUMENTS = re.compile(r"wrong number of arguments to function (\w+)")


class SqlError(Exception):
    """A statement that failed; the text is the one that a Worker sees."""

    def __init__(self, text: str, code: str | None = None) -> None:
        super().__init__(text)
        self.text = text
        self.code = code
        """The name of SQLite's primary result code; None for workerd's own errors."""


def sql_error(error: apsw.Error, authorizer: Authorizer) -> SqlError:
    """The message, the offset in bytes where there is one, and the codes."""
    if authorizer.transaction_refused:
        return SqlError(TRANSACTION_REFUSED)
    result, extended, offset = _codes(error)
    code = _name(apsw.mapping_result_codes, result)
    text = _message(error, authorizer)
    if offset >= 0:
        text += f" at offset {offset}"
    text += f": {code}"
    if extended != result:
        text += f" (extended: {_name(apsw.mapping_extended_result_codes, extended)})"
    return SqlError(text, code)


def _codes(error: Any) -> tuple[int, int, int]:
    """Result code, extended result code, and offset in the statement (or -1)."""
    return error.result, error.extendedresult, error.error_offset


def _message(error: apsw.Error, authorizer: Authorizer) -> str:
    text, function = str(error), ""
    if text.startswith(_NOT_AUTHORIZED_FUNCTION):
        function = authorizer.refused_function or ""
    elif wrong := _WRONG_NUMBER_OF_ARGUMENTS.match(text):
        function = wrong[1]
    if function.lower() in UNKNOWN_TO_WORKERD:
        return f"no such function: {function}"
    return text


def _name(names: dict[str | int, str | int], code: int) -> str:
    return str(names.get(code, f"SQLITE_{code}"))


def too_long() -> SqlError:
    return SqlError("statement too long: SQLITE_TOOBIG", "SQLITE_TOOBIG")


def returning_before_the_last() -> SqlError:
    """workerd leaves such a statement open, and breaks with an internal error."""
    return SqlError(
        "A statement with RETURNING has to be the last of its text: workerd answers"
        " with an internal error, and rolls back. Run it on its own, or by batch()."
    )


def unreadable() -> SqlError:
    """workerd would show U+FFFD; for that, the statement would have to run again."""
    return SqlError(
        "RETURNING gave text that is not UTF-8, which can only be shown of a statement"
        " that does not write: return CAST(... AS BLOB)."
    )


def undecodable_argument() -> SqlError:
    """workerd would show U+FFFD; our functions cannot be given such text."""
    return SqlError(
        "concat_ws() was given text that is not UTF-8: give it CAST(... AS BLOB), which"
        " it takes for text."
    )


def not_authorized() -> SqlError:
    return SqlError("not authorized: SQLITE_AUTH", "SQLITE_AUTH")


def vacuum_in_transaction() -> SqlError:
    return SqlError(
        "cannot VACUUM from within a transaction: SQLITE_ERROR", "SQLITE_ERROR"
    )
