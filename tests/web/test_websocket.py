"""WebSockets that a program has accepted itself, as workerd answers (measured)."""

import asyncio
from collections.abc import Callable
from typing import Any

import js
import pytest
from pyodide.ffi import JsException, create_proxy, jsnull, to_js

Log = list[Any]


def pair() -> tuple[Any, Any]:
    """Two accepted WebSockets that are connected."""
    first, second = js.WebSocketPair.new()
    first.accept()
    second.accept()
    return first, second


def listen(socket: Any, kind: str, take: Callable[[Any], Any]) -> None:
    socket.addEventListener(kind, create_proxy(take))


def messages(socket: Any) -> Log:
    """The data of what arrives, as it arrives."""
    log: Log = []
    listen(socket, "message", lambda event: log.append(event.data))
    return log


def closes(socket: Any) -> Log:
    log: Log = []

    def closed(event: Any) -> None:
        log.append((event.code, event.reason, event.wasClean, socket.readyState))

    listen(socket, "close", closed)
    return log


async def arrived() -> None:
    """Let everything arrive that is on its way."""
    for _ in range(5):
        await asyncio.sleep(0)


def test_a_pair_is_an_object_of_two() -> None:
    made = js.WebSocketPair.new()
    assert made.object_keys().to_py() == ["0", "1"]
    first, second = made.object_values()
    assert str(first) == str(second) == "[object WebSocket]"
    assert str(made) == "[object WebSocketPair]"


def test_a_pair_can_be_unpacked() -> None:
    first, second = js.WebSocketPair.new()
    assert first != second


def test_a_new_socket_is_open_and_has_no_address() -> None:
    socket, _ = js.WebSocketPair.new()
    assert socket.readyState == js.WebSocket.OPEN == socket.READY_STATE_OPEN == 1
    assert socket.url is jsnull
    assert (socket.protocol, socket.extensions) == ("", "")


@pytest.mark.parametrize(("name", "number"), [("CONNECTING", 0), ("CLOSED", 3)])
def test_the_states_are_named_twice(name: str, number: int) -> None:
    assert getattr(js.WebSocket, name) == number
    assert getattr(js.WebSocket, f"READY_STATE_{name}") == number


async def test_a_message_arrives_in_a_later_turn() -> None:
    first, second = pair()
    log = messages(first)
    second.send("hello")
    assert log == []
    await arrived()
    assert log == ["hello"]


async def test_messages_wait_until_they_are_accepted() -> None:
    first, second = js.WebSocketPair.new()
    second.accept()
    second.send("1")
    second.send("2")
    await arrived()
    log = messages(first)
    first.accept()
    assert log == []
    await arrived()
    assert log == ["1", "2"]


@pytest.mark.parametrize("method", ["send", "close"])
def test_a_socket_has_to_be_accepted_first(method: str) -> None:
    socket, _ = js.WebSocketPair.new()
    arguments = ["x"] if method == "send" else []
    with pytest.raises(JsException) as refused:
        getattr(socket, method)(*arguments)
    assert str(refused.value) == (
        "TypeError: You must call one of accept() or state.acceptWebSocket() on this"
        " WebSocket before sending messages."
    )


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, "undefined"), (jsnull, "null"), (5, "5"), (True, "true"), ("ä", "ä")],
)
async def test_what_is_no_buffer_is_sent_as_text(value: Any, text: str) -> None:
    first, second = pair()
    log = messages(first)
    second.send(value)
    await arrived()
    assert log == [text]


async def test_a_lone_surrogate_does_not_survive() -> None:
    first, second = pair()
    log = messages(first)
    second.send("x\ud800y")
    await arrived()
    assert log == ["x\ufffd\ufffd\ufffdy"]


def test_send_wants_an_argument() -> None:
    first, _ = pair()
    with pytest.raises(JsException, match="'ArrayBuffer or ArrayBufferView or string'"):
        first.send()


async def test_bytes_arrive_as_a_blob_or_as_an_array_buffer() -> None:
    first, second = pair()
    log = messages(first)
    second.send(to_js(b"ab"))
    await arrived()
    first.binaryType = "arraybuffer"
    second.send(to_js(b"cd"))
    await arrived()
    blob, buffer = log
    assert str(blob) == "[object Blob]"
    assert (await blob.text()) == "ab"
    assert buffer.to_bytes() == b"cd"


def test_another_binary_type_is_ignored() -> None:
    socket, _ = js.WebSocketPair.new()
    socket.binaryType = "nope"
    assert socket.binaryType == "blob"


async def test_the_handler_comes_before_the_listeners() -> None:
    first, second = pair()
    order: Log = []
    listen(first, "message", lambda _event: order.append("listener"))
    first.onmessage = create_proxy(lambda _event: order.append("handler"))
    second.send("x")
    await arrived()
    assert order == ["handler", "listener"]


async def test_an_event_knows_its_socket() -> None:
    first, second = pair()
    log: Log = []
    listen(first, "message", log.append)
    second.send("x")
    await arrived()
    [event] = log
    assert str(event) == "[object MessageEvent]"
    assert event.target == event.currentTarget == first
    assert (event.type, event.lastEventId, len(event.ports)) == ("message", "", 0)
    assert event.origin is jsnull
    assert event.source is jsnull


async def test_the_runtime_answers_a_close() -> None:
    first, second = pair()
    log, other = closes(first), closes(second)
    first.close(4001, "bye")
    assert (first.readyState, second.readyState) == (2, 1)
    await arrived()
    assert other == [(4001, "bye", True, 3)]
    assert log == [(4001, "bye", True, 3)]


async def test_a_close_without_a_code_is_1005() -> None:
    first, second = pair()
    log = closes(second)
    first.close()
    await arrived()
    assert log == [(1005, "", True, 3)]


async def test_a_half_open_socket_answers_by_itself() -> None:
    first, second = js.WebSocketPair.new()
    first.accept(allowHalfOpen=True)
    second.accept(allowHalfOpen=True)
    log = closes(first)
    first.close(4000)
    await arrived()
    assert (log, first.readyState, second.readyState) == ([], 2, 2)
    second.close(4003, "later")
    await arrived()
    assert log == [(4003, "later", True, 3)]


async def test_messages_may_still_arrive_after_ones_own_close() -> None:
    first, second = js.WebSocketPair.new()
    first.accept(allowHalfOpen=True)
    second.accept(allowHalfOpen=True)
    log = messages(first)
    first.close(1000)
    await arrived()
    second.send("late")
    await arrived()
    assert log == ["late"]


@pytest.mark.parametrize("closed_by", [0, 1])
async def test_nothing_is_sent_after_the_close(closed_by: int) -> None:
    sockets = pair()
    sockets[closed_by].close()
    await arrived()
    with pytest.raises(JsException) as refused:
        sockets[0].send("x")
    assert str(refused.value) == (
        "TypeError: Can't call WebSocket send() after close()."
    )


async def test_a_second_close_does_nothing() -> None:
    first, second = pair()
    log = closes(second)
    first.close(4000)
    first.close(4001)
    await arrived()
    assert [entry[0] for entry in log] == [4000]


@pytest.mark.parametrize("code", [0, 999, 1004, 1005, 1006, 1015, 5000, -1])
def test_some_codes_cannot_be_sent(code: int) -> None:
    first, _ = pair()
    with pytest.raises(JsException) as refused:
        first.close(code)
    assert str(refused.value) == (
        f"InvalidAccessError: Invalid WebSocket close code: {code}."
    )


@pytest.mark.parametrize("code", [1000, 1001, 1016, 2999, 3000, 4999, "1000", 1000.9])
async def test_all_others_can(code: Any) -> None:
    first, second = pair()
    log = closes(second)
    first.close(code)
    await arrived()
    assert log[0][0] == int(float(code))


def test_a_code_out_of_range_is_a_type_error() -> None:
    first, _ = pair()
    with pytest.raises(JsException, match="TypeError: Value out of range"):
        first.close(1e10)


def test_a_reason_needs_a_code() -> None:
    first, _ = pair()
    with pytest.raises(JsException) as refused:
        first.close(None, "why")
    assert str(refused.value) == (
        "InvalidAccessError: If you specify a WebSocket close reason, you must also"
        " specify a code."
    )


@pytest.mark.parametrize("reason", ["x" * 124, "é" * 62])
def test_a_reason_has_at_most_123_bytes(reason: str) -> None:
    first, _ = pair()
    with pytest.raises(JsException) as refused:
        first.close(1000, reason)
    assert str(refused.value) == (
        "SyntaxError: WebSocket close reason must not be longer than 123 bytes when"
        " UTF-8 encoded."
    )


async def test_a_listener_that_raises_ends_the_connection(
    caplog: pytest.LogCaptureFixture,
) -> None:
    first, second = pair()
    errors: Log = []
    log = closes(second)

    def fail(_event: Any) -> None:
        raise ValueError("boo")

    listen(first, "message", fail)
    listen(first, "error", errors.append)
    second.send("1")
    second.send("2")
    await arrived()
    [event] = errors
    assert event.message.startswith("Uncaught PythonError: Traceback")
    assert event.error.message.endswith("ValueError: boo\n")
    text = "WebSocket disconnected without sending Close frame."
    assert log == [(1006, text, False, 1)]
    assert (first.readyState, second.readyState) == (3, 2)
    first.send("nobody hears")
    second.send("nobody hears")
    assert "a listener of a WebSocket raised" in caplog.text


async def test_accept_may_be_repeated() -> None:
    first, second = pair()
    log = messages(first)
    first.accept()
    second.send("once")
    await arrived()
    assert log == ["once"]


def test_accept_wants_an_object() -> None:
    first, _ = js.WebSocketPair.new()
    with pytest.raises(JsException, match="parameter 1 is not of type 'AcceptOptions'"):
        first.accept(5)


def test_an_attachment_is_a_copy() -> None:
    first, _ = js.WebSocketPair.new()
    assert first.deserializeAttachment() is jsnull
    value = js.Array.of(1, 2)
    first.serializeAttachment(value)
    value.push(3)
    assert first.deserializeAttachment().to_py() == [1, 2]
    assert first.deserializeAttachment() != first.deserializeAttachment()


def test_an_attachment_has_at_most_16384_bytes() -> None:
    first, _ = js.WebSocketPair.new()
    first.serializeAttachment("x" * 16379)
    with pytest.raises(JsException) as refused:
        first.serializeAttachment("x" * 16380)
    assert str(refused.value) == (
        "Error: A WebSocket 'attachment' cannot be larger than 16384"
        " bytes.'attachment' was 16385 bytes."
    )
    assert len(first.deserializeAttachment()) == 16379


def test_what_cannot_be_cloned_cannot_be_attached() -> None:
    first, _ = js.WebSocketPair.new()
    with pytest.raises(JsException, match="DataCloneError"):
        first.serializeAttachment(create_proxy(lambda: None))
    with pytest.raises(JsException, match="parameter 1 is not of type 'JsValue'"):
        first.serializeAttachment()


def test_a_socket_cannot_be_cloned() -> None:
    first, _ = js.WebSocketPair.new()
    with pytest.raises(JsException, match='object of type "WebSocket"'):
        js.structuredClone(first)


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://x", "The url scheme must be ws or wss."),
        ("x", "The url is invalid."),
        ("ws://x#a", "The url fragment must be empty."),
    ],
)
def test_an_address_is_checked(url: str, why: str) -> None:
    with pytest.raises(JsException) as refused:
        js.WebSocket.new(url)
    assert str(refused.value) == f"SyntaxError: WebSocket Constructor: {why}"


@pytest.mark.parametrize(
    ("protocols", "why"),
    [
        (["a", "a"], "The protocols header cannot have repeating values."),
        ("a b", "The protocol header token is invalid."),
    ],
)
def test_protocols_are_checked(protocols: Any, why: str) -> None:
    with pytest.raises(JsException) as refused:
        js.WebSocket.new("ws://x", to_js(protocols))
    assert str(refused.value) == f"SyntaxError: WebSocket Constructor: {why}"


async def test_no_connection_leaves_the_test(caplog: pytest.LogCaptureFixture) -> None:
    socket = js.WebSocket.new("wss://example.org")
    errors: Log = []
    log = closes(socket)
    listen(socket, "error", errors.append)
    assert (socket.readyState, socket.url) == (0, "wss://example.org/")
    with pytest.raises(JsException, match="You must call one of accept"):
        socket.send("too early")
    await arrived()
    assert log == [(1006, "Failed to establish websocket connection", False, 3)]
    refused = "new WebSocket('wss://example.org/') was blocked: a test has no network."
    assert errors[0].message.startswith(f"Uncaught Error: {refused}")
    assert refused in caplog.text
    socket.send("nobody hears")


def test_outside_of_a_loop_it_has_failed_at_once() -> None:
    assert js.WebSocket.new("wss://example.org").readyState == 3


def test_a_socket_that_connects_cannot_be_accepted() -> None:
    with pytest.raises(JsException, match="constructor cannot call accept"):
        js.WebSocket.new("wss://example.org").accept()


async def test_a_connecting_socket_can_be_closed() -> None:
    socket = js.WebSocket.new("wss://example.org")
    log = closes(socket)
    socket.close()
    await arrived()
    assert [entry[0] for entry in log] == [1006]


def test_a_request_response_pair_has_two_texts() -> None:
    made = js.WebSocketRequestResponsePair.new(1, jsnull)
    assert (made.request, made.response) == ("1", "null")
    with pytest.raises(JsException, match="parameter 2 is not of type 'string'"):
        js.WebSocketRequestResponsePair.new("a")


def test_events_can_be_made_by_hand() -> None:
    message = js.MessageEvent.new("message", data=5)
    close = js.CloseEvent.new("close", code=5, reason="r", wasClean=True)
    error = js.ErrorEvent.new("error", message="m", error=7)
    assert (message.type, message.data) == ("message", 5)
    assert (close.code, close.reason, close.wasClean) == (5, "r", True)
    assert (error.message, error.error, error.filename) == ("m", 7, "")
    assert (error.lineno, error.colno) == (0, 0)


def test_a_message_event_wants_its_options() -> None:
    with pytest.raises(JsException, match="parameter 2 is not of type 'Initializer'"):
        js.MessageEvent.new("message")
    with pytest.raises(JsException, match="parameter 1 is not of type 'string'"):
        js.CloseEvent.new()


def test_a_response_may_carry_a_socket() -> None:
    socket, _ = js.WebSocketPair.new()
    response = js.Response.new(None, status=101, webSocket=socket)
    assert (response.status, response.statusText) == (101, "Switching Protocols")
    assert response.webSocket == socket
    copied = js.Response.new(None, response)
    assert copied.webSocket == socket
    with pytest.raises(JsException, match="Cannot clone a response to a WebSocket"):
        response.clone()


@pytest.mark.parametrize(
    ("init", "error"),
    [
        ({"status": 200}, "RangeError: Responses with a WebSocket must have status"),
        ({"status": 101, "webSocket": 5}, "TypeError: Incorrect type for the 'webS"),
        ({"status": 101, "webSocket": None}, "RangeError: Responses may only be con"),
    ],
)
def test_a_response_checks_its_socket(init: dict[str, Any], error: str) -> None:
    socket, _ = js.WebSocketPair.new()
    with pytest.raises(JsException, match=error):
        js.Response.new(None, **{"webSocket": socket, **init})
