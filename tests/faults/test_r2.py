"""Faults of R2: numbers, texts, and objects that are there after all."""

from typing import Any

import pytest
from pyodide.ffi import JsException

from pytest_cfbindings.control import Cf


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (None, "put: We encountered an internal error. Please try again. (10001)"),
        (
            10058,
            "put: Reduce your concurrent request rate for the same object. (10058)",
        ),
        (10043, "put: Service is temporarily unavailable. (10043)"),
        (10054, "put: Client disconnected before request completed. (10054)"),
        ("connection lost", "Network connection lost."),
    ],
)
async def test_a_put_that_fails_stores_nothing(
    env: Any, cf: Cf, error: Any, text: str
) -> None:
    cf.fail(env.BUCKET, "put", error=error)
    with pytest.raises(JsException) as caught:
        await env.BUCKET.put("k", "v")
    assert str(caught.value) == f"Error: {text}"
    assert await env.BUCKET.get("k") is None


async def test_after_the_effect_the_object_is_there(env: Any, cf: Cf) -> None:
    cf.fail(env.BUCKET, "put", after_effect=True)
    with pytest.raises(JsException, match="10001"):
        await env.BUCKET.put("k", "v")
    assert await (await env.BUCKET.get("k")).text() == "v"


@pytest.mark.parametrize(
    ("method", "call"),
    [
        ("head", lambda bucket: bucket.head("k")),
        ("get", lambda bucket: bucket.get("k")),
        ("delete", lambda bucket: bucket.delete("k")),
        ("list", lambda bucket: bucket.list()),
        ("createMultipartUpload", lambda bucket: bucket.createMultipartUpload("k")),
    ],
)
async def test_every_method_can_fail(env: Any, cf: Cf, method: str, call: Any) -> None:
    cf.fail(env.BUCKET, method)
    with pytest.raises(JsException, match=f"{method}: We encountered .* \\(10001\\)"):
        await call(env.BUCKET)
    await call(env.BUCKET)


async def test_an_upload_can_lose_each_of_its_answers(env: Any, cf: Cf) -> None:
    upload = await env.BUCKET.createMultipartUpload("k")
    for method in ("uploadPart", "complete"):
        cf.fail(env.BUCKET, method, after_effect=True)
    with pytest.raises(JsException, match=r"uploadPart: .*\(10001\)"):
        await upload.uploadPart(1, "part")
    part = await upload.uploadPart(1, "part")
    with pytest.raises(JsException, match=r"completeMultipartUpload: .*\(10001\)"):
        await upload.complete([part])
    assert await (await env.BUCKET.get("k")).text() == "part"
    with pytest.raises(JsException, match="10024"):
        await upload.complete([part])


async def test_an_upload_can_fail_to_be_aborted(env: Any, cf: Cf) -> None:
    upload = await env.BUCKET.createMultipartUpload("k")
    cf.fail(env.BUCKET, "abort")
    with pytest.raises(JsException, match=r"abortMultipartUpload: .*\(10001\)"):
        await upload.abort()
    await upload.uploadPart(1, "part")
