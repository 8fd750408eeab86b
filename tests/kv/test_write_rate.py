"""One write a second to a key, for tests that ask for it."""

from typing import Any

import pytest
from pyodide.ffi import JsException

from pytest_cfbindings.control import Cf

pytestmark = pytest.mark.cfbindings(kv_write_rate=True, freeze="2026-01-01T00:00:00Z")

PUT_REFUSED = "^Error: KV PUT failed: 429 Too Many Requests$"
DELETE_REFUSED = "^Error: KV DELETE failed: 429 Too Many Requests$"


async def test_a_second_write_to_a_key_within_a_second_is_refused(
    env: Any, cf: Cf
) -> None:
    await env.KV.put("k", "first")
    with pytest.raises(JsException, match=PUT_REFUSED):
        await env.KV.put("k", "second")
    assert await env.KV.get("k") == "first"
    await cf.travel(milliseconds=999)
    with pytest.raises(JsException, match=PUT_REFUSED):
        await env.KV.put("k", "second")
    await cf.travel(milliseconds=1)
    await env.KV.put("k", "second")
    assert await env.KV.get("k") == "second"


async def test_other_keys_and_other_namespaces_have_a_rate_of_their_own(
    env: Any,
) -> None:
    await env.KV.put("k", "v")
    await env.KV.put("l", "v")
    await env.KV2.put("k", "v")


async def test_bindings_of_one_namespace_share_the_rate(env: Any) -> None:
    await env.KV.put("k", "v")
    with pytest.raises(JsException, match=PUT_REFUSED):
        await env.KV_AGAIN.put("k", "v")


@pytest.mark.cfbindings(kv_consistency="eventual")
async def test_the_rate_is_that_of_all_locations_together(env: Any, cf: Cf) -> None:
    await env.KV.put("k", "v")
    with cf.location("fra"), pytest.raises(JsException, match=PUT_REFUSED):
        await env.KV.put("k", "v")


async def test_a_deletion_is_a_write(env: Any) -> None:
    await env.KV.delete("k")
    with pytest.raises(JsException, match=DELETE_REFUSED):
        await env.KV.delete("k")
    with pytest.raises(JsException, match=PUT_REFUSED):
        await env.KV.put("k", "v")


async def test_a_write_that_is_refused_for_something_else_does_not_count(
    env: Any,
) -> None:
    with pytest.raises(JsException, match="Expiration TTL must be at least 60"):
        await env.KV.put("k", "v", expirationTtl=30)
    await env.KV.put("k", "v")


async def test_reads_are_free(env: Any) -> None:
    for _ in range(3):
        assert await env.KV.get("k") is None


async def test_reset_forgets_when_a_key_was_written(env: Any, cf: Cf) -> None:
    await env.KV.put("k", "v")
    cf.reset()
    await env.KV.put("k", "v")


@pytest.mark.cfbindings(kv_write_rate=False)
async def test_without_asking_there_is_no_rate(env: Any) -> None:
    await env.KV.put("k", "first")
    await env.KV.put("k", "second")
    assert await env.KV.get("k") == "second"
