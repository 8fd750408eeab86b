"""What a Worker can rely on in KV. These tests use nothing but `env`."""

import asyncio
import time
from typing import Any

import pytest
from pyodide.ffi import JsException

quiet = pytest.mark.filterwarnings("ignore::pytest_cfbindings.IgnoredArgumentWarning")


async def test_a_missing_key_is_none(env: Any) -> None:
    assert await env.KV.get("missing") is None


async def test_text_comes_back(env: Any) -> None:
    assert await env.KV.put("k", "naïve 😀\0") is None
    assert await env.KV.get("k") == "naïve 😀\0"


async def test_bytes_come_back_as_a_memoryview_of_their_own(env: Any) -> None:
    await env.KV.put("k", b"\x00\xff")
    first = await env.KV.get("k", "arrayBuffer")
    assert isinstance(first, memoryview)
    first[0] = 1
    assert bytes(await env.KV.get("k", "arrayBuffer")) == b"\x00\xff"


async def test_a_memoryview_is_stored_as_the_part_it_shows(env: Any) -> None:
    await env.KV.put("k", memoryview(b"abcdef")[2:4])
    assert await env.KV.get("k") == "cd"


@pytest.mark.parametrize(
    ("value", "stored"),
    [
        (5, "5"),
        (5.0, "5"),
        (1e21, "1e+21"),
        (1e-7, "1e-7"),
        (True, "true"),
        (None, "null"),
        (2**60, str(2**60)),
        (float("nan"), "NaN"),
    ],
)
async def test_a_primitive_is_stored_as_its_javascript_text(
    env: Any, value: Any, stored: str
) -> None:
    await env.KV.put("k", value)
    assert await env.KV.get("k") == stored


@pytest.mark.parametrize("value", [{}, {"a": 1}, [1], {1}, frozenset(), range(3)])
async def test_any_other_value_is_refused(env: Any, value: Any) -> None:
    with pytest.raises(JsException, match="accepts only strings, ArrayBuffers"):
        await env.KV.put("k", value)
    assert await env.KV.get("k") is None


@pytest.mark.parametrize("value", [(1, 2), bytearray(b"x"), [(1,)]])
def test_what_cannot_be_sent_fails_at_the_call(env: Any, value: Any) -> None:
    with pytest.raises(TypeError, match=r"cannot be sent over RPC\."):
        env.KV.put("k", value)


async def test_a_call_has_happened_whether_or_not_it_is_awaited(env: Any) -> None:
    pending = env.KV.put("k", "v")
    assert await env.KV.get("k") == "v"
    await pending


async def test_json_comes_back_as_python_values(env: Any) -> None:
    await env.KV.put("k", '{"a": [1, 2.5, 1.0, null, true], "2": "b", "1": "c"}')
    value = await env.KV.get("k", "json")
    assert value == {"a": [1, 2.5, 1, None, True], "2": "b", "1": "c"}
    assert list(value) == ["1", "2", "a"]
    assert value.a[0] == 1
    assert type(value["a"][2]) is int


async def test_json_numbers_are_doubles(env: Any) -> None:
    await env.KV.put("k", "[9007199254740993, 1e400]")
    assert await env.KV.get("k", "json") == [9007199254740992.0, float("inf")]


async def test_bad_json_is_a_syntax_error_with_the_place(env: Any) -> None:
    await env.KV.put("k", '{"a": 1,}')
    with pytest.raises(JsException) as caught:
        await env.KV.get("k", type="json")
    assert caught.value.name == "SyntaxError"
    assert str(caught.value) == (
        "SyntaxError: Expected double-quoted property name in JSON at position 8"
        " (line 1 column 9)"
    )


async def test_an_exception_is_no_python_type_error(env: Any) -> None:
    with pytest.raises(JsException) as caught:
        await env.KV.get("")
    assert caught.value.name == "TypeError"
    assert caught.value.message == "Key name cannot be empty."
    assert not isinstance(caught.value, TypeError)


async def test_a_stream_gives_chunks_of_bytes_once(env: Any) -> None:
    await env.KV.put("k", "x" * 5000)
    stream = await env.KV.get("k", "stream")
    chunks = [bytes(chunk.to_py()) async for chunk in stream]
    assert [len(chunk) for chunk in chunks] == [4096, 904]
    with pytest.raises(JsException, match=r"This ReadableStream is disturbed\."):
        await env.KV.put("copy", stream)


async def test_a_stream_can_be_put(env: Any) -> None:
    await env.KV.put("k", "streamed")
    await env.KV.put("copy", await env.KV.get("k", "stream"))
    assert await env.KV.get("copy") == "streamed"


async def test_metadata_is_any_json_value(env: Any) -> None:
    await env.KV.put("k", "v", metadata={"a": [None, 1.5], "f": False})
    found = await env.KV.getWithMetadata("k")
    assert found.value == "v"
    assert found.metadata == {"a": [None, 1.5], "f": False}
    assert found.cacheStatus is None


async def test_a_put_replaces_metadata_and_expiration(env: Any) -> None:
    await env.KV.put("k", "v", metadata={"a": 1}, expirationTtl=60)
    await env.KV.put("k", "w")
    assert (await env.KV.getWithMetadata("k")).metadata is None
    assert "expiration" not in (await env.KV.list())["keys"][0]


async def test_metadata_of_1024_bytes_is_the_most(env: Any) -> None:
    await env.KV.put("k", "v", metadata="x" * 1022)
    with pytest.raises(
        JsException, match=r"413 Metadata length of 1025 exceeds limit of 1024\."
    ):
        await env.KV.put("k", "w", metadata="x" * 1023)
    assert await env.KV.get("k") == "v"


@pytest.mark.parametrize("method", ["get", "getWithMetadata", "put", "delete"])
async def test_a_key_of_512_bytes_is_the_longest(env: Any, method: str) -> None:
    arguments = ["v"] if method == "put" else []
    await getattr(env.KV, method)("é" * 256, *arguments)
    with pytest.raises(
        JsException, match="414 UTF-8 encoded length of 513 exceeds key length limit"
    ):
        await getattr(env.KV, method)("é" * 256 + "x", *arguments)


@pytest.mark.parametrize("key", ["", ".", ".."])
@pytest.mark.parametrize("method", ["get", "getWithMetadata", "put", "delete"])
async def test_empty_and_dot_keys_are_refused(env: Any, method: str, key: str) -> None:
    arguments = ["v"] if method == "put" else []
    with pytest.raises(JsException) as caught:
        await getattr(env.KV, method)(key, *arguments)
    assert caught.value.name == "TypeError"


@pytest.mark.parametrize(
    ("key", "stands_for"), [(None, "null"), (1.0, "1"), (["a", None, "b"], "a,,b")]
)
async def test_keys_are_turned_into_text(env: Any, key: Any, stands_for: str) -> None:
    await env.KV.put(key, "v")
    assert [k["name"] for k in (await env.KV.list())["keys"]] == [stands_for]


@quiet
async def test_a_key_given_by_keyword_is_an_options_object(env: Any) -> None:
    await env.KV.put("[object Object]", "surprise")
    assert await env.KV.get(key="k") == "surprise"


@pytest.mark.parametrize("ttl", [60, 60.9, "60", 2**31 - 1])
async def test_a_ttl_is_whole_seconds_from_now(env: Any, ttl: Any) -> None:
    before = int(time.time())
    await env.KV.put("k", "v", expirationTtl=ttl)
    [key] = (await env.KV.list())["keys"]
    assert key["expiration"] - int(float(ttl)) - before in (0, 1)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"expirationTtl": 59}, "Invalid expiration_ttl of 59. Expiration TTL must"),
        ({"expirationTtl": 0}, "Invalid expiration_ttl of 0. Please specify integer"),
        ({"expirationTtl": None}, "Invalid expiration_ttl of 0. Please specify"),
        ({"expiration": 1}, "Invalid expiration of 1. Please specify integer greater"),
        ({"expirationTtl": 2**31}, "Value out of range. Must be between -2147483648"),
        ({"expirationTtl": 2**60}, "Cannot convert a BigInt value to a number"),
    ],
)
async def test_an_expiration_that_is_too_soon_or_no_int32_is_refused(
    env: Any, options: dict[str, Any], message: str
) -> None:
    with pytest.raises(JsException, match=message.replace(".", r"\.")):
        await env.KV.put("k", "v", options)


async def test_a_ttl_wins_over_an_expiration_that_is_not_even_looked_at(
    env: Any,
) -> None:
    await env.KV.put("k", "v", expirationTtl=60, expiration=1)
    [key] = (await env.KV.list())["keys"]
    assert key["expiration"] > time.time()


async def test_cache_ttl_is_30_seconds_at_least(env: Any) -> None:
    assert await env.KV.get("k", cacheTtl=30) is None
    with pytest.raises(JsException, match=r"Cache TTL must be at least 30\."):
        await env.KV.get("k", cacheTtl=29)


async def test_an_unknown_type_fails_only_where_there_is_a_value(env: Any) -> None:
    assert await env.KV.get("k", "blob") is None
    await env.KV.put("k", "v")
    with pytest.raises(JsException, match="Unknown response type"):
        await env.KV.get("k", "blob")


async def test_bulk_get_keeps_the_order_and_shows_missing_keys(env: Any) -> None:
    await env.KV.put("b", "2")
    found = await env.KV.get(["b", "a", "b"])
    assert list(found.items()) == [("b", "2"), ("a", None)]


async def test_bulk_get_with_metadata(env: Any) -> None:
    await env.KV.put("b", "2", metadata={"m": 1})
    found = await env.KV.getWithMetadata(["a", "b"], "json")
    assert found == {"a": None, "b": {"value": 2, "metadata": {"m": 1}}}


async def test_bulk_get_loses_names_that_look_like_array_indices(env: Any) -> None:
    await env.KV.put("1", "one")
    await env.KV.put("01", "one")
    assert await env.KV.get(["1", "01"]) == {"01": "one"}


async def test_bulk_get_takes_1_to_100_keys(env: Any) -> None:
    assert len(await env.KV.get([f"k{i}" for i in range(100)])) == 100
    with pytest.raises(JsException, match="400 You can request a maximum of 100 keys"):
        await env.KV.get(["k"] * 101)
    with pytest.raises(JsException, match="400 You must request a minimum of 1 key"):
        await env.KV.get([])


async def test_list_is_in_the_order_of_the_keys_bytes(env: Any) -> None:
    names = ["b", "a", "B", "\uffff", "😀", "é", "a/b"]
    for name in names:
        await env.KV.put(name, "v")
    listed = await env.KV.list()
    assert [k["name"] for k in listed["keys"]] == sorted(names, key=str.encode)
    assert listed.list_complete is True
    assert "cursor" not in listed


async def test_list_pages_go_on_behind_the_last_name(env: Any) -> None:
    for name in "abcd":
        await env.KV.put(name, "v")
    first = await env.KV.list(limit=2)
    await env.KV.put("bb", "v")
    await env.KV.delete("c")
    second = await env.KV.list(limit=5, cursor=first.cursor)
    assert [k["name"] for k in first["keys"]] == ["a", "b"]
    assert first.list_complete is False
    assert [k["name"] for k in second["keys"]] == ["bb", "d"]


async def test_list_has_1000_names_at_the_most(env: Any) -> None:
    await asyncio.gather(*(env.KV.put(f"{i:04}", "") for i in range(1001)))
    page = await env.KV.list(limit=0)
    assert len(page["keys"]) == 1000
    assert len((await env.KV.list(cursor=page.cursor))["keys"]) == 1
    with pytest.raises(JsException, match="400 Invalid key_count_limit of 1001"):
        await env.KV.list(limit=1001)


@pytest.mark.stricter_than_local(
    "production refuses it; locally any text is decoded as the name to go on after"
)
@pytest.mark.parametrize("cursor", ["", "abc", "YQ=="])
async def test_a_cursor_that_no_list_returned_is_refused(env: Any, cursor: str) -> None:
    with pytest.raises(JsException, match="KV GET failed: 400 invalid cursor"):
        await env.KV.list(cursor=cursor)


async def test_a_prefix_is_literal_text(env: Any) -> None:
    for name in ("a_b", "a%b", "axb", "A_b"):
        await env.KV.put(name, "v")
    listed = await env.KV.list(prefix="a_")
    assert [k["name"] for k in listed["keys"]] == ["a_b"]


@pytest.mark.stricter_than_local(
    "the documentation lists metadata only where there is some; locally it is null"
)
async def test_metadata_that_is_json_null_is_not_listed(env: Any) -> None:
    await env.KV.put("k", "v", metadata=float("nan"))
    assert (await env.KV.list())["keys"] == [{"name": "k"}]


async def test_delete_takes_one_key(env: Any) -> None:
    await env.KV.put("a,b", "v")
    assert await env.KV.delete(["a", "b"]) is None
    assert await env.KV.delete("missing") is None
    assert await env.KV.get("a,b") is None


async def test_two_bindings_of_one_namespace_share_their_keys(env: Any) -> None:
    await env.KV.put("k", "v")
    assert await env.KV_AGAIN.get("k") == "v"
    assert await env.KV2.get("k") is None


@pytest.mark.parametrize("name", ["get_with_metadata", "deleteBulk", "nothing"])
def test_there_are_no_other_methods(env: Any, name: str) -> None:
    with pytest.raises(AttributeError, match=f"^{name}$"):
        getattr(env.KV, name)


def test_a_namespace_is_no_container(env: Any) -> None:
    assert bool(env.KV) is True
    with pytest.raises(TypeError, match=r"'KvNamespace' object has no len\(\)"):
        len(env.KV)
    with pytest.raises(TypeError, match="'KvNamespace' object is not iterable"):
        _ = "k" in env.KV


def test_conversion_errors_of_get_are_raised_at_the_call(env: Any) -> None:
    with pytest.raises(JsException, match="parameter 1 is not of type"):
        env.KV.get()
    with pytest.raises(JsException, match="Value out of range"):
        env.KV.get("k", cacheTtl=2**31)
    with pytest.raises(JsException, match="Key name cannot be empty"):
        env.KV.getWithMetadata("")


def test_vars_are_on_env(env: Any) -> None:
    assert env.GREETING == "hello"
    assert env.LIMITS.daily == 5
    assert env.LIMITS.ratio == 0.5


async def test_a_failed_stream_leaves_the_old_value(env: Any) -> None:
    from js import Response
    from pyodide.ffi import to_js

    await env.KV.put("k", "old")
    with pytest.raises(JsException, match="did not return bytes"):
        await env.KV.put("k", Response.new(to_js([1, 2])).body)
    assert await env.KV.get("k") == "old"
