"""Expiration of KV entries, and cacheTtl: what is taken, and what is refused."""

import datetime
import time
from decimal import Decimal
from typing import Any

import pytest

from .refusals import INT32, quiet, refused

BIGINT = "TypeError: Cannot convert a BigInt value to a number"


async def expiration(env: Any) -> int:
    [key] = (await env.KV.list())["keys"]
    return int(key["expiration"])


@pytest.mark.parametrize("ttl", [60, 60.9, "60", 2**31 - 1])
async def test_a_ttl_is_whole_seconds_from_now(env: Any, ttl: Any) -> None:
    before = int(time.time())
    await env.KV.put("k", "v", expirationTtl=ttl)
    assert await expiration(env) - int(float(ttl)) - before in (0, 1)


async def test_an_expiration_is_an_instant_in_seconds(env: Any) -> None:
    at = int(time.time()) + 61
    await env.KV.put("k", "v", expiration=at)
    assert await expiration(env) == at


@quiet
@pytest.mark.parametrize(
    ("ttl", "read_as"),
    [
        (None, 0),
        (True, 1),
        ("", 0),
        (" 59 ", 59),
        ("0x3b", 59),
        ("5.9e1", 59),
        ("59s", 0),
        ([59], 59),
        ([], 0),
        ([1, 2], 0),
        ({}, 0),
        (Decimal("59"), 59),
        (59.9, 59),
        (-1.9, -1),
        (float("nan"), 0),
        (float("inf"), 0),
        (float("-inf"), 0),
        (datetime.datetime(1970, 1, 1, 0, 0, 0, 7000), 7),
    ],
)
async def test_a_ttl_is_read_as_javascript_reads_numbers(
    env: Any, ttl: Any, read_as: int
) -> None:
    rule = (
        "Please specify integer greater than 0."
        if read_as <= 0
        else "Expiration TTL must be at least 60."
    )
    with refused(
        f"Error: KV PUT failed: 400 Invalid expiration_ttl of {read_as}. {rule}"
    ):
        await env.KV.put("k", "v", {"expirationTtl": ttl})


@pytest.mark.parametrize("option", ["expiration", "expirationTtl"])
@pytest.mark.parametrize(
    ("value", "message"),
    [
        (2**31, INT32),
        (2147483647.5, INT32),
        (-(2**31) - 1, INT32),
        (1_767_225_600_000, INT32),
        (2**60, BIGINT),
    ],
)
async def test_what_is_no_int32_is_refused(
    env: Any, option: str, value: Any, message: str
) -> None:
    with refused(message):
        await env.KV.put("k", "v", {option: value})


@pytest.mark.parametrize("value", [None, 0, -5, 1, float("nan"), "x"])
async def test_an_expiration_that_is_not_ahead_is_refused(env: Any, value: Any) -> None:
    shown = value if isinstance(value, int) else 0
    with refused(
        f"Error: KV PUT failed: 400 Invalid expiration of {shown}. Please specify"
        " integer greater than the current number of seconds since the UNIX epoch."
    ):
        await env.KV.put("k", "v", expiration=value)


async def test_an_expiration_is_60_seconds_ahead_at_least(env: Any) -> None:
    at = int(time.time()) + 55
    with refused(
        f"Error: KV PUT failed: 400 Invalid expiration of {at}. Expiration times must"
        " be at least 60 seconds in the future."
    ):
        await env.KV.put("k", "v", expiration=at)


async def test_a_ttl_wins_over_an_expiration_that_is_not_even_looked_at(
    env: Any,
) -> None:
    await env.KV.put("k", "v", expirationTtl=60, expiration=1)
    assert await expiration(env) > time.time()


async def test_a_put_forgets_the_expiration_that_was_there(env: Any) -> None:
    await env.KV.put("k", "v", expirationTtl=60)
    await env.KV.put("k", "w")
    assert "expiration" not in (await env.KV.list())["keys"][0]


async def test_a_refused_put_leaves_all_as_it_was(env: Any) -> None:
    await env.KV.put("k", "v", metadata=1)
    with refused(
        "Error: KV PUT failed: 400 Invalid expiration_ttl of 5. Expiration TTL must be"
        " at least 60."
    ):
        await env.KV.put("k", "w", expirationTtl=5)
    found = await env.KV.getWithMetadata("k")
    assert (found.value, found.metadata) == ("v", 1)


@quiet
async def test_names_with_underscores_set_no_expiration(env: Any) -> None:
    await env.KV.put("k", "v", expiration_ttl=60)
    assert "expiration" not in (await env.KV.list())["keys"][0]


@pytest.mark.parametrize(
    ("keys", "service"), [("k", "GET"), (["k"], "GET_BULK")], ids=["one", "many"]
)
@pytest.mark.parametrize("ttl", [29, 0, -1, None])
async def test_cache_ttl_is_30_seconds_at_least(
    env: Any, keys: Any, service: str, ttl: Any
) -> None:
    await env.KV.get(keys, cacheTtl=30)
    with refused(
        f"Error: KV {service} failed: 400 Invalid cache_ttl of {ttl or 0}. Cache TTL"
        " must be at least 30."
    ):
        await env.KV.get(keys, cacheTtl=ttl)


async def test_an_entry_is_gone_when_its_moment_has_come(env: Any, cf: Any) -> None:
    cf.freeze()
    await env.KV.put("k", "v", metadata=1, expirationTtl=60)
    await cf.travel(seconds=59, milliseconds=999 - cf.now().microsecond // 1000)
    assert await env.KV.get("k") == "v"
    await cf.travel(seconds=1)
    assert await env.KV.get("k") is None
    assert (await env.KV.getWithMetadata("k")).metadata is None
    assert await env.KV.get(["k"]) == {"k": None}
    assert (await env.KV.list())["keys"] == []


async def test_an_entry_that_has_expired_can_be_put_again(env: Any, cf: Any) -> None:
    cf.freeze()
    await env.KV.put("k", "v", expirationTtl=60)
    await cf.travel(seconds=60)
    assert await env.KV.delete("k") is None
    await env.KV.put("k", "w")
    assert await env.KV.get("k") == "w"
