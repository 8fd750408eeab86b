"""Listing the keys of KV."""

import asyncio
from typing import Any

import pytest

from .refusals import INT32, refused


async def fill(env: Any, *names: str) -> None:
    await asyncio.gather(*(env.KV.put(name, "v") for name in names))


def names(page: Any) -> list[str]:
    return [key["name"] for key in page["keys"]]


async def test_an_empty_namespace_is_one_empty_page(env: Any) -> None:
    assert dict(await env.KV.list()) == {
        "keys": [],
        "list_complete": True,
        "cacheStatus": None,
    }


async def test_list_is_in_the_order_of_the_keys_bytes(env: Any) -> None:
    given = ["b", "a", "B", "\uffff", "😀", "é", "a/b"]
    await fill(env, *given)
    listed = await env.KV.list()
    assert names(listed) == sorted(given, key=str.encode)
    assert listed.list_complete is True
    assert "cursor" not in listed


async def test_keys_are_those_of_the_result_not_of_the_dictionary(env: Any) -> None:
    await fill(env, "a")
    listed = await env.KV.list()
    assert listed["keys"] == [{"name": "a"}]
    assert list(listed.keys()) == [*listed]


async def test_what_an_entry_has_is_listed(env: Any) -> None:
    await env.KV.put("a", "v", metadata=0, expirationTtl=60)
    await env.KV.put("b", "v", metadata="")
    await env.KV.put("c", "v")
    first, second, third = (await env.KV.list())["keys"]
    assert set(first) == {"name", "expiration", "metadata"}
    assert (first.metadata, type(first.expiration)) == (0, int)
    assert (second, third) == ({"name": "b", "metadata": ""}, {"name": "c"})


async def test_list_pages_go_on_behind_the_last_name(env: Any) -> None:
    await fill(env, *"abcd")
    first = await env.KV.list(limit=2)
    await env.KV.put("bb", "v")
    await env.KV.put("aa", "v")
    await env.KV.delete("b")
    await env.KV.delete("c")
    second = await env.KV.list(limit=5, cursor=first.cursor)
    assert names(first) == ["a", "b"]
    assert first.list_complete is False
    assert names(second) == ["bb", "d"]


async def test_a_page_that_ends_with_the_last_key_is_complete(env: Any) -> None:
    await fill(env, "a", "b")
    page = await env.KV.list(limit=2)
    assert page.list_complete is True
    assert page.get("cursor") is None


async def test_a_cursor_goes_on_over_all_names_if_the_prefix_is_not_given_again(
    env: Any,
) -> None:
    await fill(env, "a1", "a2", "b")
    page = await env.KV.list(prefix="a", limit=1)
    assert names(await env.KV.list(prefix="a", cursor=page.cursor)) == ["a2"]
    assert names(await env.KV.list(cursor=page.cursor)) == ["a2", "b"]


async def test_list_has_1000_names_at_the_most(env: Any) -> None:
    await fill(env, *(f"{i:04}" for i in range(1001)))
    page = await env.KV.list(limit=0)
    assert len(page["keys"]) == 1000
    assert len((await env.KV.list(cursor=page.cursor))["keys"]) == 1
    assert len((await env.KV.list(limit=1000))["keys"]) == 1000
    with refused(
        "Error: KV GET failed: 400 Invalid key_count_limit of 1001. Please specify an"
        " integer less than 1000."
    ):
        await env.KV.list(limit=1001)


@pytest.mark.parametrize("limit", [0, -1, None, 0.5, float("nan"), "x", False])
async def test_a_limit_that_is_not_positive_is_none(env: Any, limit: Any) -> None:
    await fill(env, "a", "b")
    assert names(await env.KV.list(limit=limit)) == ["a", "b"]


@pytest.mark.parametrize("limit", [1, 1.9, "1", True, [1]])
async def test_a_limit_is_read_as_javascript_reads_numbers(
    env: Any, limit: Any
) -> None:
    await fill(env, "a", "b")
    assert names(await env.KV.list(limit=limit)) == ["a"]


async def test_a_limit_is_an_int32(env: Any) -> None:
    with refused(INT32):
        await env.KV.list(limit=2**31)


@pytest.mark.parametrize(
    ("prefix", "found"),
    [
        ("a_", ["a_b"]),
        ("A", ["A_b"]),
        ("a%", ["a%b"]),
        ("a*", ["a*b"]),
        (".", [".", "..x"][1:]),
        ("..", ["..x"]),
        ("", ["..x", "A_b", "a%b", "a*b", "a_b", "null"]),
        (None, ["..x", "A_b", "a%b", "a*b", "a_b", "null"]),
        ("a_b", ["a_b"]),
        ("a_bc", []),
        (["a_b"], ["a_b"]),
    ],
)
async def test_a_prefix_is_literal_text(
    env: Any, prefix: Any, found: list[str]
) -> None:
    await fill(env, "a_b", "a%b", "a*b", "A_b", "..x", "null")
    assert names(await env.KV.list(prefix=prefix)) == found


async def test_a_prefix_of_512_bytes_is_the_longest(env: Any) -> None:
    assert names(await env.KV.list(prefix="é" * 256)) == []
    with refused(
        "Error: KV GET failed: 414 UTF-8 encoded length of 513 exceeds key length limit"
        " of 512."
    ):
        await env.KV.list(prefix="é" * 256 + "x")


async def test_a_cursor_that_is_none_is_no_cursor(env: Any) -> None:
    await fill(env, "a")
    assert names(await env.KV.list(cursor=None)) == ["a"]


@pytest.mark.stricter_than_local(
    "production refuses it; locally any text is decoded as the name to go on after"
)
@pytest.mark.parametrize("cursor", ["", "abc", "YQ=="])
async def test_a_cursor_that_no_list_returned_is_refused(env: Any, cursor: str) -> None:
    with refused("Error: KV GET failed: 400 invalid cursor"):
        await env.KV.list(cursor=cursor)


@pytest.mark.stricter_than_local(
    "the documentation lists metadata only where there is some; locally it is null"
)
async def test_metadata_that_is_json_null_is_not_listed(env: Any) -> None:
    await env.KV.put("k", "v", metadata=float("nan"))
    assert (await env.KV.list())["keys"] == [{"name": "k"}]


@pytest.mark.stricter_than_local("not documented; locally it matches no name")
async def test_a_prefix_may_have_a_nul(env: Any) -> None:
    await fill(env, "a\0b", "a")
    assert names(await env.KV.list(prefix="a\0")) == ["a\0b"]


async def test_limit_is_checked_before_the_prefix(env: Any) -> None:
    with refused(
        "Error: KV GET failed: 400 Invalid key_count_limit of 1001. Please specify an"
        " integer less than 1000."
    ):
        await env.KV.list(limit=1001, prefix="x" * 513)
