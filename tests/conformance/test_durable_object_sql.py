"""SQL in Durable Objects as a Worker meets it."""

from collections.abc import Callable
from typing import Any

import pytest
from pyodide.ffi import JsException


@pytest.fixture
async def book(object_of: Callable[..., Any]) -> Any:
    """An object with a table of three rows."""
    stub = object_of("NOTEBOOK")
    await stub.run("CREATE TABLE t (a INTEGER PRIMARY KEY); INSERT INTO t VALUES (1)")
    await stub.run("INSERT INTO t VALUES (?), (?)", 2, 3)
    return stub


async def test_rows_are_dicts(book: Any) -> None:
    assert await book.query("SELECT a, a * 2 AS b FROM t WHERE a > ?", 1) == [
        {"a": 2, "b": 4},
        {"a": 3, "b": 6},
    ]


async def test_raw_rows_are_lists(book: Any) -> None:
    assert await book.raw("SELECT a, a FROM t WHERE a = 1") == [[1, 1]]


async def test_one_is_exactly_one(book: Any) -> None:
    assert (await book.one("SELECT a FROM t WHERE a = 1"))["a"] == 1
    with pytest.raises(JsException, match="got multiple results"):
        await book.one("SELECT a FROM t")
    with pytest.raises(JsException, match="got no results"):
        await book.one("SELECT a FROM t WHERE a = 9")


async def test_a_cursor_knows_its_columns_and_its_counts(book: Any) -> None:
    assert await book.described("SELECT a FROM t") == [["a"], 3, 3, 0]
    assert await book.described("DELETE FROM t WHERE a = 1") == [[], 0, 1, 1]


@pytest.mark.parametrize(
    ("value", "kind"),
    [(1, "real"), (1.5, "real"), ("1", "text"), (True, "text"), (None, "null")],
)
async def test_a_binding_has_a_type(book: Any, value: Any, kind: str) -> None:
    assert await book.query("SELECT typeof(?) AS t", value) == [{"t": kind}]


async def test_bytes_are_blobs(book: Any) -> None:
    assert await book.query("SELECT hex(?) AS h", b"\x00\xff") == [{"h": "00FF"}]


@pytest.mark.parametrize(
    ("sql", "text"),
    [
        ("SELEC", 'near "SELEC": syntax error at offset 0: SQLITE_ERROR'),
        ("SELECT ?", "Wrong number of parameter bindings for SQL query."),
        ("PRAGMA user_version", "not authorized: SQLITE_AUTH"),
        (
            "INSERT INTO t VALUES (1)",
            "UNIQUE constraint failed: t.a: SQLITE_CONSTRAINT"
            " (extended: SQLITE_CONSTRAINT_PRIMARYKEY)",
        ),
    ],
)
async def test_errors_have_the_words_of_workerd(book: Any, sql: str, text: str) -> None:
    with pytest.raises(JsException) as error:
        await book.run(sql)
    assert str(error.value).rstrip().endswith(text)


async def test_rows_of_a_write_that_nobody_reads_reset_the_object(
    env: Any,
) -> None:
    stub = env.NOTEBOOK.getByName("one")
    await stub.run("CREATE TABLE t (a INTEGER PRIMARY KEY); INSERT INTO t VALUES (1)")
    with pytest.raises(JsException, match="internal error"):
        await stub.return_unread()
    again = env.NOTEBOOK.getByName("one")
    assert await again.query("SELECT count(*) AS n FROM t") == [{"n": 1}]
