"""`new WebSocket(url, protocols)`: connects to whoever answers for the test."""

import logging
from collections.abc import Awaitable, Callable
from contextvars import copy_context
from typing import ClassVar, Protocol

from ..global_scope import check_io
from ..javascript.conversions import to_string
from ..javascript.errors import JsError, error
from ..javascript.promises import JsPromise, reason_of
from .events import Event
from .socket_end import SocketEnd
from .socket_events import CloseEvent, ErrorEvent

_FAILED = "Failed to establish websocket connection"
_log = logging.getLogger("pytest_cfbindings")

Dial = Callable[[str, list[str]], Awaitable[SocketEnd]]
"""Connects to a URL with protocols: our end. Raises a JavaScript Error."""


class Telling(Protocol):
    """The WebSocket whose listeners hear of it."""

    def tell(self, event: Event) -> None:
        """Call what listens to the event. Raises what a listener raises."""

    def connected(self, end: SocketEnd) -> None:
        """There is a connection now."""


async def _nobody(url: str, _protocols: list[str]) -> SocketEnd:
    raise error(f"{url}: nobody answers here.")


class Connecting:
    """An attempt; it fails as one does in production where nobody answers (measured).

    Outside of an event loop it has failed at once, and nobody can listen.
    """

    dial: ClassVar[Dial] = staticmethod(_nobody)
    """Who is asked; the runtime hands in its outgoing fetch."""

    def __init__(self, socket: Telling, url: str, protocols: list[str]) -> None:
        import asyncio

        check_io()
        self.url = url
        self.protocols = protocols
        self.has_failed = False
        self.has_opened = False
        self._socket = socket
        if asyncio._get_running_loop() is None:
            self.has_failed = True
        else:
            JsPromise.later(self._connect, copy_context())

    async def _connect(self) -> None:
        try:
            end = await Connecting.dial(self.url, self.protocols)
        except Exception as raised:
            reason = reason_of(raised)
            text = reason.message if isinstance(reason, JsError) else reason
            self._fail(to_string(text))
            return
        self.has_opened = True
        self._socket.connected(end)

    def _fail(self, why: str) -> None:
        self.has_failed = True
        _log.error(why)
        self._socket.tell(ErrorEvent("error", f"Uncaught Error: {why}", JsError(why)))
        self._socket.tell(CloseEvent("close", 1006, _FAILED, False))
