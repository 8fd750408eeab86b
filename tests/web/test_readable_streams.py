import pytest

from pytest_cfbindings.javascript.conversions import to_string
from pytest_cfbindings.javascript.errors import JsThrow
from pytest_cfbindings.javascript.objects import JsObject
from pytest_cfbindings.javascript.promises import JsPromise
from pytest_cfbindings.javascript.typed_arrays import Uint8Array
from pytest_cfbindings.javascript.values import missing, undefined
from pytest_cfbindings.web.readable_streams import ReadableStream, chunk_bytes
from pytest_cfbindings.web.stream_readers import StreamIterator, StreamReader
from tests.javascript.throws import thrown

LOCKED = "TypeError: This ReadableStream is currently locked to a reader"
RELEASED = "TypeError: This ReadableStream reader has been released."


async def chunks(reader: StreamReader | StreamIterator) -> list[bytes]:
    found = []
    while True:
        step = await (
            reader.read() if isinstance(reader, StreamReader) else reader.next()
        )
        assert isinstance(step, JsObject)
        if step.js_get("done"):
            assert step.js_get("value") is undefined
            return found
        found.append(chunk_bytes(step.js_get("value")))


def reason(promise: JsPromise) -> str:
    assert promise.state == "rejected"
    return to_string(promise.outcome)


async def test_bytes_come_in_chunks_of_4096() -> None:
    stream = ReadableStream.of_bytes(b"x" * 10_000)
    assert [len(c) for c in await chunks(stream.getReader())] == [4096, 4096, 1808]


async def test_no_bytes_are_no_chunks() -> None:
    assert await chunks(ReadableStream.of_bytes(b"").getReader()) == []


async def test_a_chunk_is_a_uint8array() -> None:
    step = await ReadableStream.of_bytes(b"abc").getReader().read()
    assert isinstance(step, JsObject)
    assert type(step.js_get("value")) is Uint8Array


def test_a_stream_has_one_reader() -> None:
    stream = ReadableStream.of_bytes(b"abc")
    assert stream.js_get("locked") is False
    stream.getReader()
    assert stream.js_get("locked") is True
    assert thrown(stream.getReader) == f"{LOCKED}."
    assert thrown(stream.tee) == f"{LOCKED},"
    assert thrown(stream.values) == f"{LOCKED}."
    assert reason(stream.cancel()) == f"{LOCKED}."


def test_a_released_reader_reads_no_more() -> None:
    stream = ReadableStream.of_bytes(b"abc")
    reader = stream.getReader()
    reader.releaseLock()
    reader.releaseLock()
    assert stream.js_get("locked") is False
    assert reason(reader.read()) == RELEASED
    assert reason(reader.cancel()) == RELEASED


async def test_a_reader_goes_on_where_another_stopped() -> None:
    stream = ReadableStream.of_bytes(b"x" * 5000)
    first = stream.getReader()
    await first.read()
    first.releaseLock()
    assert await chunks(stream.getReader()) == [b"x" * 904]


async def test_tee_gives_two_streams_of_the_same_bytes() -> None:
    stream = ReadableStream.of_bytes(b"abc")
    one, other = stream.tee().items
    assert isinstance(one, ReadableStream)
    assert isinstance(other, ReadableStream)
    assert stream.js_get("locked") is True
    assert await chunks(one.getReader()) == [b"abc"]
    assert await chunks(other.getReader()) == [b"abc"]
    assert thrown(stream.getReader) == f"{LOCKED}."


async def test_a_cancelled_stream_has_ended() -> None:
    stream = ReadableStream.of_bytes(b"abc")
    await stream.cancel()
    assert stream.js_get("locked") is False
    assert await chunks(stream.getReader()) == []


async def test_a_reader_that_cancels_keeps_the_lock() -> None:
    stream = ReadableStream.of_bytes(b"abc")
    reader = stream.getReader()
    await reader.cancel()
    assert await chunks(reader) == []
    assert stream.js_get("locked") is True


async def test_iteration_gives_the_lock_back_at_its_end() -> None:
    stream = ReadableStream.of_bytes(b"abc")
    assert await chunks(stream.values()) == [b"abc"]
    assert stream.js_get("locked") is False


async def test_iteration_that_stops_early_cancels_the_stream() -> None:
    stream = ReadableStream.of_bytes(b"x" * 5000)
    iterator = stream.values()
    await iterator.next()
    await iterator.stop()
    assert stream.js_get("locked") is False
    assert await chunks(stream.getReader()) == []


async def test_an_error_of_the_source_rejects_the_read() -> None:
    async def pull() -> object:
        raise ValueError("boom")

    with pytest.raises(JsThrow):
        await ReadableStream(pull).getReader().read()


async def test_chunks_of_text_count_where_they_may() -> None:
    waiting = iter(["é", Uint8Array.of_bytes(b"x")])

    async def pull() -> object:
        return next(waiting, missing)

    assert await ReadableStream(pull).read_bytes() == "éx".encode()


@pytest.mark.parametrize("chunk", [5, undefined, JsObject()])
def test_other_chunks_are_no_bytes(chunk: object) -> None:
    assert thrown(chunk_bytes, chunk) == (
        "TypeError: This ReadableStream did not return bytes."
    )


def test_a_stream_in_somebodys_hands_is_not_usable() -> None:
    stream = ReadableStream.of_bytes(b"abc")
    stream.check_usable()
    stream.getReader()
    assert thrown(stream.check_usable) == (
        "TypeError: The ReadableStream has been locked to a reader."
    )
