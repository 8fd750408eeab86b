"""Which streams are taken, and in what state they are left (measured)."""

import contextlib
from typing import Any

import pytest
from pyodide.ffi import JsException

from pytest_cfbindings.ffi.crossing import to_python
from pytest_cfbindings.javascript.values import missing
from pytest_cfbindings.web.readable_streams import ReadableStream


@pytest.fixture
async def found(env: Any) -> Any:
    """An object of ten bytes with its body unread."""
    await env.BUCKET.put("k", "0123456789")
    return await env.BUCKET.get("k")


async def test_a_stream_is_used_and_locked_by_put(env: Any, found: Any) -> None:
    await env.BUCKET.put("copy", found.body)
    assert (found["bodyUsed"], found.body.locked) == (True, True)
    with pytest.raises(JsException, match="The ReadableStream has been locked to a"):
        await env.BUCKET.put("again", found.body)


async def test_a_stream_that_was_read_in_part_is_disturbed(
    env: Any, found: Any
) -> None:
    reader = found.body.getReader()
    await reader.read()
    reader.releaseLock()
    with pytest.raises(JsException, match=r"This ReadableStream is disturbed\."):
        await env.BUCKET.put("copy", found.body)


async def test_a_lock_that_was_given_back_does_no_harm(env: Any, found: Any) -> None:
    found.body.getReader().releaseLock()
    assert (await env.BUCKET.put("copy", found.body)).size == 10


async def test_both_branches_of_a_tee_can_be_stored(env: Any, found: Any) -> None:
    first, second = found.body.tee()
    assert found["bodyUsed"] is True
    assert (await env.BUCKET.put("a", first)).size == 10
    assert (await env.BUCKET.put("b", second)).size == 10


async def test_a_stream_of_unknown_length_is_refused(env: Any) -> None:
    async def pull() -> object:
        return missing

    stream = to_python(ReadableStream(pull))
    with pytest.raises(JsException, match="stream must have a known length"):
        await env.BUCKET.put("k", stream)


@pytest.mark.parametrize(
    ("options", "used"),
    [
        ({"md5": 5}, False),
        ({"md5": "zz"}, True),
        ({"ssecKey": "zz"}, True),
        ({"onlyIf": {"etagMatches": '"q"'}}, True),
        ({"onlyIf": {"etagMatches": "other"}}, True),
    ],
    ids=str,
)
async def test_a_put_that_is_refused_may_use_up_the_stream(
    env: Any, found: Any, options: dict[str, Any], used: bool
) -> None:
    with contextlib.suppress(JsException):
        await env.BUCKET.put("copy", found.body, options)
    assert await env.BUCKET.head("copy") is None
    assert found["bodyUsed"] is used


async def test_a_part_can_be_a_stream(env: Any, found: Any) -> None:
    upload = await env.BUCKET.createMultipartUpload("m")
    with pytest.raises(JsException, match="Actual value was: 0"):
        await upload.uploadPart(0, found.body)
    assert found["bodyUsed"] is False
    part = await upload.uploadPart(1, found.body)
    assert (await upload.complete([part])).size == 10
