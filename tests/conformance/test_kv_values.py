"""Values of KV: what can be stored, and in which forms it is read."""

import datetime
import enum
from typing import Any

import pytest
from pyodide.ffi import JsException

from .refusals import refused

NO_VALUE = (
    "TypeError: KV put() accepts only strings, ArrayBuffers, ArrayBufferViews, and"
    " ReadableStreams as values."
)
UNKNOWN_TYPE = (
    'TypeError: Unknown response type. Possible types are "text", "arrayBuffer",'
    ' "json", and "stream".'
)


async def test_a_missing_key_is_none(env: Any) -> None:
    assert await env.KV.get("missing") is None


async def test_text_comes_back(env: Any) -> None:
    assert await env.KV.put("k", "naïve 😀\0") is None
    assert await env.KV.get("k") == "naïve 😀\0"


@pytest.mark.parametrize("value", ["", b""])
async def test_an_empty_value_is_a_value(env: Any, value: Any) -> None:
    await env.KV.put("k", value)
    assert await env.KV.get("k") == ""
    assert len(await env.KV.get("k", "arrayBuffer")) == 0


async def test_bytes_come_back_as_a_memoryview_of_their_own(env: Any) -> None:
    await env.KV.put("k", b"\x00\xff")
    first = await env.KV.get("k", "arrayBuffer")
    assert isinstance(first, memoryview)
    assert (first.format, first.readonly) == ("B", False)
    first[0] = 1
    assert bytes(await env.KV.get("k", "arrayBuffer")) == b"\x00\xff"


async def test_a_memoryview_is_stored_as_the_part_it_shows(env: Any) -> None:
    await env.KV.put("k", memoryview(b"abcdef")[2:4])
    assert await env.KV.get("k") == "cd"


class Name(enum.StrEnum):
    FIRST = "first"


class Level(enum.IntEnum):
    HIGH = 3


@pytest.mark.parametrize(
    ("value", "stored"),
    [
        (5, "5"),
        (5.0, "5"),
        (1e21, "1e+21"),
        (1e-7, "1e-7"),
        (True, "true"),
        (None, "null"),
        (2**60, str(2**60)),
        (float("nan"), "NaN"),
        (Name.FIRST, "first"),
        (Level.HIGH, "3"),
    ],
)
async def test_a_primitive_is_stored_as_its_javascript_text(
    env: Any, value: Any, stored: str
) -> None:
    await env.KV.put("k", value)
    assert await env.KV.get("k") == stored


class Plain(enum.Enum):
    ONE = "one"


@pytest.mark.parametrize(
    "value",
    [
        *({}, {"a": 1}, [1], {1}, frozenset(), range(3), Plain.ONE),
        *(datetime.datetime(2026, 1, 2), len),
    ],
)
async def test_any_other_value_is_refused(env: Any, value: Any) -> None:
    with refused(NO_VALUE):
        await env.KV.put("k", value)
    assert await env.KV.get("k") is None


@pytest.mark.parametrize("value", [(1, 2), bytearray(b"x"), [(1,)]])
def test_what_cannot_be_sent_fails_at_the_call(env: Any, value: Any) -> None:
    shown = "bytearray" if isinstance(value, bytearray) else "tuple"
    with pytest.raises(TypeError, match=f"<class '{shown}'> cannot be sent over RPC"):
        env.KV.put("k", value)


def test_what_is_to_be_awaited_cannot_be_sent(env: Any) -> None:
    async def text() -> str:
        return "v"

    value = text()
    message = r"Awaitable <class 'coroutine'> cannot be sent over RPC\."
    with pytest.raises(TypeError, match=message):
        env.KV.put("k", value)
    value.close()


async def test_a_value_of_25_mib_is_the_largest(env: Any) -> None:
    most = 25 * 1024 * 1024
    await env.KV.put("k", bytes(most))
    with refused(
        "Error: KV PUT failed: 413 Value length of 26214401 exceeds limit of 26214400."
    ):
        await env.KV.put("k", bytes(most + 1))
    assert len(await env.KV.get("k", "arrayBuffer")) == most


async def test_half_a_surrogate_pair_is_stored_as_three_bytes(env: Any) -> None:
    await env.KV.put("k", "\ud800")
    assert bytes(await env.KV.get("k", "arrayBuffer")) == b"\xed\xa0\x80"
    assert await env.KV.get("k") == "\ufffd" * 3


async def test_bytes_that_are_no_utf_8_are_read_as_replacement_characters(
    env: Any,
) -> None:
    data = b"a\xe2\x82z\xf0\x9f\x98\xff"
    await env.KV.put("k", data)
    assert await env.KV.get("k") == data.decode(errors="replace")


async def test_one_value_keeps_its_byte_order_mark_and_many_lose_it(env: Any) -> None:
    await env.KV.put("k", "\ufeffa")
    assert await env.KV.get("k") == "\ufeffa"
    assert await env.KV.get(["k"]) == {"k": "a"}


@pytest.mark.parametrize(
    "options", [(), (None,), ({},), ([],), ("text",), ({"type": "text"},)]
)
async def test_text_is_what_is_read_if_no_type_is_given(
    env: Any, options: tuple[Any, ...]
) -> None:
    await env.KV.put("k", "5")
    assert await env.KV.get("k", *options) == "5"


@pytest.mark.parametrize(
    "type", ["", "JSON", "blob", "arraybuffer", 5, True, {"type": None}]
)
async def test_an_unknown_type_fails_only_where_there_is_a_value(
    env: Any, type: Any
) -> None:
    assert await env.KV.get("k", type) is None
    await env.KV.put("k", "v")
    with refused(UNKNOWN_TYPE):
        await env.KV.get("k", type)


async def test_a_stream_gives_chunks_of_bytes_once(env: Any) -> None:
    await env.KV.put("k", "x" * 5000)
    stream = await env.KV.get("k", "stream")
    chunks = [bytes(chunk.to_py()) async for chunk in stream]
    assert [len(chunk) for chunk in chunks] == [4096, 904]
    with pytest.raises(JsException, match=r"This ReadableStream is disturbed\."):
        await env.KV.put("copy", stream)


async def test_a_stream_can_be_put(env: Any) -> None:
    await env.KV.put("k", "streamed")
    await env.KV.put("copy", await env.KV.get("k", "stream"))
    assert await env.KV.get("copy") == "streamed"


async def test_a_stream_that_is_being_read_cannot_be_put(env: Any) -> None:
    await env.KV.put("k", "v")
    stream = await env.KV.get("k", "stream")
    stream.getReader()
    with refused("TypeError: The ReadableStream has been locked to a reader."):
        await env.KV.put("copy", stream)


async def test_a_stream_that_fails_midway_leaves_the_old_value(env: Any) -> None:
    from js import Response
    from pyodide.ffi import to_js

    await env.KV.put("k", "old")
    with pytest.raises(JsException, match="did not return bytes"):
        await env.KV.put("k", Response.new(to_js([1, 2])).body)
    assert await env.KV.get("k") == "old"


async def test_a_put_replaces_the_value(env: Any) -> None:
    await env.KV.put("k", "first, and longer")
    await env.KV.put("k", "second")
    assert await env.KV.get("k") == "second"


async def test_a_call_has_happened_whether_or_not_it_is_awaited(env: Any) -> None:
    pending = env.KV.put("k", "v")
    assert await env.KV.get("k") == "v"
    await pending
