"""What a Worker's SQL may not do."""

import pytest

from pytest_cfbindings.sqlite.database import Database

from .test_database import refusal

NOT_AUTHORIZED = "not authorized: SQLITE_AUTH"


@pytest.fixture(autouse=True)
def _tables(database: Database) -> None:
    database.run("CREATE TABLE t (a)")
    database.run("CREATE TABLE _cf_KV (key TEXT PRIMARY KEY, value BLOB)")


@pytest.mark.parametrize(
    "sql", ["BEGIN", "COMMIT", "END", "ROLLBACK", "SAVEPOINT s", "RELEASE s"]
)
def test_transactions_are_left_to_the_service(database: Database, sql: str) -> None:
    database.begin()
    assert refusal(database, sql).startswith("To execute a transaction, please use")
    database.rollback()


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE TABLE _cf_x (a)",
        "CREATE INDEX _CF_i ON t (a)",
        "DROP TABLE _cf_KV",
        "INSERT INTO _cf_KV VALUES (1, 2)",
        "ALTER TABLE t RENAME TO _cf_t",
        'ALTER TABLE t RENAME TO "_cf_t"',
        "PRAGMA table_info(_cf_KV)",
        "CREATE TEMP TABLE x (a)",
        "ATTACH ':memory:' AS x",
        "CREATE VIRTUAL TABLE v USING dbstat",
        "PRAGMA journal_mode",
        "PRAGMA foreign_keys = maybe",
    ],
)
def test_it_is_not_authorized(database: Database, sql: str) -> None:
    assert refusal(database, sql) == NOT_AUTHORIZED


def test_a_reserved_table_cannot_be_read(database: Database) -> None:
    assert refusal(database, "SELECT key FROM _cf_KV") == (
        "access to _cf_KV.key is prohibited: SQLITE_AUTH"
    )


def test_the_service_may_do_all_of_it(database: Database) -> None:
    database.run("INSERT INTO _cf_KV VALUES (1, 2)")
    assert database.run("SELECT value FROM _cf_KV") == [(2,)]
    assert database.run("SELECT sqlite_version()") != []


def test_what_the_service_has_prepared_is_still_refused_to_a_worker(
    database: Database,
) -> None:
    database.run("SELECT value FROM _cf_KV")
    assert "prohibited" in refusal(database, "SELECT value FROM _cf_KV")


def test_a_function_that_workerd_denies(database: Database) -> None:
    assert refusal(database, "SELECT power(2, 3)") == (
        "not authorized to use function: power at offset 7: SQLITE_ERROR"
    )


def test_a_function_that_workerd_lacks(database: Database) -> None:
    assert refusal(database, "SELECT median(a) FROM t") == (
        "no such function: median at offset 7: SQLITE_ERROR"
    )


@pytest.mark.parametrize("table", ["dbstat", "generate_series", "carray"])
def test_a_table_that_workerd_lacks(database: Database, table: str) -> None:
    text = f"no such table: {table}: SQLITE_ERROR"
    assert refusal(database, f"SELECT * FROM {table}") == text


def test_vacuum_is_always_inside_a_transaction(database: Database) -> None:
    assert refusal(database, "VACUUM") == (
        "cannot VACUUM from within a transaction: SQLITE_ERROR"
    )


@pytest.mark.parametrize(
    ("sql", "text"),
    [
        (f"SELECT '{'x' * 100_000}'", "statement too long: SQLITE_TOOBIG"),
        ("SELECT zeroblob(2000001)", "string or blob too big: SQLITE_TOOBIG"),
        (
            f"SELECT max({', '.join(['1'] * 33)})",
            "too many arguments on function max at offset 7: SQLITE_ERROR",
        ),
        (
            f"SELECT 'a' LIKE '{'x' * 51}'",
            "LIKE or GLOB pattern too complex: SQLITE_ERROR",
        ),
        (
            " UNION ALL ".join(["SELECT 1"] * 6),
            "too many terms in compound SELECT: SQLITE_ERROR",
        ),
        (
            f"SELECT {', '.join(['1'] * 101)}",
            "too many columns in result set: SQLITE_ERROR",
        ),
    ],
)
def test_a_limit_is_enforced(database: Database, sql: str, text: str) -> None:
    assert refusal(database, sql) == text


def test_a_program_of_too_many_operations_is_out_of_memory(database: Database) -> None:
    values = ", ".join(f"abs(a + {i}) + a" for i in range(5000))
    assert refusal(database, f"SELECT a IN ({values}) FROM t") == (
        "out of memory: SQLITE_NOMEM"
    )


@pytest.mark.parametrize("call", ["if(1, 2, 3)", "unistr('a')", "rtreecheck()"])
def test_functions_of_newer_versions_do_not_exist(
    database: Database, call: str
) -> None:
    name = call.partition("(")[0]
    text = f"no such function: {name} at offset 7: SQLITE_ERROR"
    assert refusal(database, f"SELECT {call}") == text


@pytest.mark.parametrize(
    "sql", ["CREATE VIRTUAL TABLE r USING rtree (id, a, b)", "PRAGMA page_size"]
)
def test_what_only_newer_versions_of_workerd_allow_is_refused(
    database: Database, sql: str
) -> None:
    assert refusal(database, sql) == NOT_AUTHORIZED
