"""`new WebSocket(url)` of a Worker, answered by `cf.outbound`."""

import asyncio
from typing import Any

import js
import pytest
from pyodide.ffi import create_proxy, to_js
from workers import Request, Response, fetch

from pytest_cfbindings import Cf


class Echo:
    """A server that sends back what it hears, and remembers who asked."""

    def __init__(self) -> None:
        self.asked: list[Request] = []

    def __call__(self, request: Request) -> Response:
        self.asked.append(request)
        client, server = js.WebSocketPair.new()
        server.accept()
        send = create_proxy(lambda event: server.send(f"echo {event.data}"))
        server.addEventListener("message", send)
        return Response(None, status=101, web_socket=client)


def heard(socket: Any, kind: str) -> "asyncio.Future[Any]":
    found: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
    socket.addEventListener(kind, create_proxy(found.set_result))
    return found


async def test_a_handler_answers_a_websocket(cf: Cf) -> None:
    echo = Echo()
    cf.outbound(echo)
    socket = js.WebSocket.new("wss://stream.example/live?q=1", to_js(["a", "b"]))
    opened, message = heard(socket, "open"), heard(socket, "message")
    await opened
    assert (socket.readyState, socket.url) == (1, "wss://stream.example/live?q=1")
    socket.send("hi")
    assert (await message).data == "echo hi"
    [request] = echo.asked
    assert request.url == "https://stream.example/live?q=1"
    assert request.headers["upgrade"] == "websocket"
    assert request.headers["sec-websocket-protocol"] == "a, b"
    socket.close(4001, "bye")
    assert socket.readyState == 2


async def test_fetch_with_an_upgrade_gets_the_websocket(cf: Cf) -> None:
    cf.outbound(Echo())
    response = await fetch("https://x.example/", headers={"Upgrade": "websocket"})
    socket = response.js_object.webSocket
    socket.accept()
    message = heard(socket, "message")
    socket.send("hi")
    assert (await message).data == "echo hi"


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (None, "was blocked: a test has no network. Say who answers it: cf.outbound"),
        (lambda _: Response("no", status=403), "answered with 403 Forbidden instead"),
    ],
)
async def test_what_is_no_answer_fails_and_says_how(
    cf: Cf, answer: Any, why: str
) -> None:
    if answer is not None:
        cf.outbound(answer)
    socket = js.WebSocket.new("wss://stream.example/")
    failed, closed = heard(socket, "error"), heard(socket, "close")
    message = (await failed).message
    assert why in message
    assert message.endswith("Response(None, status=101, web_socket=client).")
    assert (await closed).code == 1006
