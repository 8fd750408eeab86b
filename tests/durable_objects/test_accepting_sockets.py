"""acceptWebSocket and what an object asks about its sockets (measured)."""

from collections.abc import Callable
from typing import Any

import js
import pytest
from pyodide.ffi import JsException, jsnull, to_js

from pytest_cfbindings.control import Cf

Inside = Callable[[Callable[[Any], Any]], Any]


@pytest.fixture
def inside(cf: Cf, env: Any) -> Inside:
    """Runs a function with the `ctx` of an object."""

    async def run(function: Callable[[Any], Any]) -> Any:
        room = env.ROOM.getByName("one")
        return await cf.run_in(room, lambda _room, ctx: function(ctx))

    return run


def server() -> Any:
    """One end of a new pair."""
    return js.WebSocketPair.new().object_values()[1]


def accepted(ctx: Any, *tags: str) -> Any:
    made = server()
    ctx.acceptWebSocket(made, to_js(list(tags)))
    return made


def refusal(call: Callable[..., Any], *arguments: Any) -> str:
    with pytest.raises(JsException) as refused:
        call(*arguments)
    return str(refused.value)


async def test_without_a_tag_the_newest_comes_first(inside: Inside) -> None:
    def body(ctx: Any) -> None:
        first, second, third = (accepted(ctx, tag) for tag in ("a", "b", "a"))
        assert list(ctx.getWebSockets()) == [third, second, first]

    await inside(body)


async def test_with_a_tag_the_oldest_comes_first(inside: Inside) -> None:
    def body(ctx: Any) -> None:
        first, _, third = (accepted(ctx, tag) for tag in ("a", "b", "a"))
        assert list(ctx.getWebSockets("a")) == [first, third]
        assert list(ctx.getWebSockets("unknown")) == []

    await inside(body)


async def test_tags_are_texts_and_each_counts_once(inside: Inside) -> None:
    def body(ctx: Any) -> None:
        made = server()
        ctx.acceptWebSocket(made, to_js(["a", 1, "a", ""]))
        assert ctx.getTags(made).to_py() == ["a", "1", ""]
        assert list(ctx.getWebSockets(1)) == [made]
        assert ctx.getTags(accepted(ctx)).to_py() == []

    await inside(body)


@pytest.mark.parametrize("tags", ["abcdefghijk", "abcdefghija"])
async def test_a_socket_has_at_most_10_tags(inside: Inside, tags: str) -> None:
    def body(ctx: Any) -> None:
        made = server()
        assert refusal(ctx.acceptWebSocket, made, to_js(list(tags))) == (
            "Error: a Hibernatable WebSocket cannot have more than 10 tags"
        )
        ctx.acceptWebSocket(made)

    await inside(body)


async def test_a_tag_has_at_most_256_bytes(inside: Inside) -> None:
    def body(ctx: Any) -> None:
        made, tag = server(), "é" * 129
        assert refusal(ctx.acceptWebSocket, made, to_js([tag])) == (
            f'Error: "{tag}" is longer than the max tag length (256 characters).'
        )
        ctx.acceptWebSocket(made, to_js(["x" * 256]))

    await inside(body)


@pytest.mark.parametrize("tags", [jsnull, 5, "ab"])
async def test_tags_are_an_array(inside: Inside, tags: Any) -> None:
    def body(ctx: Any) -> None:
        assert "parameter 2 is not of type 'Array'" in refusal(
            ctx.acceptWebSocket, server(), tags
        )

    await inside(body)


async def test_a_python_list_is_no_array(inside: Inside) -> None:
    def body(ctx: Any) -> None:
        assert "parameter 2 is not of type 'Array'" in refusal(
            ctx.acceptWebSocket, server(), ["a"]
        )

    await inside(body)


async def test_only_a_socket_is_accepted(inside: Inside) -> None:
    def body(ctx: Any) -> None:
        assert "parameter 1 is not of type 'WebSocket'" in refusal(ctx.acceptWebSocket)

    await inside(body)


@pytest.mark.parametrize("by", ["accept", "acceptWebSocket"])
async def test_a_socket_is_accepted_once(inside: Inside, by: str) -> None:
    def body(ctx: Any) -> None:
        made = server()
        made.accept() if by == "accept" else ctx.acceptWebSocket(made)
        assert refusal(ctx.acceptWebSocket, made) == (
            "Error: Cannot call `acceptWebSocket()` if the WebSocket was already"
            " accepted via `accept()`"
        )

    await inside(body)


async def test_accept_is_too_late_then(inside: Inside) -> None:
    def body(ctx: Any) -> None:
        assert refusal(accepted(ctx).accept) == (
            "TypeError: Can't accept() WebSocket after enabling hibernation."
        )

    await inside(body)


@pytest.mark.parametrize("by", ["accept", "acceptWebSocket"])
async def test_the_other_end_must_be_free(inside: Inside, by: str) -> None:
    def body(ctx: Any) -> None:
        client, made = js.WebSocketPair.new()
        client.accept() if by == "accept" else ctx.acceptWebSocket(client)
        assert refusal(ctx.acceptWebSocket, made) == (
            "Error: Cannot call `acceptWebSocket()` on this WebSocket because its pair"
            " has already been accepted or used in a Response."
        )

    await inside(body)


async def test_tags_are_those_of_an_accepted_socket(inside: Inside) -> None:
    def body(ctx: Any) -> None:
        made = server()
        assert refusal(ctx.getTags, made) == (
            "Error: you must call 'acceptWebSocket()' before attempting to access the"
            " tags of a WebSocket."
        )
        made.accept()
        assert refusal(ctx.getTags, made) == (
            "Error: only hibernatable websockets can have tags."
        )

    await inside(body)


async def test_an_object_has_at_most_32768_sockets(inside: Inside) -> None:
    def body(ctx: Any) -> None:
        from pytest_cfbindings.web.socket_end import SocketEnd, SocketOptions
        from pytest_cfbindings.web.websocket import WebSocket

        state = ctx._ctx.__js__
        for _ in range(32_768):
            state.acceptWebSocket(WebSocket(SocketEnd.pair(SocketOptions())[1]))
        assert refusal(ctx.acceptWebSocket, server()) == (
            "Error: only 32768 websockets can be accepted on a single Durable Object"
            " instance"
        )

    await inside(body)


async def test_an_automatic_response_is_set_and_removed(inside: Inside) -> None:
    def body(ctx: Any) -> None:
        assert ctx.getWebSocketAutoResponse() is jsnull
        ctx.setWebSocketAutoResponse(js.WebSocketRequestResponsePair.new("a", "b"))
        pair = ctx.getWebSocketAutoResponse()
        assert (pair.request, pair.response) == ("a", "b")
        ctx.setWebSocketAutoResponse()
        assert ctx.getWebSocketAutoResponse() is jsnull

    await inside(body)


@pytest.mark.parametrize("value", [jsnull, 5, "a"])
async def test_an_automatic_response_is_a_pair(inside: Inside, value: Any) -> None:
    def body(ctx: Any) -> None:
        assert "is not of type 'WebSocketRequestResponsePair'" in refusal(
            ctx.setWebSocketAutoResponse, value
        )

    await inside(body)


@pytest.mark.parametrize(
    ("request_text", "response_text", "what", "size"),
    [("x" * 2049, "", "Request", 2049), ("", "é" * 1025, "Response", 2050)],
)
async def test_its_texts_have_at_most_2048_bytes(
    inside: Inside, request_text: str, response_text: str, what: str, size: int
) -> None:
    def body(ctx: Any) -> None:
        pair = js.WebSocketRequestResponsePair.new(request_text, response_text)
        assert refusal(ctx.setWebSocketAutoResponse, pair) == (
            f"RangeError: {what} cannot be larger than 2048 bytes. A"
            f" {what.lower()} of size {size} was provided."
        )

    await inside(body)


async def test_a_socket_that_was_never_answered_has_no_timestamp(
    inside: Inside,
) -> None:
    def body(ctx: Any) -> None:
        timestamp = ctx.getWebSocketAutoResponseTimestamp
        assert timestamp(accepted(ctx)) is jsnull
        assert timestamp(server()) is jsnull
        assert "parameter 1 is not of type 'WebSocket'" in refusal(timestamp)

    await inside(body)


async def test_an_attachment_may_come_before_the_acceptance(inside: Inside) -> None:
    def body(ctx: Any) -> None:
        made = server()
        made.serializeAttachment("mine")
        ctx.acceptWebSocket(made)
        assert ctx.getWebSockets()[0].deserializeAttachment() == "mine"

    await inside(body)
