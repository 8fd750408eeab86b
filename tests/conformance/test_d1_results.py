"""What D1 gives for a statement: all, run, first and raw."""

from typing import Any

import pytest
from pyodide.ffi import JsException

from .refusals import quiet, refused


async def test_a_row_is_a_dict_with_attributes(env: Any) -> None:
    row = await env.DB.prepare("SELECT 1 AS a, 'x' AS b").first()
    assert row == {"a": 1, "b": "x"}
    assert row.a == 1


@pytest.mark.parametrize("method", ["all", "run"])
async def test_all_and_run_give_success_meta_and_results(env: Any, method: str) -> None:
    statement = env.DB.prepare("SELECT 1 AS a UNION ALL SELECT 2")
    found = await getattr(statement, method)()
    assert list(found) == ["success", "meta", "results"]
    assert found.success is True
    assert found["results"] == found.results == [{"a": 1}, {"a": 2}]
    assert set(found.meta) == {
        *("served_by", "duration", "changes", "last_row_id", "changed_db"),
        *("size_after", "rows_read", "rows_written"),
    }


@pytest.mark.parametrize(
    ("sql", "rows"),
    [
        ("CREATE TABLE u (a)", []),
        ("INSERT INTO t VALUES (2)", []),
        ("SELECT a FROM t WHERE a > 5", []),
        ("INSERT INTO t VALUES (2), (3) RETURNING a", [{"a": 2}, {"a": 3}]),
        ("UPDATE t SET a = a + 1 RETURNING a AS new", [{"new": 2}]),
        ("DELETE FROM t RETURNING *", [{"a": 1}]),
    ],
)
async def test_results_are_a_list_whatever_the_statement(
    env: Any, sql: str, rows: list[Any]
) -> None:
    await env.DB.exec("CREATE TABLE t (a)")
    await env.DB.exec("INSERT INTO t VALUES (1)")
    assert (await env.DB.prepare(sql).run()).results == rows


async def test_first_gives_a_row_a_column_or_none(env: Any) -> None:
    statement = env.DB.prepare("SELECT 1 AS a, NULL AS n WHERE ?")
    assert await statement.bind(True).first() == {"a": 1, "n": None}
    assert await statement.bind(True).first("a") == 1
    assert await statement.bind(True).first("n") is None
    assert await statement.bind(False).first() is None
    assert await statement.bind(False).first("missing") is None


@pytest.mark.parametrize("column", ["A", "missing", None, 5])
async def test_first_refuses_a_column_that_is_not_there(env: Any, column: Any) -> None:
    shown = "null" if column is None else column
    with pytest.raises(JsException) as caught:
        await env.DB.prepare("SELECT 1 AS a").first(column)
    assert str(caught.value) == (
        f"Error: D1_COLUMN_NOTFOUND: Column not found ({shown})"
    )
    assert caught.value.cause.message == "Column not found"


async def test_first_runs_the_whole_statement(env: Any) -> None:
    await env.DB.exec("CREATE TABLE t (a)")
    insert = "INSERT INTO t VALUES (1), (2), (3) RETURNING a"
    assert await env.DB.prepare(insert).first("a") == 1
    assert await env.DB.prepare("SELECT count(*) FROM t").raw() == [[3]]


@quiet
@pytest.mark.parametrize(
    ("options", "has_names"),
    [
        ((), False),
        ((None,), False),
        (({},), False),
        (({"columnNames": False},), False),
        (({"columnNames": 0},), False),
        (({"column_names": True},), False),
        (({"columnNames": True},), True),
        (({"columnNames": 1},), True),
        (({"columnNames": "false"},), True),
    ],
)
async def test_raw_gives_lists_and_the_names_if_asked(
    env: Any, options: tuple[Any, ...], has_names: bool
) -> None:
    statement = env.DB.prepare("SELECT 1 AS a, 2 AS a")
    names = [["a", "a"]] if has_names else []
    assert await statement.raw(*options) == [*names, [1, 2]]


async def test_raw_takes_its_option_by_keyword(env: Any) -> None:
    statement = env.DB.prepare("SELECT 1 AS a WHERE 0")
    assert await statement.raw(columnNames=True) == [["a"]]
    create = env.DB.prepare("CREATE TABLE t (a)")
    assert await create.raw(columnNames=True) == [[]]


async def test_of_two_columns_of_one_name_the_last_is_kept(env: Any) -> None:
    statement = env.DB.prepare("SELECT 1 AS a, 'b' AS b, 2 AS a")
    row = await statement.first()
    assert list(row.items()) == [("a", 2), ("b", "b")]
    assert await statement.raw() == [[1, "b", 2]]


async def test_columns_are_in_javascripts_order(env: Any) -> None:
    row = await env.DB.prepare('SELECT 1 AS b, 2 AS "10", 3 AS "2", 4 AS a').first()
    assert list(row) == ["2", "10", "b", "a"]


async def test_a_column_may_have_any_name(env: Any) -> None:
    statement = env.DB.prepare("SELECT 1 AS __proto__, 2 AS keys, 3 AS ''")
    row = await statement.first()
    assert list(row.items()) == [("__proto__", 1), ("keys", 2), ("", 3)]
    assert await statement.first("__proto__") == 1


@pytest.mark.parametrize(
    ("sql", "names"),
    [
        ("SELECT count(*), 1+1, (SELECT 5)", ["count(*)", "1+1", "(SELECT 5)"]),
        ("SELECT * FROM t", ["Id", "b"]),
        ("SELECT id, B FROM t", ["Id", "b"]),
        ("SELECT t.Id AS x, upper( b ) FROM t", ["x", "upper( b )"]),
    ],
)
async def test_columns_are_named_as_sqlite_names_them(
    env: Any, sql: str, names: list[str]
) -> None:
    await env.DB.exec("CREATE TABLE t (Id, b)")
    assert (await env.DB.prepare(sql).raw(columnNames=True))[0] == names


async def test_a_statement_is_run_as_often_as_one_likes(env: Any) -> None:
    await env.DB.exec("CREATE TABLE t (a)")
    insert = env.DB.prepare("INSERT INTO t VALUES (?)").bind(1)
    for _ in range(3):
        await insert.run()
    assert await env.DB.prepare("SELECT count(*) FROM t").raw() == [[3]]


async def test_a_statement_shows_its_text_and_its_values(env: Any) -> None:
    statement = env.DB.prepare("SELECT ?1, ?2")
    assert statement.statement == "SELECT ?1, ?2"
    assert [*statement.bind(1, "x").params] == [1, "x"]


@pytest.mark.parametrize("name", ["query", "nothing", "with_session"])
def test_there_are_no_other_methods(env: Any, name: str) -> None:
    with pytest.raises(AttributeError, match=f"^{name}$"):
        getattr(env.DB, name)


async def test_prepare_bind_and_with_session_are_no_coroutines(env: Any) -> None:
    session = env.DB.withSession()
    assert session.getBookmark() is None
    assert await session.prepare("SELECT ?").bind(1).raw() == [[1]]


async def test_dump_is_gone(env: Any) -> None:
    with refused("Error: D1_DUMP_ERROR: Status + 404"):
        await env.DB.dump()
