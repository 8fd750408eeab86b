"""One event of a hibernatable WebSocket: which handler it runs, and what follows."""

import asyncio
import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Protocol

from ..clock import Clock
from ..javascript.buffers import JsArrayBuffer
from ..javascript.conversions import to_string
from ..javascript.errors import JsError
from ..javascript.promises import reason_of
from ..web.object_context import leave
from ..web.socket_frames import Broken, Close, Frame, Lost, Message
from ..web.websocket import WebSocket
from .timers import Timer

_log = logging.getLogger("pytest_cfbindings")


class SocketHandlers(Protocol):
    """The code of an object, as far as it handles WebSockets."""

    async def handle_socket(self, handler: str, arguments: Sequence[object]) -> None:
        """Run a handler such as webSocketMessage, with raw arguments."""


class SocketInstance(Protocol):
    """An instance of the object's class."""

    @property
    def code(self) -> SocketHandlers:
        """Its code. Raises what its constructor raised."""


class SocketEvent:
    """Runs a handler of the object that has accepted the socket.

    A handler that takes longer than `timeout_ms` is cut off; `remove` takes the socket
    off the object's list, `label` names the object in the log.
    """

    def __init__(
        self,
        face: WebSocket,
        remove: Callable[[], None],
        label: str,
        clock: Clock,
        timeout_ms: int | None,
    ) -> None:
        self._face = face
        self._end = face.end
        self._remove = remove
        self._label = label
        self._clock = clock
        self._timeout_ms = timeout_ms

    async def run(self, instance: SocketInstance, frame: Frame) -> None:
        """Have the instance handle what has arrived."""
        match frame:
            case Message(data):
                sent = data if isinstance(data, str) else JsArrayBuffer(data)
                await self._handle(instance, "webSocketMessage", [sent])
            case Close(code, reason):
                self._end.got_close = True
                await self._last(instance, "webSocketClose", [code, reason, True])
            case Lost(code, reason):
                self._end.got_close = True
                await self._last(instance, "webSocketClose", [code, reason, False])
            case Broken():
                self._end.got_close = True
                error = JsError(frame.message())
                await self._last(instance, "webSocketError", [error])

    async def _last(
        self, instance: SocketInstance, name: str, arguments: Sequence[object]
    ) -> None:
        """Run the handler of what ends the connection.

        The socket is listed until the handler gives way for the first time. Whoever
        closed it waits for the Close that the handler may send; without one, the
        connection is lost to the other side.
        """
        leave(self._remove)
        try:
            await self._handle(instance, name, arguments)
        finally:
            if not self._end.sent_close:
                self._end.drop()

    async def _handle(
        self, instance: SocketInstance, name: str, arguments: Sequence[object]
    ) -> None:
        """Run a handler; what it raises is logged, and the socket stays."""
        try:
            with self._time_limit(name):
                await instance.code.handle_socket(name, [self._face, *arguments])
        except Exception as raised:
            reason = reason_of(raised)
            cause = reason.cause if isinstance(reason, JsError) else None
            shown = to_string(reason) if cause is None else repr(cause)
            _log.error("%s of %s raised %s", name, self._label, shown, exc_info=cause)

    @contextmanager
    def _time_limit(self, name: str) -> Iterator[None]:
        """Cut off a handler that takes too long, and log that."""
        timeout_ms, task = self._timeout_ms, asyncio.current_task()
        if timeout_ms is None:
            yield
            return
        assert task is not None
        is_late = False

        def cut_off() -> None:
            nonlocal is_late
            is_late = True
            task.cancel()

        timer = Timer(
            self._clock,
            self._clock.now_ms() + timeout_ms,
            cut_off,
            f"the timeout of {name} in {self._label}",
        )
        try:
            yield
        except asyncio.CancelledError:
            if not is_late:
                raise
            task.uncancel()
            _log.error(
                "%s of %s took longer than %s ms and was cut off",
                name,
                self._label,
                timeout_ms,
            )
        finally:
            timer.cancel()
