"""Streams that a Worker makes."""

from typing import Any

import js
import pytest
from pyodide.ffi import JsException, create_proxy, to_js


async def chunks(stream: Any) -> list[Any]:
    return [chunk async for chunk in stream]


async def test_a_readable_stream_pulls_from_python() -> None:
    left = [b"a", b"b"]

    async def pull(controller: Any) -> None:
        controller.enqueue(to_js(left.pop(0)))
        if not left:
            controller.close()

    stream = js.ReadableStream.new(pull=create_proxy(pull))
    assert await js.Response.new(stream).text() == "ab"


async def test_start_may_fill_it() -> None:
    def start(controller: Any) -> None:
        controller.enqueue("a")
        assert controller.desiredSize == 0
        controller.close()
        with pytest.raises(JsException, match="Unable to enqueue"):
            controller.enqueue("b")

    stream = js.ReadableStream.new(start=create_proxy(start))
    assert await chunks(stream) == ["a"]


async def test_a_source_that_fails_fails_the_stream() -> None:
    def pull(controller: Any) -> None:
        controller.error(js.Error.new("bad"))

    stream = js.ReadableStream.new(pull=create_proxy(pull))
    with pytest.raises(JsException, match="Error: bad"):
        await stream.getReader().read()


async def test_the_source_hears_why_it_is_cancelled() -> None:
    reasons: list[str] = []
    stream = js.ReadableStream.new(cancel=create_proxy(reasons.append))
    await stream.cancel("why")
    assert reasons == ["why"]


@pytest.mark.parametrize(
    ("source", "message"),
    [
        (5, "constructor parameter 1 is not of type 'UnderlyingSource'"),
        ({"pull": 5}, "Incorrect type for the 'pull' field on 'UnderlyingSource'"),
        ({"type": "x"}, '"x" is not a valid type of ReadableStream'),
    ],
)
def test_a_source_is_checked(source: object, message: str) -> None:
    with pytest.raises(JsException, match=message):
        js.ReadableStream.new(to_js(source))


async def test_a_writable_stream_writes_in_order() -> None:
    written: list[str] = []
    sink = to_js({"write": lambda chunk, _controller: written.append(chunk)})
    writer = js.WritableStream.new(sink).getWriter()
    writer.write("a")
    await writer.write("b")
    await writer.close()
    assert written == ["a", "b"]
    with pytest.raises(JsException, match="This WritableStream has been closed"):
        await writer.write("c")


async def test_a_sink_that_fails_fails_the_write() -> None:
    def write(_chunk: object, _controller: object) -> None:
        raise js.Error.new("full")

    writer = js.WritableStream.new(to_js({"write": write})).getWriter()
    with pytest.raises(JsException, match="full"):
        await writer.write("a")


async def test_a_stream_has_one_writer_at_a_time() -> None:
    stream = js.WritableStream.new()
    writer = stream.getWriter()
    assert (stream.locked, writer.desiredSize) == (True, 1)
    with pytest.raises(JsException, match="currently locked to a writer"):
        stream.getWriter()
    writer.releaseLock()
    with pytest.raises(JsException, match="writer has been released"):
        await writer.write("a")


async def test_a_transform_stream_hands_on() -> None:
    stream = js.TransformStream.new()
    writer = stream.writable.getWriter()
    first = writer.write("a")
    writer.write("b")
    writer.close()
    assert not first.done()
    assert await chunks(stream.readable) == ["a", "b"]


async def test_a_transformer_changes_what_goes_through() -> None:
    transformer = to_js(
        {
            "transform": lambda chunk, controller: controller.enqueue(chunk + "!"),
            "flush": lambda controller: controller.enqueue("end"),
        }
    )
    source = js.ReadableStream.from_(to_js(["a"]))
    through = source.pipeThrough(js.TransformStream.new(transformer))
    assert await chunks(through) == ["a!", "end"]


async def test_giving_up_one_side_fails_the_other() -> None:
    stream = js.TransformStream.new()
    await stream.writable.getWriter().abort(js.Error.new("no"))
    with pytest.raises(JsException, match="Error: no"):
        await stream.readable.getReader().read()
