"""Synchronous transactions of Durable Objects' storage, as a test may run them."""

import asyncio
from typing import Any

import pytest
from pyodide.ffi import JsException


async def stored(storage: Any) -> dict[str, Any]:
    return dict(await storage.list())


async def test_an_exception_undoes_it_and_comes_out_as_it_is(
    sqlite: Any,
) -> None:
    raised = ValueError("no good")

    def closure() -> None:
        sqlite.kv.put("k", 1)
        sqlite.sql.exec("CREATE TABLE t (a)")
        raise raised

    with pytest.raises(ValueError, match="no good") as error:
        sqlite.transactionSync(closure)
    assert error.value is raised
    assert await stored(sqlite) == {}
    assert sqlite.sql.exec("SELECT name FROM sqlite_schema").toArray() == []


async def test_it_can_be_a_part_of_another(sqlite: Any) -> None:
    async def closure(txn: Any) -> None:
        sqlite.transactionSync(lambda: sqlite.kv.put("k", 1))
        assert await txn.get("k") == 1
        txn.rollback()

    await sqlite.transaction(closure)
    assert await stored(sqlite) == {}


async def test_what_is_only_promised_is_part_of_it(sqlite: Any) -> None:
    promises = []

    def closure() -> None:
        promises.append(sqlite.put("k", 1))
        promises.append(sqlite.get("k"))
        promises.append(sqlite.setAlarm("never"))
        raise ValueError("no good")

    with pytest.raises(ValueError, match="no good"):
        sqlite.transactionSync(closure)
    found = await asyncio.gather(*promises, return_exceptions=True)
    assert found[:2] == [None, 1]
    assert "parameter 1 is not of type 'date'" in str(found[2])
    assert await stored(sqlite) == {}


async def test_an_asynchronous_closure_is_not_waited_for(sqlite: Any) -> None:
    async def closure() -> None:
        sqlite.kv.put("k", 1)
        await asyncio.sleep(0)
        raise ValueError("no good")

    promise = sqlite.transactionSync(closure)
    assert await stored(sqlite) == {"k": 1}
    with pytest.raises(JsException, match="ValueError: no good"):
        await promise


async def test_values_may_be_large(sqlite: Any) -> None:
    def closure() -> str:
        sqlite.kv.put("k", "é" * 900_000)
        return sqlite.kv.get("k")

    assert sqlite.transactionSync(closure) == "é" * 900_000


@pytest.mark.parametrize("fails", [True, False], ids=["it fails", "it does not"])
async def test_what_it_wrote_is_undone_while_rows_of_that_are_left(
    sqlite: Any, fails: bool
) -> None:
    cursors = []

    def closure() -> None:
        insert = "INSERT INTO t VALUES (1), (2) RETURNING a"
        cursors.append(sqlite.sql.exec(insert))
        if fails:
            raise ValueError("no good")

    sqlite.sql.exec("CREATE TABLE t (a)")
    with pytest.raises(JsException, match="internal error; reference = "):
        sqlite.transactionSync(closure)
    assert sqlite.sql.exec("SELECT count(*) AS n FROM t").one()["n"] == 0
