import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_cfbindings.config.sql_statements import (
    SeveralTransactions,
    split_statements,
)


@pytest.mark.parametrize(
    ("sql", "statements"),
    [
        ("SELECT 1;", ["SELECT 1;"]),
        ("SELECT 1; SELECT 2", ["SELECT 1", "SELECT 2"]),
        ("a ';' b; c", ["a ';' b", "c"]),
        ('a ";" b; `;`; [;]', ['a ";" b', "`;`", "[;]"]),
        ("a -- ;\n; b", ["a -- ;", "b"]),
        ("a /* ; */; b", ["a /* ; */", "b"]),
        ("a; -- only a comment", ["a"]),
        (";;a;;b;;", ["a", "b"]),
        (
            "CREATE TEMP TRIGGER t BEGIN a; b; END; c",
            ["CREATE TEMP TRIGGER t BEGIN a; b; END", "c"],
        ),
        ("BEGIN TRANSACTION; a; b; COMMIT;", ["a", "b"]),
        ("a; 'unclosed ; b", ["a", "'unclosed ; b"]),
        ("a; /* unclosed", ["a"]),
    ],
)
def test_statements_end_where_sqlite_says(sql: str, statements: list[str]) -> None:
    assert split_statements(sql) == statements


def test_two_transactions_cannot_be_split() -> None:
    with pytest.raises(SeveralTransactions, match="contains several transactions"):
        split_statements("BEGIN TRANSACTION; BEGIN TRANSACTION;")


@given(st.text(";'\"`[]-/*\n aEND"))
def test_any_text_has_at_least_one_statement(sql: str) -> None:
    assert split_statements(sql)
