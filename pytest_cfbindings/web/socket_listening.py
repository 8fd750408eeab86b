"""Listening to a WebSocket with addEventListener, after accept() (measured)."""

import logging
from contextvars import copy_context
from typing import Protocol

from ..javascript.buffers import JsArrayBuffer
from ..javascript.conversions import to_string
from ..javascript.errors import JsError
from ..javascript.promises import reason_of
from .blobs import Blob
from .events import Event
from .object_context import CURRENT
from .socket_end import SocketEnd
from .socket_events import CloseEvent, ErrorEvent, MessageEvent
from .socket_frames import Broken, Close, Frame, Lost, Message

_log = logging.getLogger("pytest_cfbindings")


class Listening(Protocol):
    """The WebSocket whose listeners are called."""

    end: SocketEnd
    binary_type: str

    def tell(self, event: Event) -> None:
        """Call what listens to the event. Raises what a listener raises."""


class SocketListener:
    """Makes events of what arrives, each in a later turn of the code that accepted."""

    def __init__(self, socket: Listening, half_open: bool) -> None:
        self.has_failed = False
        """Whether a listener has raised, which ends the connection."""
        self.has_lost = False
        """Whether the other side has gone without a word."""
        self._socket = socket
        self._replies = socket.end.options.replies_to_close and not half_open
        self._context = copy_context()
        self._object = CURRENT.get()
        if self._object is not None:
            self._object.adopt(self)

    def receive(self, frame: Frame) -> None:
        """Take what arrives."""
        if self._object is None:
            import asyncio

            loop = asyncio.get_running_loop()
            loop.call_soon(self._dispatch, frame, context=self._context)
        else:
            self._object.deliver(lambda: self._event(frame))

    async def _event(self, frame: Frame) -> None:
        self._dispatch(frame)

    def cut(self) -> None:
        """The object that listens is gone."""
        self._socket.end.drop()

    def _dispatch(self, frame: Frame) -> None:
        end = self._socket.end
        if self.has_failed or self.has_lost or end.got_close or end.is_cut:
            return
        try:
            self._handle(frame)
        except Exception as raised:
            self._fail(raised)

    def _handle(self, frame: Frame) -> None:
        match frame:
            case Message(data):
                self._socket.tell(MessageEvent("message", self._received(data)))
            case Close():
                self._close(frame)
            case Lost(code, reason):
                self._end()
                self._socket.tell(CloseEvent("close", code, reason, False))
                self.has_lost = True
            case Broken(code, description):
                self.has_failed = True
                self._end()
                message = frame.message()
                self._socket.end.close(Close(code, description))
                error = JsError(message)
                event = ErrorEvent("error", f"Uncaught Error: {message}", error)
                self._socket.tell(event)

    def _received(self, data: str | bytes) -> object:
        if isinstance(data, str):
            return data
        if self._socket.binary_type == "blob":
            return Blob(data)
        return JsArrayBuffer(data)

    def _close(self, close: Close) -> None:
        end = self._socket.end
        end.got_close = True
        if self._replies and not end.sent_close:
            end.close(close)
        self._end()
        self._socket.tell(CloseEvent("close", close.code, close.reason, True))

    def _fail(self, raised: Exception) -> None:
        """A listener has raised: the connection is dropped, as workerd does."""
        _log.error("a listener of a WebSocket raised", exc_info=raised)
        self.has_failed = True
        self._end()
        self._socket.end.drop()
        reason = reason_of(raised)
        self._socket.tell(ErrorEvent("error", f"Uncaught {to_string(reason)}", reason))

    def _end(self) -> None:
        if self._object is not None:
            self._object.release(self)
