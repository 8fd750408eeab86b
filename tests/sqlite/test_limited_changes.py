"""DELETE and UPDATE with ORDER BY and LIMIT."""

import pytest

from pytest_cfbindings.sqlite.database import Database

from .test_database import refusal


@pytest.fixture(autouse=True)
def _tables(database: Database) -> None:
    database.query("CREATE TABLE t (a, b); INSERT INTO t VALUES (1,1), (2,1), (3,2)")
    database.query(
        "CREATE TABLE w (a, b, PRIMARY KEY (b, a)) WITHOUT ROWID;"
        "INSERT INTO w VALUES (1,1), (2,1), (3,2)"
    )


def left(database: Database, table: str = "t") -> list[object]:
    return [a for (a,) in database.query(f"SELECT a FROM {table} ORDER BY a")]


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("DELETE FROM t LIMIT 1", [2, 3]),
        ("DELETE FROM t ORDER BY a DESC LIMIT 1", [1, 2]),
        ("DELETE FROM t WHERE b = 1 ORDER BY a LIMIT 5;", [3]),
        ("DELETE FROM t ORDER BY a LIMIT 1 OFFSET 1", [1, 3]),
        ("DELETE FROM t AS x WHERE x.b = 1 ORDER BY x.a LIMIT 1", [2, 3]),
        ("UPDATE t SET a = 9 WHERE b = 1 ORDER BY a LIMIT 1", [2, 3, 9]),
        ("UPDATE OR IGNORE t SET a = (SELECT 9 LIMIT 1) LIMIT 1", [2, 3, 9]),
        ("WITH x AS (SELECT 2 AS n) DELETE FROM t WHERE a = (SELECT n FROM x)", [1, 3]),
        ("WITH x AS (SELECT 1 AS n) DELETE FROM t WHERE b IN x LIMIT 1", [2, 3]),
    ],
)
def test_it_changes_the_chosen_rows(
    database: Database, sql: str, expected: list[int]
) -> None:
    database.query(sql)
    assert left(database) == expected


def test_a_table_without_rowid(database: Database) -> None:
    database.query("DELETE FROM w WHERE b = 1 ORDER BY a DESC LIMIT ?", (1,))
    assert left(database, "w") == [1, 3]


def test_the_changed_rows_can_be_returned(database: Database) -> None:
    sql = "DELETE FROM t WHERE b = 1 RETURNING a LIMIT 1"
    assert database.query(sql).rows() == [(1,)]


def test_values_stay_with_their_place(database: Database) -> None:
    sql = "DELETE FROM t WHERE b = ? RETURNING a, ? ORDER BY a DESC LIMIT ?"
    assert database.query(sql, (1, "x", 1)).rows() == [(2, "x")]


def test_returning_comes_before_the_limit(database: Database) -> None:
    assert refusal(database, "DELETE FROM t LIMIT 1 RETURNING a") == (
        'near "RETURNING": syntax error at offset 22: SQLITE_ERROR'
    )


@pytest.mark.parametrize("kind", ["DELETE FROM t", "UPDATE t SET a = 1"])
def test_an_order_needs_a_limit(database: Database, kind: str) -> None:
    text = f"ORDER BY without LIMIT on {kind.split()[0]}: SQLITE_ERROR"
    assert refusal(database, f"{kind} ORDER BY a") == text
