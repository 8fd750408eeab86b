"""Faults of KV: which texts, and before or after the effect."""

from typing import Any

import pytest
from pyodide.ffi import JsException

from pytest_cfbindings.control import Cf


async def refused(call: Any) -> str:
    with pytest.raises(JsException) as caught:
        await call
    return str(caught.value)


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (None, "Error: KV PUT failed: 500 Internal Server Error"),
        (429, "Error: KV PUT failed: 429 Too Many Requests"),
        ("too many requests", "Error: KV PUT failed: 429 Too Many Requests"),
        (503, "Error: KV PUT failed: 503 Service Temporarily Unavailable"),
        (401, "Error: KV PUT failed: 401 Unauthorized"),
        ("daily limit", "Error: KV put() limit exceeded for the day."),
        ("connection lost", "Error: Network connection lost."),
    ],
)
async def test_a_put_that_fails_stores_nothing(
    env: Any, cf: Cf, error: Any, text: str
) -> None:
    cf.fail(env.KV, "put", error=error)
    assert await refused(env.KV.put("k", "v")) == text
    assert await env.KV.get("k") is None
    await env.KV.put("k", "v")
    assert await env.KV.get("k") == "v"


@pytest.mark.parametrize("error", [500, 503, "connection lost"])
async def test_after_the_effect_only_the_answer_is_lost(
    env: Any, cf: Cf, error: Any
) -> None:
    cf.fail(env.KV, "put", error=error, after_effect=True)
    await refused(env.KV.put("k", "v"))
    assert await env.KV.get("k") == "v"


async def test_each_request_is_named_as_the_service_names_it(env: Any, cf: Cf) -> None:
    cf.fail(env.KV, "*", error=500, every=1)
    kv = env.KV
    assert "KV GET failed: 500" in await refused(kv.get("k"))
    assert "KV GET_BULK failed: 500" in await refused(kv.get(["k"]))
    assert "KV GET failed: 500" in await refused(kv.getWithMetadata("k"))
    assert "KV GET_BULK failed: 500" in await refused(kv.getWithMetadata(["k"]))
    assert "KV DELETE failed: 500" in await refused(kv.delete("k"))
    assert "KV GET failed: 500" in await refused(kv.list())


async def test_a_lost_connection_says_that_it_may_be_tried_again(
    env: Any, cf: Cf
) -> None:
    cf.fail(env.KV, "get", error="connection lost")
    with pytest.raises(JsException) as caught:
        await env.KV.get("k")
    assert caught.value.retryable is True


async def test_the_runtime_refuses_a_bad_argument_before_anything_is_lost(
    env: Any, cf: Cf
) -> None:
    fault = cf.fail(env.KV, "put")
    assert "TypeError" in await refused(env.KV.put("", "v"))
    assert fault.fired == 0
    assert "500" in await refused(env.KV.put("k", "v"))


async def test_a_put_that_the_service_refuses_has_no_answer_to_lose(
    env: Any, cf: Cf
) -> None:
    fault = cf.fail(env.KV, "put", after_effect=True)
    assert "413" in await refused(env.KV.put("k", "v" * (25 * 1024 * 1024 + 1)))
    assert fault.fired == 0
    assert "500" in await refused(env.KV.put("k", "v"))


async def test_a_fault_is_that_of_one_binding(env: Any, cf: Cf) -> None:
    cf.fail(env.KV, "put", must_fire=False)
    await env.KV2.put("k", "v")
    await env.KV_AGAIN.put("k", "v")
    assert await env.KV.get("k") == "v"


async def test_a_stream_fails_once_it_is_read(env: Any, cf: Cf) -> None:
    from js import Response as JsResponse

    cf.fail(env.KV, "put", after_effect=True)
    assert "500" in await refused(env.KV.put("k", JsResponse.new("streamed").body))
    assert await env.KV.get("k") == "streamed"
