"""Limits that a test lowers or switches off, in every product."""

from typing import Any

import pytest
from pyodide.ffi import JsException

from pytest_cfbindings.control import Cf
from pytest_cfbindings.limit_changes import checked, documented
from pytest_cfbindings.limits import LIMITS


@pytest.mark.cfbindings(limits=dict.fromkeys(LIMITS))
async def test_all_limits_can_be_off_at_once(env: Any, cf: Cf) -> None:
    await env.KV.put("k" * 600, "v", expirationTtl=1, metadata="x" * 2000)
    assert await env.KV.get("k" * 600, cacheTtl=1) == "v"
    assert len((await env.KV.list(limit=5000))["keys"]) == 1

    columns = ", ".join(f"c{n}" for n in range(200))
    await env.DB.exec(f"CREATE TABLE t ({columns})")
    await env.DB.prepare("INSERT INTO t (c0) VALUES (?)").bind("x" * 3_000_000).run()

    upload = await env.BUCKET.createMultipartUpload("k" * 2000)
    parts = [await upload.uploadPart(n, "part") for n in (1, 2)]
    await upload.complete(parts)

    stub = env.COUNTER.getByName("one")
    assert await stub.increment_alone() == 1
    await env.OLD_NOTEBOOK.getByName("one").write("k" * 3000, "x" * 200_000)
    await env.QUEUE.send("x" * 200_000, delaySeconds=100_000)
    assert len(cf.sent(env.QUEUE)) == 1


LOWER = [
    ("kv.key_bytes", 3, lambda env: env.KV.get("long")),
    ("kv.metadata_bytes", 3, lambda env: env.KV.put("k", "v", metadata="long")),
    ("kv.bulk_keys", 1, lambda env: env.KV.get(["a", "b"])),
    ("r2.key_bytes", 3, lambda env: env.BUCKET.put("long", "v")),
    ("r2.upload_bytes", 3, lambda env: env.BUCKET.put("k", "long")),
    ("r2.delete_keys", 1, lambda env: env.BUCKET.delete(["a", "b"])),
    ("sql.parameters", 1, lambda env: env.DB.prepare("SELECT ?2").bind(1, 2).run()),
    ("sql.statement_bytes", 5, lambda env: env.DB.prepare("SELECT 1").run()),
    (
        "do.value_bytes",
        3,
        lambda env: env.OLD_NOTEBOOK.getByName("one").write("k", "x" * 99),
    ),
    ("do.rpc_bytes", 3, lambda env: env.COUNTER.getByName("one").echo("long")),
    ("queue.message_bytes", 3, lambda env: env.QUEUE.send("long")),
]


@pytest.mark.parametrize(
    "call",
    [
        pytest.param(call, id=name, marks=pytest.mark.cfbindings(limits={name: value}))
        for name, value, call in LOWER
    ],
)
async def test_a_lower_limit_is_enforced(env: Any, call: Any) -> None:
    with pytest.raises(JsException):
        await call(env)


@pytest.mark.parametrize("call", [row[2] for row in LOWER], ids=[r[0] for r in LOWER])
async def test_the_same_passes_under_the_documented_limit(env: Any, call: Any) -> None:
    await call(env)


@pytest.mark.cfbindings(limits={"kv.value_bytes": 5, "kv.cache_ttl_seconds": None})
def test_the_documented_limits_can_be_had_for_a_while(cf: Cf) -> None:
    value, ttl = LIMITS["kv.value_bytes"], LIMITS["kv.cache_ttl_seconds"]
    assert (value.value, ttl.value) == (5, 0)
    with documented():
        assert (value.value, ttl.value) == (26_214_400, 30)
    assert (value.value, ttl.value) == (5, 0)


def test_limits_are_as_documented_where_nobody_asks(cf: Cf) -> None:
    assert all(limit.value == limit.documented for limit in LIMITS.values())


def test_a_name_that_is_near_none_gets_them_all() -> None:
    with pytest.raises(ValueError, match=r"no limit 'x'; all: kv\.key_bytes, "):
        checked({"x": 1})
