"""Values of D1: what bind takes, how it is stored, and what comes out."""

import array
import datetime
import enum
import uuid
from decimal import Decimal
from typing import Any

import pytest
from pyodide.ffi import JsException

from .refusals import refused


class Level(enum.IntEnum):
    HIGH = 3


class Name(enum.StrEnum):
    FIRST = "first"


@pytest.mark.parametrize(
    ("value", "kind", "back"),
    [
        (1, "real", 1),
        (1.5, "real", 1.5),
        (True, "real", 1),
        (False, "real", 0),
        (Level.HIGH, "real", 3),
        (Name.FIRST, "text", "first"),
        ("x\0y", "text", "x\0y"),
        ("", "text", ""),
        ("\ud800", "text", "\ufffd" * 3),
        (None, "null", None),
        (b"\x00\xff", "blob", [0, 255]),
        (b"", "blob", []),
        (memoryview(b"abc")[1:], "blob", [98, 99]),
        (array.array("H", [1, 258]), "blob", [1, 2]),
        ([1, 255.9, 0], "blob", [1, 255, 0]),
        ([], "blob", []),
        (float("nan"), "null", None),
        (float("inf"), "null", None),
        (-0.0, "real", 0),
        (2**53 - 2, "real", 2**53 - 2),
        (float(2**53), "real", float(2**53)),
    ],
)
async def test_a_value_is_stored_as_javascript_would(
    env: Any, value: Any, kind: str, back: Any
) -> None:
    sql = "SELECT typeof(?1) AS kind, ?1 AS value"
    row = await env.DB.prepare(sql).bind(value).first()
    assert (row.kind, row.value) == (kind, back)
    assert type(row.value) is type(back)


class Thing:
    def __str__(self) -> str:
        return "a thing"


ID = uuid.UUID("12345678123456781234567812345678")


@pytest.mark.parametrize(
    ("value", "kind", "shown"),
    [
        ({"a": 1}, "object", "[object Object]"),
        ({1}, "object", "[object Set]"),
        ([256], "object", "256"),
        ([-1], "object", "-1"),
        (["a", None], "object", "a,"),
        ([[1]], "object", "1"),
        ([1, None], "object", "1,"),
        ([True], "object", "true"),
        ([2**60], "object", str(2**60)),
        (2**53 - 1, "bigint", str(2**53 - 1)),
        (-(2**60), "bigint", str(-(2**60))),
        (frozenset({1}), "object", "frozenset({1})"),
        (datetime.date(2026, 1, 2), "object", "2026-01-02"),
        (datetime.timedelta(seconds=5), "object", "0:00:05"),
        (Decimal("1.50"), "object", "1.50"),
        (ID, "object", str(ID)),
        (1j, "object", "1j"),
        (range(3), "object", "range(0, 3)"),
        (Thing(), "object", "a thing"),
        (ValueError("no"), "object", "Error: no"),
        (
            datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC),
            "object",
            "Thu Jan 01 1970 00:00:00 GMT+0000 (Coordinated Universal Time)",
        ),
    ],
)
def test_any_other_value_is_refused_at_once(
    env: Any, value: Any, kind: str, shown: str
) -> None:
    with refused(
        f"Error: D1_TYPE_ERROR: Type '{kind}' not supported for value '{shown}'"
    ):
        env.DB.prepare("SELECT ?").bind(1, value)


@pytest.mark.parametrize("value", [Thing, len, lambda: None])
def test_a_function_is_refused_as_one(env: Any, value: Any) -> None:
    message = "D1_TYPE_ERROR: Type 'function' not supported for value '"
    with pytest.raises(JsException, match=message):
        env.DB.prepare("SELECT ?").bind(value)


def test_the_first_bad_value_is_named(env: Any) -> None:
    with refused(
        "Error: D1_TYPE_ERROR: Type 'object' not supported for value '[object Object]'"
    ):
        env.DB.prepare("SELECT ?").bind(1, {}, {1}, 2**60)


def test_keywords_are_one_more_value(env: Any) -> None:
    with refused(
        "Error: D1_TYPE_ERROR: Type 'object' not supported for value '[object Object]'"
    ):
        env.DB.prepare("SELECT ?").bind(1, a=1)


@pytest.mark.parametrize("value", [(1,), bytearray(b"x"), [(1,)]])
def test_what_cannot_be_sent_fails_at_the_call(env: Any, value: Any) -> None:
    with pytest.raises(TypeError, match=r"cannot be sent over RPC\."):
        env.DB.prepare("SELECT ?").bind(value)


@pytest.mark.parametrize(
    ("column", "value", "kind", "back"),
    [
        ("TEXT", 42, "text", "42.0"),
        ("TEXT", 1.5, "text", "1.5"),
        ("TEXT", True, "text", "1.0"),
        ("", 42, "real", 42),
        ("BLOB", 42, "real", 42),
        ("REAL", 42, "real", 42),
        ("INTEGER", 42, "integer", 42),
        ("INTEGER", 1.5, "real", 1.5),
        ("NUMERIC", 42, "integer", 42),
        ("NUMERIC", "42", "integer", 42),
        ("INTEGER", "x", "text", "x"),
        ("INTEGER", b"\x01", "blob", [1]),
        ("INTEGER PRIMARY KEY", 7, "integer", 7),
        ("INTEGER PRIMARY KEY", "7", "integer", 7),
    ],
)
async def test_a_column_converts_what_is_stored(
    env: Any, column: str, value: Any, kind: str, back: Any
) -> None:
    await env.DB.exec(f"CREATE TABLE t (a {column})")
    await env.DB.prepare("INSERT INTO t VALUES (?)").bind(value).run()
    found = await env.DB.prepare("SELECT typeof(a), a FROM t").raw()
    assert found == [[kind, back]]


MISMATCH = "datatype mismatch: SQLITE_MISMATCH"


@pytest.mark.parametrize(
    ("table", "value", "detail"),
    [
        ("t (a INTEGER PRIMARY KEY)", 7.5, MISMATCH),
        ("t (a INTEGER PRIMARY KEY)", "x", MISMATCH),
        (
            "t (a INT) STRICT",
            1.5,
            "cannot store REAL value in INT column t.a: SQLITE_CONSTRAINT"
            " (extended: SQLITE_CONSTRAINT_DATATYPE)",
        ),
        (
            "t (a INT) STRICT",
            "x",
            "cannot store TEXT value in INT column t.a: SQLITE_CONSTRAINT"
            " (extended: SQLITE_CONSTRAINT_DATATYPE)",
        ),
    ],
)
async def test_a_column_may_refuse_a_value(
    env: Any, table: str, value: Any, detail: str
) -> None:
    await env.DB.exec(f"CREATE TABLE {table}")
    with refused(f"Error: D1_ERROR: {detail}"):
        await env.DB.prepare("INSERT INTO t VALUES (?)").bind(value).run()


@pytest.mark.parametrize(("kind", "back"), [("INT", 3), ("TEXT", "3.0"), ("ANY", 3)])
async def test_a_strict_table_takes_what_can_be_converted(
    env: Any, kind: str, back: Any
) -> None:
    await env.DB.exec(f"CREATE TABLE t (a {kind}) STRICT")
    await env.DB.prepare("INSERT INTO t VALUES (?)").bind(3).run()
    assert await env.DB.prepare("SELECT a FROM t").first("a") == back


@pytest.mark.parametrize(
    ("sql", "value", "result"),
    [
        ("SELECT 7 / ?", 2, 3.5),
        ("SELECT ? || ''", 3, "3.0"),
        ("SELECT substr('abcdef', ?)", 3, "cdef"),
        ("SELECT printf('%d', ?)", 5, "5"),
        ("SELECT char(?)", 65, "A"),
        ("SELECT date(?, 'unixepoch')", 86400, "1970-01-02"),
        ("SELECT json_array(?)", 1, "[1.0]"),
        ("SELECT hex(?)", 65, "36352E30"),
        ("SELECT CAST(? AS INT) || ''", 3, "3"),
        ("SELECT 1 WHERE 5 = ?", 5, 1),
    ],
)
async def test_numbers_are_real_in_expressions(
    env: Any, sql: str, value: Any, result: Any
) -> None:
    assert await env.DB.prepare(sql).bind(value).raw() == [[result]]


@pytest.mark.parametrize(
    ("limit", "rows"), [(2, 2), ("2", 2), (True, 1), (-1, 3), (0, 0)]
)
async def test_a_limit_takes_whole_numbers(env: Any, limit: Any, rows: int) -> None:
    sql = "SELECT * FROM (VALUES (1), (2), (3)) LIMIT ?"
    assert len(await env.DB.prepare(sql).bind(limit).raw()) == rows


@pytest.mark.parametrize("limit", [1.5, "x", None])
async def test_a_limit_takes_nothing_else(env: Any, limit: Any) -> None:
    with refused(f"Error: D1_ERROR: {MISMATCH}"):
        await env.DB.prepare("SELECT 1 LIMIT ?").bind(limit).all()


async def test_a_json_path_with_a_bound_index_is_bad(env: Any) -> None:
    sql = "SELECT json_extract('[5, 6]', '$[' || ? || ']')"
    with refused("Error: D1_ERROR: bad JSON path: '$[1.0]': SQLITE_ERROR"):
        await env.DB.prepare(sql).bind(1).all()


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("1", 1),
        ("1.0", 1),
        ("1.5", 1.5),
        ("-0.0", 0),
        ("9007199254740991", 2**53 - 1),
        ("9007199254740993", float(2**53)),
        ("9223372036854775807", 9223372036854775807.0),
        ("1e999", None),
        ("-1e999", None),
        ("NULL", None),
        ("TRUE", 1),
        ("'é'", "é"),
        ("x'00ff'", [0, 255]),
        ("x''", []),
        ("CAST(x'61ff62' AS TEXT)", "a\ufffdb"),
        ('"no such column"', "no such column"),
    ],
)
async def test_what_comes_out(env: Any, expression: str, value: Any) -> None:
    [[found]] = await env.DB.prepare(f"SELECT {expression}").raw()
    assert (found, type(found)) == (value, type(value))
