"""A database as workerd sets it up."""

import pytest

from pytest_cfbindings.clock import Clock
from pytest_cfbindings.sqlite.clock_vfs import ClockVfs
from pytest_cfbindings.sqlite.database import Database
from pytest_cfbindings.sqlite.errors import SqlError


def refusal(database: Database, sql: str, *values: object) -> str:
    """The text of the error that a statement, or its rows, ends in."""
    with pytest.raises(SqlError) as caught:
        database.query(sql, values).rows()  # type: ignore[arg-type]
    return caught.value.text


def test_rows_come_one_by_one(database: Database) -> None:
    cursor = database.query("SELECT 1 AS a, ? UNION ALL SELECT 2, 'x'", (2.5,))
    assert cursor.columns == ("a", "?")
    assert next(cursor) == (1, 2.5)
    assert cursor.rows() == [(2, "x")]


def test_a_statement_without_a_result_has_no_columns(database: Database) -> None:
    assert database.query("CREATE TABLE t (a)").columns == ()


def test_the_columns_of_an_empty_result_are_known(database: Database) -> None:
    cursor = database.query("SELECT 1 AS a, 2 AS a WHERE false")
    assert (cursor.columns, cursor.rows()) == (("a", "a"), [])


def test_returned_text_that_is_no_utf8_is_refused(database: Database) -> None:
    database.query("CREATE TABLE t (a)")
    sql = "INSERT INTO t VALUES (CAST(x'ff' AS TEXT)) RETURNING a"
    assert refusal(database, sql).startswith("RETURNING gave text that is not UTF-8")
    assert database.query("SELECT a FROM t").rows() == [("\ufffd",)]


def test_a_statement_writes_when_it_is_executed(database: Database) -> None:
    database.query("CREATE TABLE t (a)")
    cursor = database.query("INSERT INTO t VALUES (1), (2) RETURNING a")
    assert database.run("SELECT count(*) FROM t") == [(2,)]
    assert cursor.rows() == [(1,), (2,)]


def test_a_text_of_several_statements_gives_the_rows_of_the_last(
    database: Database,
) -> None:
    sql = "CREATE TABLE t (a); INSERT INTO t VALUES (1); SELECT a + ? FROM t; "
    assert database.query(sql, (1,)).rows() == [(2,)]


def test_earlier_statements_stay_when_a_later_one_fails(database: Database) -> None:
    assert refusal(database, "CREATE TABLE t (a); SELEC").startswith('near "SELEC"')
    assert database.query("SELECT * FROM t").rows() == []


@pytest.mark.parametrize("sql", ["", " ", ";", "-- c", "/* c */", "SELECT 1;;"])
def test_a_text_without_a_last_statement_is_refused(
    database: Database, sql: str
) -> None:
    assert refusal(database, sql) == "SQL code did not contain a statement."


def test_a_nul_ends_the_text(database: Database) -> None:
    text = "CREATE TABLE t (a)\0"
    assert refusal(database, text) == "SQL code did not contain a statement."
    assert database.query("SELECT * FROM t").rows() == []


def test_only_the_last_statement_takes_values(database: Database) -> None:
    assert refusal(database, "SELECT ?; SELECT 1") == (
        "When executing multiple SQL statements in a single call, only the last"
        " statement can have parameters."
    )


@pytest.mark.parametrize("values", [(), (1, 2)])
def test_the_number_of_values_has_to_be_right(
    database: Database, values: tuple[object, ...]
) -> None:
    assert refusal(database, "SELECT ?", *values) == (
        "Wrong number of parameter bindings for SQL query."
    )


def test_an_offset_counts_bytes_of_the_failing_statement(database: Database) -> None:
    assert refusal(database, "SELECT 1;  SELECT 'ä', x") == (
        "no such column: x at offset 13: SQLITE_ERROR"
    )


def test_an_extended_code_is_told(database: Database) -> None:
    database.query("CREATE TABLE t (a UNIQUE); INSERT INTO t VALUES (1)")
    assert refusal(database, "INSERT INTO t VALUES (1)") == (
        "UNIQUE constraint failed: t.a: SQLITE_CONSTRAINT"
        " (extended: SQLITE_CONSTRAINT_UNIQUE)"
    )


def test_an_error_between_rows_comes_between_rows(database: Database) -> None:
    cursor = database.query(
        "SELECT abs(column1) FROM (VALUES (1), (-9223372036854775808))"
    )
    assert next(cursor) == (1,)
    with pytest.raises(SqlError, match="integer overflow: SQLITE_ERROR"):
        next(cursor)


def test_text_that_is_not_utf8_comes_back_with_replacement_characters(
    database: Database,
) -> None:
    cursor = database.query(
        "SELECT 'x', 1.5, x'ff', NULL UNION ALL SELECT CAST(x'41ff' AS TEXT), 1, 2, 3"
    )
    assert cursor.rows() == [("x", 1.5, b"\xff", None), ("A\ufffd", 1, 2, 3)]


def test_a_lone_surrogate_becomes_three_replacement_characters(
    database: Database,
) -> None:
    [[value, literal]] = database.query("SELECT ?, '\ud800'", ("a\udc00",)).rows()
    assert (value, literal) == ("a\ufffd\ufffd\ufffd", "\ufffd\ufffd\ufffd")


def test_foreign_keys_are_on_and_triggers_do_not_recurse(database: Database) -> None:
    assert database.query("PRAGMA foreign_keys").rows() == [(1,)]
    assert database.query("PRAGMA recursive_triggers").rows() == [(0,)]


def test_a_deferred_constraint_fails_the_commit_and_leaves_it_open(
    database: Database,
) -> None:
    database.query("CREATE TABLE p (a PRIMARY KEY)")
    database.query("CREATE TABLE c (a REFERENCES p DEFERRABLE INITIALLY DEFERRED)")
    database.begin()
    database.query("INSERT INTO c VALUES (1)")
    with pytest.raises(SqlError, match="FOREIGN KEY constraint failed"):
        database.commit()
    assert database.in_transaction
    database.rollback()
    assert database.query("SELECT * FROM c").rows() == []


def test_a_savepoint_undoes_what_follows_it(database: Database) -> None:
    database.begin()
    database.query("CREATE TABLE t (a)")
    database.savepoint("s")
    database.query("INSERT INTO t VALUES (1)")
    database.rollback_to("s")
    database.release("s")
    database.commit()
    assert database.query("SELECT * FROM t").rows() == []


def test_a_clone_is_another_database(database: Database, vfs: ClockVfs) -> None:
    database.query("CREATE TABLE t (a); INSERT INTO t VALUES (1)")
    clone = Database(vfs, database.serialize())
    clone.query("INSERT INTO t VALUES (2)")
    assert clone.query("SELECT a FROM t").rows() == [(1,), (2,)]
    assert database.query("SELECT a FROM t").rows() == [(1,)]
    clone.close()


def test_the_size_counts_pages_in_use(database: Database) -> None:
    assert database.size() == 4096
    database.query("CREATE TABLE t (a)")
    assert database.size() == 8192
    database.query("DROP TABLE t")
    assert database.size() == 4096


async def test_sql_follows_the_clock(database: Database, own_clock: Clock) -> None:
    database.query("CREATE TABLE t (at TEXT DEFAULT CURRENT_TIMESTAMP)")
    await own_clock.advance(86_400_000 * 365)
    database.query("INSERT INTO t DEFAULT VALUES")
    [[at, now]] = database.query("SELECT at, unixepoch('now') FROM t").rows()
    assert abs(own_clock.now_seconds() - int(now or 0)) <= 1
    [[same]] = database.query("SELECT abs(unixepoch(?) - ?) < 2", (at, now)).rows()
    assert same == 1


def test_the_time_stands_still_within_a_statement(database: Database) -> None:
    sql = """
        WITH RECURSIVE n (i, t) AS (
            SELECT 1, julianday('now')
            UNION ALL SELECT i + 1, julianday('now') FROM n WHERE i < 20000
        )
        SELECT count(DISTINCT t) FROM n
    """
    assert database.query(sql).rows() == [(1,)]


def test_names_can_be_refused_as_parameters(vfs: ClockVfs) -> None:
    database = Database(vfs, named_parameters=False)
    assert "named parameter" in refusal(database, "SELECT :a", 1)
    assert database.query("SELECT ?2, ?1", (1, 2)).rows() == [(2, 1)]
    database.close()


def test_whoever_owns_the_transaction_hears_of_a_statement_that_writes() -> None:
    heard: list[str] = []
    vfs = ClockVfs(Clock())
    database = Database(vfs, before_write=lambda: heard.append("write"))
    database.query("SELECT 1; PRAGMA foreign_keys = ON; PRAGMA table_list")
    assert heard == []
    database.query("CREATE TABLE t (a); INSERT INTO t VALUES (1)")
    assert heard == ["write", "write"]


def test_a_transaction_can_be_opened_just_before_the_write() -> None:
    vfs = ClockVfs(Clock())
    database = Database(vfs, before_write=lambda: database.begin())
    database.query("CREATE TABLE t (a)")
    assert database.in_transaction
    database.rollback()
    assert database.run("SELECT * FROM sqlite_schema") == []


def test_a_row_may_be_given_another_size() -> None:
    database = Database(ClockVfs(Clock()), row_bytes=100)
    too_big = "string or blob too big: SQLITE_TOOBIG"
    assert database.query("SELECT length(zeroblob(100))").rows() == [(100,)]
    assert refusal(database, "SELECT zeroblob(101)") == too_big
    assert refusal(database, "SELECT ?", "a" * 101) == too_big


def test_the_service_reads_row_by_row_what_a_worker_may_not_read(
    database: Database,
) -> None:
    database.run("CREATE TABLE _cf_KV (key PRIMARY KEY)")
    database.run("INSERT INTO _cf_KV VALUES (1), (3)")
    rows = database.open("SELECT key FROM _cf_KV ORDER BY key")
    assert next(rows) == (1,)
    database.run("INSERT INTO _cf_KV VALUES (2)")
    assert list(rows) == [(2,), (3,)]


def test_a_savepoint_is_not_released_while_rows_of_a_write_are_unread(
    database: Database,
) -> None:
    database.query("CREATE TABLE t (a)")
    database.savepoint("s")
    cursor = database.query("INSERT INTO t VALUES (1), (2) RETURNING a")
    with pytest.raises(SqlError, match="SQL statements in progress: SQLITE_BUSY"):
        database.release("s")
    cursor.close()
    database.release("s")


def test_the_data_version_is_that_of_a_file(database: Database) -> None:
    cursor = database.query("PRAGMA data_version;")
    assert (cursor.columns, cursor.rows()) == (("data_version",), [(2,)])


def test_analyze_leaves_one_table_of_statistics(database: Database) -> None:
    database.query("CREATE TABLE t (a); CREATE INDEX i ON t (a)")
    database.query("INSERT INTO t VALUES (1), (2); ANALYZE")
    tables = "SELECT name FROM sqlite_schema WHERE name LIKE 'sqlite_stat%'"
    assert database.query(tables).rows() == [("sqlite_stat1",)]


def test_a_statement_with_a_text_that_is_not_utf8_can_be_counted(
    database: Database,
) -> None:
    cursor = database.query("SELECT CAST(x'ff41' AS TEXT)", counted=True)
    assert cursor.rows() == [("\ufffdA",)]
    assert cursor.row_counts().read == 0


def test_the_rows_so_far_are_counted_while_some_are_left(database: Database) -> None:
    database.query("CREATE TABLE t (a); INSERT INTO t VALUES (1), (2), (3)")
    cursor = database.query("SELECT a FROM t", counted=True)
    next(cursor)
    assert cursor.row_counts().read == 1
    assert cursor.rows() == [(2,), (3,)]
    database.query("SELECT a FROM t").rows()
    assert cursor.row_counts().read == 3


def test_a_full_database_takes_no_more() -> None:
    database = Database(ClockVfs(Clock()), most_bytes=5 * 4096)
    database.query("CREATE TABLE t (a)")
    full = "database or disk is full: SQLITE_FULL"
    assert refusal(database, "INSERT INTO t VALUES (zeroblob(50000))") == full
    with pytest.raises(SqlError) as caught:
        database.change("INSERT INTO t VALUES (?)", (bytes(50000),))
    assert caught.value.text == full
    assert database.change("INSERT INTO t VALUES (1), (2)") == 2
