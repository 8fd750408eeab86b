"""What production does and local workerd does not."""

import datetime
import hashlib
from typing import Any

import pytest
from pyodide.ffi import JsException

from pytest_cfbindings.clock import Clock

DAY_MS = 86_400_000


async def test_an_upload_is_aborted_after_seven_days(env: Any, clock: Clock) -> None:
    upload = await env.BUCKET.createMultipartUpload("m")
    part = await upload.uploadPart(1, "x")
    await clock.advance(7 * DAY_MS - 1000)
    await upload.uploadPart(1, "x")
    await clock.advance(1000)
    with pytest.raises(JsException, match=r"does not exist\. \(10024\)"):
        await upload.complete([part])


async def test_a_key_of_the_customer_is_needed_to_read(env: Any) -> None:
    key = "ab" * 32
    stored = await env.BUCKET.put("k", "v", ssecKey=key)
    assert stored.ssecKeyMd5 == hashlib.md5(bytes.fromhex(key)).hexdigest()
    with pytest.raises(JsException, match="is encrypted with an ssecKey, and none was"):
        await env.BUCKET.get("k")
    with pytest.raises(JsException, match="is encrypted with another ssecKey"):
        await env.BUCKET.get("k", ssecKey=b"x" * 32)
    assert await (await env.BUCKET.get("k", ssecKey=bytes.fromhex(key))).text() == "v"
    assert (await env.BUCKET.head("k")).size == 1


async def test_a_key_for_an_object_without_one_is_refused(env: Any) -> None:
    await env.BUCKET.put("k", "v")
    with pytest.raises(JsException, match="was stored without an ssecKey"):
        await env.BUCKET.get("k", ssecKey=b"x" * 32)


async def test_every_part_needs_the_key_of_its_upload(env: Any) -> None:
    upload = await env.BUCKET.createMultipartUpload("m", ssecKey=b"x" * 32)
    with pytest.raises(JsException, match="the one that createMultipartUpload was"):
        await upload.uploadPart(1, "v")
    await upload.uploadPart(1, "v", ssecKey=b"x" * 32)


@pytest.mark.parametrize("name", ["standard", "", "STANDARD_IA", None])
async def test_a_storage_class_is_one_of_two(env: Any, name: str | None) -> None:
    with pytest.raises(JsException, match="R2 has Standard and InfrequentAccess"):
        await env.BUCKET.put("k", "v", storageClass=name)
    with pytest.raises(
        JsException, match=r"createMultipartUpload: .* no storage class"
    ):
        await env.BUCKET.createMultipartUpload("k", storageClass=name)


@pytest.mark.parametrize("cursor", ["x", "YQ==", "é"])
async def test_a_cursor_comes_from_list(env: Any, cursor: str) -> None:
    with pytest.raises(JsException, match="is no cursor that list"):
        await env.BUCKET.list(cursor=cursor)


async def test_metadata_that_was_not_asked_for_is_not_listed(env: Any) -> None:
    await env.BUCKET.put("k", "v", customMetadata={"a": "b"})
    (found,) = (await env.BUCKET.list(include=["httpMetadata"])).objects
    assert found.customMetadata is None
    assert found.httpMetadata is not None


async def test_part_etags_are_the_md5_of_the_part(env: Any) -> None:
    upload = await env.BUCKET.createMultipartUpload("m")
    part = await upload.uploadPart(1, "x")
    assert part.etag == "9dd4e461268c8034f5c8564e155c67a6"


async def test_uploads_have_the_time_of_the_clock(env: Any, clock: Clock) -> None:
    first = await env.BUCKET.put("a", "v")
    await clock.advance(DAY_MS)
    second = await env.BUCKET.put("b", "v")
    passed = second.uploaded - first.uploaded
    assert abs(passed - datetime.timedelta(days=1)) < datetime.timedelta(minutes=1)
