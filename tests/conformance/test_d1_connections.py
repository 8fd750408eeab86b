"""What D1 keeps between requests: the connection, the bindings, the sessions."""

import asyncio
from typing import Any

import pytest
from pyodide.ffi import JsException

from .refusals import refused


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


async def test_a_call_has_happened_whether_or_not_it_is_awaited(env: Any) -> None:
    pending = env.DB.prepare("CREATE TABLE t (a)").run()
    assert await env.DB.prepare("SELECT * FROM t").raw() == []
    await pending


@pytest.mark.parametrize(
    "pragma",
    [
        *("case_sensitive_like", "recursive_triggers", "ignore_check_constraints"),
        *("legacy_alter_table", "reverse_unordered_selects"),
    ],
)
async def test_pragmas_last(env: Any, pragma: str) -> None:
    await env.DB.prepare(f"PRAGMA {pragma} = on").run()
    if pragma == "case_sensitive_like":
        assert await env.DB.prepare("SELECT 'A' LIKE 'a'").raw() == [[0]]
    else:
        assert await env.DB.prepare(f"PRAGMA {pragma}").raw() == [[1]]


async def test_a_violation_at_the_end_makes_a_new_connection(env: Any) -> None:
    await env.DB.exec(
        "CREATE TABLE p (id INTEGER PRIMARY KEY)\n"
        "CREATE TABLE c (p REFERENCES p DEFERRABLE INITIALLY DEFERRED)\n"
        "INSERT INTO p VALUES (77)\nPRAGMA recursive_triggers = on"
    )
    with pytest.raises(JsException, match="state where constraints were violated"):
        await env.DB.prepare("INSERT INTO c VALUES (1)").run()
    assert await env.DB.prepare("PRAGMA recursive_triggers").raw() == [[0]]


async def test_the_clock_of_sql_is_utc(env: Any) -> None:
    row = await env.DB.prepare(
        "SELECT datetime('now') AS now, datetime('now', 'localtime') AS here"
    ).first()
    assert row.now == row.here


def test_a_database_is_no_container(env: Any) -> None:
    assert bool(env.DB) is True
    with pytest.raises(TypeError, match=r"'D1Database' object has no len\(\)"):
        len(env.DB)
    assert env.DB is env.DB


class TestSessions:
    """`withSession`: the same database, and bookmarks of what was seen."""

    @pytest.mark.parametrize(
        "start",
        [(), (None,), ("",), (" ",), ("first-primary",), (" first-unconstrained ",)],
    )
    async def test_a_bookmark_is_there_once_a_request_succeeded(
        self, env: Any, start: tuple[Any, ...]
    ) -> None:
        session = env.DB.withSession(*start)
        assert session.getBookmark() is None
        await session.prepare("SELECT 1").run()
        assert len(session.getBookmark()) == 59

    @pytest.mark.parametrize("text", ["First-Primary", "zzz", " any text "])
    async def test_any_other_text_is_the_bookmark(self, env: Any, text: str) -> None:
        assert env.DB.withSession(text).getBookmark() == text.strip()

    async def test_bookmarks_rise_with_every_request(self, env: Any) -> None:
        session = env.DB.withSession("first-primary")
        seen = []
        for _ in range(3):
            await session.prepare("SELECT 1").run()
            seen.append(session.getBookmark())
        await env.DB.prepare("SELECT 1").run()
        await session.batch([session.prepare("SELECT 1")])
        seen.append(session.getBookmark())
        assert seen == sorted(set(seen))
        counters = [bookmark.split("-") for bookmark in seen]
        assert [[len(part) for part in parts] for parts in counters] == [
            [8, 8, 8, 32]
        ] * 4

    async def test_a_bookmark_goes_on_where_it_was(self, env: Any) -> None:
        session = env.DB.withSession()
        await session.prepare("SELECT 1").run()
        again = env.DB.withSession(session.getBookmark())
        assert again.getBookmark() == session.getBookmark()
        await again.prepare("SELECT 1").run()
        assert again.getBookmark() > session.getBookmark()

    async def test_a_greater_bookmark_stays(self, env: Any) -> None:
        session = env.DB.withSession("zzz")
        await session.prepare("SELECT 1").run()
        assert session.getBookmark() == "zzz"

    async def test_a_failed_request_changes_no_bookmark(self, env: Any) -> None:
        session = env.DB.withSession()
        with refused("Error: D1_ERROR: no such table: t: SQLITE_ERROR"):
            await session.prepare("SELECT * FROM t").run()
        assert session.getBookmark() is None

    async def test_a_session_sees_and_changes_the_same_data(self, env: Any) -> None:
        session = env.DB.withSession()
        await session.prepare("CREATE TABLE t (a)").run()
        await session.batch([session.prepare("INSERT INTO t VALUES (?)").bind(1)])
        assert await env.DB.prepare("SELECT a FROM t").raw() == [[1]]

    @pytest.mark.parametrize("value", [5, True, {}, ["x"]])
    def test_only_text_begins_a_session(self, env: Any, value: Any) -> None:
        with refused("TypeError: constraintOrBookmark?.trim is not a function"):
            env.DB.withSession(value)

    @pytest.mark.parametrize("name", ["exec", "dump", "withSession"])
    def test_a_session_has_fewer_methods(self, env: Any, name: str) -> None:
        with pytest.raises(AttributeError, match=f"^{name}$"):
            getattr(env.DB.withSession(), name)
