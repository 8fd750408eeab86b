"""What workerd's SQLite does otherwise than a newer one (measured)."""

import pytest

from pytest_cfbindings.sqlite.database import Database
from pytest_cfbindings.sqlite.errors import SqlError


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ("CAST(0.1 + 0.2 AS TEXT)", "0.3"),
        ("9007199254740991.0 || ''", "9.00719925474099e+15"),
        ("replace(1.5707963267948966, 'x', '')", "1.5707963267949"),
        ("1e20 || ''", "1.0e+20"),
        ("5e-324 || ''", "4.94065645841247e-324"),
    ],
)
def test_a_number_has_15_digits_as_text(
    database: Database, expression: str, text: str
) -> None:
    assert database.query(f"SELECT {expression}").rows() == [(text,)]


def test_a_text_column_stores_them(database: Database) -> None:
    database.query("CREATE TABLE t (a TEXT, b)")
    database.query("INSERT INTO t VALUES (?1, ?1)", (0.1 + 0.2,))
    assert database.query("SELECT a, b FROM t").rows() == [("0.3", 0.1 + 0.2)]


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        ("'-', 'a', '', 'b'", "a-b"),
        ("'-', '', 'b'", "b"),
        ("'-', ''", ""),
        ("'-', NULL, 'a', NULL", "a"),
        ("'', 'a', 'b'", "ab"),
        ("NULL, 'a'", None),
        ("1.5, 0.1 + 0.2, x'41', 7, 1e20", "0.31.5A1.571.51.0e+20"),
    ],
)
def test_concat_ws_leaves_empty_text_out(
    database: Database, arguments: str, text: str | None
) -> None:
    assert database.query(f"SELECT concat_ws({arguments})").rows() == [(text,)]


@pytest.mark.parametrize(
    ("call", "offset"),
    [
        ("iif(1, 2)", 7),
        ("IIF (1, 2, 3, 4)", 7),
        ("'ä', iif(1, iif(2, 3), 4)", 20),
        ("concat_ws('-')", 7),
        ("concat_ws()", 7),
    ],
)
def test_a_wrong_number_of_arguments_is_refused(
    database: Database, call: str, offset: int
) -> None:
    with pytest.raises(SqlError) as caught:
        database.query(f"SELECT {call}")
    name = "IIF" if "IIF" in call else "iif" if "iif" in call else "concat_ws"
    assert caught.value.text == (
        f"wrong number of arguments to function {name}() at offset {offset}:"
        " SQLITE_ERROR"
    )


@pytest.mark.parametrize(
    "expression",
    ["iif(abs(-1), max(1, 2, 3), (4))", "'iif(1)'", "concat_ws('(', ',', ')')"],
)
def test_the_right_number_is_not(database: Database, expression: str) -> None:
    assert len(database.query(f"SELECT {expression}").rows()) == 1


@pytest.mark.parametrize(
    "rows", ["SELECT x'ff' AS a", "SELECT 'a' AS a UNION ALL SELECT x'ff'"]
)
def test_text_that_is_no_utf_8_is_refused_rather_than_lost(
    database: Database, rows: str
) -> None:
    with pytest.raises(SqlError, match="given text that is not UTF-8"):
        database.query(f"SELECT concat_ws('-', CAST(a AS TEXT)) FROM ({rows})").rows()


def test_as_bytes_it_is_taken_for_text(database: Database) -> None:
    query = "SELECT concat_ws('-', CAST(CAST(x'ff' AS TEXT) AS BLOB), 'b')"
    assert database.query(query).rows() == [("\ufffd-b",)]
