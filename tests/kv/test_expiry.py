"""Expiry on the clock."""

from typing import Any

from pytest_cfbindings.clock import Clock


async def test_an_entry_is_gone_from_everywhere_once_its_time_is_reached(
    env: Any, clock: Clock
) -> None:
    await env.KV.put("k", "v", expirationTtl=60)
    await clock.advance(58_000)
    assert await env.KV.get("k") == "v"
    await clock.advance(2_000)
    assert await env.KV.get("k") is None
    assert await env.KV.get(["k"]) == {"k": None}
    assert (await env.KV.getWithMetadata("k")).value is None
    assert (await env.KV.list())["keys"] == []


async def test_list_drops_an_entry_in_the_millisecond_it_expires(
    env: Any, clock: Clock
) -> None:
    await env.KV.put("k", "v", expirationTtl=60)
    expiration = (await env.KV.list())["keys"][0]["expiration"]
    await clock.advance(expiration * 1000 - clock.now_ms())
    assert (await env.KV.list())["keys"] == []


async def test_expired_entries_take_no_place_on_a_page(env: Any, clock: Clock) -> None:
    await env.KV.put("a", "v", expirationTtl=60)
    await env.KV.put("b", "v")
    await env.KV.put("c", "v")
    await clock.advance(60_000)
    page = await env.KV.list(limit=2)
    assert [key["name"] for key in page["keys"]] == ["b", "c"]
    assert page.list_complete is True


async def test_an_expired_key_can_be_put_again(env: Any, clock: Clock) -> None:
    await env.KV.put("k", "old", expirationTtl=60, metadata={"a": 1})
    await clock.advance(60_000)
    await env.KV.put("k", "new")
    found = await env.KV.getWithMetadata("k")
    assert found == {"value": "new", "metadata": None, "cacheStatus": None}


async def test_what_was_seen_expired_does_not_come_back(env: Any, clock: Clock) -> None:
    await env.KV.put("k", "v", expirationTtl=60)
    await clock.advance(60_000)
    assert await env.KV.get("k") is None
    clock.reset()
    assert await env.KV.get("k") is None


async def test_every_test_starts_at_the_present(clock: Clock) -> None:
    import time

    assert abs(clock.now_ms() - time.time() * 1000) < 1000
