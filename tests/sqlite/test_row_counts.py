"""Rows read and written, by what the compiled program lets happen."""

from collections.abc import Sequence
from typing import Any

import pytest

from pytest_cfbindings.sqlite.clock_vfs import ClockVfs
from pytest_cfbindings.sqlite.counts import RowCounts
from pytest_cfbindings.sqlite.database import Database

ROWS = 20


@pytest.fixture(autouse=True)
def _tables(database: Database) -> None:
    database.query(
        "CREATE TABLE p (id INTEGER PRIMARY KEY, name TEXT UNIQUE, kind INTEGER);"
        "CREATE INDEX p_kind ON p (kind);"
        "CREATE TABLE c (id INTEGER PRIMARY KEY AUTOINCREMENT, p REFERENCES p, x)"
    )
    rows = ", ".join(f"({n}, 'n{n}', {n % 4})" for n in range(1, ROWS + 1))
    database.query(f"INSERT INTO p VALUES {rows}")


def counts(database: Database, sql: str, *values: Any) -> RowCounts:
    cursor = database.query(sql, values, counted=True)
    cursor.rows()
    return cursor.row_counts()


# What workerd counts: see the specification in the recorded cases.
@pytest.mark.parametrize(
    ("sql", "values", "read", "written"),
    [
        ("SELECT 1", (), 0, 0),
        ("SELECT * FROM p", (), ROWS, 0),
        ("SELECT * FROM c", (), 1, 0),
        ("SELECT * FROM p LIMIT 3", (), 3, 0),
        ("SELECT * FROM p WHERE kind + 0 = 1", (), ROWS, 0),
        ("SELECT * FROM p WHERE id = ?", (5.0,), 1, 0),
        ("SELECT * FROM p WHERE id = ?", (99.0,), 1, 0),
        ("SELECT * FROM p WHERE id = ?", (None,), 0, 0),
        ("SELECT * FROM p WHERE id = ?", ("x",), 0, 0),
        ("SELECT * FROM p WHERE name = ?", ("n5",), 1, 0),
        ("SELECT * FROM p WHERE name = ?", ("none",), 0, 0),
        ("SELECT count(*) FROM p", (), ROWS, 0),
        ("SELECT * FROM p ORDER BY name || ''", (), 2 * ROWS, 0),
        ("SELECT kind, count(*) FROM p GROUP BY kind", (), ROWS, 0),
        ("INSERT INTO p VALUES (100, 'x', 1)", (), 1, 3),
        ("INSERT INTO p (name, kind) VALUES ('x', 1), ('y', 2)", (), 0, 6),
        ("UPDATE p SET kind = 9 WHERE id = 3", (), 1, 2),
        ("DELETE FROM c", (), 1, 0),
    ],
)
def test_it_is_counted_as_workerd_does(
    database: Database, sql: str, values: Sequence[Any], read: int, written: int
) -> None:
    assert counts(database, sql, *values) == RowCounts(read, written)


def test_a_join_counts_each_row_it_comes_to(database: Database) -> None:
    database.query("INSERT INTO c (p) VALUES (1), (2), (2)")
    found = counts(database, "SELECT * FROM c JOIN p ON p.id = c.p")
    assert found == RowCounts(3 + 3, 0)


def test_a_trigger_counts_for_the_statement(database: Database) -> None:
    database.query(
        "CREATE TABLE log (n);"
        "CREATE TRIGGER t AFTER INSERT ON p BEGIN INSERT INTO log VALUES (NEW.id); END"
    )
    assert counts(database, "INSERT INTO p VALUES (50, 'x', 1)") == RowCounts(1, 4)


def test_a_foreign_key_costs_a_look_at_the_parent(database: Database) -> None:
    sql = "INSERT INTO c (p) VALUES (?)"
    without = counts(database, sql, None)
    assert counts(database, sql, 1.0).read == without.read + 1


def test_a_change_of_the_schema_is_noticed(database: Database) -> None:
    sql = "SELECT * FROM c WHERE x = 1"
    database.query("INSERT INTO c (p, x) VALUES (1, 1), (1, 2), (1, 3)")
    assert counts(database, sql).read == 3
    database.query("CREATE INDEX c_x ON c (x)")
    assert counts(database, sql).read == 2


def test_a_rolled_back_change_of_the_schema_is_noticed(database: Database) -> None:
    sql = "SELECT * FROM c WHERE x = 1"
    database.query("INSERT INTO c (p, x) VALUES (1, 1), (1, 2), (1, 3)")
    database.begin()
    database.query("CREATE INDEX c_x ON c (x)")
    assert counts(database, sql).read == 2
    database.rollback()
    assert counts(database, sql).read == 3


@pytest.mark.parametrize("sql", ["ANALYZE", "PRAGMA quick_check"])
def test_what_is_not_counted_is_not_sure(database: Database, sql: str) -> None:
    assert not counts(database, sql).exact


def test_clones_share_what_was_analysed(database: Database, vfs: ClockVfs) -> None:
    analyses: dict[Any, Any] = {}
    image = database.serialize()
    for _ in range(2):
        clone = Database(vfs, image, analyses=analyses)
        assert counts(clone, "SELECT * FROM p").read == ROWS
        clone.close()
    assert len(analyses) == 1
