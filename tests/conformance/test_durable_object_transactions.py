"""Transactions of Durable Objects' storage, whose closures are a test's own."""

import asyncio
from typing import Any

import pytest
from pyodide.ffi import JsException

from .refusals import refused


async def stored(storage: Any) -> dict[str, Any]:
    return dict(await storage.list())


async def test_what_the_closure_returns_is_the_result(storage: Any) -> None:
    async def closure(txn: Any) -> Any:
        await txn.put("k", 1)
        assert await txn.get("k") == 1
        return {"a": "result"}

    assert await storage.transaction(closure) == {"a": "result"}
    assert await stored(storage) == {"k": 1}


async def test_a_closure_need_not_be_asynchronous(storage: Any) -> None:
    assert await storage.transaction(lambda txn: txn.put("k", 1) and 5) == 5
    assert await stored(storage) == {"k": 1}


async def test_what_is_not_awaited_is_part_of_it(storage: Any) -> None:
    async def closure(txn: Any) -> None:
        txn.put("k", 1)

    await storage.transaction(closure)
    assert await stored(storage) == {"k": 1}


async def test_an_exception_undoes_it_and_comes_out(storage: Any) -> None:
    await storage.put("k", "old")

    async def closure(txn: Any) -> None:
        await txn.put("k", "new")
        await txn.delete("k")
        raise ValueError("no good")

    with pytest.raises(JsException, match="ValueError: no good") as error:
        await storage.transaction(closure)
    assert error.value.name == "PythonError"
    assert await stored(storage) == {"k": "old"}


async def test_rollback_undoes_it_and_raises_nothing(storage: Any) -> None:
    async def closure(txn: Any) -> str:
        await txn.put("k", 1)
        txn.rollback()
        txn.rollback()
        return "gone"

    assert await storage.transaction(closure) == "gone"
    assert await stored(storage) == {}


async def test_a_transaction_is_of_no_use_once_it_has_ended(storage: Any) -> None:
    kept = []
    await storage.transaction(kept.append)
    with pytest.raises(JsException) as error:
        await kept[0].get("k")
    assert str(error.value) == (
        "Error: Cannot call get() on transaction that has already committed: did you"
        " move `txn` outside of the closure?"
    )


@pytest.mark.parametrize("callback", [None, 5, "x", {}])
async def test_a_callback_is_a_function(storage: Any, callback: Any) -> None:
    with refused(
        "TypeError: Failed to execute 'transaction' on 'DurableObjectStorage':"
        " parameter 1 is not of type 'function'."
    ):
        await storage.transaction(callback)


async def test_alarms_are_part_of_it(storage: Any) -> None:
    async def closure(txn: Any) -> None:
        await txn.setAlarm(4_102_444_800_000)
        assert await txn.getAlarm() == 4_102_444_800_000
        txn.rollback()

    await storage.transaction(closure)
    assert await storage.getAlarm() is None


async def test_sql_is_part_of_it(sqlite: Any) -> None:
    sqlite.sql.exec("CREATE TABLE t (a)")

    async def closure(txn: Any) -> None:
        sqlite.sql.exec("INSERT INTO t VALUES (1)")
        sqlite.kv.put("k", 1)
        await sqlite.put("l", 1)
        assert sorted(await stored(sqlite)) == ["k", "l"]
        txn.rollback()

    await sqlite.transaction(closure)
    assert sqlite.sql.exec("SELECT count(*) AS n FROM t").one()["n"] == 0
    assert await stored(sqlite) == {}


async def test_one_inside_of_another_can_be_undone_alone(sqlite: Any) -> None:
    async def inner(txn: Any) -> None:
        await txn.put("inner", 1)
        txn.rollback()

    async def outer(txn: Any) -> None:
        await txn.put("outer", 1)
        await sqlite.transaction(inner)
        assert await stored(sqlite) == {"outer": 1}

    await sqlite.transaction(outer)
    assert await stored(sqlite) == {"outer": 1}


async def test_one_around_another_undoes_both(sqlite: Any) -> None:
    async def outer(txn: Any) -> None:
        await sqlite.transaction(lambda inner: inner.put("inner", 1))
        txn.rollback()

    await sqlite.transaction(outer)
    assert await stored(sqlite) == {}


async def test_one_cannot_be_undone_while_another_runs_inside(sqlite: Any) -> None:
    async def outer(txn: Any) -> None:
        await sqlite.transaction(lambda _inner: txn.rollback())

    with pytest.raises(JsException) as error:
        await sqlite.transaction(outer)
    assert (
        "Error: Cannot roll back an outer transaction while a nested transaction is"
        " still running." in str(error.value)
    )


async def test_several_run_one_after_another(storage: Any) -> None:
    log = []

    async def closure(txn: Any, name: str) -> None:
        log.append(f"{name} begins")
        count = await txn.get("count") or 0
        await asyncio.sleep(0)
        await txn.put("count", count + 1)
        log.append(f"{name} ends")

    await asyncio.gather(
        *(storage.transaction(lambda txn, n=name: closure(txn, n)) for name in "abc")
    )
    assert await storage.get("count") == 3
    assert log == [f"{name} {what}" for name in "abc" for what in ("begins", "ends")]


async def test_a_constraint_violated_at_its_end_resets_the_object(
    sqlite: Any,
) -> None:
    sqlite.sql.exec("CREATE TABLE t (a INTEGER PRIMARY KEY)")
    sqlite.sql.exec("CREATE TABLE u (a REFERENCES t (a))")

    async def closure(_txn: Any) -> None:
        sqlite.sql.exec("PRAGMA defer_foreign_keys = on")
        sqlite.sql.exec("INSERT INTO u VALUES (1)")

    with pytest.raises(JsException, match="internal error; reference = ") as error:
        await sqlite.transaction(closure)
    assert error.value.durableObjectReset is True
    assert sqlite.sql.exec("SELECT count(*) AS n FROM u").one()["n"] == 0


async def test_it_cannot_fail_while_rows_of_what_it_wrote_are_left(
    sqlite: Any,
) -> None:
    cursors = []

    async def closure(_txn: Any) -> None:
        insert = "INSERT INTO t VALUES (1), (2) RETURNING a"
        cursors.append(sqlite.sql.exec(insert))
        raise ValueError("no good")

    sqlite.sql.exec("CREATE TABLE t (a)")
    with pytest.raises(JsException, match="internal error; reference = ") as error:
        await sqlite.transaction(closure)
    assert error.value.durableObjectReset is True
    assert sqlite.sql.exec("SELECT count(*) AS n FROM t").one()["n"] == 0


async def test_a_rollback_while_rows_of_what_it_wrote_are_left_undoes_that(
    sqlite: Any,
) -> None:
    async def closure(txn: Any) -> None:
        insert = "INSERT INTO t VALUES (1), (2) RETURNING a"
        cursor = sqlite.sql.exec(insert)
        with pytest.raises(JsException, match="internal error; reference = "):
            txn.rollback()
        assert [row["a"] for row in cursor.toArray()] == [1, 2]
        sqlite.sql.exec("INSERT INTO t VALUES (3)")

    sqlite.sql.exec("CREATE TABLE t (a)")
    await sqlite.transaction(closure)
    assert [row["a"] for row in sqlite.sql.exec("SELECT a FROM t")] == [3]


@pytest.mark.stricter_than_local(
    "production's older engine; locally a KV-backed class is stored in SQLite as well"
)
async def test_the_storage_of_a_kv_backed_object_is_not_inside_a_transaction(
    legacy: Any,
) -> None:
    async def body(txn: Any) -> None:
        await txn.put("inside", 1)
        await legacy.put("outside", 1)
        raise ValueError("no good")

    with pytest.raises(JsException):
        await legacy.transaction(body)
    assert await legacy.list() == {"outside": 1}


async def test_a_transaction_takes_no_dictionaries(storage: Any) -> None:
    async def body(txn: Any) -> None:
        await txn.put("k", {"a": 1})

    with pytest.raises(JsException) as caught:
        await storage.transaction(body)
    assert "DataCloneError" in str(caught.value)


NAMES = ["get", "put", "list", "delete", "getAlarm", "setAlarm", "deleteAlarm"]
ARGUMENTS = {
    "get": ["k"],
    "put": ["k", 1],
    "delete": ["k"],
    "setAlarm": [4_102_444_800_000],
}


@pytest.mark.parametrize("name", NAMES)
async def test_a_rolled_back_transaction_is_over(storage: Any, name: str) -> None:
    async def body(txn: Any) -> None:
        txn.rollback()
        with refused(f"Error: Cannot {name}() on rolled back transaction"):
            await getattr(txn, name)(*ARGUMENTS.get(name, []))

    await storage.transaction(body)


async def test_delete_all_is_refused_inside(storage: Any) -> None:
    async def body(txn: Any) -> None:
        with refused("Error: Cannot call deleteAll() within a transaction"):
            await txn.deleteAll()

    await storage.transaction(body)


async def test_delete_all_of_the_storage_is_refused_inside(sqlite: Any) -> None:
    async def body(_: Any) -> None:
        with refused("Error: Cannot call deleteAll() within a transaction"):
            await sqlite.deleteAll()

    await sqlite.transaction(body)


class TestSynchronous:
    def test_it_gives_what_its_callback_gives(self, sqlite: Any) -> None:
        def body() -> int:
            sqlite.kv.put("k", 1)
            return 5

        assert sqlite.transactionSync(body) == 5
        assert sqlite.kv.get("k") == 1

    async def test_one_that_fails_leaves_nothing(self, sqlite: Any) -> None:
        def body() -> None:
            sqlite.kv.put("k", 1)
            sqlite.sql.exec("CREATE TABLE t (a)")
            sqlite.setAlarm(4_102_444_800_000).close()
            raise ValueError("no good")

        with pytest.raises(ValueError, match="no good"):
            sqlite.transactionSync(body)
        assert sqlite.kv.get("k") is None
        assert await sqlite.getAlarm() is None

    def test_they_nest(self, sqlite: Any) -> None:
        def inner() -> None:
            sqlite.kv.put("inner", 1)
            raise ValueError("no good")

        def outer() -> None:
            sqlite.kv.put("outer", 1)
            with pytest.raises(ValueError, match="no good"):
                sqlite.transactionSync(inner)

        sqlite.transactionSync(outer)
        assert [key for key, _ in sqlite.kv.list()] == ["outer"]

    @pytest.mark.parametrize("callback", [None, 5, "x", {}])
    def test_a_callback_is_a_function(self, sqlite: Any, callback: Any) -> None:
        with refused(
            "TypeError: Failed to execute 'transactionSync' on 'DurableObjectStorage':"
            " parameter 1 is not of type 'function'."
        ):
            sqlite.transactionSync(callback)
