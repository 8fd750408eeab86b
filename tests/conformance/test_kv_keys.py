"""Keys of KV: what is a key, what it is turned into, and which are refused."""

import datetime
from decimal import Decimal
from typing import Any

import pytest

from .refusals import quiet, refused

SINGLE = ["get", "getWithMetadata", "put", "delete"]


async def call(env: Any, method: str, key: Any) -> Any:
    return await getattr(env.KV, method)(key, *(["v"] if method == "put" else []))


async def names(env: Any) -> list[str]:
    return [key["name"] for key in (await env.KV.list())["keys"]]


@pytest.mark.parametrize(
    ("method", "service"),
    [
        ("get", "GET"),
        ("getWithMetadata", "GET"),
        ("put", "PUT"),
        ("delete", "DELETE"),
    ],
)
async def test_a_key_of_512_bytes_is_the_longest(
    env: Any, method: str, service: str
) -> None:
    await call(env, method, "é" * 256)
    with refused(
        f"Error: KV {service} failed: 414 UTF-8 encoded length of 513 exceeds key"
        " length limit of 512."
    ):
        await call(env, method, "é" * 256 + "x")


@pytest.mark.parametrize("method", SINGLE)
@pytest.mark.parametrize(
    ("key", "message"),
    [
        ("", "Key name cannot be empty."),
        (".", '"." is not allowed as a key name.'),
        ("..", '".." is not allowed as a key name.'),
    ],
)
async def test_empty_and_dot_keys_are_refused(
    env: Any, method: str, key: str, message: str
) -> None:
    with refused(f"TypeError: {message}"):
        await call(env, method, key)


@pytest.mark.parametrize(
    ("method", "service"), [("get", "GET"), ("put", "PUT"), ("delete", "DELETE")]
)
async def test_half_a_surrogate_pair_is_no_key(
    env: Any, method: str, service: str
) -> None:
    with refused(f"Error: KV {service} failed: 400 Could not URL-decode key name"):
        await call(env, method, "a\ud800")


async def test_any_other_text_is_a_key(env: Any) -> None:
    keys = [
        *(" ", "a b", "\0", "\n", "/", "/a//b/", "%41", "A", "a", "../x", "..."),
        *("__proto__", "é", "e\u0301", "😀", "?a=b#c", "\x7f", "\ufeff", "a\\b"),
    ]
    for key in keys:
        await env.KV.put(key, f"of {key}")
    assert [await env.KV.get(key) for key in keys] == [f"of {key}" for key in keys]
    assert await names(env) == sorted(keys, key=str.encode)


class Thing:
    def __str__(self) -> str:
        return "a thing"


@quiet
@pytest.mark.parametrize(
    ("key", "stands_for"),
    [
        (None, "null"),
        (True, "true"),
        (5, "5"),
        (2**60, str(2**60)),
        (1.0, "1"),
        (-0.0, "0"),
        (1.5, "1.5"),
        (1e21, "1e+21"),
        (1e20, "100000000000000000000"),
        (1e-6, "0.000001"),
        (1e-7, "1e-7"),
        (1.5e-10, "1.5e-10"),
        (float("nan"), "NaN"),
        (float("-inf"), "-Infinity"),
        (["a", None, ["b", 1.0]], "a,,b,1"),
        ({"a": 1}, "[object Object]"),
        ({1}, "[object Set]"),
        (b"ab", "97,98"),
        (Thing(), "a thing"),
        (range(3), "range(0, 3)"),
        (frozenset({1}), "frozenset({1})"),
        (Decimal("1.50"), "1.50"),
        (datetime.date(2026, 1, 2), "2026-01-02"),
        (
            datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC),
            "Thu Jan 01 1970 00:00:00 GMT+0000 (Coordinated Universal Time)",
        ),
    ],
)
async def test_a_key_is_turned_into_text_as_javascript_does(
    env: Any, key: Any, stands_for: str
) -> None:
    await env.KV.put(key, "v")
    assert await names(env) == [stands_for]


@quiet
async def test_a_key_given_by_keyword_is_an_options_object(env: Any) -> None:
    await env.KV.put("[object Object]", "surprise")
    assert await env.KV.get(key="k") == "surprise"
    await env.KV.delete(key="k")
    assert await names(env) == []


async def test_delete_takes_one_key(env: Any) -> None:
    await env.KV.put("a,b", "v")
    assert await env.KV.delete(["a", "b"]) is None
    assert await env.KV.delete("missing") is None
    assert await env.KV.get("a,b") is None


async def test_delete_of_no_keys_is_that_of_an_empty_key(env: Any) -> None:
    with refused("TypeError: Key name cannot be empty."):
        await env.KV.delete([])


async def test_two_bindings_of_one_namespace_share_their_keys(env: Any) -> None:
    await env.KV.put("k", "v")
    assert await env.KV_AGAIN.get("k") == "v"
    assert await env.KV2.get("k") is None
