"""Bodies of R2 objects: what can be stored, and how it is read."""

from typing import Any

import pytest
from pyodide.ffi import JsException

from .refusals import refused

USED = (
    "TypeError: Body has already been used. It can only be used once. Use tee() first"
    " if you need to read it twice."
)
NO_VALUE = (
    "TypeError: Failed to execute 'put' on 'R2Bucket': parameter 2 is not of type"
    " 'ReadableStream or ArrayBuffer or ArrayBufferView or string or Blob'."
)


@pytest.mark.parametrize(
    ("value", "stored"),
    [
        ("é", "é".encode()),
        ("\ud800", b"\xed\xa0\x80"),
        (b"\x00\xff", b"\x00\xff"),
        (memoryview(b"abcdef")[2:4], b"cd"),
        (None, b""),
        ("", b""),
        (b"", b""),
    ],
)
async def test_values_are_stored_as_bytes(env: Any, value: Any, stored: bytes) -> None:
    assert (await env.BUCKET.put("k", value)).size == len(stored)
    assert bytes(await (await env.BUCKET.get("k")).bytes()) == stored


async def test_a_blob_is_stored_without_its_type(env: Any) -> None:
    from js import Blob
    from pyodide.ffi import to_js

    blob = Blob.new(to_js(["ab", "c"]), type="text/css")
    stored = await env.BUCKET.put("k", blob)
    assert (stored.size, stored.httpMetadata.contentType) == (3, None)


@pytest.mark.parametrize("value", [5, True, {}, [1], {1}, 1.5, 2**60, len])
async def test_other_values_are_refused(env: Any, value: Any) -> None:
    with refused(NO_VALUE):
        await env.BUCKET.put("k", value)
    assert await env.BUCKET.head("k") is None


async def test_a_value_has_to_be_there(env: Any) -> None:
    with refused(NO_VALUE):
        await env.BUCKET.put("k")


@pytest.mark.parametrize("value", [(1, 2), bytearray(b"x")])
def test_what_cannot_be_sent_fails_at_the_call(env: Any, value: Any) -> None:
    with pytest.raises(TypeError, match=r"cannot be sent over RPC\."):
        env.BUCKET.put("k", value)


async def test_a_stream_needs_a_known_length(env: Any) -> None:
    from js import ReadableStream
    from pyodide.ffi import create_proxy

    stream = ReadableStream.new(
        start=create_proxy(lambda controller: controller.close())
    )
    with refused(
        "TypeError: Provided readable stream must have a known length (request/response"
        " body or readable half of FixedLengthStream)"
    ):
        await env.BUCKET.put("k", stream)


async def test_a_stream_that_is_being_read_is_refused(env: Any) -> None:
    await env.BUCKET.put("k", "v")
    body = (await env.BUCKET.get("k")).body
    body.getReader()
    with refused("TypeError: The ReadableStream has been locked to a reader."):
        await env.BUCKET.put("copy", body)


async def test_a_body_is_put_again_as_a_stream(env: Any) -> None:
    await env.BUCKET.put("k", "0123456789")
    ranged = await env.BUCKET.get("k", range={"offset": 2, "length": 3})
    await env.BUCKET2.put("copy", ranged.body)
    assert ranged.bodyUsed is True
    assert await (await env.BUCKET2.get("copy")).text() == "234"


async def test_the_body_is_read_in_every_form(env: Any) -> None:
    await env.BUCKET.put("k", '{"a": [1]}', httpMetadata={"contentType": "a/b"})
    assert await (await env.BUCKET.get("k")).text() == '{"a": [1]}'
    assert await (await env.BUCKET.get("k")).json() == {"a": [1]}
    buffer = await (await env.BUCKET.get("k")).arrayBuffer()
    assert (type(buffer), bytes(buffer)) == (memoryview, b'{"a": [1]}')
    content = await (await env.BUCKET.get("k")).bytes()
    assert (type(content), bytes(content)) == (memoryview, b'{"a": [1]}')
    blob = await (await env.BUCKET.get("k")).blob()
    assert (blob.content_type, blob.size) == ("a/b", 10)
    assert await blob.text() == '{"a": [1]}'
    stream = (await env.BUCKET.get("k")).body
    assert b"".join([bytes(c.to_py()) async for c in stream]) == b'{"a": [1]}'


async def test_a_blob_has_no_type_if_the_object_has_none(env: Any) -> None:
    await env.BUCKET.put("k", "v")
    assert (await (await env.BUCKET.get("k")).blob()).content_type == ""


@pytest.mark.parametrize("again", ["text", "json", "arrayBuffer", "bytes", "blob"])
async def test_a_body_is_read_once(env: Any, again: str) -> None:
    await env.BUCKET.put("k", "1")
    found = await env.BUCKET.get("k")
    assert found["bodyUsed"] is False
    await found.text()
    assert found["bodyUsed"] is True
    with refused(USED):
        await getattr(found, again)()


async def test_a_body_that_is_being_read_is_locked(env: Any) -> None:
    await env.BUCKET.put("k", "v")
    found = await env.BUCKET.get("k")
    found.body.getReader()
    with refused("TypeError: This ReadableStream is currently locked to a reader."):
        await found.text()


async def test_a_body_that_was_cancelled_is_used(env: Any) -> None:
    await env.BUCKET.put("k", "v")
    found = await env.BUCKET.get("k")
    await found.body.cancel()
    with refused(USED):
        await found.text()


async def test_an_attribute_that_was_read_stays_as_it_was(env: Any) -> None:
    await env.BUCKET.put("k", "v")
    found = await env.BUCKET.get("k")
    assert found.bodyUsed is False
    await found.text()
    assert (found.bodyUsed, found["bodyUsed"]) == (False, True)


@pytest.mark.parametrize(
    ("stored", "text"),
    [
        (b"a\xe2\x82z\xff", "a\ufffdz\ufffd"),
        (b"\xef\xbb\xbfa", "a"),
        (b"\xef\xbb\xbf\xef\xbb\xbfa", "\ufeffa"),
    ],
)
async def test_text_is_decoded_as_utf_8(env: Any, stored: bytes, text: str) -> None:
    await env.BUCKET.put("k", stored)
    assert await (await env.BUCKET.get("k")).text() == text


async def test_json_is_read_without_the_byte_order_mark(env: Any) -> None:
    await env.BUCKET.put("k", b"\xef\xbb\xbf[1.0, 2.5]")
    assert await (await env.BUCKET.get("k")).json() == [1, 2.5]


async def test_json_of_nothing_is_a_syntax_error(env: Any) -> None:
    await env.BUCKET.put("k", "")
    with refused("SyntaxError: Unexpected end of JSON input"):
        await (await env.BUCKET.get("k")).json()


@pytest.mark.parametrize("change", ["delete", "put"])
async def test_a_body_outlives_its_object(env: Any, change: str) -> None:
    await env.BUCKET.put("k", "old")
    found = await env.BUCKET.get("k")
    await getattr(env.BUCKET, change)(*(["k", "new"] if change == "put" else ["k"]))
    assert await found.text() == "old"


async def test_a_failed_put_leaves_the_old_object(env: Any) -> None:
    await env.BUCKET.put("k", "old")
    with pytest.raises(JsException):
        await env.BUCKET.put("k", "new", md5="0" * 32)
    assert await (await env.BUCKET.get("k")).text() == "old"
