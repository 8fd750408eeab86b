"""A Worker's statement as the embedded SQLite runs it, or the refusal that it gets."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import islice

from .cursor import SqlValue
from .errors import (
    WRONG_NUMBER_OF_VALUES,
    SqlError,
    not_authorized,
    vacuum_in_transaction,
)
from .limited_changes import without_limit
from .names import is_free
from .tokens import Token, tokens, unquoted


def runnable(
    sql: str, values: Sequence[SqlValue], key: Callable[[str], str]
) -> tuple[str, str]:
    """What to run for a statement, and its first word in capitals.

    `key` gives the columns that name a row of a table. Raises SqlError for what no
    Worker may run, and SQLite does not see.
    """
    words = _first_words(sql)
    first = words[0].word if words else ""
    if first == "ALTER" and _renames_to_reserved(words):
        raise not_authorized()  # SQLite does not tell the authorizer the new name.
    if first == "VACUUM":
        if values:
            raise SqlError(WRONG_NUMBER_OF_VALUES)
        raise vacuum_in_transaction()  # To a Worker, there always is one.
    if first == "PRAGMA" and _asks_for_data_version(words):
        return "SELECT 2 AS data_version", first  # As a file that was read once.
    if first in ("DELETE", "UPDATE", "WITH"):
        return without_limit(sql, key), first
    return sql, first


@lru_cache(maxsize=256)
def _first_words(sql: str) -> tuple[Token, ...]:
    return tuple(islice(tokens(sql), 8))


def _renames_to_reserved(words: Sequence[Token]) -> bool:
    spelled = [token.word for token in words]
    for place in range(len(spelled) - 2):
        if spelled[place : place + 2] == ["RENAME", "TO"]:
            return not is_free(unquoted(words[place + 2].text))
    return False


def _asks_for_data_version(words: Sequence[Token]) -> bool:
    return [token.word for token in words[1:] if token.word != ";"] == ["DATA_VERSION"]


def returns_changes(sql: str) -> bool:
    """Whether a statement that returns rows is none that only reads."""
    words = {token.word for token in tokens(sql)}
    return "RETURNING" in words and bool(
        words & {"INSERT", "UPDATE", "DELETE", "REPLACE"}
    )


def refuse_names(parameters: Sequence[str | None]) -> None:
    """Raises SqlError for a parameter with a name, which D1 does not have."""
    for name in parameters:
        if name is not None and not name.isdigit():
            raise SqlError(
                f"D1 does not support the named parameter {name!r}: use ? or ?1, ?2 ..."
            )
