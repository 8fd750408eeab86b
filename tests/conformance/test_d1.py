"""What a Worker can rely on in D1. These tests use nothing but `env`."""

import asyncio
import datetime
from typing import Any

import pytest
from pyodide.ffi import JsException


async def test_a_row_is_a_dict_with_attributes(env: Any) -> None:
    row = await env.DB.prepare("SELECT 1 AS a, 'x' AS b").first()
    assert row == {"a": 1, "b": "x"}
    assert row.a == 1


async def test_all_gives_success_meta_and_results(env: Any) -> None:
    found = await env.DB.prepare("SELECT 1 AS a UNION ALL SELECT 2").all()
    assert found.success is True
    assert found["results"] == [{"a": 1}, {"a": 2}]
    assert set(found.meta) == {
        *("served_by", "duration", "changes", "last_row_id", "changed_db"),
        *("size_after", "rows_read", "rows_written"),
    }


async def test_first_gives_a_column_or_none(env: Any) -> None:
    statement = env.DB.prepare("SELECT 1 AS a, NULL AS n WHERE ?")
    assert await statement.bind(True).first("a") == 1
    assert await statement.bind(True).first("n") is None
    assert await statement.bind(False).first("missing") is None
    with pytest.raises(JsException, match=r"D1_COLUMN_NOTFOUND: .*\(A\)") as caught:
        await statement.bind(True).first("A")
    assert caught.value.cause.message == "Column not found"


async def test_raw_gives_lists_and_the_names_if_asked(env: Any) -> None:
    statement = env.DB.prepare("SELECT 1 AS a, 2 AS a")
    assert await statement.raw() == [[1, 2]]
    assert await statement.raw(columnNames=True) == [["a", "a"], [1, 2]]
    assert await statement.raw({"columnNames": True}) == [["a", "a"], [1, 2]]
    assert await statement.first() == {"a": 2}


@pytest.mark.parametrize(
    ("value", "kind", "back"),
    [
        (1, "real", 1),
        (1.5, "real", 1.5),
        (True, "real", 1),
        ("x\0y", "text", "x\0y"),
        (None, "null", None),
        (b"\x00\xff", "blob", [0, 255]),
        (memoryview(b"abc")[1:], "blob", [98, 99]),
        ([1, 255.9], "blob", [1, 255]),
        ([], "blob", []),
        (float("nan"), "null", None),
        (float("inf"), "null", None),
        (-0.0, "real", 0),
        (2**53 - 2, "real", 2**53 - 2),
    ],
)
async def test_a_value_is_stored_as_javascript_would(
    env: Any, value: Any, kind: str, back: Any
) -> None:
    sql = "SELECT typeof(?1) AS kind, ?1 AS value"
    row = await env.DB.prepare(sql).bind(value).first()
    assert (row.kind, row.value) == (kind, back)
    assert type(row.value) is type(back)


@pytest.mark.parametrize(
    ("value", "kind", "shown"),
    [
        ({"a": 1}, "object", r"\[object Object\]"),
        ({1}, "object", r"\[object Set\]"),
        ([256], "object", "256"),
        (["a", None], "object", "a,"),
        (2**53, "bigint", str(2**53)),
        (frozenset({1}), "object", r"frozenset\(\{1\}\)"),
        (datetime.date(2026, 1, 2), "object", "2026-01-02"),
        (
            datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC),
            "object",
            r"Thu Jan 01 1970 00:00:00 GMT\+0000 \(Coordinated Universal Time\)",
        ),
    ],
)
def test_any_other_value_is_refused_at_once(
    env: Any, value: Any, kind: str, shown: str
) -> None:
    message = f"D1_TYPE_ERROR: Type '{kind}' not supported for value '{shown}'"
    with pytest.raises(JsException, match=message):
        env.DB.prepare("SELECT ?").bind(1, value)


@pytest.mark.parametrize("value", [(1,), bytearray(b"x")])
def test_what_cannot_be_sent_fails_at_the_call(env: Any, value: Any) -> None:
    with pytest.raises(TypeError, match=r"cannot be sent over RPC\."):
        env.DB.prepare("SELECT ?").bind(value)


async def test_a_number_in_a_text_column_is_stored_with_its_point(env: Any) -> None:
    await env.DB.exec("CREATE TABLE t (a TEXT)")
    await env.DB.prepare("INSERT INTO t VALUES (?)").bind(42).run()
    assert await env.DB.prepare("SELECT a FROM t").first("a") == "42.0"


async def test_bind_makes_another_statement(env: Any) -> None:
    statement = env.DB.prepare("SELECT ? AS a")
    bound = statement.bind(1)
    assert await bound.bind(2).first("a") == 2
    assert await bound.first("a") == 1
    with pytest.raises(JsException, match="Wrong number of parameter bindings"):
        await statement.first("a")


@pytest.mark.parametrize("values", [(), (1,), (1, 2, 3)])
async def test_the_number_of_values_has_to_be_right(
    env: Any, values: tuple[int, ...]
) -> None:
    with pytest.raises(JsException, match="Wrong number of parameter bindings"):
        await env.DB.prepare("SELECT ?, ?").bind(*values).all()


async def test_prepare_parses_nothing(env: Any) -> None:
    statement = env.DB.prepare("SELEC")
    with pytest.raises(JsException) as caught:
        await statement.run()
    text = 'near "SELEC": syntax error at offset 0: SQLITE_ERROR'
    assert str(caught.value) == f"Error: D1_ERROR: {text}"
    assert (caught.value.name, caught.value.cause.message) == ("Error", text)


async def test_meta_says_what_a_statement_did(env: Any) -> None:
    await env.DB.exec("CREATE TABLE t (id INTEGER PRIMARY KEY, a)")
    done = await env.DB.prepare("INSERT INTO t (a) VALUES (1), (2)").run()
    meta = done.meta
    assert (meta.changes, meta.last_row_id, meta.changed_db) == (2, 2, True)
    assert (meta.rows_read, meta.rows_written) == (0, 2)
    looked = await env.DB.prepare("SELECT * FROM t WHERE id = ?").bind(1).all()
    assert (looked.meta.changes, looked.meta.changed_db) == (0, False)
    assert looked.meta.rows_read == 1


async def test_rows_read_tells_an_index_from_a_scan(env: Any) -> None:
    await env.DB.exec("CREATE TABLE t (a, b)")
    await env.DB.exec("CREATE INDEX i ON t (b)")
    rows = ", ".join(f"({n}, {n})" for n in range(100))
    await env.DB.exec(f"INSERT INTO t VALUES {rows}")
    scan = await env.DB.prepare("SELECT * FROM t WHERE a = ?").bind(7).all()
    assert scan.meta.rows_read == 100
    seek = await env.DB.prepare("SELECT * FROM t WHERE b = ?").bind(7).all()
    assert seek.meta.rows_read == 2


async def test_exec_runs_one_query_a_line(env: Any) -> None:
    done = await env.DB.exec(
        "CREATE TABLE t (a)\n\n  -- a note\nINSERT INTO t VALUES (1)"
    )
    assert done["count"] == 2
    assert done["duration"] >= 0


async def test_exec_is_one_transaction_and_names_its_first_line(env: Any) -> None:
    with pytest.raises(JsException, match="D1_EXEC_ERROR: Error in line 1: CREATE"):
        await env.DB.exec("CREATE TABLE t (a)\nSELEC")
    with pytest.raises(JsException, match="no such table: t"):
        await env.DB.prepare("SELECT * FROM t").all()


async def test_a_batch_gives_a_result_for_each_statement(env: Any) -> None:
    create = env.DB.prepare("CREATE TABLE t (a)")
    insert = env.DB.prepare("INSERT INTO t VALUES (?)")
    select = env.DB.prepare("SELECT a FROM t")
    results = await env.DB.batch([create, insert.bind(1), insert.bind(2), select])
    assert [result.meta.changes for result in results] == [0, 1, 1, 0]
    assert results[3].results == [{"a": 1}, {"a": 2}]


async def test_a_batch_is_kept_as_a_whole_or_not_at_all(env: Any) -> None:
    await env.DB.exec("CREATE TABLE t (a UNIQUE)")
    insert = env.DB.prepare("INSERT INTO t VALUES (?)")
    message = (
        "D1_ERROR: UNIQUE constraint failed: t.a: SQLITE_CONSTRAINT"
        r" \(extended: SQLITE_CONSTRAINT_UNIQUE\)"
    )
    with pytest.raises(JsException, match=message):
        await env.DB.batch([insert.bind(1), insert.bind(2), insert.bind(1)])
    assert await env.DB.prepare("SELECT * FROM t").raw() == []


@pytest.mark.parametrize("statements", [[], ["blank"]])
async def test_a_batch_of_nothing_is_refused(env: Any, statements: list[str]) -> None:
    blank = [env.DB.prepare("  -- nothing") for _ in statements]
    with pytest.raises(JsException, match="D1_ERROR: No SQL statements detected"):
        await env.DB.batch(blank)


async def test_transactions_are_refused(env: Any) -> None:
    with pytest.raises(JsException, match="To execute a transaction, please use"):
        await env.DB.prepare("BEGIN").run()


async def test_foreign_keys_are_enforced(env: Any) -> None:
    await env.DB.exec("CREATE TABLE p (id INTEGER PRIMARY KEY)")
    await env.DB.exec("CREATE TABLE c (p REFERENCES p)")
    with pytest.raises(JsException, match="FOREIGN KEY constraint failed"):
        await env.DB.prepare("INSERT INTO c VALUES (1)").run()


async def test_deferred_foreign_keys_are_checked_when_the_batch_ends(env: Any) -> None:
    await env.DB.exec("CREATE TABLE p (id INTEGER PRIMARY KEY)")
    await env.DB.exec("CREATE TABLE c (p REFERENCES p)")
    defer = env.DB.prepare("PRAGMA defer_foreign_keys = on")
    child = env.DB.prepare("INSERT INTO c VALUES (1)")
    parent = env.DB.prepare("INSERT INTO p VALUES (1)")
    with pytest.raises(JsException, match="FOREIGN KEY constraint failed"):
        await env.DB.batch([defer, child])
    await env.DB.batch([defer, child, parent])
    assert await env.DB.prepare("SELECT p FROM c").raw() == [[1]]


async def test_a_session_has_a_bookmark_once_it_was_used(env: Any) -> None:
    session = env.DB.withSession("first-primary")
    assert session.getBookmark() is None
    await session.prepare("SELECT 1").run()
    first = session.getBookmark()
    await session.prepare("SELECT 1").run()
    assert len(first) == 59
    assert session.getBookmark() > first
    again = env.DB.withSession(first)
    assert again.getBookmark() == first


async def test_dump_is_gone(env: Any) -> None:
    with pytest.raises(JsException, match=r"D1_DUMP_ERROR: Status \+ 404"):
        await env.DB.dump()


async def test_databases_are_apart(env: Any) -> None:
    await env.DB.exec("CREATE TABLE t (a)")
    with pytest.raises(JsException, match="no such table"):
        await env.DB2.prepare("SELECT * FROM t").all()


async def test_bindings_of_one_database_see_each_other(env: Any) -> None:
    await env.DB.exec("CREATE TABLE t (a)")
    assert await env.DB_AGAIN.prepare("SELECT * FROM t").raw() == []


async def test_parallel_requests_all_happen(env: Any) -> None:
    await env.DB.exec("CREATE TABLE t (a)")
    insert = env.DB.prepare("INSERT INTO t VALUES (?)")
    await asyncio.gather(*(insert.bind(n).run() for n in range(20)))
    assert await env.DB.prepare("SELECT count(*) AS n FROM t").first("n") == 20
