"""Limits of D1."""

from itertools import pairwise
from typing import Any

import pytest
from pyodide.ffi import JsException

from .refusals import refused


def repeated(text: str, times: int, joined: str = ", ") -> str:
    return joined.join(text.format(number) for number in range(times))


TOO_DEEP = "Expression tree is too large (maximum depth 100)"


@pytest.mark.parametrize(
    ("sql", "most", "detail"),
    [
        (
            lambda n: f"CREATE TABLE u ({repeated('c{0}', n)})",
            100,
            "too many columns on u",
        ),
        (
            lambda n: f"SELECT {repeated('{0}', n)}",
            100,
            "too many columns in result set",
        ),
        (
            lambda n: f"SELECT 1 FROM t ORDER BY {repeated('a + {0}', n)}",
            100,
            "too many terms in ORDER BY clause",
        ),
        (
            lambda n: f"SELECT 1 FROM t GROUP BY {repeated('a + {0}', n)}",
            100,
            "too many terms in GROUP BY clause",
        ),
        (
            lambda n: f"CREATE INDEX i ON t ({repeated('a + {0}', n)})",
            100,
            "too many columns in index",
        ),
        (
            lambda n: f"UPDATE t SET {repeated('a = {0}', n)}",
            100,
            "too many columns in set list",
        ),
        (
            lambda n: repeated("SELECT {0}", n, " UNION ALL "),
            5,
            "too many terms in compound SELECT",
        ),
        (lambda n: f"SELECT {repeated('1', n, '+')}", 100, TOO_DEEP),
        (
            lambda n: f"SELECT 1 WHERE 'x' LIKE '{'a' * n}'",
            50,
            "LIKE or GLOB pattern too complex",
        ),
        (
            lambda n: f"SELECT 1 WHERE 'x' GLOB '{'a' * n}'",
            50,
            "LIKE or GLOB pattern too complex",
        ),
        (
            lambda n: f"SELECT 1 WHERE NULL LIKE '{'a' * n}'",
            50,
            "LIKE or GLOB pattern too complex",
        ),
        (
            lambda n: f"SELECT 1 WHERE 'x' LIKE '{'é' * (n // 2)}{'a' * (n % 2)}'",
            50,
            "LIKE or GLOB pattern too complex",
        ),
    ],
    ids=[
        *("columns of a table", "columns of a result", "ORDER BY", "GROUP BY"),
        *("columns of an index", "SET", "compound SELECT", "depth of an expression"),
        *("LIKE", "GLOB", "LIKE of NULL", "LIKE in bytes"),
    ],
)
async def test_a_statement_has_limits(
    env: Any, sql: Any, most: int, detail: str
) -> None:
    await env.DB.exec("CREATE TABLE t (a)")
    with refused(f"Error: D1_ERROR: {detail}: SQLITE_ERROR"):
        await env.DB.prepare(sql(most + 1)).all()
    await env.DB.prepare(sql(most)).all()


async def test_a_table_grows_to_100_columns(env: Any) -> None:
    await env.DB.exec(f"CREATE TABLE t ({repeated('c{0}', 100)})")
    with refused(
        "Error: D1_ERROR: too many columns on sqlite_altertab_t: SQLITE_ERROR"
    ):
        await env.DB.prepare("ALTER TABLE t ADD COLUMN more").run()


async def test_rows_of_values_are_not_counted_as_terms(env: Any) -> None:
    sql = f"VALUES {repeated('({0})', 500)}"
    assert len(await env.DB.prepare(sql).raw()) == 500


async def test_100_parameters_can_be_bound(env: Any) -> None:
    numbers = [*range(100)]
    statement = env.DB.prepare(f"SELECT {repeated('?', 100)}")
    assert await statement.bind(*numbers).raw() == [numbers]
    statement = env.DB.prepare(f"SELECT {repeated('?', 101)}")
    with refused("Error: D1_ERROR: too many SQL variables at offset 307: SQLITE_ERROR"):
        await statement.bind(*numbers, 100).all()


async def test_a_statement_has_100000_bytes(env: Any) -> None:
    def statement(size: int) -> Any:
        return env.DB.prepare(f"SELECT 1 /* {'é' * ((size - 15) // 2)} */")

    assert await statement(99_999).raw() == [[1]]
    with refused("Error: D1_ERROR: statement too long: SQLITE_TOOBIG"):
        await statement(100_003).raw()


async def test_triggers_nest_ten_deep(env: Any) -> None:
    names = [f"t{number}" for number in range(12)]
    for name in names:
        await env.DB.exec(f"CREATE TABLE {name} (a)")
    for name, following in pairwise(names):
        await env.DB.exec(
            f"CREATE TRIGGER r_{name} AFTER INSERT ON {name} BEGIN"
            f" INSERT INTO {following} VALUES (1); END"
        )
    await env.DB.exec("INSERT INTO t1 VALUES (1)")
    # One version of SQLite says "triggers nested too deep", another "too many levels".
    with pytest.raises(JsException, match=r"D1_ERROR: t.*: SQLITE_ERROR"):
        await env.DB.prepare("INSERT INTO t0 VALUES (1)").run()


async def test_a_program_has_25000_operations(env: Any) -> None:
    rows = ", ".join("(1,2,3,4,5,6,7,8,9)" for _ in range(2_600))
    await env.DB.exec("CREATE TABLE t (a,b,c,d,e,f,g,h,i)")
    with refused("Error: D1_ERROR: out of memory: SQLITE_NOMEM"):
        await env.DB.prepare(f"SELECT * FROM (VALUES {rows})").all()


@pytest.mark.stricter_than_local("documented; locally a row may be larger by a tenth")
async def test_values_have_two_million_bytes(env: Any) -> None:
    statement = env.DB.prepare("SELECT length(?) AS n")
    assert await statement.bind("a" * 2_000_000).first("n") == 2_000_000
    with refused("Error: D1_ERROR: string or blob too big: SQLITE_TOOBIG"):
        await statement.bind("a" * 2_000_001).first("n")


@pytest.mark.stricter_than_local("documented; locally functions take 127")
async def test_functions_take_32_arguments(env: Any) -> None:
    assert await env.DB.prepare(f"SELECT max({repeated('{0}', 32)})").raw() == [[31]]
    with refused(
        "Error: D1_ERROR: too many arguments on function max at offset 7: SQLITE_ERROR"
    ):
        await env.DB.prepare(f"SELECT max({repeated('{0}', 33)})").raw()
