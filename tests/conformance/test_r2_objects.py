"""R2 objects: what put, head and get return, and what keys there are."""

import asyncio
import datetime
import hashlib
import re
from typing import Any

import pytest

from .refusals import quiet, refused


async def test_a_missing_object_is_none(env: Any) -> None:
    assert await env.BUCKET.get("missing") is None
    assert await env.BUCKET.head("missing") is None


async def test_put_returns_the_object_without_a_body(env: Any) -> None:
    stored = await env.BUCKET.put("dir/k", "naïve")
    assert (stored.key, stored.size) == ("dir/k", 6)
    assert stored.etag == hashlib.md5("naïve".encode()).hexdigest()
    assert stored.httpEtag == f'"{stored.etag}"'
    assert stored.range is None
    assert stored.ssecKeyMd5 is None
    assert not hasattr(stored, "body")
    assert not hasattr(stored, "text")


async def test_head_is_an_object_without_a_body(env: Any) -> None:
    stored = await env.BUCKET.put("k", "0123")
    found = await env.BUCKET.head("k")
    assert not hasattr(found, "body")
    same = ("key", "version", "size", "etag", "httpEtag", "uploaded")
    assert [found[name] for name in same] == [stored[name] for name in same]
    assert (found.range.offset, found.range.length) == (0, 4)


async def test_the_upload_has_a_time_in_utc(env: Any) -> None:
    stored = await env.BUCKET.put("k", "v")
    assert isinstance(stored.uploaded, datetime.datetime)
    assert stored.uploaded.tzinfo is None
    assert stored.uploaded.microsecond % 1000 == 0
    now = datetime.datetime.now(datetime.UTC).replace(tzinfo=None)
    assert abs(now - stored.uploaded) < datetime.timedelta(minutes=5)


async def test_every_write_is_another_version(env: Any) -> None:
    first = await env.BUCKET.put("k", "v")
    second = await env.BUCKET.put("k", "v")
    assert first.etag == second.etag
    assert first.version != second.version
    assert re.fullmatch("[0-9a-f]{32}", second.version)
    assert (await env.BUCKET.head("k")).version == second.version


@pytest.mark.stricter_than_local("documented; locally it is empty")
async def test_objects_have_a_storage_class(env: Any) -> None:
    assert (await env.BUCKET.put("k", "v")).storageClass == "Standard"
    rare = await env.BUCKET.put("k", "v", storageClass="InfrequentAccess")
    assert rare.storageClass == "InfrequentAccess"


@pytest.mark.stricter_than_local("there are two in production; locally any text is one")
async def test_an_unknown_storage_class_is_refused(env: Any) -> None:
    with refused(
        "TypeError: put: 'standard' is no storage class: R2 has Standard and"
        " InfrequentAccess."
    ):
        await env.BUCKET.put("k", "v", storageClass="standard")


@pytest.mark.parametrize("key", ["é" * 513, "x" * 1025])
async def test_a_key_of_more_than_1024_bytes_is_refused(env: Any, key: str) -> None:
    bucket = env.BUCKET
    await bucket.put(key[: len(key) - 1], "v")
    calls = {
        "get": lambda: bucket.get(key),
        "head": lambda: bucket.head(key),
        "put": lambda: bucket.put(key, "v"),
        "delete": lambda: bucket.delete(["k", key]),
        "createMultipartUpload": lambda: bucket.createMultipartUpload(key),
    }
    for action, call in calls.items():
        with refused(
            f"Error: {action}: The specified object name is not valid. (10020)"
        ):
            await call()


@quiet
@pytest.mark.parametrize(
    ("key", "stands_for"),
    [
        *[("", ""), (".", "."), ("..", ".."), ("/a//b", "/a//b"), ("\0", "\0")],
        *[
            ("e\u0301", "e\u0301"),
            ("😀", "😀"),
            ("%41", "%41"),
            ("\ud800", "\ufffd" * 3),
        ],
        *[(5, "5"), (None, "null"), (True, "true"), (1.5, "1.5"), (1e21, "1e+21")],
        *[([1, 2], "1,2"), ({}, "[object Object]"), (2**60, str(2**60))],
    ],
)
async def test_a_key_is_any_text_or_turned_into_one(
    env: Any, key: Any, stands_for: str
) -> None:
    assert (await env.BUCKET.put(key, "v")).key == stands_for
    assert [found.key for found in (await env.BUCKET.list()).objects] == [stands_for]
    assert (await env.BUCKET.head(key)).key == stands_for


async def test_delete_takes_one_key_or_many(env: Any) -> None:
    for key in ("a", "b", "c", "5"):
        await env.BUCKET.put(key, "v")
    assert await env.BUCKET.delete("a") is None
    assert await env.BUCKET.delete(["b", "missing", 5]) is None
    assert [o.key for o in (await env.BUCKET.list()).objects] == ["c"]


async def test_a_key_that_is_refused_keeps_all_others(env: Any) -> None:
    await env.BUCKET.put("a", "v")
    with refused("Error: delete: The specified object name is not valid. (10020)"):
        await env.BUCKET.delete(["a", "x" * 1025])
    assert (await env.BUCKET.head("a")).size == 1


@pytest.mark.stricter_than_local("documented; locally nothing counts them")
@pytest.mark.parametrize("count", [0, 1001])
async def test_1_to_1000_keys_are_deleted_at_a_time(env: Any, count: int) -> None:
    await env.BUCKET.delete(["k"] * 1000)
    with refused(
        "Error: delete: The number of keys in the request must be between 1 and 1000"
        " inclusive. (10027)"
    ):
        await env.BUCKET.delete(["k"] * count)


async def test_a_call_has_happened_whether_or_not_it_is_awaited(env: Any) -> None:
    pending = env.BUCKET.put("k", "v")
    assert (await env.BUCKET.head("k")).size == 1
    await pending


async def test_parallel_writes_all_happen(env: Any) -> None:
    keys = [f"k{number}" for number in range(20)]
    await asyncio.gather(*(env.BUCKET.put(key, key) for key in keys))
    assert len((await env.BUCKET.list()).objects) == 20


@quiet
async def test_two_names_of_one_bucket_share_it_and_others_do_not(env: Any) -> None:
    await env.BUCKET.put("k", "v")
    assert (await env.BUCKET_AGAIN.head("k")).size == 1
    assert await env.BUCKET2.head("k") is None


async def test_an_object_is_no_dictionary(env: Any) -> None:
    stored = await env.BUCKET.put("k", "v")
    assert stored["key"] == "k"
    assert bool(stored) is True
    for name in ("nothing", "keys", "items", "to_dict"):
        with pytest.raises(AttributeError, match=name):
            getattr(stored, name)
    with pytest.raises(AttributeError, match="nothing"):
        stored["nothing"]
    with pytest.raises(TypeError, match=r"'HeadResult' object has no len\(\)"):
        len(stored)
    with pytest.raises(TypeError, match="'HeadResult' object is not iterable"):
        _ = "key" in stored


def test_a_bucket_is_no_container(env: Any) -> None:
    assert bool(env.BUCKET) is True
    assert env.BUCKET is env.BUCKET
    with pytest.raises(TypeError, match=r"'R2Bucket' object has no len\(\)"):
        len(env.BUCKET)


@pytest.mark.parametrize("name", ["create_multipart_upload", "copy", "deleteAll"])
def test_there_are_no_other_methods(env: Any, name: str) -> None:
    with pytest.raises(AttributeError, match=f"^{name}$"):
        getattr(env.BUCKET, name)
