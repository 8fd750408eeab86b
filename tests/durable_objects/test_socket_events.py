"""What comes over a hibernatable WebSocket, and how it is closed (measured)."""

import asyncio
from typing import Any

import pytest
from pyodide.ffi import JsException

from pytest_cfbindings import WebSocketClosed
from pytest_cfbindings.clock import Clock
from pytest_cfbindings.control import Cf

LOST = "WebSocket disconnected without sending Close frame."


@pytest.fixture
def room(env: Any) -> Any:
    return env.ROOM.getByName("one")


async def seen(cf: Cf, room: Any) -> Any:
    """What the object's handlers have seen, once they have run."""
    for _ in range(20):
        await asyncio.sleep(0)
    return await cf.run_in(room, lambda room: room.seen)


async def test_text_and_bytes_reach_the_handler(cf: Cf, room: Any) -> None:
    async with cf.websocket("/room") as socket:
        await socket.send("hello")
        await socket.send(b"\x00\x01")
        assert await socket.receive() == "hello"
        assert await socket.receive() == b"\x00\x01"
    assert (await seen(cf, room))[:2] == ["hello", b"\x00\x01"]


async def test_a_handler_that_waits_does_not_hold_back_the_next(cf: Cf) -> None:
    async with cf.websocket("/room") as socket:
        await socket.send("slow")
        await socket.send("fast")
        assert await socket.receive() == "fast"
        assert await socket.receive() == "slow"


async def test_a_handler_that_raises_is_logged_and_the_socket_stays(
    cf: Cf, caplog: pytest.LogCaptureFixture
) -> None:
    async with cf.websocket("/room") as socket:
        await socket.send("raise")
        await socket.send("still here")
        assert await socket.receive() == "still here"
    assert "webSocketMessage of Room one raised" in caplog.text
    assert "ValueError: in the handler" in caplog.text


async def test_a_missing_handler_is_logged(
    cf: Cf, caplog: pytest.LogCaptureFixture
) -> None:
    async with cf.websocket("/deaf") as socket:
        await socket.send("hello")
        with pytest.raises(TimeoutError):
            await socket.receive(timeout=0.01)
    assert "Method webSocketMessage does not exist" in caplog.text
    assert socket.close_code == 1006


async def test_the_handler_answers_the_close_of_the_client(cf: Cf, room: Any) -> None:
    async with cf.websocket("/room") as socket:
        await socket.close(4001, "bye")
        assert (socket.close_code, socket.close_reason) == (1000, "answered")
    assert await seen(cf, room) == [[4001, "bye", True, 2, [1, 0]]]


async def test_without_an_answer_the_connection_is_lost(cf: Cf, room: Any) -> None:
    async with cf.websocket("/room") as socket:
        await cf.run_in(room, lambda room: setattr(room, "answer", None))
        await socket.close(4001, "bye")
        assert (socket.close_code, socket.close_reason) == (1006, LOST)


async def test_a_close_without_a_code_is_1005(cf: Cf, room: Any) -> None:
    async with cf.websocket("/room"):
        pass
    assert await seen(cf, room) == [[1005, "", True, 2, [1, 0]]]


async def test_the_object_closes_and_hears_the_answer(cf: Cf, room: Any) -> None:
    async with cf.websocket("/room") as socket:
        await socket.send("close")
        with pytest.raises(WebSocketClosed, match="4000 enough"):
            await socket.receive()
    assert await seen(cf, room) == ["close", [4000, "enough", True, 3, [1, 0]]]


async def test_a_client_that_vanishes_is_1006(cf: Cf, room: Any) -> None:
    async with cf.websocket("/room") as socket:
        await socket.disconnect()
    assert await seen(cf, room) == [[1006, LOST, False, 2, [1, 0]]]


async def test_a_message_that_is_too_large_is_an_error(cf: Cf, room: Any) -> None:
    async with cf.websocket("/room") as socket:
        await socket.send(bytes(33_554_433))
        await socket.wait_closed()
    message = (
        "Error: WebSocket protocol error; protocolError.statusCode = 1009;"
        " protocolError.description = Message is too large"
    )
    assert await seen(cf, room) == [[message, 2]]


async def test_an_abort_cuts_the_connections_and_runs_no_handler(
    cf: Cf, room: Any
) -> None:
    async with cf.websocket("/room") as socket:
        await socket.send("abort")
        with pytest.raises(WebSocketClosed) as closed:
            await socket.receive()
    assert (closed.value.code, closed.value.reason) == (1006, LOST)
    assert await seen(cf, room) == []


@pytest.mark.parametrize("mode", ["plain", "standard"])
async def test_a_socket_is_the_objects_own(cf: Cf, env: Any, mode: str) -> None:
    def server(room: Any) -> Any:
        return room.server

    def use(_room: Any, ctx: Any) -> None:
        text = "Cannot perform I/O on behalf of a different Durable Object"
        for call in (lambda: socket.send("x"), socket.close, lambda: socket.readyState):
            with pytest.raises(JsException, match=text):
                call()
        for asked in (ctx.getTags, ctx.acceptWebSocket):
            with pytest.raises(JsException, match=text):
                asked(socket)
        socket.serializeAttachment("shared")
        assert socket.deserializeAttachment() == "shared"

    async with cf.websocket(f"/room?{mode}"):
        socket = await cf.run_in(env.ROOM.getByName("one"), server)
        await cf.run_in(env.ROOM.getByName("two"), use)


async def test_an_object_can_be_the_client_of_another(cf: Cf, env: Any) -> None:
    async def converse(room: Any) -> list[Any]:
        from pyodide.ffi import create_proxy

        log: list[Any] = []
        over = asyncio.Event()

        def closed(event: Any) -> None:
            log.append(event.code)
            over.set()

        other = env.ROOM.getByName("two")
        headers = {"Upgrade": "websocket"}
        response = await other.fetch("https://example.com/room", headers=headers)
        socket = response.js_object.webSocket
        heard = create_proxy(lambda event: log.append(event.data))
        socket.addEventListener("message", heard)
        socket.addEventListener("close", create_proxy(closed))
        socket.accept()
        for text in ("hello", "abort"):
            socket.send(text)
        await over.wait()
        return log

    assert await cf.run_in(env.ROOM.getByName("one"), converse) == ["hello", 1006]


async def test_nothing_leaves_a_turn_that_cannot_be_committed(cf: Cf) -> None:
    async with cf.websocket("/room") as socket:
        await socket.send("violate")
        with pytest.raises(WebSocketClosed, match="1006"):
            await socket.receive()


async def test_a_handler_that_takes_too_long_is_cut_off(
    cf: Cf, room: Any, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    async with cf.websocket("/room") as socket:
        await cf.run_in(
            room, lambda _room, ctx: ctx.setHibernatableWebSocketEventTimeout(1000)
        )
        await socket.send("never")
        await asyncio.sleep(0)
        await clock.advance(1000)
        await socket.send("next")
        assert await socket.receive() == "next"
    assert "webSocketMessage of Room one took longer than 1000 ms" in caplog.text


async def test_a_request_without_an_upgrade_gets_no_socket(cf: Cf) -> None:
    with pytest.raises(Exception, match='did not contain the header "Upgrade: webs'):
        await cf.fetch("/room")


@pytest.mark.parametrize(
    ("mode", "call"), [("accepted", "accept"), ("hibernatable", "acceptWebSocket")]
)
async def test_an_end_that_was_accepted_cannot_be_returned(
    cf: Cf, mode: str, call: str
) -> None:
    text = rf"Can't return WebSocket in a Response after calling {call}\(\)\."
    with pytest.raises(Exception, match=text):
        await cf.websocket(f"/room?{mode}").connect()


async def test_an_end_can_be_returned_once(cf: Cf) -> None:
    async with cf.websocket("/room"):
        with pytest.raises(Exception, match="that was already used in a response"):
            await cf.websocket("/room?again").connect()


async def test_an_end_that_was_returned_is_in_other_hands(cf: Cf, room: Any) -> None:
    def use(room: Any) -> None:
        with pytest.raises(JsException, match="You must call one of accept"):
            room.client.send("hello")
        with pytest.raises(JsException, match="was already used in a response"):
            room.client.accept()

    async with cf.websocket("/room"):
        await cf.run_in(room, use)
