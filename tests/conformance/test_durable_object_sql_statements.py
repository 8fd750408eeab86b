"""Statements in the SQL of Durable Objects: cursors, errors, limits."""

from typing import Any

import pytest

from .refusals import refused
from .test_d1_allowed_sql import FUNCTIONS, NOT_AUTHORIZED
from .test_d1_batches import TRANSACTION

NO_STATEMENT = "Error: SQL code did not contain a statement."
ROWS = "SELECT value AS a FROM json_each('[1, 2, 3]')"


@pytest.fixture
def sql(sqlite: Any) -> Any:
    return sqlite.sql


def test_a_cursor_is_read_once(sql: Any) -> None:
    cursor = sql.exec(ROWS)
    assert cursor.next() == {"done": False, "value": {"a": 1}}
    assert cursor.toArray() == [{"a": 2}, {"a": 3}]
    assert cursor.toArray() == []
    assert cursor.next()["done"] is True


def test_raw_rows_go_on_where_the_cursor_is(sql: Any) -> None:
    cursor = sql.exec(ROWS)
    cursor.next()
    raw = cursor.raw()
    assert raw.next().value == [2]
    assert raw.toArray() == [[3]]
    assert cursor.next()["done"] is True


def test_a_cursor_is_iterated(sql: Any) -> None:
    assert [row.a for row in sql.exec(ROWS)] == [1, 2, 3]
    assert [list(row) for row in sql.exec(ROWS).raw()] == [[1], [2], [3]]


def test_one_finishes_the_cursor(sql: Any) -> None:
    cursor = sql.exec(ROWS)
    with refused(
        "Error: Expected exactly one result from SQL query, but got multiple results."
    ):
        cursor.one()
    assert cursor.toArray() == []
    with refused(
        "Error: Expected exactly one result from SQL query, but got no results."
    ):
        sql.exec(f"{ROWS} WHERE 0").one()


def test_of_two_columns_of_one_name_the_last_is_kept(sql: Any) -> None:
    cursor = sql.exec("SELECT 1 AS a, 2 AS b, 3 AS a")
    assert list(cursor.columnNames) == ["a", "b", "a"]
    assert list(cursor.one().items()) == [("a", 3), ("b", 2)]
    assert sql.exec("SELECT 1 AS a, 3 AS a").raw().toArray() == [[1, 3]]


def test_a_column_named_proto_is_lost(sql: Any) -> None:
    assert sql.exec("SELECT 1 AS __proto__, 2 AS a").one() == {"a": 2}


def test_a_statement_without_rows_has_no_columns(sql: Any) -> None:
    assert list(sql.exec("CREATE TABLE t (a)").columnNames) == []
    assert list(sql.exec("SELECT a FROM t").columnNames) == ["a"]


def test_two_cursors_of_one_text_are_independent(sql: Any) -> None:
    first, second = sql.exec(ROWS), sql.exec(ROWS)
    assert first.next().value == second.next().value == {"a": 1}
    assert (len(first.toArray()), len(second.toArray())) == (2, 2)


def test_several_statements_run_one_by_one(sql: Any) -> None:
    assert sql.exec("SELECT 1; SELECT ? AS a", 2).toArray() == [{"a": 2}]
    detail = 'near "SELEC": syntax error at offset 0: SQLITE_ERROR'
    with refused(f"Error: {detail}"):
        sql.exec("CREATE TABLE t (a); SELEC")
    assert sql.exec("SELECT * FROM t").toArray() == []


def test_one_statement_is_atomic(sql: Any) -> None:
    sql.exec("CREATE TABLE t (a UNIQUE)")
    with refused(
        "Error: UNIQUE constraint failed: t.a: SQLITE_CONSTRAINT (extended:"
        " SQLITE_CONSTRAINT_UNIQUE)"
    ):
        sql.exec("INSERT INTO t VALUES (1), (1)")
    assert sql.exec("SELECT * FROM t").toArray() == []


@pytest.mark.parametrize("text", ["", " ", ";", "-- c", "/* c */", "SELECT 1;;"])
def test_a_text_without_a_statement_at_its_end_is_refused(sql: Any, text: str) -> None:
    with refused(NO_STATEMENT):
        sql.exec(text)


@pytest.mark.parametrize(
    ("text", "values", "message"),
    [
        ("SELECT ?", (), "Wrong number of parameter bindings for SQL query."),
        ("SELECT ?", (1, 2), "Wrong number of parameter bindings for SQL query."),
        ("SELECT 1", (1,), "Wrong number of parameter bindings for SQL query."),
        (
            "SELECT ?; SELECT 1",
            (1,),
            "When executing multiple SQL statements in a single call, only the last"
            " statement can have parameters.",
        ),
        ("SELECT * FROM nope", (), "no such table: nope: SQLITE_ERROR"),
        ("SELECT nope", (), "no such column: nope at offset 7: SQLITE_ERROR"),
        *[
            (text, (), TRANSACTION)
            for text in ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT s", "RELEASE s")
        ],
        *[
            (text, (), NOT_AUTHORIZED)
            for text in (
                *("CREATE TABLE _cf_x (a)", "CREATE TEMP TABLE x (a)"),
                *("ATTACH ':memory:' AS x", "PRAGMA user_version", "DETACH x"),
                "CREATE VIRTUAL TABLE f USING fts4(a)",
            )
        ],
        ("VACUUM", (), "cannot VACUUM from within a transaction: SQLITE_ERROR"),
        (
            "SELECT sqlite_version()",
            (),
            "not authorized to use function: sqlite_version at offset 7: SQLITE_ERROR",
        ),
        ("SELECT median(1)", (), "no such function: median at offset 7: SQLITE_ERROR"),
        ("SELECT load_extension('x')", (), "not authorized: SQLITE_ERROR"),
    ],
)
def test_what_is_refused(
    sql: Any, text: str, values: tuple[Any, ...], message: str
) -> None:
    with refused(f"Error: {message}"):
        sql.exec(text, *values)


def test_text_has_to_be_there(sql: Any) -> None:
    with refused(
        "TypeError: Failed to execute 'exec' on 'SqlStorage': parameter 1 is not of"
        " type 'JsString'."
    ):
        sql.exec()


async def test_the_table_of_the_entries_cannot_be_read(sqlite: Any) -> None:
    await sqlite.put("k", 1)
    with refused("Error: access to _cf_KV.key is prohibited: SQLITE_AUTH"):
        sqlite.sql.exec("SELECT key FROM _cf_KV")
    names = sqlite.sql.exec("SELECT name FROM sqlite_master").toArray()
    assert {"name": "_cf_KV"} in names


async def test_a_view_of_the_table_of_the_entries_is_of_no_use(sqlite: Any) -> None:
    await sqlite.put("k", 1)
    sqlite.sql.exec("CREATE VIEW v AS SELECT key FROM _cf_KV")
    with refused("Error: access to _cf_KV.key is prohibited: SQLITE_AUTH"):
        sqlite.sql.exec("SELECT * FROM v")


def test_a_table_is_locked_by_an_open_cursor(sql: Any) -> None:
    sql.exec("CREATE TABLE t (a); INSERT INTO t VALUES (1), (2), (3)")
    cursor = sql.exec("SELECT * FROM t")
    cursor.next()
    with refused("Error: database table is locked: SQLITE_LOCKED"):
        sql.exec("DROP TABLE t")
    cursor.toArray()
    sql.exec("DROP TABLE t")


async def test_a_cursor_ends_with_its_database(sqlite: Any) -> None:
    sqlite.sql.exec("CREATE TABLE t (a); INSERT INTO t VALUES (1), (2), (3)")
    cursor = sqlite.sql.exec("SELECT * FROM t")
    await sqlite.deleteAll()
    with refused("Error: SQLite query was canceled because the database was deleted."):
        cursor.toArray()
    assert sqlite.sql.exec("SELECT name FROM sqlite_master").toArray() == []


def test_foreign_keys_are_enforced(sql: Any) -> None:
    sql.exec("CREATE TABLE p (id INTEGER PRIMARY KEY)")
    sql.exec("CREATE TABLE c (p REFERENCES p)")
    with refused(
        "Error: FOREIGN KEY constraint failed: SQLITE_CONSTRAINT (extended:"
        " SQLITE_CONSTRAINT_FOREIGNKEY)"
    ):
        sql.exec("INSERT INTO c VALUES (1)")


def test_the_size_is_that_of_the_pages(sql: Any) -> None:
    assert sql["databaseSize"] == 4096
    sql.exec("CREATE TABLE t (a)")
    assert sql["databaseSize"] == 8192


@pytest.mark.parametrize(
    ("text", "read", "written"),
    [
        ("SELECT 1", 0, 0),
        ("SELECT * FROM t", 3, 0),
        ("SELECT * FROM t WHERE b = 2", 2, 0),
        ("INSERT INTO t VALUES (9, 9)", 0, 2),
        ("DELETE FROM t WHERE a = 1", 3, 1),
        ("DELETE FROM t", 0, 3),
        ("UPDATE t SET a = 0 WHERE b = 2", 2, 1),
    ],
)
def test_rows_are_counted_as_they_are_billed(
    sql: Any, text: str, read: int, written: int
) -> None:
    sql.exec("CREATE TABLE t (a, b); CREATE INDEX i ON t (b)")
    sql.exec("INSERT INTO t VALUES (1, 1), (2, 2), (3, 3)")
    cursor = sql.exec(text)
    cursor.toArray()
    assert (cursor.rowsRead, cursor.rowsWritten) == (read, written)


def test_rows_are_counted_one_ahead(sql: Any) -> None:
    sql.exec("CREATE TABLE t (a); INSERT INTO t VALUES (1), (2), (3)")
    cursor = sql.exec("SELECT * FROM t")
    assert cursor["rowsRead"] == 1
    cursor.next()
    assert cursor["rowsRead"] == 2


def test_an_attribute_that_was_read_stays_as_it_was(sql: Any) -> None:
    assert sql.databaseSize == 4096
    sql.exec("CREATE TABLE t (a)")
    assert (sql.databaseSize, sql["databaseSize"]) == (4096, 8192)


def test_the_functions_of_d1_can_be_used(sql: Any) -> None:
    sql.exec("CREATE TABLE t (a); INSERT INTO t VALUES (1)")
    for calls in FUNCTIONS.values():
        for call in calls:
            assert len(sql.exec(f"SELECT {call} FROM t").raw().toArray()) == 1, call


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("PRAGMA foreign_keys", [[1]]),
        ("PRAGMA table_info(t)", [[0, "a", "", 0, None, 0]]),
        ("PRAGMA quick_check", [["ok"]]),
        ("PRAGMA recursive_triggers = on", []),
        ("UPDATE t SET a = 2 ORDER BY a LIMIT 1", []),
        ("SELECT * FROM sqlite_temp_master", []),
        ("SELECT * FROM pragma_index_list('t')", []),
        ("CREATE VIRTUAL TABLE f USING fts5(a)", []),
        ("ANALYZE", []),
        ("REINDEX", []),
    ],
)
def test_what_is_allowed(sql: Any, text: str, rows: list[Any]) -> None:
    sql.exec("CREATE TABLE t (a); INSERT INTO t VALUES (1)")
    assert sql.exec(text).raw().toArray() == rows


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (f"SELECT {'1, ' * 100}1", "too many columns in result set: SQLITE_ERROR"),
        (
            f"SELECT {'?, ' * 100}?",
            "too many SQL variables at offset 307: SQLITE_ERROR",
        ),
        (
            "SELECT ?101",
            "variable number must be between ?1 and ?100 at offset 7: SQLITE_ERROR",
        ),
        (
            f"SELECT 'x' LIKE '{'a' * 51}'",
            "LIKE or GLOB pattern too complex: SQLITE_ERROR",
        ),
        (
            " UNION ".join(["SELECT 1"] * 6),
            "too many terms in compound SELECT: SQLITE_ERROR",
        ),
        (
            f"SELECT {'1+' * 100}1",
            "Expression tree is too large (maximum depth 100): SQLITE_ERROR",
        ),
        (f"SELECT 1 /* {'x' * 100_000} */", "statement too long: SQLITE_TOOBIG"),
    ],
    ids=["columns", "?", "?N", "LIKE", "compound", "depth", "length"],
)
def test_a_statement_has_limits(sql: Any, text: str, message: str) -> None:
    with refused(f"Error: {message}"):
        sql.exec(text)


@pytest.mark.parametrize("name", ["prepare", "ingest", "query"])
def test_there_are_no_other_methods(sql: Any, name: str) -> None:
    with pytest.raises(AttributeError, match=f"^{name}$"):
        getattr(sql, name)
