"""Faults of D1: transactions that were never asked for, and answers that are lost."""

from typing import Any

import pytest
from pyodide.ffi import JsException

from pytest_cfbindings.control import Cf
from pytest_cfbindings.faults.d1 import D1


@pytest.fixture
async def db(env: Any) -> Any:
    await env.DB.exec("CREATE TABLE t (a)")
    return env.DB


async def count(db: Any) -> int:
    return int(await db.prepare("SELECT count(*) FROM t").first("count(*)"))


@pytest.mark.parametrize("known", D1.errors, ids=lambda known: known.name)
async def test_every_error_has_the_prefix_and_a_cause(
    db: Any, cf: Cf, known: Any
) -> None:
    cf.fail(db, "run", error=known.name)
    with pytest.raises(JsException) as caught:
        await db.prepare("INSERT INTO t VALUES (1)").run()
    assert str(caught.value) == f"Error: D1_ERROR: {known.text}"
    assert caught.value.cause.message == known.text
    assert await count(db) == 0


async def test_after_the_effect_the_rows_are_there(db: Any, cf: Cf) -> None:
    cf.fail(db, "run", after_effect=True)
    with pytest.raises(JsException, match="Network connection lost"):
        await db.prepare("INSERT INTO t VALUES (1)").run()
    assert await count(db) == 1


async def test_a_batch_is_lost_as_a_whole_or_not_at_all(db: Any, cf: Cf) -> None:
    insert = db.prepare("INSERT INTO t VALUES (1)")
    cf.fail(db, "batch", error="internal error")
    cf.fail(db, "batch", error="internal error", after=1, after_effect=True)
    with pytest.raises(JsException):
        await db.batch([insert, insert])
    assert await count(db) == 0
    with pytest.raises(JsException):
        await db.batch([insert, insert])
    assert await count(db) == 2


async def test_exec_names_its_line(db: Any, cf: Cf) -> None:
    cf.fail(db, "exec")
    with pytest.raises(JsException) as caught:
        await db.exec("INSERT INTO t VALUES (1)")
    assert str(caught.value) == (
        "Error: D1_EXEC_ERROR: Error in line 1: INSERT INTO t VALUES (1):"
        " Network connection lost."
    )


@pytest.mark.parametrize("method", ["all", "run", "first", "raw"])
async def test_each_way_to_run_a_statement_is_a_method(
    db: Any, cf: Cf, method: str
) -> None:
    cf.fail(db, method)
    statement = db.prepare("SELECT 1")
    with pytest.raises(JsException):
        await getattr(statement, method)()
    for other in ("all", "run", "first", "raw"):
        await getattr(statement, other)()


async def test_a_session_shares_the_faults_and_keeps_its_bookmark(
    db: Any, cf: Cf
) -> None:
    session = db.withSession()
    await session.prepare("INSERT INTO t VALUES (1)").run()
    bookmark = session.getBookmark()
    cf.fail(db, "run", after_effect=True)
    with pytest.raises(JsException):
        await session.prepare("INSERT INTO t VALUES (2)").run()
    assert session.getBookmark() == bookmark
