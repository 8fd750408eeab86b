"""The binding without the SDK's wrapper, as raw proxies of `env` show it."""

from typing import Any

import pytest
from pyodide.ffi import JsException, jsnull, to_js


@pytest.fixture
def kv(env: Any) -> Any:
    return env.KV._binding


async def test_a_missing_key_is_jsnull(kv: Any) -> None:
    assert await kv.get("missing") is jsnull


async def test_none_is_undefined_and_leaves_an_option_unset(kv: Any) -> None:
    await kv.put("k", "v", expirationTtl=None)
    assert await kv.get("k") == "v"


async def test_a_put_of_undefined_stores_its_text(kv: Any) -> None:
    await kv.put("k", None)
    assert await kv.get("k") == "undefined"


async def test_a_proxied_list_is_no_array_but_one_odd_key(kv: Any) -> None:
    await kv.put("['a', 'b']", "odd")
    assert await kv.get(["a", "b"]) == "odd"


async def test_a_converted_list_is_an_array(kv: Any) -> None:
    await kv.put("a", "1")
    found = await kv.get(to_js(["a", "b"]))
    assert found.get("a") == "1"


async def test_subscription_calls_get(kv: Any) -> None:
    await kv.put("k", "v")
    assert await kv["k"] == "v"


async def test_a_proxied_dict_gives_its_items_as_options(kv: Any) -> None:
    with pytest.raises(JsException, match="Expiration TTL must be at least 60"):
        await kv.put("k", "v", {"expirationTtl": 30})


def test_it_says_what_it_is(kv: Any) -> None:
    assert str(kv) == "[object KvNamespace]"
    assert kv.constructor.name == "KvNamespace"
