"""sql.exec and databaseSize; the answers are workerd's (measured 2026-07-30)."""

import pytest

from pytest_cfbindings.javascript.arrays import JsArray
from pytest_cfbindings.javascript.objects import JsObject, NotConstructible
from pytest_cfbindings.javascript.values import null, undefined

from .fakes import Instance, refusal, value

TRANSACTION = (
    "Error: To execute a transaction, please use the state.storage.transaction() or"
    " state.storage.transactionSync() APIs instead of the SQL BEGIN TRANSACTION or"
    " SAVEPOINT statements."
)


def test_several_statements_give_the_rows_of_the_last(sqlite: Instance) -> None:
    sql = (
        "CREATE TABLE t (a); INSERT INTO t VALUES (1), (2); SELECT * FROM t WHERE a > ?"
    )
    assert sqlite.rows(sql, 1) == [{"a": 2}]


def test_a_failing_statement_keeps_those_before_it(sqlite: Instance) -> None:
    sql = (
        "CREATE TABLE t (a UNIQUE); INSERT INTO t VALUES (1); INSERT INTO t VALUES (1)"
    )
    assert refusal(sqlite.sql.exec, sql) == (
        "Error: UNIQUE constraint failed: t.a: SQLITE_CONSTRAINT"
        " (extended: SQLITE_CONSTRAINT_UNIQUE)"
    )
    assert sqlite.rows("SELECT * FROM t") == [{"a": 1}]
    assert sqlite.end_turn() is True


@pytest.mark.parametrize(
    ("query", "bindings", "text"),
    [
        ("", (), "SQL code did not contain a statement."),
        ("SELECT 1;;", (), "SQL code did not contain a statement."),
        ("SELECT ?", (), "Wrong number of parameter bindings for SQL query."),
        ("SELECT 1", (undefined,), "Wrong number of parameter bindings for SQL query."),
        (
            "SELECT ?, ?",
            (JsArray([1, 2]),),
            "Wrong number of parameter bindings for SQL query.",
        ),
        (
            "SELECT ?; SELECT 1",
            (5,),
            "When executing multiple SQL statements in a single call, only the last"
            " statement can have parameters.",
        ),
        ("SELEC", (), 'near "SELEC": syntax error at offset 0: SQLITE_ERROR'),
        ("SELECT x", (), "no such column: x at offset 7: SQLITE_ERROR"),
        ("SELECT * FROM nope", (), "no such table: nope: SQLITE_ERROR"),
        (5, (), 'near "5": syntax error at offset 0: SQLITE_ERROR'),
        (null, (), 'near "null": syntax error at offset 0: SQLITE_ERROR'),
        ("ATTACH 'x' AS y", (), "not authorized: SQLITE_AUTH"),
        ("PRAGMA user_version", (), "not authorized: SQLITE_AUTH"),
        ("VACUUM", (), "cannot VACUUM from within a transaction: SQLITE_ERROR"),
        ("CREATE TABLE _cf_x (a)", (), "not authorized: SQLITE_AUTH"),
        ("SELECT zeroblob(2000100)", (), "string or blob too big: SQLITE_TOOBIG"),
    ],
)
def test_what_sqlite_refuses_is_an_error(
    sqlite: Instance, query: object, bindings: tuple[object, ...], text: str
) -> None:
    assert refusal(sqlite.sql.exec, query, *bindings) == f"Error: {text}"


def test_the_tables_of_the_runtime_can_be_seen_but_not_read(
    sqlite: Instance,
) -> None:
    sqlite.kv.put("k", 1)
    value(sqlite.storage.setAlarm(4_000_000_000_000))
    assert sqlite.rows("SELECT name, sql FROM sqlite_schema ORDER BY name DESC") == [
        {
            "name": "_cf_METADATA",
            "sql": "CREATE TABLE _cf_METADATA (\n        key INTEGER PRIMARY KEY,\n"
            "        value BLOB\n      )",
        },
        {
            "name": "_cf_KV",
            "sql": "CREATE TABLE _cf_KV (\n        key TEXT PRIMARY KEY,\n"
            "        value BLOB\n      ) WITHOUT ROWID",
        },
    ]
    assert refusal(sqlite.sql.exec, "SELECT key FROM _cf_KV") == (
        "Error: access to _cf_KV.key is prohibited: SQLITE_AUTH"
    )


@pytest.mark.parametrize(
    "statement", ["BEGIN", "COMMIT", "END", "ROLLBACK", "SAVEPOINT s", "RELEASE s"]
)
def test_transactions_are_not_for_sql(sqlite: Instance, statement: str) -> None:
    assert refusal(sqlite.sql.exec, statement).startswith(TRANSACTION)


def test_the_query_is_missing(sqlite: Instance) -> None:
    assert refusal(sqlite.sql.exec) == (
        "TypeError: Failed to execute 'exec' on 'SqlStorage': parameter 1 is not of"
        " type 'JsString'."
    )


def test_foreign_keys_are_enforced_until_a_turn_without_writes_says_no(
    sqlite: Instance,
) -> None:
    sqlite.sql.exec(
        "CREATE TABLE p (id INTEGER PRIMARY KEY); PRAGMA foreign_keys = off"
    )
    assert sqlite.rows("PRAGMA foreign_keys") == [{"foreign_keys": 1}]
    sqlite.end_turn()
    sqlite.sql.exec("PRAGMA foreign_keys = off")
    assert sqlite.rows("PRAGMA foreign_keys") == [{"foreign_keys": 0}]


def test_statements_that_only_read_open_no_transaction(sqlite: Instance) -> None:
    sqlite.rows("SELECT 1")
    sqlite.rows("EXPLAIN QUERY PLAN SELECT 1")
    assert sqlite.gate.writes == 0
    assert sqlite.end_turn() is False


def test_the_size_counts_pages_in_use(sqlite: Instance) -> None:
    assert sqlite.sql.databaseSize() == 4096
    sqlite.sql.exec("CREATE TABLE t (a)")
    assert sqlite.sql.databaseSize() == 8192
    sqlite.sql.exec("DROP TABLE t")
    assert sqlite.sql.databaseSize() == 4096


def test_its_classes_are_there_but_cannot_be_constructed(sqlite: Instance) -> None:
    cursor = sqlite.sql.exec("SELECT 1")
    assert sqlite.sql.js_get("Cursor") is cursor.js_get("constructor")
    for name in ("Cursor", "Statement"):
        with pytest.raises(NotConstructible):
            sqlite.sql.js_get(name).construct(())  # type: ignore[attr-defined]


def test_prepare_and_ingest_are_not_there(sqlite: Instance) -> None:
    assert not sqlite.sql.js_has("prepare")
    assert not sqlite.sql.js_has("ingest")


def test_kv_backed_classes_do_not_have_it(key_value: Instance) -> None:
    text = "Error: SQL is not enabled for this Durable Object class. To enable it,"
    assert refusal(key_value.sql.exec, "SELECT 1").startswith(text)
    assert refusal(key_value.sql.databaseSize).startswith(text)
    assert isinstance(key_value.storage.js_get("sql"), JsObject)
