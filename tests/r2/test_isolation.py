"""Storage is fresh for each test, and calls are recorded."""

from typing import Any

import pytest

from pytest_cfbindings.clock import Clock
from pytest_cfbindings.r2.records import Metadata
from pytest_cfbindings.r2.store import Store


@pytest.mark.parametrize("_round", range(2))
async def test_objects_and_uploads_are_gone(_round: int, env: Any) -> None:
    assert len((await env.BUCKET.list()).objects) == 0
    await env.BUCKET.put("k", "v")
    await env.BUCKET.createMultipartUpload("m")


async def test_reset_empties_the_bucket_for_every_binding(env: Any, cf: Any) -> None:
    await env.BUCKET.put("k", "v")
    cf.reset()
    assert await env.BUCKET.head("k") is None
    assert await env.BUCKET_AGAIN.head("k") is None


async def test_calls_are_recorded(env: Any, cf: Any) -> None:
    await env.BUCKET.put("k", "v", customMetadata={"a": "b"})
    await env.BUCKET.get("k")
    put, get = cf.calls(env.BUCKET)
    assert put.args == ("k", "v", {"customMetadata": {"a": "b"}})
    assert (get.method, get.args) == ("get", ("k",))


def test_a_bucket_that_nobody_wrote_to_has_nothing_to_reset() -> None:
    store = Store(Clock(), "b")
    assert store.get("k") is None
    assert store.names() == []
    store.delete("k")
    assert not store.touched
    store.put("k", b"v", Metadata(), "etag", {})
    assert store.touched
    store.reset()
    assert not store.touched
