"""`meta` of D1's results: what a statement changed, and what it read and wrote."""

from typing import Any

import pytest
from pyodide.ffi import JsException


async def done(env: Any, sql: str, *values: Any) -> Any:
    return (await env.DB.prepare(sql).bind(*values).run()).meta


async def test_meta_says_what_a_statement_did(env: Any) -> None:
    await env.DB.exec("CREATE TABLE t (id INTEGER PRIMARY KEY, a)")
    meta = await done(env, "INSERT INTO t (a) VALUES (1), (2)")
    assert (meta.changes, meta.last_row_id, meta.changed_db) == (2, 2, True)
    assert (meta.rows_read, meta.rows_written) == (0, 2)
    meta = await done(env, "SELECT * FROM t WHERE id = ?", 1)
    assert (meta.changes, meta.changed_db, meta.rows_read) == (0, False, 1)


async def test_served_by_is_that_of_local_development(env: Any) -> None:
    meta = await done(env, "SELECT 1")
    assert meta.served_by == "miniflare.db"
    assert isinstance(meta.duration, (int, float))


async def test_what_triggers_and_foreign_keys_change_is_counted(env: Any) -> None:
    await env.DB.exec(
        "CREATE TABLE t (id INTEGER PRIMARY KEY)\n"
        "CREATE TABLE log (a)\n"
        "CREATE TABLE c (t REFERENCES t ON DELETE CASCADE)\n"
        "CREATE TRIGGER r AFTER INSERT ON t BEGIN INSERT INTO log VALUES (1); END"
    )
    assert (await done(env, "INSERT INTO t VALUES (7)")).changes == 2
    await env.DB.exec("INSERT INTO c VALUES (7), (7)")
    assert (await done(env, "DELETE FROM t")).changes == 3


async def test_last_row_id_is_kept_by_the_connection(env: Any) -> None:
    await env.DB.exec("CREATE TABLE t (id INTEGER PRIMARY KEY)")
    await env.DB.exec("CREATE TABLE w (id TEXT PRIMARY KEY) WITHOUT ROWID")
    assert (await done(env, "INSERT INTO t VALUES (77)")).last_row_id == 77
    for sql in ("SELECT 1", "CREATE TABLE u (a)", "INSERT INTO w VALUES ('x')"):
        assert (await done(env, sql)).last_row_id == 77
    assert (await done(env, "SELECT last_insert_rowid()")).last_row_id == 77


async def test_last_row_id_is_not_rolled_back(env: Any) -> None:
    await env.DB.exec("CREATE TABLE t (id INTEGER PRIMARY KEY, a CHECK (a > 0))")
    with pytest.raises(JsException, match="CHECK constraint failed"):
        await done(env, "INSERT INTO t VALUES (5, 1); INSERT INTO t VALUES (6, 0)")
    assert (await done(env, "SELECT 1")).last_row_id == 5


async def test_inserts_of_triggers_leave_last_row_id_alone(env: Any) -> None:
    await env.DB.exec(
        "CREATE TABLE t (a)\nCREATE TABLE log (id INTEGER PRIMARY KEY)\n"
        "CREATE TRIGGER r AFTER INSERT ON t BEGIN INSERT INTO log VALUES (99); END"
    )
    assert (await done(env, "INSERT INTO t VALUES (1)")).last_row_id == 1


@pytest.mark.parametrize(
    ("sql", "is_change"),
    [
        ("SELECT * FROM t", False),
        ("UPDATE t SET a = a", True),
        ("UPDATE t SET a = 1 WHERE 0", False),
        ("DELETE FROM t", True),
        ("CREATE TABLE u (a)", True),
        ("CREATE VIEW v AS SELECT 1", False),
        ("ALTER TABLE t RENAME TO u", False),
    ],
)
async def test_changed_db_goes_by_rows_row_ids_and_size(
    env: Any, sql: str, is_change: bool
) -> None:
    await env.DB.exec("CREATE TABLE t (a)")
    await env.DB.exec("INSERT INTO t VALUES (1)")
    assert (await done(env, sql)).changed_db is is_change


async def test_the_size_grows_by_pages(env: Any) -> None:
    assert (await done(env, "SELECT 1")).size_after == 4096
    assert (await done(env, "SELECT 1")).size_after == 8192
    assert (await done(env, "CREATE TABLE t (a)")).size_after == 12288
    assert (await done(env, "DROP TABLE t")).size_after == 8192


async def test_the_runtimes_own_table_is_seen(env: Any) -> None:
    await env.DB.exec("CREATE TABLE t (a)")
    names = await env.DB.prepare("SELECT name FROM sqlite_schema ORDER BY 1").raw()
    assert names == [["_cf_METADATA"], ["t"]]


SETUP = """
CREATE TABLE t (id INTEGER PRIMARY KEY, a, b, c UNIQUE)
CREATE INDEX i ON t (b)
CREATE TABLE plain (x)
CREATE TABLE empty (x)
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20) INSERT INTO t SELECT i, i, i, i FROM n
INSERT INTO plain VALUES (1), (2), (3), (4), (5)
"""  # noqa: E501


@pytest.mark.parametrize(
    ("sql", "read", "written"),
    [
        ("SELECT 1", 0, 0),
        ("SELECT * FROM t", 20, 0),
        ("SELECT * FROM empty", 1, 0),
        ("SELECT * FROM t WHERE a = 7", 20, 0),
        ("SELECT * FROM t WHERE id = 7", 1, 0),
        ("SELECT * FROM t WHERE id = 99", 1, 0),
        ("SELECT * FROM t WHERE b = 7", 2, 0),
        ("SELECT c FROM t WHERE c = 7", 1, 0),
        ("SELECT * FROM t LIMIT 3", 3, 0),
        ("SELECT x FROM plain ORDER BY x", 10, 0),
        ("SELECT * FROM t ORDER BY b", 20, 0),
        ("SELECT count(*) FROM plain", 5, 0),
        ("SELECT max(id) FROM t", 1, 0),
        ("INSERT INTO plain VALUES (6)", 0, 1),
        ("INSERT INTO t VALUES (50, 50, 50, 50)", 1, 3),
        ("UPDATE t SET a = 0 WHERE id = 7", 1, 1),
        ("UPDATE t SET b = 0 WHERE id = 7", 1, 2),
        ("DELETE FROM t WHERE id = 7", 1, 1),
        ("DELETE FROM plain", 0, 5),
        ("REPLACE INTO t VALUES (7, 0, 0, 0)", 1, 3),
        ("CREATE TABLE u (a)", 1, 2),
        ("CREATE TABLE u (a UNIQUE)", 1, 3),
    ],
)
async def test_rows_are_counted_as_they_are_billed(
    env: Any, sql: str, read: int, written: int
) -> None:
    await env.DB.exec(SETUP)
    meta = await done(env, sql)
    assert (meta.rows_read, meta.rows_written) == (read, written)
