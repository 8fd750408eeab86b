"""Errors of D1: the texts of SQLite, as workerd passes them on."""

from typing import Any

import pytest
from pyodide.ffi import JsException

from .refusals import refused

SETUP = """
CREATE TABLE p (id INTEGER PRIMARY KEY, a NOT NULL, b UNIQUE, c CHECK (c > 0), d CONSTRAINT small CHECK (d < 9))
CREATE TABLE c (p REFERENCES p)
CREATE TABLE wrong (p REFERENCES c(p))
CREATE TABLE two (a, b, UNIQUE (a, b))
CREATE UNIQUE INDEX ix ON two (lower(a))
CREATE TABLE w (k PRIMARY KEY) WITHOUT ROWID
CREATE TABLE guarded (a)
CREATE TRIGGER g BEFORE INSERT ON guarded BEGIN SELECT RAISE(ABORT, 'not today'); END
CREATE TRIGGER h BEFORE DELETE ON guarded BEGIN SELECT RAISE(FAIL, 'not ever'); END
INSERT INTO p VALUES (1, 1, 1, 1, 1)
INSERT INTO two VALUES ('a', 1)
INSERT INTO w VALUES (1)
"""  # noqa: E501


def constraint(text: str, kind: str) -> str:
    return f"{text}: SQLITE_CONSTRAINT (extended: SQLITE_CONSTRAINT_{kind})"


@pytest.mark.parametrize(
    ("sql", "detail"),
    [
        ("SELEC", 'near "SELEC": syntax error at offset 0: SQLITE_ERROR'),
        ("SELECT (1", "incomplete input: SQLITE_ERROR"),
        ("SELECT 'x", 'unrecognized token: "\'x" at offset 7: SQLITE_ERROR'),
        ("SELECT 1 2", 'near "2": syntax error at offset 9: SQLITE_ERROR'),
        ("SELECT * FROM nope", "no such table: nope: SQLITE_ERROR"),
        ("SELECT nope FROM p", "no such column: nope at offset 7: SQLITE_ERROR"),
        ("SELECT p.nope FROM p", "no such column: p.nope at offset 7: SQLITE_ERROR"),
        ("SELECT nope(1)", "no such function: nope at offset 7: SQLITE_ERROR"),
        (
            "SELECT abs()",
            "wrong number of arguments to function abs() at offset 7: SQLITE_ERROR",
        ),
        (
            "INSERT INTO p (nope) VALUES (1)",
            "table p has no column named nope: SQLITE_ERROR",
        ),
        (
            "INSERT INTO w VALUES (1, 2)",
            "table w has 1 columns but 2 values were supplied: SQLITE_ERROR",
        ),
        ("CREATE TABLE p (a)", "table p already exists at offset 13: SQLITE_ERROR"),
        ("DROP TABLE nope", "no such table: nope: SQLITE_ERROR"),
        (
            "CREATE INDEX i ON p (nope)",
            "no such column: nope at offset 21: SQLITE_ERROR",
        ),
        ("SELECT a FROM p, two", "ambiguous column name: a at offset 7: SQLITE_ERROR"),
        (
            "INSERT INTO p VALUES (1, 1, 2, 1, 1)",
            constraint("UNIQUE constraint failed: p.id", "PRIMARYKEY"),
        ),
        (
            "INSERT INTO w VALUES (1)",
            constraint("UNIQUE constraint failed: w.k", "PRIMARYKEY"),
        ),
        (
            "INSERT INTO p VALUES (2, 1, 1, 1, 1)",
            constraint("UNIQUE constraint failed: p.b", "UNIQUE"),
        ),
        (
            "INSERT INTO two VALUES ('a', 1)",
            constraint("UNIQUE constraint failed: index 'ix'", "UNIQUE"),
        ),
        (
            "DROP INDEX ix; INSERT INTO two VALUES ('a', 1)",
            constraint("UNIQUE constraint failed: two.a, two.b", "UNIQUE"),
        ),
        (
            "INSERT INTO p (id) VALUES (5)",
            constraint("NOT NULL constraint failed: p.a", "NOTNULL"),
        ),
        (
            "INSERT INTO p VALUES (2, 1, 2, 0, 1)",
            constraint("CHECK constraint failed: c > 0", "CHECK"),
        ),
        (
            "INSERT INTO p VALUES (2, 1, 2, 1, 10)",
            constraint("CHECK constraint failed: small", "CHECK"),
        ),
        (
            "INSERT INTO c VALUES (9)",
            constraint("FOREIGN KEY constraint failed", "FOREIGNKEY"),
        ),
        (
            "INSERT INTO wrong VALUES (9)",
            'foreign key mismatch - "wrong" referencing "c": SQLITE_ERROR',
        ),
        ("INSERT INTO guarded VALUES (1)", constraint("not today", "TRIGGER")),
        ("SELECT abs(-9223372036854775808)", "integer overflow: SQLITE_ERROR"),
        ("SELECT json('{')", "malformed JSON: SQLITE_ERROR"),
        ("SELECT 1 FROM p LIMIT 'x'", "datatype mismatch: SQLITE_MISMATCH"),
        ("SELECT json_extract('{}', 'x')", "bad JSON path: 'x': SQLITE_ERROR"),
        ("SELECT zeroblob(3000000)", "string or blob too big: SQLITE_TOOBIG"),
    ],
)
async def test_an_error_has_the_words_of_sqlite_and_the_code(
    env: Any, sql: str, detail: str
) -> None:
    await env.DB.exec(SETUP)
    with refused(f"Error: D1_ERROR: {detail}"):
        await env.DB.prepare(sql).run()


async def test_an_error_is_one_of_javascript_with_a_cause(env: Any) -> None:
    with pytest.raises(JsException) as caught:
        await env.DB.prepare("SELEC").run()
    error, detail = caught.value, 'near "SELEC": syntax error at offset 0: SQLITE_ERROR'
    assert (error.name, error.message) == ("Error", f"D1_ERROR: {detail}")
    assert (error.cause.name, error.cause.message) == ("Error", detail)
    assert isinstance(error.cause, JsException)


def test_a_type_error_has_a_cause_too(env: Any) -> None:
    with pytest.raises(JsException) as caught:
        env.DB.prepare("SELECT ?").bind({})
    assert caught.value.cause.message == (
        "Type 'object' not supported for value '[object Object]'"
    )


@pytest.mark.parametrize("method", ["all", "run", "first", "raw"])
async def test_every_way_to_run_a_statement_fails_alike(env: Any, method: str) -> None:
    with refused("Error: D1_ERROR: no such table: t: SQLITE_ERROR"):
        await getattr(env.DB.prepare("SELECT * FROM t"), method)()


async def test_a_failed_statement_changes_nothing(env: Any) -> None:
    await env.DB.exec("CREATE TABLE t (a UNIQUE)")
    with pytest.raises(JsException, match="UNIQUE constraint failed"):
        await env.DB.prepare("INSERT INTO t VALUES (1), (1)").run()
    assert await env.DB.prepare("SELECT * FROM t").raw() == []
