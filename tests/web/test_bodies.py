import pytest

from pytest_cfbindings.javascript.arrays import JsArray
from pytest_cfbindings.javascript.buffers import JsArrayBuffer
from pytest_cfbindings.javascript.conversions import to_string
from pytest_cfbindings.javascript.errors import JsThrow
from pytest_cfbindings.javascript.json_stringify import stringify
from pytest_cfbindings.javascript.maps import JsMap, JsSet
from pytest_cfbindings.javascript.objects import JsObject
from pytest_cfbindings.javascript.promises import JsPromise
from pytest_cfbindings.javascript.typed_arrays import Uint8Array
from pytest_cfbindings.javascript.values import null, undefined
from pytest_cfbindings.web.bodies import extract
from pytest_cfbindings.web.readable_streams import ReadableStream
from pytest_cfbindings.web.response import Response
from tests.javascript.throws import thrown

USED = (
    "TypeError: Body has already been used. It can only be used once."
    " Use tee() first if you need to read it twice."
)
NO_BYTES = "TypeError: This ReadableStream did not return bytes."


def message(promise: JsPromise) -> str:
    assert promise.state == "rejected"
    return to_string(promise.outcome)


@pytest.mark.parametrize(
    ("body", "text", "content_type"),
    [
        ("x", "x", "text/plain;charset=UTF-8"),
        ("", "", "text/plain;charset=UTF-8"),
        (5, "5", "text/plain;charset=UTF-8"),
        (JsObject(), "[object Object]", "text/plain;charset=UTF-8"),
        (Uint8Array.of_bytes(b"hi"), "hi", None),
        (JsArrayBuffer(b"hi"), "hi", None),
        (JsArray([Uint8Array.of_bytes(b"A")]), "A", None),
        (JsSet([Uint8Array.of_bytes(b"A")]), "A", None),
        (JsMap(), "", None),
    ],
)
async def test_a_body_is_text_or_bytes(
    body: object, text: str, content_type: str | None
) -> None:
    response = Response.js_construct(body)
    kind = response.header_list.get("content-type")
    assert kind == (null if content_type is None else content_type)
    assert await response.text() == text


@pytest.mark.parametrize(
    "body", [JsArray([1, 2]), JsArray(["a", "b"]), JsSet(["a"]), JsMap([("a", 1)])]
)
def test_an_iterable_body_has_bytes_only(body: object) -> None:
    assert message(Response.js_construct(body).text()) == NO_BYTES


@pytest.mark.parametrize("body", [undefined, null])
async def test_no_body_is_null_and_can_be_read_again_and_again(body: object) -> None:
    response = Response.js_construct(body)
    assert response.js_get("body") is null
    assert [await response.text(), await response.text()] == ["", ""]
    assert response.js_get("bodyUsed") is False


def test_no_body_is_no_json() -> None:
    assert message(Response.js_construct().json()) == (
        "SyntaxError: Unexpected end of JSON input"
    )


async def test_a_body_can_be_read_once() -> None:
    response = Response.js_construct("x")
    assert response.js_get("bodyUsed") is False
    assert await response.text() == "x"
    assert response.js_get("bodyUsed") is True
    for again in (response.text, response.json, response.arrayBuffer, response.bytes):
        assert message(again()) == USED


async def test_an_empty_text_is_a_body_too() -> None:
    response = Response.js_construct("")
    assert isinstance(response.js_get("body"), ReadableStream)
    assert await response.text() == ""
    assert message(response.text()) == USED


def test_the_body_counts_as_used_when_reading_begins() -> None:
    response = Response.js_construct("x")
    response.text()
    assert response.js_get("bodyUsed") is True


async def test_the_body_comes_in_several_kinds() -> None:
    made = [Response.js_construct("é") for _ in range(2)]
    buffer, array = await made[0].arrayBuffer(), await made[1].bytes()
    assert isinstance(buffer, JsArrayBuffer)
    assert buffer.to_bytes() == "é".encode()
    assert isinstance(array, Uint8Array)
    assert array.to_bytes() == "é".encode()
    assert stringify(await Response.js_construct('{"a":[1]}').json()) == '{"a":[1]}'


def test_bad_json_rejects_with_v8s_text() -> None:
    assert message(Response.js_construct("{").json()) == (
        "SyntaxError: Expected property name or '}' in JSON at position 1"
        " (line 1 column 2)"
    )


@pytest.mark.parametrize(
    ("data", "text"), [(b"\xef\xbb\xbfA\xff", "A\ufffd"), (b"\xff", "\ufffd")]
)
async def test_text_is_utf_8_without_its_byte_order_mark(
    data: bytes, text: str
) -> None:
    body = Uint8Array.of_bytes(data)
    assert await Response.js_construct(body).text() == text


async def test_json_may_begin_with_a_byte_order_mark() -> None:
    assert stringify(await Response.js_construct("\ufeff{}").json()) == "{}"


async def test_a_lone_surrogate_is_sent_as_three_bytes() -> None:
    sent = await Response.js_construct("é\ud800").bytes()
    assert isinstance(sent, Uint8Array)
    assert sent.to_bytes() == b"\xc3\xa9\xed\xa0\x80"


async def test_a_body_in_a_readers_hands_cannot_be_read() -> None:
    response = Response.js_construct("x")
    stream = response.js_get("body")
    assert isinstance(stream, ReadableStream)
    reader = stream.getReader()
    assert message(response.text()) == (
        "TypeError: This ReadableStream is currently locked to a reader."
    )
    reader.releaseLock()
    assert await response.text() == "x"


async def test_a_body_that_a_reader_has_touched_is_used() -> None:
    response = Response.js_construct("x")
    stream = response.js_get("body")
    assert isinstance(stream, ReadableStream)
    reader = stream.getReader()
    await reader.read()
    reader.releaseLock()
    assert response.js_get("bodyUsed") is True
    assert message(response.text()) == USED


async def test_a_cancelled_body_is_used() -> None:
    response = Response.js_construct("x")
    stream = response.js_get("body")
    assert isinstance(stream, ReadableStream)
    await stream.cancel()
    assert message(response.text()) == USED


async def test_the_stream_of_one_message_can_be_the_body_of_another() -> None:
    first = Response.js_construct("abc")
    stream = first.js_get("body")
    assert await Response.js_construct(stream).text() == "abc"
    assert first.js_get("bodyUsed") is True
    assert thrown(extract, stream) == (
        "TypeError: This ReadableStream is disturbed (has already been read from), and"
        " cannot be used as a body."
    )


async def test_a_locked_stream_is_refused_when_it_is_read() -> None:
    stream = ReadableStream.of_bytes(b"abc")
    stream.getReader()
    with pytest.raises(JsThrow):
        await Response.js_construct(stream).text()
