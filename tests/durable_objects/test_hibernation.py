"""What stays and what goes when an object with WebSockets leaves memory (measured)."""

import asyncio
from typing import Any

import js
import pytest

from pytest_cfbindings import WebSocketClosed
from pytest_cfbindings.clock import Clock
from pytest_cfbindings.control import Cf


@pytest.fixture
def room(env: Any) -> Any:
    return env.ROOM.getByName("one")


async def test_sockets_attachments_and_tags_stay(cf: Cf, room: Any) -> None:
    async with cf.websocket("/room?tag") as socket:
        await cf.evict(room)
        await socket.send("wake up")
        assert await socket.receive() == "wake up"
        woke = await cf.run_in(room, lambda room: room.woke_with)
        assert woke == [("attached", ["tag"], 1)]


async def test_memory_does_not_stay(cf: Cf, room: Any) -> None:
    async with cf.websocket("/room") as socket:
        await socket.send("before")
        assert await socket.receive() == "before"
        await cf.evict(room)
        await socket.send("after")
        assert await socket.receive() == "after"
        assert await cf.run_in(room, lambda room: room.seen) == ["after"]


async def test_the_next_instance_knows_the_socket_by_another_object(
    cf: Cf, room: Any
) -> None:
    def listed(_room: Any, ctx: Any) -> Any:
        return ctx.getWebSockets()[0]

    async with cf.websocket("/room"):
        before = await cf.run_in(room, listed)
        assert await cf.run_in(room, listed) == before
        await cf.evict(room)
        assert await cf.run_in(room, listed) != before


async def test_a_close_wakes_the_object(cf: Cf, room: Any) -> None:
    async with cf.websocket("/room") as socket:
        await cf.evict(room)
        await socket.close(4001, "bye")
        assert socket.close_code == 1000
    assert await cf.run_in(room, lambda room: len(room.seen)) == 1


async def test_an_object_with_sockets_hibernates_by_itself(
    cf: Cf, room: Any, clock: Clock
) -> None:
    async with cf.websocket("/room") as socket:
        await clock.advance(10_000)
        await socket.send("hello")
        assert await socket.receive() == "hello"
        assert await cf.run_in(room, lambda room: len(room.woke_with)) == 1


async def test_an_automatic_response_does_not_wake_the_object(
    cf: Cf, room: Any, clock: Clock
) -> None:
    def answer_pings(_room: Any, ctx: Any) -> None:
        pair = js.WebSocketRequestResponsePair.new("ping", "pong")
        ctx.setWebSocketAutoResponse(pair)

    def timestamp(_room: Any, ctx: Any) -> Any:
        [socket] = ctx.getWebSockets()
        return ctx.getWebSocketAutoResponseTimestamp(socket).getTime()

    async with cf.websocket("/room") as socket:
        await cf.run_in(room, answer_pings)
        await cf.evict(room)
        await socket.send("ping")
        assert await socket.receive() == "pong"
        with pytest.raises(Exception, match="not currently running"):
            await cf.evict(room)
        assert await cf.run_in(room, timestamp) <= clock.now_ms()
        assert await cf.run_in(room, lambda room: room.seen) == []


async def test_only_the_exact_text_is_answered(cf: Cf, room: Any) -> None:
    def answer_pings(_room: Any, ctx: Any) -> None:
        pair = js.WebSocketRequestResponsePair.new("ping", "pong")
        ctx.setWebSocketAutoResponse(pair)

    async with cf.websocket("/room") as socket:
        await cf.run_in(room, answer_pings)
        await socket.send("pings")
        assert await socket.receive() == "pings"
        await socket.send(b"ping")
        assert await socket.receive() == b"ping"


async def test_an_eviction_can_close_them(cf: Cf, room: Any) -> None:
    async with cf.websocket("/room") as socket:
        await cf.evict(room, websockets="close")
        with pytest.raises(WebSocketClosed) as closed:
            await socket.receive()
        assert closed.value.code == 1006
    assert await cf.run_in(room, lambda room: (room.seen, room.woke_with)) == ([], [])


async def test_all_evictions_can(cf: Cf, room: Any) -> None:
    async with cf.websocket("/room") as socket:
        await cf.evict_all(websockets="close")
        await socket.wait_closed()
        assert socket.close_code == 1006


async def test_an_accepted_socket_keeps_the_object_in_memory(
    cf: Cf, room: Any, clock: Clock
) -> None:
    async with cf.websocket("/room?standard") as socket:
        await cf.run_in(room, lambda room: room.seen.append("kept"))
        await clock.advance(60_000)
        assert await cf.run_in(room, lambda room: room.seen) == ["kept"]
        await socket.close(4001)
        assert socket.close_code == 4001
    await clock.advance(60_000)
    assert await cf.run_in(room, lambda room: room.seen) == []


async def test_what_its_listeners_write_is_stored(cf: Cf, room: Any) -> None:
    async with cf.websocket("/room?standard") as socket:
        await socket.send("hello")
        assert await socket.receive() == "heard hello"
    assert cf.storage(room).kv.get("last") == "hello"


async def test_an_eviction_cuts_an_accepted_socket(cf: Cf, room: Any) -> None:
    async with cf.websocket("/room?standard") as socket:
        await cf.evict(room)
        await socket.wait_closed()
        assert socket.close_code == 1006


async def test_a_reset_of_the_test_cuts_the_connections(cf: Cf, room: Any) -> None:
    async with cf.websocket("/room") as socket:
        cf.reset()
        await asyncio.sleep(0)
        assert socket.close_code == 1006
