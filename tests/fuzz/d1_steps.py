"""Steps on a D1 database."""

import datetime
from typing import Any

from hypothesis import strategies as st

from .steps import Step, World

VALUES = st.one_of(
    st.integers(-3, 3),
    st.text(max_size=4),
    st.binary(max_size=3),
    st.sampled_from(
        [1.5, -0.0, 1e300, float("inf"), float("nan"), True, None, 2**40, 2**53, 2**60]
    ),
    st.sampled_from([{"a": 1}, [1, 256], {1}, datetime.datetime(2026, 1, 2), "x" * 60]),
)
COLUMNS = st.sampled_from(["a", "b", "c"])
EXPRESSIONS = st.sampled_from(
    [
        *("a", "b", "c", "a + 1", "b || '-'", "typeof(b)", "a IS b", "NULL", "-0.0"),
        *(
            "length(c)",
            "upper(b)",
            "hex(b)",
            "abs(a)",
            "round(a, 1)",
            "b COLLATE NOCASE",
        ),
        *(
            "json(b)",
            "json_extract('{\"x\": [1]}', '$.x')",
            "quote(b)",
            "a / 0",
            "a % 2",
        ),
        *(
            "CAST(b AS INTEGER)",
            "CAST(a AS REAL)",
            "9007199254740993",
            "1e999",
            "x'00ff'",
        ),
        *(
            "coalesce(b, c)",
            "nullif(a, 1)",
            "printf('%05d', a)",
            "unixepoch('2026-01-01')",
        ),
        *("substr(b, 2)", "instr(b, 'a')", "b LIKE 'A%'", "b GLOB 'a*'", "missing"),
        *("random() IS NULL", "sqlite_version() IS NULL", "load_extension('x')"),
    ]
)
CONDITIONS = st.sampled_from(
    [
        "1",
        "a = ?",
        "a > ?",
        "b = ?",
        "b IS NOT NULL",
        "a IN (?, 2)",
        "a BETWEEN 0 AND ?",
    ]
)
AGGREGATES = st.sampled_from(
    ["count(*)", "sum(a)", "avg(a)", "total(a)", "min(b)", "max(b)", "group_concat(b)"]
)
WRITES = st.sampled_from(
    [
        "INSERT INTO t (b, c) VALUES (?, ?)",
        "INSERT INTO t VALUES (?, ?, 'c')",
        "INSERT OR REPLACE INTO t VALUES (1, ?, ?)",
        "INSERT OR IGNORE INTO t VALUES (1, ?, ?)",
        "INSERT INTO t (b) VALUES (?), (?) RETURNING a, b",
        "INSERT INTO u VALUES (?, ?)",
        "INSERT INTO t (a, b) VALUES (?, ?) ON CONFLICT (a) DO UPDATE SET b = 'again'",
        "UPDATE t SET b = ? WHERE a = ?",
        "UPDATE t SET a = a + 1 WHERE b = ? OR c = ?",
        "DELETE FROM t WHERE a = ? OR b = ?",
        "DELETE FROM t WHERE a > 100 AND ? IS ?",
    ]
)
SCHEMA = st.sampled_from(
    [
        "CREATE TABLE u (x INTEGER NOT NULL REFERENCES t (a), y UNIQUE)",
        "CREATE INDEX t_b ON t (b)",
        "CREATE VIEW v AS SELECT a, b FROM t",
        "DROP TABLE IF EXISTS u",
        "DROP TABLE t",
        "ALTER TABLE t ADD COLUMN d DEFAULT 7",
        "ALTER TABLE t RENAME COLUMN c TO e",
        "CREATE TABLE IF NOT EXISTS t (a INTEGER PRIMARY KEY, b, c TEXT)",
        "CREATE TABLE t (a)",
        "CREATE TRIGGER r AFTER INSERT ON t BEGIN UPDATE t SET c = 'r'; END",
        "DROP TRIGGER IF EXISTS r",
        "PRAGMA table_info(t)",
        "PRAGMA user_version",
        "PRAGMA foreign_key_list(u)",
        "PRAGMA defer_foreign_keys = on",
        "BEGIN",
        "SAVEPOINT s",
        "VACUUM",
        "ATTACH 'x' AS y",
        "EXPLAIN QUERY PLAN SELECT * FROM t WHERE b = 1",
        "SELECT name, sql FROM sqlite_schema WHERE name NOT LIKE '%cf%' ORDER BY name",
        "SELECT count(*) FROM v",
        "",
        "-- nothing",
        "SELEC",
        "SELECT 1; SELECT 2",
        "SELECT ?2, ?1",
    ]
)
READS = st.one_of(
    st.builds(
        "SELECT {} AS x, {} FROM t WHERE {} ORDER BY a".format,
        EXPRESSIONS,
        EXPRESSIONS,
        CONDITIONS,
    ),
    st.builds("SELECT {} FROM t WHERE {}".format, AGGREGATES, CONDITIONS),
    st.builds(
        "SELECT {}, count(*) AS n FROM t GROUP BY 1 ORDER BY 1, 2".format, COLUMNS
    ),
    st.builds("SELECT * FROM t ORDER BY {} DESC, a LIMIT ?".format, COLUMNS),
    st.just("SELECT t.a, u.y FROM t LEFT JOIN u ON u.x = t.a ORDER BY 1, 2"),
    st.just("SELECT a FROM t UNION ALL SELECT y FROM u ORDER BY 1"),
    st.just(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
        " LIMIT min(5, max(0, ?))) SELECT i FROM n"
    ),
)
PARAMETERS = st.lists(VALUES, min_size=0, max_size=3)
STATEMENTS = st.tuples(st.one_of(WRITES, READS, SCHEMA), PARAMETERS)

STEPS = st.one_of(
    st.tuples(st.sampled_from(["all", "run"]), STATEMENTS),
    st.tuples(
        st.just("all"), st.tuples(WRITES, st.lists(VALUES, min_size=2, max_size=2))
    ),
    st.tuples(
        st.just("first"), STATEMENTS, st.sampled_from([None, "x", "a", "missing"])
    ),
    st.tuples(st.just("raw"), STATEMENTS, st.booleans()),
    st.tuples(st.just("batch"), st.lists(STATEMENTS, max_size=3)),
    st.tuples(st.just("exec"), st.one_of(SCHEMA, READS, WRITES)),
    st.tuples(st.just("session"), STATEMENTS),
)

_TABLE = "CREATE TABLE t (a INTEGER PRIMARY KEY, b, c TEXT)"
# Counted from the compiled program here; some plans differ. `size_after` is that of the
# file, whose pages differ with the version of SQLite; workerd's own write before the
# first of a test's gives a `last_row_id`.
_LEFT_OUT = ("rows_read", "rows_written", "size_after", "last_row_id")


async def perform(world: World, step: Step) -> Any:
    db = world.env.DB
    if "table" not in world.saved:
        world.saved["table"] = True
        await db.exec(_TABLE)
        await db.exec(
            "INSERT INTO t VALUES (1, 'a', 'x'), (2, 2, NULL), (3, x'61', 'é')"
        )
    match step:
        case ("first", statement, None):
            return await _prepared(db, statement).first()
        case ("first", statement, column):
            return await _prepared(db, statement).first(column)
        case ("raw", statement, names):
            return await _prepared(db, statement).raw(columnNames=names)
        case ("batch", statements):
            results = await db.batch([_prepared(db, one) for one in statements])
            return [_result(result) for result in results]
        case ("exec", text):
            return await db.exec(text)
        case ("session", statement):
            session = db.withSession()
            result = await _prepared(session, statement).all()
            return [_result(result), session.getBookmark() is None]
        case (method, statement):
            return _result(await getattr(_prepared(db, statement), method)())
    raise AssertionError(step)


def _prepared(db: Any, statement: tuple[str, list[Any]]) -> Any:
    sql, values = statement
    prepared = db.prepare(sql)
    return prepared.bind(*values) if values else prepared


def _result(result: Any) -> Any:
    meta = {key: value for key, value in result.meta.items() if key not in _LEFT_OUT}
    return {**result, "meta": meta}
