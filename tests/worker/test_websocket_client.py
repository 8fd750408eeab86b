"""`cf.websocket`: the client of a test."""

import asyncio
from typing import Any

import pytest
from pyodide.ffi import JsException

from pytest_cfbindings import WebSocketClosed, WebSocketRefused
from pytest_cfbindings.clock import Clock
from pytest_cfbindings.control import Cf


async def test_json_is_sent_and_received(cf: Cf) -> None:
    async with cf.websocket("/room") as socket:
        await socket.send_json({"a": [1, None]})
        assert await socket.receive_json() == {"a": [1, None]}


async def test_a_url_is_taken_as_it_is(cf: Cf) -> None:
    async with cf.websocket("https://example.com/room") as socket:
        await socket.send("hello")
        assert await socket.receive() == "hello"


async def test_messages_can_be_iterated_until_the_end(cf: Cf) -> None:
    async with cf.websocket("/room") as socket:
        for text in ("one", "two", "close"):
            await socket.send(text)
        assert [message async for message in socket] == ["one", "two"]
        assert socket.close_code == 4000


async def test_what_came_before_the_end_can_still_be_received(cf: Cf) -> None:
    async with cf.websocket("/room") as socket:
        await socket.send("one")
        await socket.send("close")
        await socket.wait_closed()
        assert await socket.receive() == "one"
        with pytest.raises(WebSocketClosed):
            await socket.receive()


async def test_receive_gives_up_in_time(cf: Cf) -> None:
    async with cf.websocket("/room") as socket:
        with pytest.raises(TimeoutError) as late:
            await socket.receive(timeout=0.01)
    assert str(late.value) == (
        "no message came over the WebSocket /room within 0.01 seconds"
    )


async def test_its_time_is_that_of_the_clock(cf: Cf, clock: Clock) -> None:
    async with cf.websocket("/room") as socket:
        waiting = asyncio.ensure_future(socket.receive(timeout=3600))
        await asyncio.sleep(0)
        await clock.advance(3_600_000)
        with pytest.raises(TimeoutError):
            await waiting


async def test_it_gives_up_in_real_time_where_the_clock_stands_still(cf: Cf) -> None:
    cf.freeze("2026-01-01T00:00:00Z")
    before = cf.now()
    async with cf.websocket("/room") as socket:
        with pytest.raises(TimeoutError):
            await socket.receive(timeout=0.01)
    assert cf.now() == before


async def test_waiting_for_the_end_gives_up_too(cf: Cf) -> None:
    async with cf.websocket("/room") as socket:
        with pytest.raises(TimeoutError, match=r"not closed within 0\.01 seconds"):
            await socket.wait_closed(timeout=0.01)


async def test_nothing_can_be_sent_after_the_end(cf: Cf) -> None:
    async with cf.websocket("/room") as socket:
        await socket.close()
        with pytest.raises(WebSocketClosed, match="the WebSocket is closed: 1000"):
            await socket.send("late")
        await socket.close()
        await socket.disconnect()


async def test_a_close_that_nobody_answers_is_1006(cf: Cf, env: Any) -> None:
    def hold(room: Any) -> None:
        async def never(*_arguments: Any) -> None:
            await asyncio.Event().wait()

        room.webSocketClose = never

    async with cf.websocket("/room") as socket:
        await cf.run_in(env.ROOM.getByName("one"), hold)
        await socket.close(timeout=0.01)
        assert socket.close_code == 1006


async def test_a_client_that_gave_up_is_no_second_close(cf: Cf, env: Any) -> None:
    room = env.ROOM.getByName("one")
    closes: list[int] = []

    def hold(room: Any) -> None:
        async def slowly(_ws: Any, code: int, *_rest: Any) -> None:
            closes.append(code)
            await asyncio.sleep(0.05)

        room.webSocketClose = slowly

    async with cf.websocket("/room") as socket:
        await cf.run_in(room, hold)
        await socket.close(4001, timeout=0.01)
    await cf.evict(room)
    assert closes == [4001]


async def test_a_code_that_no_client_may_send_is_refused(cf: Cf) -> None:
    async with cf.websocket("/room") as socket:
        with pytest.raises(JsException, match="Invalid WebSocket close code: 1006"):
            await socket.close(1006)


async def test_an_ordinary_response_is_no_connection(cf: Cf) -> None:
    with pytest.raises(WebSocketRefused, match="/home answered 200 OK") as refused:
        await cf.websocket("/home").connect()
    assert await refused.value.response.text() == "nothing"


async def test_what_the_handler_raises_is_raised(cf: Cf) -> None:
    with pytest.raises(ValueError, match="broken"):
        await cf.websocket("/fails").connect()


async def test_it_has_to_be_connected_first(cf: Cf) -> None:
    socket = cf.websocket("/room")
    with pytest.raises(RuntimeError, match="is not connected yet"):
        await socket.send("hello")
    assert repr(socket) == "<WebSocketClient of /room: not connected>"


def test_a_test_that_is_not_async_has_it_too(cf: Cf) -> None:
    socket = cf.run(cf.websocket("/room").connect())
    assert repr(socket) == "<WebSocketClient of /room: open>"
    cf.run(socket.send("hello"))
    assert cf.run(socket.receive()) == "hello"
    cf.run(socket.close())
    assert repr(socket) == "<WebSocketClient of /room: closed 1000>"


async def test_more_headers_can_be_sent(cf: Cf) -> None:
    with pytest.raises(WebSocketRefused) as refused:
        await cf.websocket("/echo", headers={"X": "mine"}).connect()
    assert (await refused.value.response.json())["x"] == "mine"


async def test_an_application_ends_with_the_connection(cf: Cf) -> None:
    async with cf.websocket("/asgi") as socket:
        await socket.send("hello")
        assert await socket.receive() == "hello"
