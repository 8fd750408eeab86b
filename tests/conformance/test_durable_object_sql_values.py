"""Values in the SQL of Durable Objects, on their way in and out."""

import datetime
import math
from typing import Any

import pytest

from .refusals import quiet, refused


@quiet
@pytest.mark.parametrize(
    ("value", "kind", "back"),
    [
        (1, "real", 1),
        (1.5, "real", 1.5),
        (-0.0, "real", 0),
        (2**53 - 2, "real", 2**53 - 2),
        (math.nan, "null", None),
        (None, "null", None),
        (True, "text", "true"),
        (False, "text", "false"),
        ("x\0y", "text", "x\0y"),
        ("", "text", ""),
        ({}, "text", "[object Object]"),
        ([1, 2], "text", "1,2"),
        ({1}, "text", "[object Set]"),
        (
            datetime.datetime(1970, 1, 1),
            "text",
            "Thu Jan 01 1970 00:00:00 GMT+0000 (Coordinated Universal Time)",
        ),
    ],
)
def test_a_value_has_the_type_that_the_runtime_binds(
    sqlite: Any, value: Any, kind: str, back: Any
) -> None:
    row = sqlite.sql.exec("SELECT typeof(?1) AS kind, ?1 AS value", value).one()
    assert (row.kind, row.value, type(row.value)) == (kind, back, type(back))


@pytest.mark.parametrize("value", [b"\x00\xff", b"", memoryview(b"abcd")[1:3]])
def test_bytes_are_blobs_and_come_back_as_a_memoryview(sqlite: Any, value: Any) -> None:
    row = sqlite.sql.exec("SELECT typeof(?1) AS kind, ?1 AS value", value).one()
    assert (row.kind, type(row.value)) == ("blob", memoryview)
    assert bytes(row.value) == bytes(value)


@pytest.mark.parametrize("value", [2**53 - 1, -(2**60)])
def test_integers_that_become_a_bigint_are_refused(sqlite: Any, value: int) -> None:
    with refused("TypeError: Cannot convert a BigInt value to a number"):
        sqlite.sql.exec("SELECT ?", value)


@pytest.mark.parametrize("value", [(1,), bytearray(b"x")])
def test_what_cannot_be_sent_fails_at_the_call(sqlite: Any, value: Any) -> None:
    with pytest.raises(TypeError, match=r"cannot be sent over RPC\."):
        sqlite.sql.exec("SELECT ?", value)


@pytest.mark.parametrize(
    ("column", "value", "kind", "back"),
    [
        *[("INTEGER", 1, "integer", 1), ("TEXT", 1, "text", "1.0")],
        *[("", 1, "real", 1), ("BLOB", 1, "real", 1), ("REAL", 1, "real", 1)],
        *[("INTEGER", True, "text", "true"), ("NUMERIC", "1", "integer", 1)],
    ],
)
def test_a_column_converts_what_is_stored(
    sqlite: Any, column: str, value: Any, kind: str, back: Any
) -> None:
    sqlite.sql.exec(f"CREATE TABLE t (a {column})")
    sqlite.sql.exec("INSERT INTO t VALUES (?)", value)
    row = sqlite.sql.exec("SELECT typeof(a) AS kind, a FROM t").one()
    assert (row.kind, row.a) == (kind, back)


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        *[("1", 1), ("1.0", 1), ("1.5", 1.5), ("NULL", None), ("TRUE", 1)],
        *[("9007199254740991", 2**53 - 1), ("9007199254740993", float(2**53))],
        *[("9223372036854775807", 9223372036854775807.0), ("1e999", math.inf)],
        *[("CAST(x'61ff62' AS TEXT)", "a\ufffdb"), ("'é'", "é")],
    ],
)
def test_what_comes_out(sqlite: Any, expression: str, value: Any) -> None:
    found = sqlite.sql.exec(f"SELECT {expression} AS v").one().v
    assert (found, type(found)) == (value, type(value))
