"""Steps on the storage of a Durable Object, from outside of it."""

import datetime
from typing import Any

from hypothesis import strategies as st

from . import d1_steps
from .steps import Step, World

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
_TABLE = "CREATE TABLE IF NOT EXISTS t (a INTEGER PRIMARY KEY, b, c TEXT)"


def steps(namespace: str) -> st.SearchStrategy[Step]:
    """The steps for a SQLite-backed class, or a KV-backed one."""
    kinds = [ENTRIES, SQL, SYNC] if namespace == "SQL" else [ENTRIES]
    chosen = st.one_of(*kinds)
    if namespace == "KVO":
        # Of KV-backed classes workerd knows no limits.
        chosen = chosen.filter(lambda step: "k" * 2049 not in repr(step))
    return st.tuples(st.just(namespace), chosen)


async def perform(world: World, step: Step) -> Any:
    namespace, (method, *arguments) = step
    if "storage" not in world.saved:
        stub = getattr(world.env, namespace).getByName("one")
        world.saved["storage"] = world.storage(stub)
    storage = world.saved["storage"]
    if method == "sql":
        return _sql(storage, *arguments)
    if method.startswith("kv."):
        result = getattr(storage.kv, method[3:])(*arguments)
        return list(result) if method == "kv.list" else result
    return await getattr(storage, method)(*arguments)


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
