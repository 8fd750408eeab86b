"""Listing the objects of R2."""

import asyncio
from typing import Any

import pytest

from .refusals import INT32, refused

NO_LIST = (
    "TypeError: Incorrect type for the 'include' field on 'ListOptions': the provided"
    " value is not of type 'Array'."
)
LIMIT = "Error: list: MaxKeys params must be positive integer <= 1000. (10022)"


async def fill(env: Any, *keys: str) -> None:
    await asyncio.gather(*(env.BUCKET.put(key, "v") for key in keys))


def keys(page: Any) -> list[str]:
    return [found.key for found in page.objects]


async def test_an_empty_bucket_is_one_empty_page(env: Any) -> None:
    page = await env.BUCKET.list()
    assert dict(page) == {
        "objects": [],
        "truncated": False,
        "cursor": None,
        "delimitedPrefixes": [],
    }


async def test_list_pages_in_the_order_of_bytes(env: Any) -> None:
    await fill(env, "é", "b", "B", "a/1", "a/2", "😀", "\uffff")
    page = await env.BUCKET.list(limit=2)
    assert keys(page) == ["B", "a/1"]
    assert page.truncated is True
    rest = await env.BUCKET.list(cursor=page.cursor)
    assert keys(rest) == ["a/2", "b", "é", "\uffff", "😀"]
    assert (rest.truncated, rest.cursor) == (False, None)


async def test_a_page_that_ends_with_the_last_object_is_not_truncated(env: Any) -> None:
    await fill(env, "a", "b")
    assert (await env.BUCKET.list(limit=2)).truncated is False


async def test_a_cursor_goes_on_behind_the_last_key(env: Any) -> None:
    await fill(env, *"abcd")
    cursor = (await env.BUCKET.list(limit=2)).cursor
    await fill(env, "aa", "bb")
    await env.BUCKET.delete(["b", "c"])
    assert keys(await env.BUCKET.list(cursor=cursor)) == ["bb", "d"]


@pytest.mark.parametrize(
    ("options", "found"),
    [
        ({"prefix": ""}, ["a%", "a*", "aa", "b", "c"]),
        ({"prefix": "a"}, ["a%", "a*", "aa"]),
        ({"prefix": "a*"}, ["a*"]),
        ({"prefix": "A"}, []),
        ({"startAfter": "aa"}, ["b", "c"]),
        ({"startAfter": "ab"}, ["b", "c"]),
        ({"startAfter": ""}, ["a%", "a*", "aa", "b", "c"]),
        ({"startAfter": "z"}, []),
        ({"prefix": "a", "startAfter": "a%"}, ["a*", "aa"]),
    ],
)
async def test_prefix_and_start_are_literal_text(
    env: Any, options: dict[str, Any], found: list[str]
) -> None:
    await fill(env, "a%", "a*", "aa", "b", "c")
    assert keys(await env.BUCKET.list(options)) == found


async def test_of_cursor_and_start_the_later_one_counts(env: Any) -> None:
    await fill(env, *"abcde")
    cursor = (await env.BUCKET.list(limit=2)).cursor
    assert keys(await env.BUCKET.list(cursor=cursor, startAfter="d")) == ["e"]
    assert keys(await env.BUCKET.list(cursor=cursor, startAfter="a")) == ["c", "d", "e"]


async def test_list_folds_keys_at_the_delimiter(env: Any) -> None:
    await fill(env, "a/1", "a/2", "b", "c/1")
    page = await env.BUCKET.list(delimiter="/", limit=2)
    assert (list(page.delimitedPrefixes), keys(page)) == (["a/"], ["b"])
    rest = await env.BUCKET.list(delimiter="/", cursor=page.cursor)
    assert (list(rest.delimitedPrefixes), keys(rest)) == (["c/"], [])


async def test_a_cursor_behind_a_prefix_skips_all_its_keys(env: Any) -> None:
    await fill(env, "a/1", "a/2", "b")
    page = await env.BUCKET.list(delimiter="/", limit=1)
    assert (list(page.delimitedPrefixes), keys(page)) == (["a/"], [])
    rest = await env.BUCKET.list(delimiter="/", cursor=page.cursor)
    assert (list(rest.delimitedPrefixes), keys(rest)) == ([], ["b"])


@pytest.mark.parametrize(
    ("options", "prefixes", "found"),
    [
        ({"delimiter": ""}, [], ["a/", "a/1", "a/b/2", "a/b/3", "c"]),
        ({"delimiter": "/", "prefix": "a/"}, ["a/b/"], ["a/", "a/1"]),
        ({"delimiter": "/b/"}, ["a/b/"], ["a/", "a/1", "c"]),
        ({"delimiter": "/", "startAfter": "a/1"}, ["a/"], ["c"]),
        ({"delimiter": "/", "startAfter": "a/b/3"}, [], ["c"]),
        ({"delimiter": "/", "prefix": "a/b/2"}, [], ["a/b/2"]),
    ],
)
async def test_what_is_folded(
    env: Any, options: dict[str, Any], prefixes: list[str], found: list[str]
) -> None:
    await fill(env, "a/", "a/1", "a/b/2", "a/b/3", "c")
    page = await env.BUCKET.list(options)
    assert (list(page.delimitedPrefixes), keys(page)) == (prefixes, found)


async def test_list_has_1000_objects_at_the_most(env: Any) -> None:
    await fill(env, *(f"{number:04}" for number in range(1001)))
    for options in ({}, {"limit": 1000}, {"limit": -1}):
        page = await env.BUCKET.list(options)
        assert (len(page.objects), page.truncated) == (1000, True)
    page = await env.BUCKET.list(include=["httpMetadata"])
    assert (len(page.objects), page.truncated) == (100, True)


@pytest.mark.parametrize("limit", [0, None, float("nan"), "x", -2, 1001, 0.5, False])
async def test_a_limit_is_1_to_1000(env: Any, limit: Any) -> None:
    with refused(LIMIT):
        await env.BUCKET.list(limit=limit)


@pytest.mark.parametrize("limit", [1, 1.9, "1", True])
async def test_a_limit_is_read_as_javascript_reads_numbers(
    env: Any, limit: Any
) -> None:
    await fill(env, "a", "b")
    assert keys(await env.BUCKET.list(limit=limit)) == ["a"]


async def test_a_limit_is_an_int32(env: Any) -> None:
    with refused(INT32):
        await env.BUCKET.list(limit=2**31)


@pytest.mark.parametrize("name", ["prefix", "cursor", "delimiter", "startAfter"])
@pytest.mark.parametrize("value", [None, 5, ["x"]])
async def test_texts_have_to_be_texts(env: Any, name: str, value: Any) -> None:
    with refused(
        f"TypeError: Incorrect type for the '{name}' field on 'ListOptions': the"
        " provided value is not of type 'string'."
    ):
        await env.BUCKET.list({name: value})


@pytest.mark.parametrize(
    ("include", "message"),
    [
        *[(value, NO_LIST) for value in (None, "httpMetadata", {})],
        (["x"], "RangeError: Unsupported include value x"),
        (["\ud800"], "RangeError: Unsupported include value " + "\ufffd" * 3),
        (
            ["httpMetadata", 5],
            "TypeError: Incorrect type for array element 1: the provided value is not"
            " of type 'string'.",
        ),
    ],
)
async def test_include_is_a_list_of_two_names(
    env: Any, include: Any, message: str
) -> None:
    with refused(message):
        await env.BUCKET.list(include=include)


@pytest.mark.parametrize("included", [["customMetadata", "httpMetadata"]])
async def test_metadata_is_shown_if_it_is_included(
    env: Any, included: list[str]
) -> None:
    await env.BUCKET.put(
        "k", "v", httpMetadata={"contentType": "a/b"}, customMetadata={"a": "b"}
    )
    (found,) = (await env.BUCKET.list(include=included)).objects
    assert found.httpMetadata.contentType == "a/b"
    assert found.customMetadata.to_py() == {"a": "b"}


@pytest.mark.stricter_than_local("production leaves it out; locally it is empty")
async def test_metadata_that_is_not_included_is_not_there(env: Any) -> None:
    from js import Headers

    await env.BUCKET.put("k", "v", customMetadata={"a": "b"})
    (found,) = (await env.BUCKET.list()).objects
    assert (found.customMetadata, found.httpMetadata) == (None, None)
    with refused(
        "TypeError: HTTP metadata unknown for key `k`. Did you forget to add"
        " 'httpMetadata' to `include` when listing?"
    ):
        found.writeHttpMetadata(Headers.new())


@pytest.mark.stricter_than_local("locally it lists from some place on")
@pytest.mark.parametrize("cursor", ["x", "YQ=="])
async def test_a_cursor_that_no_list_returned_is_refused(env: Any, cursor: str) -> None:
    with pytest.raises(Exception, match="is no cursor that list"):
        await env.BUCKET.list(cursor=cursor)


async def test_the_objects_of_a_list_are_javascripts_own(env: Any) -> None:
    stored = await env.BUCKET.put("k", "v")
    (found,) = (await env.BUCKET.list()).objects
    assert (found.key, found.size, found.etag) == ("k", 1, stored.etag)
    assert found.uploaded.getTime() > 0
    assert found.uploaded.toISOString().endswith("Z")
    assert found.range is None
    with pytest.raises(TypeError, match="not subscriptable"):
        found["key"]


async def test_an_upload_in_progress_is_not_listed(env: Any) -> None:
    upload = await env.BUCKET.createMultipartUpload("m")
    await upload.uploadPart(1, "x")
    assert keys(await env.BUCKET.list()) == []
