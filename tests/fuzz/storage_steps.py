"""Steps on the storage of a Durable Object, from outside of it."""

import datetime
import inspect
from functools import partial
from typing import Any

from hypothesis import strategies as st

from . import d1_steps
from .steps import Step, World, outcome, outcome_at_once

KEYS = st.sampled_from(["a", "b", "b/1", "é", "z😀", "k" * 2048, "k" * 2049, "", 5])
VALUES = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-(2**54), 2**54),
        st.floats(),
        st.text(max_size=4),
        st.binary(max_size=4),
        st.just(datetime.datetime(2026, 1, 2, 3)),
    ),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=3), inner, max_size=3)
        | st.sets(st.integers(0, 3) | st.text(max_size=2), max_size=3)
    ),
    max_leaves=6,
)
LIST_OPTIONS = st.fixed_dictionaries(
    {},
    optional={
        "start": KEYS,
        "startAfter": KEYS,
        "end": KEYS,
        "prefix": st.sampled_from(["", "b", "é"]),
        "limit": st.sampled_from([1, 2, 1000, 0, -1, 1.9]),
        "reverse": st.booleans(),
    },
)
ALARMS = st.sampled_from(
    [4_102_444_800_000, 4_102_444_800_000.9, datetime.datetime(2100, 1, 1), "x", None]
)
ENTRIES = st.one_of(
    st.tuples(st.just("put"), KEYS, VALUES),
    st.tuples(
        st.just("put"),
        st.dictionaries(KEYS.filter(lambda k: k != 5), VALUES, max_size=3),
    ),
    st.tuples(st.just("get"), KEYS | st.lists(KEYS, max_size=3)),
    st.tuples(st.just("delete"), KEYS | st.lists(KEYS, max_size=3)),
    st.tuples(st.just("list"), LIST_OPTIONS),
    st.tuples(st.just("list")),
    st.tuples(st.just("setAlarm"), ALARMS),
    st.tuples(st.just("getAlarm")),
    st.tuples(st.just("deleteAlarm")),
    st.tuples(st.just("sync")),
    st.tuples(st.just("deleteAll")),
)
SQL_VALUES = st.one_of(
    st.integers(-3, 3),
    st.text(max_size=4),
    st.binary(max_size=3),
    st.sampled_from([1.5, float("nan"), None, True, 2**40]),
)
SQL = st.tuples(
    st.just("sql"),
    st.one_of(d1_steps.READS, d1_steps.WRITES, d1_steps.SCHEMA),
    st.lists(SQL_VALUES, max_size=2),
    st.sampled_from(["toArray", "one", "raw", "next", "columnNames"]),
)
SYNC = st.one_of(
    st.tuples(st.just("kv.put"), KEYS, VALUES),
    st.tuples(st.just("kv.get"), KEYS),
    st.tuples(st.just("kv.delete"), KEYS),
    st.tuples(st.just("kv.list"), LIST_OPTIONS),
)
ON_TRANSACTION = st.one_of(
    st.tuples(st.just("txn.put"), KEYS, VALUES),
    st.tuples(st.just("txn.get"), KEYS | st.lists(KEYS, max_size=3)),
    st.tuples(st.just("txn.delete"), KEYS | st.lists(KEYS, max_size=3)),
    st.tuples(st.just("txn.list"), LIST_OPTIONS),
    st.tuples(st.just("txn.setAlarm"), ALARMS),
    st.sampled_from(
        [
            *(("txn.rollback",), ("txn.getAlarm",), ("txn.deleteAlarm",)),
            *(("txn.deleteAll",), ("txn.list",)),
        ]
    ),
)
ENDS = st.sampled_from(["return", "return", "throw", "violate"])
_VIOLATION = (
    "PRAGMA defer_foreign_keys = on;"
    " CREATE TABLE IF NOT EXISTS parents (a INTEGER PRIMARY KEY);"
    " CREATE TABLE IF NOT EXISTS children (a REFERENCES parents);"
    " INSERT INTO children VALUES (1)"
)
_TABLE = "CREATE TABLE IF NOT EXISTS t (a INTEGER PRIMARY KEY, b, c TEXT)"


def transactions(
    inside: st.SearchStrategy[Step], kind: str = ""
) -> st.SearchStrategy[Step]:
    """Transactions of these steps, each of which ends in some way."""
    return st.tuples(st.just(f"transaction{kind}"), st.lists(inside, max_size=6), ENDS)


def steps(namespace: str) -> st.SearchStrategy[Step]:
    """The steps for a SQLite-backed class, or a KV-backed one."""
    if namespace == "SQL":
        synchronous = st.one_of(SQL, SYNC)
        at_once = transactions(
            st.one_of(synchronous, transactions(synchronous, "Sync")), "Sync"
        )
        anywhere = st.one_of(ENTRIES, synchronous, at_once)
        inside = st.one_of(ON_TRANSACTION, anywhere, transactions(ON_TRANSACTION))
        chosen = st.one_of(ENTRIES, SQL, SYNC, at_once, transactions(inside))
    else:
        # Local workerd keeps these classes in SQLite too: it knows no limits of theirs,
        # and what `storage` itself does is part of a transaction.
        chosen = st.one_of(ENTRIES, transactions(ON_TRANSACTION)).filter(
            lambda step: "k" * 2049 not in repr(step)
        )
    return st.tuples(st.just(namespace), chosen)


async def perform(world: World, step: Step) -> Any:
    namespace, operation = step
    if "storage" not in world.saved:
        stub = getattr(world.env, namespace).getByName("one")
        world.saved["storage"] = world.storage(stub)
    return await _perform(world, operation)


async def _perform(world: World, operation: Step, txn: Any = None) -> Any:
    storage = world.saved["storage"]
    method, *arguments = operation
    if method == "transaction":
        return await _transaction(world, *arguments)
    if method in ("sql", "transactionSync") or method.startswith("kv."):
        return _at_once(storage, operation)
    target, _, method = method.rpartition(".")
    result = getattr(txn if target == "txn" else storage, method)(*arguments)
    return await result if inspect.isawaitable(result) else result


def _at_once(storage: Any, operation: Step) -> Any:
    method, *arguments = operation
    if method == "sql":
        return _sql(storage, *arguments)
    if method == "transactionSync":
        return _transaction_sync(storage, *arguments)
    result = getattr(storage.kv, method[3:])(*arguments)
    return list(result) if method == "kv.list" else result


def _transaction_sync(storage: Any, operations: list[Step], end: str) -> Any:
    seen = []

    def closure() -> str:
        for operation in operations:
            seen.append(outcome_at_once(_at_once, storage, operation))
        if end == "throw":
            raise ValueError("thrown by the closure")
        return end

    def run(storage: Any, _step: Step) -> Any:
        return storage.transactionSync(closure)

    return [outcome_at_once(run, storage, ()), seen]


async def _transaction(world: World, operations: list[Step], end: str) -> Any:
    """What became of it, and of each step inside of it."""
    from workers.rpc import _BindingWrapper

    storage = world.saved["storage"]
    seen = []

    async def closure(txn: Any) -> str:
        inside = _BindingWrapper(txn)
        for operation in operations:
            step = partial(_perform, txn=inside)
            seen.append(await outcome(step, world, operation))
        if end == "throw":
            raise ValueError("thrown by the closure")
        if end == "violate":
            storage.sql.exec(_VIOLATION)
        return end

    async def run(_world: World, _step: Step) -> Any:
        return await storage.transaction(closure)

    return [await outcome(run, world, ()), seen]


def _sql(storage: Any, sql: str, values: list[Any], read: str) -> Any:
    storage.sql.exec(_TABLE)
    cursor = storage.sql.exec(sql, *values)
    if read == "columnNames":
        return cursor.columnNames
    result = getattr(cursor, read)()
    if read == "raw":
        return [list(row) for row in result]
    if read == "next":
        return [result["done"], result.get("value")]
    return result
