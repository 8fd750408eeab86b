"""Many statements at once in D1: batch, and exec."""

import re
from typing import Any

import pytest
from pyodide.ffi import JsException

from .refusals import refused

NO_STATEMENTS = "No SQL statements detected."


async def test_a_batch_gives_a_result_for_each_statement(env: Any) -> None:
    create = env.DB.prepare("CREATE TABLE t (a)")
    insert = env.DB.prepare("INSERT INTO t VALUES (?)")
    select = env.DB.prepare("SELECT a FROM t")
    results = await env.DB.batch([create, insert.bind(1), insert.bind(2), select])
    assert [result.meta.changes for result in results] == [0, 1, 1, 0]
    assert results[3].results == [{"a": 1}, {"a": 2}]
    assert all(result.success for result in results)


async def test_a_batch_is_kept_as_a_whole_or_not_at_all(env: Any) -> None:
    await env.DB.exec("CREATE TABLE t (a UNIQUE)")
    insert = env.DB.prepare("INSERT INTO t VALUES (?)")
    with refused(
        "Error: D1_ERROR: UNIQUE constraint failed: t.a: SQLITE_CONSTRAINT"
        " (extended: SQLITE_CONSTRAINT_UNIQUE)"
    ):
        await env.DB.batch([insert.bind(1), insert.bind(2), insert.bind(1)])
    assert await env.DB.prepare("SELECT * FROM t").raw() == []


@pytest.mark.parametrize("blanks", [[], ["  -- nothing"], ["", " \n"]])
async def test_a_batch_of_nothing_is_refused(env: Any, blanks: list[str]) -> None:
    with refused(f"Error: D1_ERROR: {NO_STATEMENTS}"):
        await env.DB.batch([env.DB.prepare(blank) for blank in blanks])


async def test_blank_statements_have_no_result(env: Any) -> None:
    texts = ["SELECT 1 AS a", " -- nothing", "", "SELECT 2 AS a"]
    results = await env.DB.batch([env.DB.prepare(text) for text in texts])
    assert [result.results for result in results] == [[{"a": 1}], [{"a": 2}]]


async def test_one_statement_may_be_there_twice(env: Any) -> None:
    await env.DB.exec("CREATE TABLE t (a)")
    insert = env.DB.prepare("INSERT INTO t VALUES (1)")
    results = await env.DB.batch([insert, insert])
    assert [result.meta.last_row_id for result in results] == [1, 2]


async def test_a_batch_runs_where_it_is_called(env: Any) -> None:
    await env.DB2.exec("CREATE TABLE t (a)")
    await env.DB2.batch([env.DB.prepare("INSERT INTO t VALUES (1)")])
    assert await env.DB2.prepare("SELECT a FROM t").raw() == [[1]]


async def test_a_tuple_is_refused_at_the_call(env: Any) -> None:
    with pytest.raises(TypeError, match=r"<class 'tuple'> cannot be sent over RPC\."):
        env.DB.batch((env.DB.prepare("SELECT 1"),))


async def test_a_generator_is_no_list(env: Any) -> None:
    with refused("TypeError: statements.map is not a function"):
        await env.DB.batch(env.DB.prepare("SELECT 1") for _ in range(1))


@pytest.mark.parametrize(
    ("statements", "message"),
    [
        (None, "Cannot read properties of null (reading 'map')"),
        ("x", "statements.map is not a function"),
        ({}, "statements.map is not a function"),
        (["x", None], "Cannot read properties of null (reading 'statement')"),
    ],
)
async def test_a_batch_is_a_list_of_statements(
    env: Any, statements: Any, message: str
) -> None:
    with refused(f"TypeError: {message}"):
        await env.DB.batch(statements)


async def test_exec_runs_one_query_a_line(env: Any) -> None:
    done = await env.DB.exec(
        "\n CREATE TABLE t (a)\n\n  -- a note\r\n"
        "INSERT INTO t VALUES (1); INSERT INTO t VALUES (2)\nSELECT * FROM t;  \n"
    )
    assert list(done) == ["count", "duration"]
    assert done["count"] == 3
    assert done["duration"] >= 0
    assert await env.DB.prepare("SELECT count(*) FROM t").raw() == [[2]]


async def test_exec_is_one_transaction_and_names_its_first_line(env: Any) -> None:
    with pytest.raises(JsException) as caught:
        await env.DB.exec("CREATE TABLE t (a)\nSELEC")
    detail = (
        'Error in line 1: CREATE TABLE t (a): near "SELEC": syntax error at offset 0:'
        " SQLITE_ERROR"
    )
    assert str(caught.value) == f"Error: D1_EXEC_ERROR: {detail}"
    assert caught.value.cause.message == detail
    with refused("Error: D1_ERROR: no such table: t: SQLITE_ERROR"):
        await env.DB.prepare("SELECT * FROM t").all()


@pytest.mark.parametrize(
    ("text", "first", "detail"),
    [
        ("", "", NO_STATEMENTS),
        ("  \n  ", "", NO_STATEMENTS),
        (
            "CREATE TABLE t (\na)",
            "CREATE TABLE t (",
            "incomplete input: SQLITE_ERROR",
        ),
        ("-- c", "-- c", "SQL code did not contain a statement."),
        (
            "SELECT ?",
            "SELECT ?",
            "Wrong number of parameter bindings for SQL query.",
        ),
    ],
)
async def test_exec_refuses_a_line_that_is_no_query(
    env: Any, text: str, first: str, detail: str
) -> None:
    with refused(f"Error: D1_EXEC_ERROR: Error in line 1: {first}: {detail}"):
        await env.DB.exec(text)


TRANSACTION = (
    "To execute a transaction, please use the state.storage.transaction() or"
    " state.storage.transactionSync() APIs instead of the SQL BEGIN TRANSACTION or"
    " SAVEPOINT statements. The JavaScript API is safer because it will automatically"
    " roll back on exceptions, and because it interacts correctly with Durable Objects'"
    " automatic atomic write coalescing."
)


@pytest.mark.parametrize(
    "sql",
    [
        *("BEGIN", "COMMIT", "END", "ROLLBACK", "SAVEPOINT s", "RELEASE s"),
        *("ROLLBACK TO s", "begin immediate transaction"),
    ],
)
async def test_transactions_are_refused(env: Any, sql: str) -> None:
    with refused(f"Error: D1_ERROR: {TRANSACTION}"):
        await env.DB.prepare(sql).run()


@pytest.mark.parametrize(
    ("table", "insert"),
    [
        ("CREATE TABLE t (a UNIQUE)", "INSERT OR ROLLBACK INTO t VALUES (1), (1)"),
        (
            "CREATE TABLE t (a); CREATE TRIGGER r BEFORE INSERT ON t BEGIN"
            " SELECT RAISE(ROLLBACK, 'no'); END",
            "INSERT INTO t VALUES (1)",
        ),
    ],
)
async def test_a_rollback_by_a_conflict_is_an_internal_error(
    env: Any, table: str, insert: str
) -> None:
    await env.DB.exec(table)
    with pytest.raises(JsException) as caught:
        await env.DB.prepare(insert).run()
    text = r"Error: internal error; reference = [0-9a-z]{24}"
    assert re.fullmatch(text, str(caught.value))
    assert await env.DB.prepare("SELECT * FROM t").raw() == []
