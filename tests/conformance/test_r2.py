"""What a Worker can rely on in R2. These tests use nothing but `env`."""

import asyncio
import datetime
import hashlib
from typing import Any

import pytest
from pyodide.ffi import JsException

quiet = pytest.mark.filterwarnings("ignore::pytest_cfbindings.IgnoredArgumentWarning")

PART = 5 * 1024 * 1024


async def test_a_missing_object_is_none(env: Any) -> None:
    assert await env.BUCKET.get("missing") is None
    assert await env.BUCKET.head("missing") is None


async def test_put_returns_the_object_without_a_body(env: Any) -> None:
    stored = await env.BUCKET.put("dir/k", "naïve")
    assert (stored.key, stored.size) == ("dir/k", 6)
    assert stored.etag == hashlib.md5("naïve".encode()).hexdigest()
    assert stored.httpEtag == f'"{stored.etag}"'
    assert stored.range is None
    assert not hasattr(stored, "body")


async def test_the_upload_has_a_time_in_utc(env: Any) -> None:
    stored = await env.BUCKET.put("k", "v")
    assert isinstance(stored.uploaded, datetime.datetime)
    assert stored.uploaded.tzinfo is None
    now = datetime.datetime.now(datetime.UTC).replace(tzinfo=None)
    assert abs(now - stored.uploaded) < datetime.timedelta(minutes=5)


async def test_every_write_is_another_version(env: Any) -> None:
    first = await env.BUCKET.put("k", "v")
    second = await env.BUCKET.put("k", "v")
    assert first.etag == second.etag
    assert first.version != second.version


async def test_the_body_is_read_in_every_form(env: Any) -> None:
    await env.BUCKET.put("k", '{"a": [1]}', httpMetadata={"contentType": "a/b"})
    assert await (await env.BUCKET.get("k")).text() == '{"a": [1]}'
    assert await (await env.BUCKET.get("k")).json() == {"a": [1]}
    assert bytes(await (await env.BUCKET.get("k")).arrayBuffer()) == b'{"a": [1]}'
    assert bytes(await (await env.BUCKET.get("k")).bytes()) == b'{"a": [1]}'
    blob = await (await env.BUCKET.get("k")).blob()
    assert (blob.content_type, await blob.text()) == ("a/b", '{"a": [1]}')


async def test_a_body_is_read_once(env: Any) -> None:
    await env.BUCKET.put("k", "v")
    found = await env.BUCKET.get("k")
    assert found["bodyUsed"] is False
    await found.text()
    assert found["bodyUsed"] is True
    with pytest.raises(JsException, match=r"Body has already been used\."):
        await found.text()


async def test_a_body_outlives_its_object(env: Any) -> None:
    await env.BUCKET.put("k", "old")
    found = await env.BUCKET.get("k")
    await env.BUCKET.delete("k")
    assert await found.text() == "old"


async def test_a_body_is_put_again_as_a_stream(env: Any) -> None:
    await env.BUCKET.put("k", "0123456789")
    ranged = await env.BUCKET.get("k", range={"offset": 2, "length": 3})
    await env.BUCKET2.put("copy", ranged.body)
    assert await (await env.BUCKET2.get("copy")).text() == "234"


@pytest.mark.parametrize(
    ("value", "stored"),
    [
        ("é", "é".encode()),
        (b"\x00\xff", b"\x00\xff"),
        (memoryview(b"abcdef")[2:4], b"cd"),
        (None, b""),
        ("", b""),
    ],
)
async def test_values_are_stored_as_bytes(env: Any, value: Any, stored: bytes) -> None:
    await env.BUCKET.put("k", value)
    assert bytes(await (await env.BUCKET.get("k")).bytes()) == stored


@pytest.mark.parametrize("value", [5, True, {}, [1], {1}, 1.5])
async def test_other_values_are_refused(env: Any, value: Any) -> None:
    with pytest.raises(JsException, match="parameter 2 is not of type 'ReadableStream"):
        await env.BUCKET.put("k", value)
    assert await env.BUCKET.head("k") is None


@pytest.mark.parametrize("value", [(1, 2), bytearray(b"x")])
def test_what_cannot_be_sent_fails_at_the_call(env: Any, value: Any) -> None:
    with pytest.raises(TypeError, match=r"cannot be sent over RPC\."):
        env.BUCKET.put("k", value)


async def test_a_call_has_happened_whether_or_not_it_is_awaited(env: Any) -> None:
    pending = env.BUCKET.put("k", "v")
    assert (await env.BUCKET.head("k")).size == 1
    await pending


async def test_metadata_comes_back_as_dictionaries(env: Any) -> None:
    expiry = datetime.datetime(2030, 1, 2, 3, 4, 5, 678000)
    await env.BUCKET.put(
        "k",
        "v",
        httpMetadata={"contentType": "text/css", "cacheExpiry": expiry},
        customMetadata={"Name": "1", "n": 5},
    )
    found = await env.BUCKET.head("k")
    assert found.httpMetadata.contentType == "text/css"
    assert found.httpMetadata["cacheExpiry"] == expiry
    assert found.httpMetadata.cacheControl is None
    assert dict(found.customMetadata) == {"Name": "1", "n": "5"}


async def test_a_put_without_metadata_forgets_what_was_there(env: Any) -> None:
    await env.BUCKET.put("k", "v", customMetadata={"a": "b"})
    await env.BUCKET.put("k", "v")
    assert (await env.BUCKET.head("k")).customMetadata == {}


async def test_http_metadata_is_taken_from_and_written_to_headers(env: Any) -> None:
    from js import Headers

    given = Headers.new()
    given.set("content-type", "text/css")
    given.set("expires", "Wed, 21 Oct 2015 07:28:00 GMT")
    found = await env.BUCKET.put("k", "v", httpMetadata=given)
    written = Headers.new()
    written.set("x-other", "kept")
    found.writeHttpMetadata(written)
    assert written.get("content-type") == "text/css"
    assert written.get("expires") == "Wed, 21 Oct 2015 07:28:00 GMT"
    assert written.get("x-other") == "kept"


async def test_a_right_checksum_is_stored_and_a_wrong_one_refused(env: Any) -> None:
    digest = hashlib.sha256(b"v").digest()
    stored = await env.BUCKET.put("k", "v", sha256=digest.hex().upper())
    assert bytes(stored.checksums.sha256) == digest
    assert stored.checksums.toJSON()["sha256"] == digest.hex()
    with pytest.raises(JsException, match="The SHA-256 checksum you specified did not"):
        await env.BUCKET.put("k", "other", sha256=digest)
    assert await (await env.BUCKET.get("k")).text() == "v"


@pytest.mark.parametrize(
    ("chosen", "text"),
    [
        ({"offset": 3}, "3456789"),
        ({"offset": 3, "length": 2}, "34"),
        ({"suffix": 2}, "89"),
        ({"offset": 8, "length": 99}, "89"),
    ],
)
async def test_a_range_is_part_of_the_body(
    env: Any, chosen: dict[str, int], text: str
) -> None:
    await env.BUCKET.put("k", "0123456789")
    found = await env.BUCKET.get("k", range=chosen)
    assert (found.size, found.range.length) == (10, len(text))
    assert await found.text() == text


@pytest.mark.parametrize("chosen", [{"offset": 10}, {"length": 0}, {"suffix": 0}])
async def test_a_range_of_nothing_is_not_satisfiable(
    env: Any, chosen: dict[str, int]
) -> None:
    await env.BUCKET.put("k", "0123456789")
    with pytest.raises(JsException, match=r"range is not satisfiable \(10039\)"):
        await env.BUCKET.get("k", range=chosen)


async def test_a_failed_condition_is_an_object_without_a_body(env: Any) -> None:
    stored = await env.BUCKET.put("k", "v")
    fresh = await env.BUCKET.get("k", onlyIf={"etagDoesNotMatch": stored.etag})
    assert (fresh.etag, hasattr(fresh, "body")) == (stored.etag, False)
    stale = await env.BUCKET.get("k", onlyIf={"etagDoesNotMatch": "other"})
    assert await stale.text() == "v"


async def test_a_failed_condition_stores_nothing(env: Any) -> None:
    assert await env.BUCKET.put("k", "1", onlyIf={"etagMatches": "*"}) is None
    create = {"etagDoesNotMatch": "*"}
    puts = (env.BUCKET.put("k", f"{n}", onlyIf=create) for n in range(3))
    results = await asyncio.gather(*puts)
    assert [result is None for result in results].count(False) == 1


async def test_delete_takes_one_key_or_many(env: Any) -> None:
    for key in "abc":
        await env.BUCKET.put(key, "v")
    assert await env.BUCKET.delete("a") is None
    assert await env.BUCKET.delete(["b", "missing"]) is None
    assert [o.key for o in (await env.BUCKET.list()).objects] == ["c"]


async def test_list_pages_in_the_order_of_bytes(env: Any) -> None:
    for key in ("é", "b", "B", "a/1", "a/2"):
        await env.BUCKET.put(key, "v")
    page = await env.BUCKET.list(limit=2)
    assert [o.key for o in page.objects] == ["B", "a/1"]
    assert page.truncated is True
    rest = await env.BUCKET.list(cursor=page.cursor)
    assert [o.key for o in rest.objects] == ["a/2", "b", "é"]
    assert rest.truncated is False


async def test_list_folds_keys_at_the_delimiter(env: Any) -> None:
    for key in ("a/1", "a/2", "b", "c/1"):
        await env.BUCKET.put(key, "v")
    page = await env.BUCKET.list(delimiter="/", limit=2)
    assert (list(page.delimitedPrefixes), page.objects[0].key) == (["a/"], "b")
    rest = await env.BUCKET.list(delimiter="/", cursor=page.cursor)
    assert list(rest.delimitedPrefixes) == ["c/"]


async def test_the_objects_of_a_list_are_javascripts_own(env: Any) -> None:
    await env.BUCKET.put("k", "v", customMetadata={"a": "b"})
    (found,) = (await env.BUCKET.list(include=["customMetadata"])).objects
    assert found.customMetadata.to_py() == {"a": "b"}
    assert found.uploaded.getTime() > 0
    with pytest.raises(TypeError, match="not subscriptable"):
        found["key"]


async def test_an_upload_in_parts_is_an_object_when_it_is_completed(env: Any) -> None:
    upload = await env.BUCKET.createMultipartUpload("m", customMetadata={"a": "b"})
    first = await upload.uploadPart(1, b"A" * PART)
    again = env.BUCKET.resumeMultipartUpload("m", upload.uploadId)
    last = await again.uploadPart(2, "B")
    assert await env.BUCKET.head("m") is None
    done = await upload.complete([first, last])
    assert (done.size, done.etag.endswith("-2")) == (PART + 1, True)
    assert dict(done.customMetadata) == {"a": "b"}
    found = await env.BUCKET.get("m", range={"offset": PART - 1})
    assert await found.text() == "AB"


async def test_an_aborted_upload_is_no_more(env: Any) -> None:
    upload = await env.BUCKET.createMultipartUpload("m")
    await upload.abort()
    await upload.abort()
    with pytest.raises(JsException, match=r"upload does not exist\. \(10024\)"):
        await upload.uploadPart(1, "x")


async def test_parts_are_at_least_5_mib(env: Any) -> None:
    upload = await env.BUCKET.createMultipartUpload("m")
    parts = [await upload.uploadPart(n, "x") for n in (1, 2)]
    with pytest.raises(JsException, match=r"minimum allowed object size\. \(10011\)"):
        await upload.complete(parts)


async def test_a_key_of_more_than_1024_bytes_is_refused(env: Any) -> None:
    await env.BUCKET.put("é" * 512, "v")
    with pytest.raises(JsException) as caught:
        await env.BUCKET.put("é" * 513, "v")
    text = "Error: put: The specified object name is not valid. (10020)"
    assert str(caught.value) == text


@quiet
async def test_two_names_of_one_bucket_share_it_and_others_do_not(env: Any) -> None:
    await env.BUCKET.put("k", "v")
    assert (await env.BUCKET_AGAIN.head("k")).size == 1
    assert await env.BUCKET2.head("k") is None


async def test_an_object_is_no_dictionary(env: Any) -> None:
    stored = await env.BUCKET.put("k", "v")
    assert stored["key"] == "k"
    with pytest.raises(AttributeError):
        _ = stored.nothing
    with pytest.raises(TypeError):
        len(stored)
