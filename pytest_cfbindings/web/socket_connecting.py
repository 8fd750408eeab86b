"""`new WebSocket(url)`: no connection leaves the test, so that each attempt fails."""

import logging
from typing import Protocol

from ..javascript.errors import JsError
from .events import Event
from .socket_events import CloseEvent, ErrorEvent

_FAILED = "Failed to establish websocket connection"
_log = logging.getLogger("pytest_cfbindings")


class Telling(Protocol):
    """The WebSocket whose listeners hear of it."""

    def tell(self, event: Event) -> None:
        """Call what listens to the event. Raises what a listener raises."""


class Connecting:
    """An attempt; it fails as one does in production where nobody answers (measured).

    Outside of an event loop it has failed at once, and nobody can listen.
    """

    def __init__(self, socket: Telling, url: str) -> None:
        import asyncio

        self.url = url
        self.has_failed = False
        self._socket = socket
        loop = asyncio._get_running_loop()
        if loop is None:
            self.has_failed = True
        else:
            loop.call_soon(self._fail)

    def _fail(self) -> None:
        self.has_failed = True
        why = (
            f"pytest-cfbindings opens no connections: new WebSocket({self.url!r}) would"
            " leave the test. Put a fake in the place of js.WebSocket in the code under"
            " test."
        )
        _log.error(why)
        self._socket.tell(ErrorEvent("error", f"Uncaught Error: {why}", JsError(why)))
        self._socket.tell(CloseEvent("close", 1006, _FAILED, False))
