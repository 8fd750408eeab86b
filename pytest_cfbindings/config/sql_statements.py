"""A text of SQL cut into its statements, as wrangler and SQLite's shell do it."""

import re

_SPACE = " \r\t\n\f"
_IDENTIFIER = re.compile(r"[A-Za-z0-9_$\u0080-\U0010ffff]+")
_WORDS = {
    "explain": "EXPLAIN",
    "create": "CREATE",
    "temp": "TEMP",
    "temporary": "TEMP",
    "trigger": "TRIGGER",
    "end": "END",
}
_QUOTES = {"'": "'", '"': '"', "`": "`", "[": "]"}

# SQLite's sqlite3_complete: what follows each state. OTHER stands for every token
# that a state does not name.
_TRANSITIONS: dict[str, dict[str, str]] = {
    "INVALID": {
        "SEMI": "START",
        "SPACE": "INVALID",
        "OTHER": "NORMAL",
        "EXPLAIN": "EXPLAIN",
        "CREATE": "CREATE",
    },
    "START": {
        "SEMI": "START",
        "SPACE": "START",
        "OTHER": "NORMAL",
        "EXPLAIN": "EXPLAIN",
        "CREATE": "CREATE",
    },
    "NORMAL": {"SEMI": "START", "SPACE": "NORMAL", "OTHER": "NORMAL"},
    "EXPLAIN": {
        "SEMI": "START",
        "SPACE": "EXPLAIN",
        "OTHER": "EXPLAIN",
        "EXPLAIN": "NORMAL",
        "CREATE": "CREATE",
        "TEMP": "NORMAL",
        "TRIGGER": "NORMAL",
        "END": "NORMAL",
    },
    "CREATE": {
        "SEMI": "START",
        "SPACE": "CREATE",
        "OTHER": "NORMAL",
        "TEMP": "CREATE",
        "TRIGGER": "TRIGGER",
    },
    "TRIGGER": {"SEMI": "SEMI", "SPACE": "TRIGGER", "OTHER": "TRIGGER"},
    "SEMI": {"SEMI": "SEMI", "SPACE": "SEMI", "OTHER": "TRIGGER", "END": "END"},
    "END": {"SEMI": "START", "SPACE": "END", "OTHER": "TRIGGER"},
}


class SeveralTransactions(ValueError):
    """The text has more than one transaction, which D1 cannot run."""


def split_statements(sql: str) -> list[str]:
    """The statements, without the semicolons between them and comments after the last.

    A text of one statement is returned whole. One `BEGIN TRANSACTION;` and one
    `COMMIT;` are dropped. Raises `SeveralTransactions` (wrangler 4.164, measured).
    """
    text = _without_transaction(sql)
    semicolon = text.rstrip().find(";")
    if semicolon in (-1, len(text.rstrip()) - 1):
        return [text]
    return _statements(text) or [text]


def _without_transaction(sql: str) -> str:
    if "BEGIN TRANSACTION" not in sql:
        return sql
    text = sql.replace("BEGIN TRANSACTION;", "", 1).replace("COMMIT;", "", 1)
    if "BEGIN TRANSACTION" in text:
        raise SeveralTransactions(
            "Wrangler could not process the provided SQL file, as it contains several"
            " transactions.\nD1 runs your SQL in a transaction for you.\nPlease export"
            " an SQL file from your SQLite database and try again."
        )
    return text


def _statements(sql: str) -> list[str]:
    statements: list[str] = []
    start = 0
    while start < len(sql):
        end, is_useful = _statement_end(sql, start)
        if end is None:
            if is_useful:
                statements.append(sql[start:].strip())
            break
        statement = sql[start : end - 1].strip()
        if is_useful and statement:
            statements.append(statement)
        start = end
    return statements


def _statement_end(sql: str, start: int) -> tuple[int | None, bool]:
    state, is_useful = "INVALID", False
    position = start
    while position < len(sql):
        token, position = _token(sql, position)
        if position < 0:
            return None, is_useful or token == "OTHER"
        is_useful = is_useful or token not in ("SEMI", "SPACE")
        following = _TRANSITIONS[state]
        state = following.get(token, following["OTHER"])
        if state == "START":
            return position, is_useful
    return None, is_useful


def _token(sql: str, start: int) -> tuple[str, int]:
    """The token and where it ends; a negative end if nothing closes it."""
    char = sql[start]
    if char == ";":
        return "SEMI", start + 1
    if char in _SPACE:
        return "SPACE", start + 1
    if sql.startswith("/*", start):
        return "SPACE", _after(sql, "*/", start + 2)
    if sql.startswith("--", start):
        return "SPACE", _after(sql, "\n", start + 2)
    if char in _QUOTES:
        return "OTHER", _after(sql, _QUOTES[char], start + 1)
    if word := _IDENTIFIER.match(sql, start):
        return _WORDS.get(word[0].lower(), "OTHER"), word.end()
    return "OTHER", start + 1


def _after(sql: str, closing: str, start: int) -> int:
    end = sql.find(closing, start)
    return -1 if end < 0 else end + len(closing)
