"""D1 beyond what a Worker sees: the clock, the test's powers, and what differs."""

import sqlite3
from typing import Any

import pytest
from pyodide.ffi import JsException

from pytest_cfbindings import Cf
from pytest_cfbindings.clock import Clock


async def test_sql_follows_the_clock(env: Any, clock: Clock) -> None:
    await env.DB.exec("CREATE TABLE t (at TEXT DEFAULT CURRENT_TIMESTAMP)")
    await clock.advance(400 * 86_400_000)
    await env.DB.prepare("INSERT INTO t DEFAULT VALUES").run()
    sql = "SELECT unixepoch(at) AS at, unixepoch('now') AS now FROM t"
    row = await env.DB.prepare(sql).first()
    assert abs(row.at - clock.now_seconds()) <= 1
    assert abs(row.now - clock.now_seconds()) <= 1


async def test_the_calls_are_recorded(cf: Cf, env: Any) -> None:
    await env.DB.prepare("SELECT ? AS a").bind(1).first("a")
    calls = [(call.method, call.args) for call in cf.calls(env.DB)]
    assert calls == [("prepare", ("SELECT ? AS a",)), ("bind", (1,)), ("first", ("a",))]


async def test_sqlite_gives_a_copy_to_read(cf: Cf, env: Any) -> None:
    await env.DB.exec("CREATE TABLE t (a)")
    await env.DB.exec("INSERT INTO t VALUES (1)")
    copy = cf.sqlite(env.DB)
    assert isinstance(copy, sqlite3.Connection)
    await env.DB.exec("INSERT INTO t VALUES (2)")
    assert copy.execute("SELECT a FROM t").fetchall() == [(1,)]
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        copy.execute("INSERT INTO t VALUES (3)")


def test_only_a_database_has_one(cf: Cf, env: Any) -> None:
    with pytest.raises(TypeError, match=r"cf\.sqlite\(\) takes a D1 binding"):
        cf.sqlite(env.KV)
    with pytest.raises(TypeError, match=r"cf\.row_counts\(\) takes a D1 binding"):
        cf.row_counts(env.KV)


async def test_row_counts_say_whether_they_are_sure(cf: Cf, env: Any) -> None:
    await env.DB.exec("CREATE TABLE t (a)")
    await env.DB.prepare("INSERT INTO t VALUES (1), (2)").run()
    await env.DB.prepare("ANALYZE").run()
    await env.DB.prepare("SELECT * FROM t").raw()
    insert, analyze = cf.row_counts(env.DB)
    assert (insert.read, insert.written, insert.exact) == (0, 2, True)
    assert not analyze.exact


async def test_reset_brings_the_database_back(cf: Cf, env: Any) -> None:
    await env.DB.exec("CREATE TABLE t (a)")
    cf.reset()
    assert await env.DB.prepare("SELECT * FROM sqlite_schema").raw() == []
    assert len(cf.calls(env.DB)) == 2


async def test_named_parameters_are_refused(env: Any) -> None:
    with pytest.raises(JsException, match="does not support the named parameter 'a'"):
        await env.DB.prepare("SELECT :a").bind(1).run()


async def test_sql_has_to_be_text(env: Any) -> None:
    with pytest.raises(JsException, match="the SQL of a statement has to be text"):
        await env.DB.prepare(5).run()


async def test_returning_has_to_come_last(env: Any) -> None:
    await env.DB.exec("CREATE TABLE t (a)")
    sql = "INSERT INTO t VALUES (1) RETURNING a; SELECT 2"
    with pytest.raises(JsException, match="RETURNING has to be the last"):
        await env.DB.prepare(sql).run()
    assert await env.DB.prepare("SELECT * FROM t").raw() == []


async def test_or_rollback_breaks_the_request_and_the_connection(env: Any) -> None:
    await env.DB.exec("CREATE TABLE t (a UNIQUE)\nINSERT INTO t VALUES (1)")
    with pytest.raises(JsException, match=r"internal error; reference = [0-9a-z]{24}$"):
        await env.DB.prepare("INSERT OR ROLLBACK INTO t VALUES (1)").run()
    done = await env.DB.prepare("SELECT * FROM t").run()
    assert (done.results, done.meta.last_row_id) == ([{"a": 1}], 0)


async def test_a_row_id_beyond_the_safe_integers_is_a_double(env: Any) -> None:
    await env.DB.exec("CREATE TABLE t (id INTEGER PRIMARY KEY)")
    sql = "INSERT INTO t VALUES (9007199254740992)"
    row_id = (await env.DB.prepare(sql).run()).meta.last_row_id
    assert (type(row_id), row_id) == (float, 2**53)


async def test_the_row_that_workerd_keeps_is_the_last_one_at_first(env: Any) -> None:
    created = await env.DB.prepare("CREATE TABLE t (a)").run()
    read = await env.DB.prepare("SELECT last_insert_rowid() AS id").run()
    inserted = await env.DB.prepare("INSERT INTO t VALUES (1)").run()
    ids = [done.meta.last_row_id for done in (created, read, inserted)]
    assert (ids, read.results) == ([0, 2, 1], [{"id": 2}])


async def test_the_table_that_workerd_keeps_is_there_after_the_first_request(
    env: Any,
) -> None:
    schema = env.DB.prepare("SELECT name FROM sqlite_schema")
    assert await schema.raw() == []
    assert await schema.raw() == [["_cf_METADATA"]]
