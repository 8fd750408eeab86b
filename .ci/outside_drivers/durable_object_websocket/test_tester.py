"""The suite's JavaScript driver `tester.js`, redone in Python."""

import asyncio

from pyodide.ffi import create_proxy


async def test_a_message_is_answered(cf):
    response = await cf.fetch(
        "http://example.com/websocket", headers={"Upgrade": "websocket"}
    )
    socket = response.js_object.webSocket
    assert socket, "No websocket"
    socket.accept()
    message = asyncio.get_running_loop().create_future()
    socket.addEventListener(
        "message", create_proxy(lambda event: message.set_result(event.data))
    )
    socket.send("test")
    assert await asyncio.wait_for(message, 5) == "hello"
    socket.close()


async def test_the_client_for_tests_is_answered_too(cf):
    async with cf.websocket("/websocket") as socket:
        await socket.send("test")
        assert await socket.receive() == "hello"


async def test_without_an_upgrade_there_is_no_socket(cf):
    assert (await cf.fetch("/websocket")).status == 426
