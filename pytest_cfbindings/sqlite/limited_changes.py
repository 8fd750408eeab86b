"""DELETE and UPDATE with LIMIT, which workerd's SQLite has and others have not.

The rows are chosen by a subquery instead, which reads as many rows (measured).
"""

from collections.abc import Callable
from dataclasses import dataclass

from .errors import SqlError
from .tokens import Token, tokens

Key = Callable[[str], str]
"""The columns that name a row of a table, as SQL."""

_AFTER_TARGET = ("SET", "WHERE", "ORDER", "LIMIT", "RETURNING", "INDEXED", "NOT")


@dataclass(frozen=True, slots=True)
class _Change:
    """Where the parts of a DELETE or UPDATE begin; None for those it has not."""

    kind: str
    table: Token
    target_end: int
    where: Token | None
    returning: Token | None
    order: Token | None
    limit: Token | None


def without_limit(sql: str, key: Key) -> str:
    """The statement as a SQLite without the option can run it.

    Raises SqlError where workerd's parser would.
    """
    found = list(tokens(sql))
    change = _parts(found)
    if change is None:
        return sql
    if change.returning is not None and any(token.text == "?" for token in found):
        return without_limit(_numbered(sql, found), key)  # The parts change places.
    tail = min(t.start for t in (change.order, change.limit) if t is not None)
    returning = change.returning
    if returning is not None and returning.start > tail:
        offset = len(sql[: returning.start].encode("utf-8", "surrogatepass"))
        raise SqlError(
            f'near "{returning.text}": syntax error at offset {offset}: SQLITE_ERROR',
            "SQLITE_ERROR",
        )
    if change.limit is None:
        raise SqlError(
            f"ORDER BY without LIMIT on {change.kind}: SQLITE_ERROR", "SQLITE_ERROR"
        )
    return _rewritten(sql, change, tail, found, key(change.table.text))


def _numbered(sql: str, found: list[Token]) -> str:
    """The text with a number in each parameter."""
    parts: list[str] = []
    highest = start = 0
    for token in found:
        if token.text.startswith("?"):
            number = int(token.text[1:] or highest + 1)
            highest = max(highest, number)
            parts += [sql[start : token.start], f"?{number}"]
            start = token.end
    return "".join([*parts, sql[start:]])


def _parts(found: list[Token]) -> _Change | None:
    at = _change_at(found)
    if at is None:
        return None
    kind = found[at].word
    place = at + (2 if kind == "DELETE" else 1)
    if kind == "UPDATE" and found[place : place + 1] and found[place].word == "OR":
        place += 2
    if place >= len(found):
        return None
    after = place + 1
    while after < len(found) and found[after].word not in _AFTER_TARGET:
        after += 1
    first = _first_at_top(found[at:])
    if "LIMIT" not in first and "ORDER" not in first:
        return None
    return _Change(
        kind,
        found[place],
        found[after - 1].end,
        first.get("WHERE"),
        first.get("RETURNING"),
        first.get("ORDER"),
        first.get("LIMIT"),
    )


def _change_at(found: list[Token]) -> int | None:
    """The place of DELETE or UPDATE: the first word, or what follows WITH."""
    if not found or found[0].word not in ("DELETE", "UPDATE", "WITH"):
        return None
    depth = 0
    for place, token in enumerate(found):
        depth += (token.text == "(") - (token.text == ")")
        if depth == 0 and token.word in ("DELETE", "UPDATE"):
            return place
        if depth == 0 and token.word in ("SELECT", "INSERT", "REPLACE", "VALUES"):
            return None
    return None


def _first_at_top(found: list[Token]) -> dict[str, Token]:
    first: dict[str, Token] = {}
    depth = 0
    for token in found:
        depth += (token.text == "(") - (token.text == ")")
        if depth == 0 and token.word in ("WHERE", "RETURNING", "LIMIT", "ORDER"):
            first.setdefault(token.word, token)
    return first


def _rewritten(
    sql: str, change: _Change, tail: int, found: list[Token], key: str
) -> str:
    last = found[-1]
    end = last.start if last.text == ";" else last.end
    where, returning = change.where, change.returning
    choosing_end = tail if returning is None else returning.start
    head = sql[: choosing_end if where is None else where.start]
    condition = "" if where is None else sql[where.start : choosing_end]
    wanted = f"({key})" if "," in key else key
    return (
        f"{head} WHERE {wanted} IN (SELECT {key} FROM"
        f" {sql[change.table.start : change.target_end]} {condition}"
        f" {sql[tail:end]}) {'' if returning is None else sql[returning.start : tail]}"
    )
