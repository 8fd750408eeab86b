"""Many keys of KV in one call of get or getWithMetadata."""

from typing import Any

import pytest

from .refusals import quiet, refused


async def test_the_order_is_kept_and_missing_keys_are_shown(env: Any) -> None:
    await env.KV.put("b", "2")
    found = await env.KV.get(["b", "a", "b"])
    assert list(found.items()) == [("b", "2"), ("a", None)]
    assert found.b == "2"


async def test_metadata_comes_with_each_value(env: Any) -> None:
    await env.KV.put("b", "2", metadata={"m": 1})
    await env.KV.put("c", "3")
    found = await env.KV.getWithMetadata(["a", "b", "c"], "json")
    assert found == {
        "a": None,
        "b": {"value": 2, "metadata": {"m": 1}},
        "c": {"value": 3, "metadata": None},
    }


@pytest.mark.parametrize(
    ("name", "is_there"),
    [
        *[("0", False), ("7", False), ("4294967294", False)],
        *[("4294967295", True), ("007", True), ("-1", True), ("1.5", True)],
    ],
)
async def test_names_that_look_like_array_indices_are_lost(
    env: Any, name: str, is_there: bool
) -> None:
    await env.KV.put(name, "v")
    assert await env.KV.get([name]) == ({name: "v"} if is_there else {})
    found = await env.KV.getWithMetadata([name])
    assert list(found) == ([name] if is_there else [])


async def test_1_to_100_keys_are_taken(env: Any) -> None:
    assert len(await env.KV.get([f"k{i}" for i in range(100)])) == 100
    most = "Error: KV GET_BULK failed: 400 You can request a maximum of 100 keys"
    with refused(most):
        await env.KV.get(["k"] * 101)
    with refused("Error: KV GET_BULK failed: 400 You must request a minimum of 1 key"):
        await env.KV.getWithMetadata([])


async def test_25_mb_in_all_are_the_most(env: Any) -> None:
    half = "x" * (25 * 1024 * 512)
    await env.KV.put("a", half)
    await env.KV.put("b", half)
    await env.KV.put("c", "x")
    assert len((await env.KV.get(["a", "b"])).a) == len(half)
    with refused(
        "Error: KV GET_BULK failed: 413 Total size of request exceeds the limit of 25MB"
    ):
        await env.KV.get(["a", "b", "c"])


async def test_each_item_is_turned_into_text(env: Any) -> None:
    assert await env.KV.get([None, 1.5, ["a", "b"]]) == dict.fromkeys(
        ("null", "1.5", "a,b")
    )


@pytest.mark.parametrize("type", ["json", {"type": "json"}])
async def test_json_is_read_of_each(env: Any, type: Any) -> None:
    await env.KV.put("a", '{"n": 1.0}')
    await env.KV.put("b", "null", metadata=1)
    assert await env.KV.get(["a", "b"], type) == {"a": {"n": 1}, "b": None}
    found = await env.KV.getWithMetadata(["b"], type)
    assert found == {"b": None}


@pytest.mark.parametrize("value", ["", "x", "{"])
async def test_one_value_that_is_no_json_fails_all(env: Any, value: str) -> None:
    await env.KV.put("a", "1")
    await env.KV.put("b", value)
    with refused(
        "Error: KV GET_BULK failed: 400 At least one of the requested keys corresponds"
        " to a non-json value"
    ):
        await env.KV.get(["a", "b"], "json")


@pytest.mark.parametrize("type", ["stream", "arrayBuffer", "TEXT", "\ud800"])
async def test_there_are_two_types(env: Any, type: str) -> None:
    shown = type.replace("\ud800", "\ufffd" * 3)
    with refused(
        f'Error: KV GET_BULK failed: 400 "{shown}" is not a valid type.'
        ' Use "json" or "text"'
    ):
        await env.KV.get(["a"], type)


@pytest.mark.parametrize("options", ["", "text", None, {}, {"type": ""}])
async def test_text_is_what_is_read_if_no_type_is_given(env: Any, options: Any) -> None:
    await env.KV.put("a", "1")
    assert await env.KV.get(["a"], options) == {"a": "1"}


@pytest.mark.parametrize(
    ("key", "message"),
    [
        ("", "400 Key names must not be empty"),
        (".", '400 Illegal key name ".". Please use a different name.'),
        ("..", '400 Illegal key name "..". Please use a different name.'),
        (
            "x" * 513,
            "414 UTF-8 encoded length of 513 exceeds key length limit of 512.",
        ),
    ],
)
async def test_one_key_that_is_refused_fails_all(
    env: Any, key: str, message: str
) -> None:
    with refused(f"Error: KV GET_BULK failed: {message}"):
        await env.KV.get(["a", key])


@pytest.mark.parametrize(
    ("keys", "options", "message"),
    [
        (
            ["k"] * 101,
            {"type": "x"},
            '400 "x" is not a valid type. Use "json" or "text"',
        ),
        ([], {"cacheTtl": 5}, "400 You must request a minimum of 1 key"),
        ([""], {"cacheTtl": 5}, "400 Key names must not be empty"),
        (
            ["a", ""],
            {"cacheTtl": 5},
            "400 Invalid cache_ttl of 5. Cache TTL must be at least 30.",
        ),
    ],
    ids=["type, number", "number, cacheTtl", "name, cacheTtl", "key by key"],
)
async def test_what_is_checked_first(
    env: Any, keys: list[str], options: dict[str, Any], message: str
) -> None:
    with refused(f"Error: KV GET_BULK failed: {message}"):
        await env.KV.get(keys, options)


@quiet
async def test_only_a_list_is_many_keys(env: Any) -> None:
    await env.KV.put("[object Set]", "v")
    await env.KV.put("dict_keys(['a'])", "w")
    assert await env.KV.get({"a"}) == "v"
    assert await env.KV.get({"a": 1}.keys()) == "w"
