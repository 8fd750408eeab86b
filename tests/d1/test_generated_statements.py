"""Generated SQL: the same rows as plain SQLite's, and whole batches or none."""

from typing import Any

import apsw
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyodide.ffi import JsException

from pytest_cfbindings import Cf

SCHEMA = (
    "CREATE TABLE t (id INTEGER PRIMARY KEY, a INTEGER UNIQUE, b TEXT NOT NULL)",
    "CREATE TABLE log (n INTEGER)",
    "CREATE TRIGGER tr AFTER INSERT ON t BEGIN INSERT INTO log VALUES (NEW.a); END",
)
NUMBERS = st.integers(0, 5)
TEXTS = st.sampled_from(["'x'", "'y'", "NULL"])
CONDITIONS = st.one_of(
    st.builds("a {} {}".format, st.sampled_from(["=", "<", ">", "<>"]), NUMBERS),
    st.builds("id IN ({}, {})".format, NUMBERS, NUMBERS),
    st.builds("b LIKE {}".format, TEXTS),
)
CHANGES = st.one_of(
    st.builds("INSERT INTO t (a, b) VALUES ({}, {})".format, NUMBERS, TEXTS),
    st.builds("INSERT OR IGNORE INTO t VALUES ({0}, {0}, {1})".format, NUMBERS, TEXTS),
    st.builds("REPLACE INTO t VALUES ({}, {}, {})".format, NUMBERS, NUMBERS, TEXTS),
    st.builds("UPDATE t SET a = a + {} WHERE {}".format, NUMBERS, CONDITIONS),
    st.builds("UPDATE t SET b = {} WHERE {}".format, TEXTS, CONDITIONS),
    st.builds("DELETE FROM t WHERE {}".format, CONDITIONS),
    st.just("INSERT INTO missing VALUES (1)"),
)
QUERIES = st.one_of(
    st.builds("SELECT * FROM t WHERE {} ORDER BY id".format, CONDITIONS),
    st.builds(
        "SELECT b, count(*), sum(a) FROM t WHERE {} GROUP BY b".format, CONDITIONS
    ),
    st.builds("SELECT * FROM t JOIN log ON a = n WHERE {}".format, CONDITIONS),
)
generated = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def plain() -> apsw.Connection:
    connection = apsw.Connection(":memory:")
    connection.execute("PRAGMA recursive_triggers = OFF")
    for statement in SCHEMA:
        connection.execute(statement)
    return connection


def run_plainly(connection: apsw.Connection, changes: list[str]) -> bool:
    """One transaction; whether it was kept."""
    connection.execute("BEGIN")
    try:
        for change in changes:
            connection.execute(change)
    except apsw.Error:
        connection.execute("ROLLBACK")
        return False
    connection.execute("COMMIT")
    return True


@generated
@given(st.lists(st.lists(CHANGES, min_size=1, max_size=4), max_size=4), QUERIES)
def test_batches_leave_what_transactions_of_plain_sqlite_leave(
    cf: Cf, env: Any, batches: list[list[str]], query: str
) -> None:
    cf.reset()
    connection = plain()

    async def play() -> None:
        await env.DB.exec("\n".join(SCHEMA))
        for batch in batches:
            kept = run_plainly(connection, batch)
            try:
                await env.DB.batch([env.DB.prepare(change) for change in batch])
            except JsException:
                assert not kept
            else:
                assert kept
        for sql in (query, "SELECT * FROM t", "SELECT * FROM log"):
            expected = [list(row) for row in connection.execute(sql)]
            assert await env.DB.prepare(sql).raw() == expected

    cf.run(play())
