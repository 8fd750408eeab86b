"""Uploads in parts to R2."""

import hashlib
from typing import Any

import pytest

from .refusals import INT32, quiet, refused

PART = 5 * 1024 * 1024
COMPLETE = "Error: completeMultipartUpload: "
NO_UPLOAD = "The specified multipart upload does not exist. (10024)"
NO_PART = f"{COMPLETE}One or more of the specified parts could not be found. (10025)"
TOO_SMALL = (
    f"{COMPLETE}Your proposed upload is smaller than the minimum allowed object size."
    " (10011)"
)


@pytest.fixture
async def upload(env: Any) -> Any:
    return await env.BUCKET.createMultipartUpload("m")


async def test_an_upload_in_parts_is_an_object_when_it_is_completed(env: Any) -> None:
    metadata = {"contentType": "a/b"}
    upload = await env.BUCKET.createMultipartUpload(
        "m", httpMetadata=metadata, customMetadata={"a": "b"}
    )
    first = await upload.uploadPart(1, b"A" * PART)
    again = env.BUCKET.resumeMultipartUpload("m", upload.uploadId)
    last = await again.uploadPart(2, "B")
    assert await env.BUCKET.head("m") is None
    done = await upload.complete([first, last])
    sums = hashlib.md5(b"A" * PART).digest() + hashlib.md5(b"B").digest()
    assert done.etag == f"{hashlib.md5(sums).hexdigest()}-2"
    assert (done.size, done.customMetadata) == (PART + 1, {"a": "b"})
    assert (await env.BUCKET.head("m")).httpMetadata.contentType == "a/b"
    found = await env.BUCKET.get("m", range={"offset": PART - 1})
    assert await found.text() == "AB"


async def test_an_upload_knows_its_key_and_its_id(env: Any, upload: Any) -> None:
    assert (upload.key, isinstance(upload.uploadId, str)) == ("m", True)
    resumed = env.BUCKET.resumeMultipartUpload("other", "any id")
    assert (resumed.key, resumed.uploadId) == ("other", "any id")


async def test_resuming_is_no_coroutine(env: Any) -> None:
    with pytest.raises(
        TypeError, match=r"can't be (awaited|used in 'await' expression)"
    ):
        await env.BUCKET.resumeMultipartUpload("m", "id")


async def test_a_part_has_a_number_and_an_etag(upload: Any) -> None:
    part = await upload.uploadPart(3, "x")
    assert set(part) == {"partNumber", "etag"}
    assert (part.partNumber, isinstance(part.etag, str)) == (3, True)


@pytest.mark.stricter_than_local("locally the etag of a part is random")
async def test_the_etag_of_a_part_is_its_md5(upload: Any) -> None:
    assert (await upload.uploadPart(1, "x")).etag == hashlib.md5(b"x").hexdigest()


@pytest.mark.parametrize(
    ("number", "read_as"), [(1.9, 1), ("3", 3), (True, 1), (10_000, 10_000)]
)
async def test_the_number_of_a_part_is_read_as_javascript_reads_numbers(
    upload: Any, number: Any, read_as: int
) -> None:
    assert (await upload.uploadPart(number, "x")).partNumber == read_as


@pytest.mark.parametrize(
    ("number", "shown"),
    [(0, 0), (10_001, 10_001), (-1, -1), (None, 0), ("x", 0), (float("nan"), 0)],
)
async def test_parts_have_numbers_from_1_to_10000(
    upload: Any, number: Any, shown: int
) -> None:
    message = (
        "TypeError: Part number must be between 1 and 10000 (inclusive). Actual value"
        f" was: {shown}"
    )
    with refused(message):
        await upload.uploadPart(number, "x")
    with refused(message):
        await upload.complete([{"partNumber": number, "etag": "x"}])


async def test_the_number_of_a_part_is_an_int32(upload: Any) -> None:
    with refused(INT32):
        await upload.uploadPart(2**31, "x")


@pytest.mark.parametrize("value", [None, 5, {}, [1]])
async def test_the_value_of_a_part_is_text_bytes_or_a_stream(
    upload: Any, value: Any
) -> None:
    with refused(
        "TypeError: Failed to execute 'uploadPart' on 'R2MultipartUpload': parameter 2"
        " is not of type 'ReadableStream or ArrayBuffer or ArrayBufferView or string or"
        " Blob'."
    ):
        await upload.uploadPart(1, value)


async def test_a_part_that_is_uploaded_again_replaces_the_first(
    env: Any, upload: Any
) -> None:
    await upload.uploadPart(1, "first")
    await upload.complete([await upload.uploadPart(1, "second")])
    assert await (await env.BUCKET.get("m")).text() == "second"


@pytest.mark.stricter_than_local(
    "locally the etag of a part is random, so that the first one is unknown"
)
async def test_a_part_of_the_same_content_is_the_same_part(upload: Any) -> None:
    first = await upload.uploadPart(1, "x")
    await upload.uploadPart(1, "x")
    assert (await upload.complete([first])).size == 1


async def test_parts_are_joined_by_their_numbers(env: Any, upload: Any) -> None:
    last = await upload.uploadPart(9, b"B" * PART)
    first = await upload.uploadPart(2, b"A" * PART)
    await upload.uploadPart(5, "not used")
    await upload.complete([last, first])
    found = await env.BUCKET.get("m", range={"offset": PART - 1, "length": 2})
    assert (found.size, await found.text()) == (2 * PART, "AB")


async def test_parts_but_the_last_have_5_mib(upload: Any) -> None:
    parts = [await upload.uploadPart(n, "x") for n in (1, 2)]
    with refused(TOO_SMALL):
        await upload.complete(parts)
    large = await upload.uploadPart(3, b"x" * PART)
    with refused(TOO_SMALL):
        await upload.complete([parts[0], large])


@pytest.mark.stricter_than_local("production says what is wrong; locally it does not")
async def test_parts_but_the_last_have_one_length(upload: Any) -> None:
    first = await upload.uploadPart(1, b"x" * PART)
    second = await upload.uploadPart(2, b"x" * (PART + 1))
    third = await upload.uploadPart(3, "x")
    for parts in ([first, second, third], [first, second]):
        with refused(
            f"{COMPLETE}All non-trailing parts must have the same length. (10048)"
        ):
            await upload.complete(parts)


@pytest.mark.parametrize("part", [{"partNumber": 2, "etag": "x"}, {"partNumber": 1}])
@quiet
async def test_a_part_that_is_not_there_is_refused(upload: Any, part: Any) -> None:
    await upload.uploadPart(1, "x")
    with refused(NO_PART):
        await upload.complete([{"etag": "x"} | part])


async def test_a_failed_completion_leaves_the_upload_usable(upload: Any) -> None:
    part = await upload.uploadPart(1, "x")
    with refused(NO_PART):
        await upload.complete([{"partNumber": 1, "etag": "wrong"}])
    assert (await upload.complete([part])).size == 1


@pytest.mark.stricter_than_local("production's text; locally an internal error (10001)")
async def test_a_part_cannot_be_there_twice(upload: Any) -> None:
    part = await upload.uploadPart(1, "x")
    with refused(f"{COMPLETE}There was a problem with the multipart upload. (10048)"):
        await upload.complete([part, part])


async def test_no_parts_are_an_empty_object(upload: Any) -> None:
    done = await upload.complete([])
    assert (done.size, done.etag) == (0, "d41d8cd98f00b204e9800998ecf8427e-0")


@pytest.mark.parametrize("parts", [None, {}, "x"])
async def test_parts_are_a_list(upload: Any, parts: Any) -> None:
    with refused(
        "TypeError: Failed to execute 'complete' on 'R2MultipartUpload': parameter 1 is"
        " not of type 'Array'."
    ):
        await upload.complete(parts)


async def test_a_completed_upload_is_no_more(upload: Any) -> None:
    part = await upload.uploadPart(1, "x")
    await upload.complete([part])
    with refused(f"Error: uploadPart: {NO_UPLOAD}"):
        await upload.uploadPart(2, "x")
    with refused(f"{COMPLETE}{NO_UPLOAD}"):
        await upload.complete([part])
    assert await upload.abort() is None


async def test_an_aborted_upload_is_no_more(env: Any, upload: Any) -> None:
    part = await upload.uploadPart(1, "x")
    await upload.abort()
    assert await upload.abort() is None
    with refused(f"Error: uploadPart: {NO_UPLOAD}"):
        await upload.uploadPart(1, "x")
    with refused(f"{COMPLETE}{NO_UPLOAD}"):
        await upload.complete([part])
    assert await env.BUCKET.head("m") is None


@pytest.mark.parametrize(("key", "id"), [("m", "unknown"), ("other", None)])
async def test_an_upload_has_its_key_and_its_id(
    env: Any, upload: Any, key: str, id: str | None
) -> None:
    wrong = env.BUCKET.resumeMultipartUpload(key, id or upload.uploadId)
    with refused(f"Error: uploadPart: {NO_UPLOAD}"):
        await wrong.uploadPart(1, "x")


@pytest.mark.stricter_than_local("documented; locally an internal error (10001)")
async def test_an_unknown_upload_cannot_end(env: Any) -> None:
    unknown = env.BUCKET.resumeMultipartUpload("m", "unknown")
    with refused(f"{COMPLETE}{NO_UPLOAD}"):
        await unknown.complete([])
    with refused(f"Error: abortMultipartUpload: {NO_UPLOAD}"):
        await unknown.abort()


async def test_an_upload_and_the_object_of_its_key_are_apart(
    env: Any, upload: Any
) -> None:
    part = await upload.uploadPart(1, "new")
    await env.BUCKET.put("m", "old")
    assert await (await env.BUCKET.get("m")).text() == "old"
    await env.BUCKET.delete("m")
    assert (await upload.complete([part])).size == 3


async def test_a_key_may_have_several_uploads(env: Any, upload: Any) -> None:
    other = await env.BUCKET.createMultipartUpload("m")
    assert other.uploadId != upload.uploadId
    await upload.complete([await upload.uploadPart(1, "one")])
    await other.complete([await other.uploadPart(1, "two")])
    assert await (await env.BUCKET.get("m")).text() == "two"


async def test_an_upload_is_gone_after_seven_days(env: Any, cf: Any) -> None:
    cf.freeze()
    upload = await env.BUCKET.createMultipartUpload("m")
    part = await upload.uploadPart(1, "x")
    await cf.travel(days=7)
    with refused(f"{COMPLETE}{NO_UPLOAD}"):
        await upload.complete([part])
