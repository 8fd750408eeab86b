"""Functions that workerd's SQLite, which is older, has in another form (measured)."""

from functools import cache

import apsw

from ..javascript.text import utf8_length
from .cursor import SqlValue
from .errors import SqlError
from .tokens import Token, tokens

FP_DIGITS = 15
"""Of a number as text; this SQLite gives 17 by itself."""


def check_arguments(sql: str) -> None:
    """Raises SqlError for a number of arguments that workerd's SQLite does not take.

    It takes three for iif(), and at least two for concat_ws().
    """
    words = sql.lower()
    if "iif" not in words and "concat_ws" not in words:
        return
    found = list(tokens(sql))
    for index, token in enumerate(found[:-1]):
        if token.word not in ("IIF", "CONCAT_WS") or found[index + 1].text != "(":
            continue
        count = _arguments(found[index + 2 :])
        if count < 2 or (token.word == "IIF" and count != 3):
            raise SqlError(
                f"wrong number of arguments to function {token.text}() at offset"
                f" {utf8_length(sql[: token.start])}: SQLITE_ERROR",
                "SQLITE_ERROR",
            )


def _arguments(following: list[Token]) -> int:
    """How many arguments there are up to the parenthesis that closes the call."""
    depth, commas = 0, 0
    for number, token in enumerate(following):
        if token.text == ")" and not depth:
            return commas + 1 if number else 0
        depth += {"(": 1, ")": -1}.get(token.text, 0)
        commas += token.text == "," and not depth
    return commas + 1


def concat_ws(*values: SqlValue) -> str | None:
    """The values with a separator between them; empty text is left out, as NULL is."""
    separator, *others = values
    if separator is None:
        return None
    texts = (_text(value) for value in others if value is not None)
    return _text(separator).join(text for text in texts if text)


def _text(value: SqlValue) -> str:
    if isinstance(value, float):
        [[text]] = _scratch().execute("SELECT CAST(? AS TEXT)", (value,))
        return str(text)
    return value.decode(errors="replace") if isinstance(value, bytes) else str(value)


@cache
def _scratch() -> apsw.Connection:
    """Where numbers become text."""
    connection = apsw.Connection(":memory:")
    connection.config(apsw.SQLITE_DBCONFIG_FP_DIGITS, FP_DIGITS)
    return connection
