"""Which SQL D1 allows: its authorizer, functions, pragmas and virtual tables."""

from typing import Any

import pytest

from .refusals import refused

SETUP = """
CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a, _cf_column)
CREATE INDEX i ON t (a)
CREATE TABLE c (t REFERENCES t)
INSERT INTO t (a) VALUES (1), (2)
"""
NOT_AUTHORIZED = "not authorized: SQLITE_AUTH"
VACUUM = "cannot VACUUM from within a transaction: SQLITE_ERROR"


async def run(env: Any, sql: str) -> Any:
    await env.DB.exec(SETUP)
    return await env.DB.prepare(sql).raw()


@pytest.mark.parametrize(
    "sql",
    [
        *("CREATE TABLE _cf_x (a)", "CREATE TABLE _CF_x (a)"),
        *("CREATE INDEX _cf_i ON t (a)", "CREATE VIEW _cf_v AS SELECT 1"),
        "CREATE TRIGGER _cf_r AFTER INSERT ON t BEGIN SELECT 1; END",
        *("ALTER TABLE t RENAME TO _cf_t", "ALTER TABLE t RENAME TO '_CF_t'"),
        *("DROP TABLE _cf_METADATA", "INSERT INTO _cf_METADATA VALUES (9, 1)"),
        *("DELETE FROM _cf_METADATA", "UPDATE _cf_METADATA SET value = 1"),
        "ALTER TABLE _cf_METADATA RENAME TO x",
        "PRAGMA table_info(_cf_METADATA)",
        *("ATTACH ':memory:' AS other", "DETACH other"),
        *("CREATE TEMP TABLE x (a)", "CREATE TEMP VIEW v AS SELECT 1"),
        *("CREATE TABLE temp.x (a)",),
        *("PRAGMA user_version", "PRAGMA user_version = 1", "PRAGMA nope"),
        *("PRAGMA journal_mode", "PRAGMA page_count", "PRAGMA integrity_check"),
        *("PRAGMA foreign_keys = 2", "PRAGMA table_info", "PRAGMA writable_schema = 1"),
        *("PRAGMA case_sensitive_like = maybe", "PRAGMA cache_size"),
        *(
            "CREATE VIRTUAL TABLE f USING fts4(a)",
            "CREATE VIRTUAL TABLE f USING csv(a)",
        ),
        "CREATE VIRTUAL TABLE r USING rtree(id, a, b)",
        "SELECT * FROM pragma_user_version",
        "SELECT p.name FROM sqlite_master m JOIN pragma_table_info(m.name) p",
    ],
)
async def test_what_is_not_authorized(env: Any, sql: str) -> None:
    with refused(f"Error: D1_ERROR: {NOT_AUTHORIZED}"):
        await run(env, sql)


@pytest.mark.parametrize(
    ("sql", "detail"),
    [
        (
            "SELECT key FROM _cf_METADATA",
            "access to _cf_METADATA.key is prohibited: SQLITE_AUTH",
        ),
        ("VACUUM", VACUUM),
        ("VACUUM INTO 'x'", VACUUM),
        (
            "CREATE TABLE sqlite_x (a)",
            "object name reserved for internal use: sqlite_x: SQLITE_ERROR",
        ),
        (
            "DELETE FROM sqlite_master",
            "table sqlite_master may not be modified: SQLITE_ERROR",
        ),
        (
            "DROP TABLE sqlite_master",
            "table sqlite_master may not be dropped: SQLITE_ERROR",
        ),
        ("SELECT * FROM dbstat", "no such table: dbstat: SQLITE_ERROR"),
        (
            "SELECT * FROM generate_series(1, 2)",
            "no such table: generate_series: SQLITE_ERROR",
        ),
        ("SELECT * FROM sqlite_stmt", "no such table: sqlite_stmt: SQLITE_ERROR"),
        ("SELECT * FROM sqlite_dbpage", "no such table: sqlite_dbpage: SQLITE_ERROR"),
        ("SELECT * FROM carray(1)", "no such table: carray: SQLITE_ERROR"),
        ("SELECT load_extension('x')", "not authorized: SQLITE_ERROR"),
        (
            "CREATE TEMP TRIGGER r AFTER INSERT ON nope BEGIN SELECT 1; END",
            "no such table: nope: SQLITE_ERROR",
        ),
        (
            "DELETE FROM t ORDER BY a",
            "ORDER BY without LIMIT on DELETE: SQLITE_ERROR",
        ),
    ],
)
async def test_what_is_refused_in_other_words(env: Any, sql: str, detail: str) -> None:
    with refused(f"Error: D1_ERROR: {detail}"):
        await run(env, sql)


@pytest.mark.parametrize(
    ("sql", "rows"),
    [
        ("SELECT _cf_column FROM t LIMIT 1", [[None]]),
        ("SELECT 1 AS _cf_alias", [[1]]),
        ("WITH _cf_cte AS (SELECT 1) SELECT * FROM _cf_cte", [[1]]),
        ("SELECT name FROM sqlite_master WHERE name = 't'", [["t"]]),
        ("SELECT * FROM temp.sqlite_master", []),
        ("SELECT seq FROM sqlite_sequence", [[2]]),
        ("UPDATE sqlite_sequence SET seq = 9", []),
        ("SELECT value FROM json_each('[5, 6]')", [[5], [6]]),
        ("SELECT count(*) FROM json_tree('{\"a\": 1}')", [[2]]),
        ("SELECT name FROM pragma_table_info('t') LIMIT 1", [["id"]]),
        ("CREATE VIRTUAL TABLE f USING fts5(a)", []),
        ("CREATE VIRTUAL TABLE f USING FTS5(a)", []),
        (
            "CREATE VIRTUAL TABLE f USING fts5(a); INSERT INTO f VALUES ('big word');"
            " SELECT highlight(f, 0, '<', '>') FROM f WHERE f MATCH 'word'",
            [["big <word>"]],
        ),
        ("ANALYZE", []),
        ("REINDEX", []),
        ("UPDATE t SET a = 9 ORDER BY a DESC LIMIT 1", []),
        ("DELETE FROM t WHERE a > 0 ORDER BY a LIMIT 1 OFFSET 1", []),
        ("DELETE FROM t RETURNING a LIMIT 1", [[1]]),
        ("SELECT 'A' LIKE 'a', 'A' GLOB 'a'", [[1, 0]]),
        ("PRAGMA foreign_keys", [[1]]),
        ("PRAGMA foreign_keys = off", []),
        ("PRAGMA recursive_triggers", [[0]]),
        ("PRAGMA case_sensitive_like = yes", []),
        ("PRAGMA defer_foreign_keys = 'ON'", []),
        ("PRAGMA ignore_check_constraints = true", []),
        ("PRAGMA legacy_alter_table = 1", []),
        ("PRAGMA reverse_unordered_selects = no", []),
        ("PRAGMA foreign_key_check", []),
        ("PRAGMA foreign_key_check(c)", []),
        ("PRAGMA foreign_key_list(c)", [[0, 0, "t", "t", None, *["NO ACTION"] * 2]]),
        ("PRAGMA index_list(t)", [[0, "i", 0, "c", 0]]),
        ("PRAGMA index_info(i)", [[0, 1, "a"]]),
        ("PRAGMA index_xinfo(i)", [[0, 1, "a", 0], [1, -1, None, 0]]),
        ("PRAGMA table_info(c)", [[0, "t", "", 0, None, 0]]),
        ("PRAGMA table_xinfo(c)", [[0, "t", "", 0, None, 0, 0]]),
        ("PRAGMA quick_check", [["ok"]]),
        ("PRAGMA quick_check(5)", [["ok"]]),
        ("PRAGMA quick_check(t)", [["ok"]]),
    ],
)  # fmt: skip
async def test_what_is_allowed(env: Any, sql: str, rows: list[Any]) -> None:
    found = await run(env, sql)
    assert [row[: len(rows[0])] for row in found] == rows if rows else found == []


@pytest.mark.parametrize(
    "sql",
    [
        "PRAGMA data_version",
        "PRAGMA optimize",
        "PRAGMA optimize(2)",
        "PRAGMA table_list",
        "EXPLAIN SELECT 1",
        "EXPLAIN QUERY PLAN SELECT 1",
    ],
)
async def test_what_is_allowed_and_gives_something(env: Any, sql: str) -> None:
    assert isinstance(await run(env, sql), list)


FUNCTIONS = {
    "core": [
        *("abs(-1)", "changes()", "char(65)", "coalesce(NULL, 1)", "concat('a', 1)"),
        *("concat_ws(',', 1, 2)", "format('%d', 1)", "glob('a', 'a')", "hex('a')"),
        *("ifnull(1, 2)", "iif(1, 2, 3)", "instr('ab', 'b')", "last_insert_rowid()"),
        *("length('a')", "like('a', 'a')", "likelihood(1, 0.5)", "likely(1)"),
        *("lower('A')", "ltrim(' a')", "max(1, 2)", "min(1, 2)", "nullif(1, 2)"),
        *("octet_length('é')", "printf('%s', 1)", "quote('a')", "random()"),
        *("randomblob(1)", "replace('a', 'a', 'b')", "round(1.5)", "rtrim('a ')"),
        *("sign(-1)", "substr('ab', 1)", "substring('ab', 1)", "total_changes()"),
        *("trim(' a ')", "typeof(1)", "unhex('61')", "unicode('a')", "unlikely(1)"),
        *("upper('a')", "zeroblob(1)"),
    ],
    "dates": [
        *("date('now')", "time('now')", "datetime('now')", "julianday('now')"),
        *("unixepoch('now')", "strftime('%Y', 'now')", "timediff('now', 'now')"),
        *("CURRENT_DATE", "CURRENT_TIME", "CURRENT_TIMESTAMP"),
    ],
    "aggregates": [
        *("avg(a)", "count(*)", "group_concat(a)", "string_agg(a, ',')", "sum(a)"),
        *("total(a)", "json_group_array(a)", "json_group_object(a, a)"),
        *("jsonb_group_array(a)", "jsonb_group_object(a, a)"),
    ],
    "windows": [
        f"{name} OVER (ORDER BY a)"
        for name in (
            *("row_number()", "rank()", "dense_rank()", "percent_rank()"),
            *("cume_dist()", "ntile(2)", "lag(a)", "lead(a)", "first_value(a)"),
            *("last_value(a)", "nth_value(a, 1)"),
        )
    ],
    "mathematics": [
        f"{name}(0.5)"
        for name in (
            *("acos", "acosh", "asin", "asinh", "atan", "atanh", "ceil", "cos"),
            *("cosh", "degrees", "exp", "floor", "ln", "log", "log2", "radians"),
            *("sin", "sinh", "sqrt", "tan", "tanh", "trunc"),
        )
    ]
    + ["atan2(1, 1)", "mod(5, 3)", "pi()", "pow(2, 2)"],
    "JSON": [
        *("json('{}')", "jsonb('{}')", "json_array(1)", "json_array_length('[]')"),
        *("json_extract('{}', '$.a')", "'{}' -> '$.a'", "'{}' ->> '$.a'"),
        *(
            "json_insert('{}', '$.a', 1)",
            "json_object('a', 1)",
            "json_patch('{}', '{}')",
        ),
        *("json_remove('{}', '$.a')", "json_replace('{}', '$.a', 1)"),
        *("json_set('{}', '$.a', 1)", "json_type('{}')", "json_valid('{}')"),
        *("json_quote('a')", "jsonb_array(1)", "jsonb_extract('{}', '$.a')"),
        *("jsonb_insert('{}', '$.a', 1)", "jsonb_object('a', 1)"),
        *("jsonb_patch('{}', '{}')", "jsonb_remove('{}', '$.a')"),
        *("jsonb_replace('{}', '$.a', 1)", "jsonb_set('{}', '$.a', 1)"),
    ],
}


@pytest.mark.parametrize("kind", FUNCTIONS)
async def test_these_functions_can_be_used(env: Any, kind: str) -> None:
    await env.DB.exec(SETUP)
    for call in FUNCTIONS[kind]:
        assert len(await env.DB.prepare(f"SELECT {call} FROM t").raw()) in (1, 2), call


@pytest.mark.parametrize(
    "call",
    [
        *("ceiling(1)", "log10(1)", "power(1, 1)", "json_pretty('{}')"),
        *("json_error_position('{}')", "subtype(1)", "sqlite_version()"),
        *("sqlite_source_id()", "sqlite_compileoption_get(1)"),
    ],
)
async def test_these_functions_are_denied(env: Any, call: str) -> None:
    name = call.partition("(")[0]
    with refused(
        f"Error: D1_ERROR: not authorized to use function: {name} at offset 7:"
        " SQLITE_ERROR"
    ):
        await env.DB.prepare(f"SELECT {call}").raw()


@pytest.mark.parametrize(
    "call",
    [
        *("median(1)", "percentile(1, 50)", "percentile_cont(1, 0.5)", "soundex('a')"),
        *("geopoly_area(1)", "fts3_tokenizer('x')", "sqlite_offset(1)"),
    ],
)
async def test_these_functions_are_not_there(env: Any, call: str) -> None:
    name = call.partition("(")[0]
    with refused(
        f"Error: D1_ERROR: no such function: {name} at offset 7: SQLITE_ERROR"
    ):
        await env.DB.prepare(f"SELECT {call}").raw()
