"""How KV is called from Python: arguments, keywords, and when errors are raised."""

from typing import Any

import pytest
from pyodide.ffi import JsException

from .refusals import INT32, quiet, refused


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
    with pytest.raises(TypeError, match="'KvNamespace' object is not iterable"):
        list(env.KV)


def test_a_method_is_always_the_same(env: Any) -> None:
    assert env.KV.get is env.KV.get


@pytest.mark.parametrize(
    ("method", "arguments", "number", "type"),
    [
        ("get", (), 1, "string or Array"),
        ("getWithMetadata", (), 1, "Array or string"),
        ("put", (), 1, "string"),
        ("put", ("k",), 2, "string or JsObject"),
        ("put", ("k", "v", "x"), 3, "PutOptions"),
        ("put", ("k", "v", 5), 3, "PutOptions"),
        ("put", ("k", "v", True), 3, "PutOptions"),
        ("delete", (), 1, "string"),
        ("list", ("x",), 1, "ListOptions"),
        ("list", (5.5,), 1, "ListOptions"),
    ],
)
async def test_arguments_that_are_missing_or_of_another_type_are_refused(
    env: Any, method: str, arguments: tuple[Any, ...], number: int, type: str
) -> None:
    with refused(
        f"TypeError: Failed to execute '{method}' on 'KvNamespace': parameter {number}"
        f" is not of type '{type}'."
    ):
        await getattr(env.KV, method)(*arguments)


@pytest.mark.parametrize("options", [None, {}, [], {"unknown": 1, "ExpirationTTL": 5}])
@quiet
async def test_options_may_be_none_or_any_object(env: Any, options: Any) -> None:
    await env.KV.put("k", "v", options)
    assert await env.KV.get("k", options) == "v"
    assert (await env.KV.list(options))["keys"] == [{"name": "k"}]


@pytest.mark.parametrize("by_keyword", [True, False])
async def test_keywords_are_the_options(env: Any, by_keyword: bool) -> None:
    options = {"expirationTtl": 60, "metadata": {"a": 1}}
    if by_keyword:
        await env.KV.put("k", "5", **options)
    else:
        await env.KV.put("k", "5", options)
    [key] = (await env.KV.list())["keys"]
    assert (key.metadata, "expiration" in key) == ({"a": 1}, True)
    assert await env.KV.get("k", type="json", cacheTtl=60) == 5


@quiet
async def test_keywords_behind_other_options_are_ignored(env: Any) -> None:
    await env.KV.put("k", "5", {"expirationTtl": 60}, metadata={"a": 1})
    [key] = (await env.KV.list())["keys"]
    assert set(key) == {"name", "expiration"}
    assert await env.KV.get("k", "json", cacheTtl=1) == 5


@quiet
async def test_a_value_given_by_keyword_is_an_options_object(env: Any) -> None:
    with pytest.raises(JsException, match="accepts only strings, ArrayBuffers"):
        await env.KV.put("k", value="v")


async def test_options_that_are_none_are_null_not_absent(env: Any) -> None:
    await env.KV.put("k", "v", metadata=None)
    listed = await env.KV.list(prefix=None, cursor=None, limit=None)
    assert listed["keys"] == [{"name": "k"}]
    with refused(
        "Error: KV PUT failed: 400 Invalid expiration_ttl of 0. Please specify integer"
        " greater than 0."
    ):
        await env.KV.put("k", "v", expirationTtl=None)


async def test_an_exception_is_no_python_type_error(env: Any) -> None:
    with pytest.raises(JsException) as caught:
        await env.KV.get("")
    error = caught.value
    assert (error.name, error.message) == ("TypeError", "Key name cannot be empty.")
    assert str(error) == "TypeError: Key name cannot be empty."
    assert not isinstance(error, TypeError)
    assert isinstance(error.stack, str)


def test_conversion_errors_of_get_are_raised_at_the_call(env: Any) -> None:
    with pytest.raises(JsException, match="parameter 1 is not of type"):
        env.KV.get()
    with refused(INT32):
        env.KV.get("k", cacheTtl=2**31)
    with refused("TypeError: Cannot convert a BigInt value to a number"):
        env.KV.get("k", cacheTtl=2**60)


@pytest.mark.parametrize("key", ["", ".", "x" * 513])
def test_keys_of_get_with_metadata_are_checked_at_the_call(env: Any, key: str) -> None:
    with pytest.raises(JsException):
        env.KV.getWithMetadata(key)


async def test_other_errors_are_raised_where_the_call_is_awaited(env: Any) -> None:
    pending = [
        env.KV.get(""),
        env.KV.put(""),
        env.KV.put("k", "v", expirationTtl=2**31),
        env.KV.delete(),
        env.KV.list(limit=2**31),
        env.KV.getWithMetadata("k", cacheTtl=1),
    ]
    for call in pending:
        with pytest.raises(JsException):
            await call


@quiet
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("", {}, {"expirationTtl": 2**31}), INT32),
        (("", {}, {"expirationTtl": 1}), "TypeError: Key name cannot be empty."),
        (
            ("k", {}, {"metadata": 2**60}),
            "TypeError: Do not know how to serialize a BigInt",
        ),
        (
            ("k", {}, {"expirationTtl": 1}),
            "TypeError: KV put() accepts only strings, ArrayBuffers, ArrayBufferViews,"
            " and ReadableStreams as values.",
        ),
        (
            ("k", "v", {"expirationTtl": 1, "metadata": "x" * 1025}),
            "Error: KV PUT failed: 400 Invalid expiration_ttl of 1. Expiration TTL must"
            " be at least 60.",
        ),
        (
            ("k", bytes(25 * 1024 * 1024 + 1), {"metadata": "x" * 1023}),
            "Error: KV PUT failed: 413 Metadata length of 1025 exceeds limit of 1024.",
        ),
    ],
    ids=["options", "key", "metadata", "value", "expiration", "size of metadata"],
)
async def test_put_checks_one_thing_after_another(
    env: Any, arguments: tuple[Any, ...], message: str
) -> None:
    with refused(message):
        await env.KV.put(*arguments)
