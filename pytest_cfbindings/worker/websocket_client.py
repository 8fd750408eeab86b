"""The client of a test: the browser at the other end of a Worker's WebSocket."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from types import TracebackType
from typing import Any

from ..ffi.crossing import thrown_to_python
from ..javascript.errors import JsThrow
from ..javascript.values import undefined
from ..limits import WEBSOCKET_MESSAGE_BYTES
from ..web.close_arguments import checked_close
from ..web.response import Response
from ..web.socket_end import SocketEnd
from ..web.socket_frames import Broken
from .events import fetch, make_request
from .inspection import behind
from .runtime import Runtime
from .websocket_inbox import Inbox

RECEIVE_SECONDS = 5.0
CLOSE_SECONDS = 1.0


_TURNS_TO_HEAR = 10


class WebSocketRefused(Exception):
    """The Worker answered with an ordinary response, which is in `response`."""

    def __init__(self, message: str, response: Any) -> None:
        super().__init__(message)
        self.response = response


class WebSocketClosed(Exception):
    """The connection is closed, with `code` and `reason`."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(f"the WebSocket is closed: {code} {reason}".rstrip())
        self.code = code
        self.reason = reason


class WebSocketClient:
    """A connection to the Worker, as an async context manager.

    It answers a Close of the Worker at once, as browsers do.
    """

    def __init__(
        self, runtime: Runtime, target: str, headers: Mapping[str, str] | None
    ) -> None:
        self._runtime = runtime
        self._target = target
        self._headers = {"Upgrade": "websocket", **(headers or {})}
        self._end: SocketEnd | None = None
        self._inbox: Inbox | None = None

    def __repr__(self) -> str:
        if self._inbox is None:
            return f"<WebSocketClient of {self._target}: not connected>"
        state = "open" if self.close_code is None else f"closed {self.close_code}"
        return f"<WebSocketClient of {self._target}: {state}>"

    async def __aenter__(self) -> "WebSocketClient":
        return await self.connect()

    async def __aexit__(
        self,
        _type: type[BaseException] | None,
        _error: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None:
        await self.close()

    async def connect(self) -> "WebSocketClient":
        """Ask the Worker for the connection.

        Raises what its handler raises, and WebSocketRefused for a response that
        carries no WebSocket.
        """
        request = make_request(self._target, None, self._headers, None, None)
        answer = await fetch(self._runtime, request)
        response = behind(answer.js_object)
        assert isinstance(response, Response)
        if response.web_socket is None:
            raise WebSocketRefused(
                f"{self._target} answered {response.status_code}"
                f" {response.status_phrase} instead of a WebSocket. For a request with"
                " the header Upgrade: websocket, the Worker has to return"
                " Response(None, status=101, web_socket=client).",
                answer,
            )
        self._end = response.web_socket.end
        self._inbox = Inbox(self._end, self._runtime.clock)
        return self

    @property
    def close_code(self) -> int | None:
        """Of the Close that came: 1005 if it had none, 1006 if none came at all.

        None while the connection is open.
        """
        closed = self._connected().closed
        return None if closed is None else closed.code

    @property
    def close_reason(self) -> str | None:
        """The reason that came with it; None while the connection is open."""
        closed = self._connected().closed
        return None if closed is None else closed.reason

    async def send(self, message: str | bytes | bytearray | memoryview) -> None:
        """Send text, or bytes as a binary message.

        Raises WebSocketClosed if the connection is closed.
        """
        self._check_open()
        assert self._end is not None
        data = message if isinstance(message, str) else bytes(message)
        size = len(data.encode() if isinstance(data, str) else data)
        if size > WEBSOCKET_MESSAGE_BYTES.value:
            self._end.post(Broken())
        else:
            self._end.send(data)
        await asyncio.sleep(0)

    async def send_json(self, value: object) -> None:
        """Send a value as its JSON text."""
        await self.send(json.dumps(value))

    async def receive(self, timeout: float = RECEIVE_SECONDS) -> str | bytes:
        """The next message. `timeout` is in seconds, on the test's clock.

        Raises TimeoutError if none comes in time, and WebSocketClosed if none can come
        any more.
        """
        inbox = self._connected()
        if not await inbox.wait(timeout):
            raise TimeoutError(
                f"no message came over the WebSocket {self._target} within {timeout:g}"
                " seconds"
            )
        if not inbox.messages:
            self._check_open()
        return inbox.messages.popleft()

    async def receive_json(self, timeout: float = RECEIVE_SECONDS) -> Any:
        """The value of the next message, which is a JSON text."""
        return json.loads(await self.receive(timeout))

    async def __aiter__(self) -> AsyncIterator[str | bytes]:
        """The messages that come until the connection is closed."""
        while True:
            try:
                message = await self.receive()
            except WebSocketClosed:
                return
            yield message

    async def wait_closed(self, timeout: float = RECEIVE_SECONDS) -> None:
        """Wait until the connection is closed. Raises TimeoutError."""
        if not await self._connected().wait(timeout, until_closed=True):
            raise TimeoutError(
                f"the WebSocket {self._target} was not closed within {timeout:g}"
                " seconds"
            )

    async def close(
        self,
        code: int | None = None,
        reason: str | None = None,
        timeout: float = CLOSE_SECONDS,
    ) -> None:
        """Close the connection, and wait for the Worker's answer.

        A client does not wait for ever: after `timeout` seconds without an answer the
        connection is dropped, and `close_code` is 1006. Raises a JsException for a code
        or reason that may not be sent. Does nothing if it is closed already.
        """
        inbox = self._connected()
        if inbox.closed is not None:
            return
        assert self._end is not None
        try:
            close = checked_close(
                undefined if code is None else code,
                undefined if reason is None else reason,
            )
        except JsThrow as refused:
            raise thrown_to_python(refused.value) from None
        if not self._end.sent_close:
            self._end.close(close)
        if not await inbox.wait(timeout, until_closed=True):
            inbox.disconnect()
        await _let_the_worker_hear()

    async def disconnect(self) -> None:
        """Be gone without a Close, as when the network fails: the Worker sees 1006."""
        inbox = self._connected()
        if inbox.closed is None:
            inbox.disconnect()
        await _let_the_worker_hear()

    def _check_open(self) -> None:
        closed = self._connected().closed
        if closed is not None:
            raise WebSocketClosed(closed.code, closed.reason)

    def _connected(self) -> Inbox:
        if self._inbox is None:
            raise RuntimeError(
                f"The WebSocket {self._target} is not connected yet: use `async with"
                " cf.websocket(...) as socket`, or await its connect() first."
            )
        return self._inbox


async def _let_the_worker_hear() -> None:
    """Let the Worker's code end that was waiting for the client.

    The runtime answers a Close before the code hears of it, and a test that ends in
    that moment would find the code still running.
    """
    for _ in range(_TURNS_TO_HEAR):
        await asyncio.sleep(0)
