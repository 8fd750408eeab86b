"""D1 in dumps, seeds and restored dumps."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_cfbindings import Cf, RestoreError, SeedError

from .restoring import FOR_EACH_EXAMPLE, check_restored


@pytest.fixture
def sql(env: Any, cf: Cf) -> Any:
    """Runs statements as a Worker does."""

    def run(*statements: str) -> None:
        for statement in statements:
            cf.run(env.DB.exec(statement))

    return run


def test_tables_are_lists_of_rows_by_primary_key(sql: Any, cf: Cf) -> None:
    sql(
        "CREATE TABLE users (name TEXT PRIMARY KEY, age, data BLOB)",
        "INSERT INTO users VALUES ('b', 1.5, x'00ff'), ('a', NULL, NULL)",
        "CREATE TABLE log (text)",
        "INSERT INTO log VALUES ('second'), ('first')",
        "CREATE TABLE empty (id INTEGER PRIMARY KEY)",
    )
    assert cf.dump("DB") == {
        "empty": [],
        "log": [{"text": "second"}, {"text": "first"}],
        "users": [
            {"name": "a", "age": None, "data": None},
            {"name": "b", "age": 1.5, "data": b"\x00\xff"},
        ],
    }


def test_a_number_is_what_sqlite_has(env: Any, cf: Cf, sql: Any) -> None:
    sql("CREATE TABLE t (i INTEGER, r REAL, x)")
    cf.run(env.DB.prepare("INSERT INTO t VALUES (?, ?, ?)").bind(1, 1, 1).run())
    [row] = cf.dump("DB")["t"]
    assert {name: type(value) for name, value in row.items()} == {
        "i": int,
        "r": float,
        "x": float,
    }


def test_what_is_not_the_users_is_left_out(sql: Any, cf: Cf) -> None:
    sql(
        "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT)",
        "CREATE VIEW v AS SELECT * FROM t",
        "CREATE VIRTUAL TABLE texts USING fts5(body)",
        "INSERT INTO texts VALUES ('hello world')",
        "INSERT INTO t DEFAULT VALUES",
    )
    assert cf.dump("DB") == {"t": [{"id": 1}], "texts": [{"body": "hello world"}]}


def test_the_schema_is_there_on_request(sql: Any, cf: Cf) -> None:
    sql("CREATE TABLE t (id INTEGER PRIMARY KEY)", "CREATE INDEX i ON t (id)")
    assert cf.dump("DB", schema=True) == {
        "sqlite_schema": [
            {
                "type": "table",
                "name": "t",
                "tbl_name": "t",
                "sql": "CREATE TABLE t (id INTEGER PRIMARY KEY)",
            },
            {
                "type": "index",
                "name": "i",
                "tbl_name": "t",
                "sql": "CREATE INDEX i ON t (id)",
            },
        ],
        "t": [],
    }


def test_text_that_is_no_utf8_has_replacement_characters(sql: Any, cf: Cf) -> None:
    sql("CREATE TABLE t (x)", "INSERT INTO t VALUES (x'61ff')")
    sql("UPDATE t SET x = CAST(x AS TEXT)")
    assert cf.dump("DB") == {"t": [{"x": "a\ufffd"}]}


def test_rows_in_a_diff_are_told_apart_by_their_primary_key(
    sql: Any, cf: Cf, env: Any
) -> None:
    sql(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, n)",
        "INSERT INTO t VALUES (1, 'a'), (2, 'b')",
    )
    before = cf.dump()
    sql("DELETE FROM t WHERE id = 1", "INSERT INTO t VALUES (3, 'c')")
    sql("UPDATE t SET n = 'x' WHERE id = 2")
    assert cf.diff(before, cf.dump()) == [
        "~ DB.t[id=2].n: 'b' -> 'x'",
        "- DB.t[id=1] = {'id': 1, 'n': 'a'}",
        "+ DB.t[id=3] = {'id': 3, 'n': 'c'}",
    ]


def test_a_dump_changes_nothing_a_worker_sees(env: Any, cf: Cf, sql: Any) -> None:
    sql("CREATE TABLE t (id INTEGER PRIMARY KEY)", "INSERT INTO t VALUES (7)")
    cf.dump(full=True)
    meta = cf.run(env.DB.prepare("SELECT 1").run())["meta"]
    assert (meta["last_row_id"], meta["changes"]) == (7, 0)


EVERYTHING = (
    "CREATE TABLE parents (id INTEGER PRIMARY KEY AUTOINCREMENT, n TEXT UNIQUE)",
    "CREATE TABLE children (a, b TEXT, p REFERENCES parents (id),"
    " c AS (a + 1) STORED, CHECK (a > 0), PRIMARY KEY (a, b)) WITHOUT ROWID",
    "CREATE TABLE plain (x, rowid)",
    'CREATE TABLE odd ("a ""quoted"" name", \'x y\')',
    "CREATE VIEW v AS SELECT n FROM parents",
    "CREATE TRIGGER tr AFTER INSERT ON parents BEGIN"
    " INSERT INTO plain VALUES (new.n, 1); END",
    "CREATE INDEX i ON plain (x)",
    "CREATE VIRTUAL TABLE texts USING fts5(body)",
    "INSERT INTO parents (n) VALUES ('one'), ('two'), ('three')",
    "DELETE FROM parents WHERE id = 3",
    "INSERT INTO children (a, b, p) VALUES (1, 'x', 1), (2, 'y', NULL)",
    "INSERT INTO plain VALUES (x'00ff', 9e999), (-9e999, x'ff')",
    "UPDATE plain SET rowid = CAST(rowid AS TEXT) WHERE typeof(rowid) = 'blob'",
    "DELETE FROM plain WHERE x = 'one'",
    "INSERT INTO odd VALUES (9007199254740993, 1.0)",
    "INSERT INTO texts VALUES ('hello world'), ('good bye')",
    "ANALYZE",
)


def test_restoring_a_full_dump_gives_the_same_full_dump(sql: Any, cf: Cf) -> None:
    sql(*EVERYTHING)
    dump = json.loads(json.dumps(cf.dump("DB", full=True)))
    cf.reset()
    assert cf.dump("DB") == {}
    cf.restore(dump)
    assert cf.dump("DB", full=True) == dump


def test_a_restored_database_works_as_before(env: Any, sql: Any, cf: Cf) -> None:
    sql(*EVERYTHING)
    dump, rows = cf.dump("DB", full=True), cf.dump("DB")
    cf.reset()
    cf.restore(dump)
    assert cf.dump("DB") == rows
    found = cf.run(env.DB.prepare("SELECT body FROM texts('hello')").all())
    assert [row["body"] for row in found["results"]] == ["hello world"]
    sql("INSERT INTO parents (n) VALUES ('four')")
    assert cf.dump("DB")["parents"][-1] == {"id": 4, "n": "four"}
    assert "four" in [row["x"] for row in cf.dump("DB")["plain"]]
    with pytest.raises(Exception, match="FOREIGN KEY constraint failed"):
        sql("INSERT INTO children (a, b, p) VALUES (9, 'z', 99)")


def test_rowids_that_no_column_shows_are_kept(env: Any, sql: Any, cf: Cf) -> None:
    sql("CREATE TABLE t (x)", "INSERT INTO t VALUES ('a'), ('b')")
    sql("DELETE FROM t WHERE x = 'a'")
    cf.restore(cf.dump("DB", full=True))
    found = cf.run(env.DB.prepare("SELECT rowid AS r, x FROM t").all())["results"]
    assert [(row["r"], row["x"]) for row in found] == [(2, "b")]


@pytest.mark.parametrize(
    ("held", "problem"),
    [
        ([], "DB is [], which is no dump of tables"),
        (
            {"t": [{"x": 1}]},
            "DB has rows and no sqlite_schema: cf.dump(full=True) keeps it",
        ),
        (
            {"sqlite_schema": [{"sql": "CREATE TABLE t (x)"}]},
            "DB.sqlite_schema has {'sql': 'CREATE TABLE t (x)'}, which is no row of it",
        ),
    ],
)
def test_what_is_no_full_dump_cannot_be_restored(
    cf: Cf, held: Any, problem: str
) -> None:
    with pytest.raises(RestoreError) as raised:
        cf.restore({"DB": held})
    assert str(raised.value) == problem


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        ([5], "DB.t[0] is 5, which is no row"),
        ([{"x": {"$bytes": "f"}}], "DB.t[0].x: 'f' are no hexadecimal digits"),
        ([{"x": {"sha256": "0", "size": 5}}], "DB.t[0].x is {'sha256'"),
        ([{"y": 1}], "DB: t: table t has no column named y"),
    ],
)
def test_rows_that_cannot_be_stored_are_refused(
    sql: Any, cf: Cf, rows: Any, problem: str
) -> None:
    sql("CREATE TABLE t (x)")
    dump = cf.dump("DB", full=True)
    dump["DB"]["t"] = rows
    with pytest.raises(RestoreError) as raised:
        cf.restore(dump)
    assert str(raised.value).startswith(problem)
    assert cf.dump("DB") == {"t": []}


def test_a_file_is_what_wrangler_d1_execute_takes(cf: Cf, tmp_path: Path) -> None:
    file = tmp_path / "seed.sql"
    file.write_text(
        "-- the tables\nCREATE TABLE t (id INTEGER PRIMARY KEY, n TEXT);\n"
        "INSERT INTO t (n) VALUES ('a;b'), ('c');\n"
    )
    cf.seed("DB", file)
    assert cf.dump("DB") == {"t": [{"id": 1, "n": "a;b"}, {"id": 2, "n": "c"}]}


def test_rows_can_be_given_by_table(sql: Any, cf: Cf) -> None:
    sql("CREATE TABLE t (id INTEGER PRIMARY KEY, n, d BLOB)")
    cf.seed("DB", {"t": [{"n": True, "d": b"\xff"}, {"id": 9, "n": None}]})
    assert cf.dump("DB") == {
        "t": [{"id": 1, "n": 1.0, "d": b"\xff"}, {"id": 9, "n": None, "d": None}]
    }


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            "CREATE TABLE t (x);\nINSERT INTO u VALUES (1);",
            "seed.sql, statement 2: no such table: u: SQLITE_ERROR",
        ),
        (
            "CREATE TABLE t (x UNIQUE); INSERT INTO t VALUES (1);"
            " INSERT INTO t VALUES (1);",
            "seed.sql, statement 3: UNIQUE constraint failed: t.x: SQLITE_CONSTRAINT",
        ),
        ("SELECT '" + "x" * 100_001 + "'", "seed.sql, statement 1: statement too long"),
        ("ATTACH 'x' AS y", "seed.sql, statement 1: not authorized"),
    ],
)
def test_a_bad_statement_is_named_and_nothing_is_stored(
    cf: Cf, tmp_path: Path, text: str, problem: str
) -> None:
    file = tmp_path / "seed.sql"
    file.write_text(text)
    with pytest.raises(SeedError) as raised:
        cf.seed("DB", file)
    assert problem in str(raised.value)
    assert cf.dump("DB") == {}


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (5, "seed of DB: D1 is seeded with a dict of tables"),
        ({"t": 5}, "seed of DB: t is no list of rows"),
        ({"t": [5]}, "seed of DB, t, row 1: a row is a dict of its columns"),
        ({"t": [{"x": 1}, {"x": 2**53}]}, "seed of DB, t, row 2, x: 9007199254740992"),
        ({"t": [{"x": float("inf")}]}, "seed of DB, t, row 1, x: inf cannot be stored"),
        ({"t": [{"x": []}]}, "seed of DB, t, row 1, x: [] cannot be stored"),
        ({"t": [{"x": 1}, {"y": 1}]}, "seed of DB, t, row 2: table t has no column"),
        ({"t": [{"x": 1}, {"x": 1}]}, "seed of DB, t, row 2: UNIQUE constraint failed"),
    ],
)
def test_a_bad_row_is_named_and_nothing_is_stored(
    sql: Any, cf: Cf, data: Any, problem: str
) -> None:
    sql("CREATE TABLE t (x UNIQUE)")
    with pytest.raises(SeedError) as raised:
        cf.seed("DB", data)
    assert str(raised.value).startswith(problem)
    assert cf.dump("DB") == {"t": []}


def test_a_binary_database_is_no_file_of_sql(cf: Cf, tmp_path: Path) -> None:
    file = tmp_path / "db.sqlite"
    file.write_bytes(b"SQLite format 3\0")
    with pytest.raises(SeedError, match=r"db\.sqlite: a binary SQLite database"):
        cf.seed("DB", file)


VALUES = (
    st.none()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(codec="utf-8"))
    | st.binary(max_size=100)
)
ROWS = st.lists(st.fixed_dictionaries({"x": VALUES, "i": VALUES, "t": VALUES}))


@given(rows=ROWS, keyed=st.dictionaries(st.text(st.characters(codec="utf-8")), VALUES))
@FOR_EACH_EXAMPLE
def test_restoring_a_full_dump_is_the_identity(
    sql: Any, cf: Cf, rows: list[dict[str, Any]], keyed: dict[str, Any]
) -> None:
    def fill() -> None:
        sql("CREATE TABLE plain (x, i INTEGER, t TEXT)")
        sql("CREATE TABLE keyed (k TEXT PRIMARY KEY, v) WITHOUT ROWID")
        keyed_rows = [{"k": k, "v": v} for k, v in keyed.items()]
        cf.seed("DB", {"plain": rows, "keyed": keyed_rows})

    check_restored(cf, fill)
