"""Values into SQL and out of it; the answers are workerd's (measured 2026-07-30)."""

import math

import pytest

from pytest_cfbindings.javascript.arrays import JsArray
from pytest_cfbindings.javascript.boxed import JsBoolean, JsNumber
from pytest_cfbindings.javascript.buffers import DataView, JsArrayBuffer
from pytest_cfbindings.javascript.dates import JsDate
from pytest_cfbindings.javascript.errors import JsError
from pytest_cfbindings.javascript.maps import JsMap
from pytest_cfbindings.javascript.objects import JsObject
from pytest_cfbindings.javascript.regexps import JsRegExp
from pytest_cfbindings.javascript.typed_arrays import Uint8Array, Uint16Array
from pytest_cfbindings.javascript.values import JsBigInt, null, undefined

from .fakes import Instance, refusal


@pytest.mark.parametrize(
    ("given", "stored", "kind"),
    [
        (1, 1.0, "real"),
        (1.5, 1.5, "real"),
        (2**53, 2.0**53, "real"),
        (math.inf, math.inf, "real"),
        (math.nan, "null", "null"),
        (True, "true", "text"),
        (False, "false", "text"),
        (null, "null", "null"),
        (undefined, "null", "null"),
        ("a\0b", "a\0b", "text"),
        ("\ud800", "\ufffd\ufffd\ufffd", "text"),
        (JsArrayBuffer(b""), b"", "blob"),
        (Uint8Array.of_bytes(b"\1\2"), b"\1\2", "blob"),
        (Uint16Array(JsArrayBuffer(b"\1\0\2\0"), 2), b"\2\0", "blob"),
        (DataView(JsArrayBuffer(b"abc"), 1), b"bc", "blob"),
        (JsObject(), "[object Object]", "text"),
        (JsArray(), "", "text"),
        (JsArray([1, JsArray([2, 3])]), "1,2,3", "text"),
        (
            JsDate(0),
            "Thu Jan 01 1970 00:00:00 GMT+0000 (Coordinated Universal Time)",
            "text",
        ),
        (JsDate(math.nan), "Invalid Date", "text"),
        (JsMap(), "[object Map]", "text"),
        (JsRegExp("a", "g"), "/a/g", "text"),
        (JsError("e"), "Error: e", "text"),
        (JsNumber(5), "5", "text"),
        (JsBoolean(False), "false", "text"),
    ],
)
def test_a_binding_has_a_type_of_sqlite(
    sqlite: Instance, given: object, stored: object, kind: str
) -> None:
    [row] = sqlite.rows("SELECT ?1 AS v, typeof(?1) AS t", given)  # type: ignore[misc]
    assert row == {"v": stored, "t": kind}


def test_a_bigint_is_refused_before_the_statement_is_looked_at(
    sqlite: Instance,
) -> None:
    assert refusal(sqlite.sql.exec, "BOGUS", JsBigInt(1)) == (
        "TypeError: Cannot convert a BigInt value to a number"
    )


def test_columns_convert_what_they_store(sqlite: Instance) -> None:
    sqlite.sql.exec("CREATE TABLE t (i INTEGER, t TEXT, n, b BLOB)")
    sqlite.sql.exec("INSERT INTO t VALUES (?1, ?1, ?1, ?1)", 1)
    types = "SELECT typeof(i) i, typeof(t) t, typeof(n) n, typeof(b) b, t AS v FROM t"
    assert sqlite.rows(types) == [
        {"i": "integer", "t": "text", "n": "real", "b": "real", "v": "1.0"}
    ]


@pytest.mark.parametrize(
    ("expression", "given"),
    [
        ("9007199254740991", 9007199254740991),
        ("9007199254740993", 9007199254740992.0),
        ("-9223372036854775808", -9223372036854775808.0),
        ("1.5", 1.5),
        ("1e308 * 10", math.inf),
        ("NULL", "null"),
        ("CAST(x'ff41' AS TEXT)", "\ufffdA"),
        ("'a' || char(0) || 'b'", "a\0b"),
        ("zeroblob(2)", b"\0\0"),
    ],
)
def test_a_result_is_a_number_a_text_bytes_or_null(
    sqlite: Instance, expression: str, given: object
) -> None:
    assert sqlite.rows(f"SELECT {expression} AS v") == [{"v": given}]


def test_integers_beyond_the_safe_ones_are_doubles(sqlite: Instance) -> None:
    value = sqlite.sql.exec("SELECT 9007199254740993 AS v").one().js_get("v")
    assert type(value) is float
