"""Statements of D1: parameters, and what a text may hold."""

from typing import Any

import pytest
from pyodide.ffi import JsException

from .refusals import refused

WRONG_NUMBER = "Error: D1_ERROR: Wrong number of parameter bindings for SQL query."
NO_STATEMENTS = "Error: D1_ERROR: No SQL statements detected."
NO_STATEMENT = "Error: D1_ERROR: SQL code did not contain a statement."


async def test_prepare_parses_nothing(env: Any) -> None:
    statement = env.DB.prepare("SELEC")
    with refused(
        'Error: D1_ERROR: near "SELEC": syntax error at offset 0: SQLITE_ERROR'
    ):
        await statement.run()


async def test_bind_makes_another_statement(env: Any) -> None:
    statement = env.DB.prepare("SELECT ? AS a")
    bound = statement.bind(1)
    assert await bound.bind(2).first("a") == 2
    assert await bound.first("a") == 1
    with refused(WRONG_NUMBER):
        await statement.first("a")
    with refused(WRONG_NUMBER):
        await bound.bind().first("a")


@pytest.mark.parametrize(
    ("sql", "values", "row"),
    [
        ("SELECT ?, ?", (1, 2), [1, 2]),
        ("SELECT ?2, ?1", (1, 2), [2, 1]),
        ("SELECT ?002, ?1", (1, 2), [2, 1]),
        ("SELECT ?1, ?1", (1,), [1, 1]),
        ("SELECT ?2, ?", (1, 2, 3), [2, 3]),
        ("SELECT ?3", (1, 2, 3), [3]),
    ],
)
async def test_parameters_are_numbered(
    env: Any, sql: str, values: tuple[int, ...], row: list[int]
) -> None:
    assert await env.DB.prepare(sql).bind(*values).raw() == [row]


@pytest.mark.parametrize(
    ("sql", "values"),
    [
        *[("SELECT ?, ?", ()), ("SELECT ?, ?", (1,)), ("SELECT ?, ?", (1, 2, 3))],
        *[("SELECT ?2", (1,)), ("SELECT 1", (1,)), ("CREATE TABLE t (a)", (1,))],
    ],
)
async def test_the_number_of_values_has_to_be_right(
    env: Any, sql: str, values: tuple[int, ...]
) -> None:
    with refused(WRONG_NUMBER):
        await env.DB.prepare(sql).bind(*values).all()


@pytest.mark.stricter_than_local("whether production takes them is not known")
@pytest.mark.parametrize("name", [":a", "@a", "$a"])
async def test_named_parameters_are_refused(env: Any, name: str) -> None:
    with pytest.raises(JsException, match=r"D1_ERROR: .*amed parameter"):
        await env.DB.prepare(f"SELECT {name} AS a").bind(1).first()


@pytest.mark.parametrize(
    ("sql", "detail"),
    [
        ("SELECT ?0", "variable number must be between ?1 and ?100 at offset 7"),
        ("SELECT ?101", "variable number must be between ?1 and ?100 at offset 7"),
        ("CREATE VIEW v AS SELECT ?", "parameters are not allowed in views"),
        (
            "CREATE TRIGGER r AFTER INSERT ON t BEGIN SELECT ?; END",
            "trigger cannot use variables",
        ),
        (
            "CREATE TABLE u (a CHECK (a > ?))",
            "parameters prohibited in CHECK constraints at offset 29",
        ),
        (
            "CREATE INDEX i ON t (a) WHERE a > ?",
            "parameters prohibited in partial index WHERE clauses at offset 34",
        ),
        ("SELECT * FROM ?", 'near "?": syntax error at offset 14'),
        ("SELECT 1 AS ?", 'near "?": syntax error at offset 12'),
        ("CREATE TABLE u (a DEFAULT ?)", 'near "?": syntax error at offset 26'),
    ],
)
async def test_where_no_parameter_can_be(env: Any, sql: str, detail: str) -> None:
    await env.DB.exec("CREATE TABLE t (a)")
    with refused(f"Error: D1_ERROR: {detail}: SQLITE_ERROR"):
        await env.DB.prepare(sql).bind(1).all()


@pytest.mark.parametrize("sql", ["", " \n\t", "  -- a note", " \n -- a\n\t-- b\n"])
async def test_a_blank_text_is_none(env: Any, sql: str) -> None:
    with refused(NO_STATEMENTS):
        await env.DB.prepare(sql).all()


@pytest.mark.parametrize(
    "sql",
    [";", "-- c", "/* c */", "SELECT 1;;", "SELECT 1; -- c", "SELECT 1; /* c */", ";;"],
)
async def test_a_text_without_a_statement_at_its_end_is_refused(
    env: Any, sql: str
) -> None:
    with refused(NO_STATEMENT):
        await env.DB.prepare(sql).all()


@pytest.mark.parametrize(
    "sql", [";;SELECT 1", "SELECT 1;", "SELECT 1; \t\r\n\v\f", "/* c */ SELECT 1 -- c"]
)
async def test_semicolons_and_space_around_a_statement_do_no_harm(
    env: Any, sql: str
) -> None:
    assert await env.DB.prepare(sql).raw() == [[1]]


async def test_of_several_statements_the_last_gives_the_result(env: Any) -> None:
    sql = "CREATE TABLE t (a); INSERT INTO t VALUES (1), (2); SELECT a FROM t"
    found = await env.DB.prepare(sql).all()
    assert found.results == [{"a": 1}, {"a": 2}]
    assert (found.meta.changes, found.meta.last_row_id) == (2, 2)
    assert (found.meta.rows_read, found.meta.rows_written) == (2, 0)


async def test_several_statements_are_one_transaction(env: Any) -> None:
    detail = 'near "SELEC": syntax error at offset 0: SQLITE_ERROR'
    with refused(f"Error: D1_ERROR: {detail}"):
        await env.DB.prepare("CREATE TABLE t (a); SELEC").run()
    with refused("Error: D1_ERROR: no such table: t: SQLITE_ERROR"):
        await env.DB.prepare("SELECT * FROM t").all()


async def test_only_the_last_of_several_has_parameters(env: Any) -> None:
    assert await env.DB.prepare("SELECT 1; SELECT ?").bind(2).raw() == [[2]]
    with refused(
        "Error: D1_ERROR: When executing multiple SQL statements in a single call, only"
        " the last statement can have parameters."
    ):
        await env.DB.prepare("SELECT ?; SELECT 2").bind(1).raw()


@pytest.mark.parametrize(
    ("sql", "offset"),
    [("SELECT 'é', c", 13), ("  SELECT c", 9), ("SELECT 1;  SELECT c", 7)],
)
async def test_offsets_are_bytes_of_the_failing_statement(
    env: Any, sql: str, offset: int
) -> None:
    with refused(
        f"Error: D1_ERROR: no such column: c at offset {offset}: SQLITE_ERROR"
    ):
        await env.DB.prepare(sql).all()


async def test_a_text_ends_at_a_nul(env: Any) -> None:
    with refused(NO_STATEMENT):
        await env.DB.prepare("SELECT 1\0").all()


async def test_rows_that_an_earlier_statement_returns_are_refused(env: Any) -> None:
    await env.DB.exec("CREATE TABLE t (a)")
    with pytest.raises(JsException):
        await env.DB.prepare("INSERT INTO t VALUES (1) RETURNING a; SELECT 2").run()
    assert await env.DB.prepare("SELECT * FROM t").raw() == []


async def test_rows_of_an_earlier_select_are_dropped(env: Any) -> None:
    assert await env.DB.prepare("SELECT 1 AS a; SELECT 2 AS b").raw() == [[2]]
