"""What has come to a test's WebSocket client, and waiting for more on the clock."""

import asyncio
from collections import deque

from ..clock import Clock
from ..web.socket_end import SocketEnd
from ..web.socket_frames import Broken, Close, Frame, Lost, Message


class Inbox:
    """Takes what arrives at an end; a Close is answered at once, as browsers do."""

    def __init__(self, end: SocketEnd, clock: Clock) -> None:
        self.messages: deque[str | bytes] = deque()
        self.closed: Close | Lost | None = None
        """How the connection has ended."""
        self._end = end
        self._clock = clock
        self._news = asyncio.Event()
        end.accept(self)

    def receive(self, frame: Frame) -> None:
        """Take what arrives."""
        if self.closed is not None:
            return
        match frame:
            case Message(data):
                self.messages.append(data)
            case Close():
                self._end.got_close = True
                if not self._end.sent_close:
                    self._end.close(frame)
                self.closed = frame
            case Lost():
                self.closed = frame
            case Broken():  # Only a client breaks the protocol, by what it sends.
                raise AssertionError(frame)
        self._news.set()

    def disconnect(self) -> None:
        """Be gone without a Close."""
        self.closed = Lost()
        self._end.drop()
        self._news.set()

    async def wait(self, timeout: float, *, until_closed: bool = False) -> bool:
        """Wait for a message, or for the end; False if none came in time.

        `timeout` is in seconds. It passes on the clock, and also when that stands
        still while the test itself waits.
        """
        late = asyncio.Event()
        due = self._clock.call_at(
            self._clock.now_ms() + int(timeout * 1000),
            lambda: self._ring(late),
            "the timeout of cf.websocket",
        )
        loop = asyncio.get_running_loop()
        timer = loop.call_later(timeout, self._ring, late)
        try:
            while self.closed is None and (until_closed or not self.messages):
                if late.is_set():
                    return False
                self._news.clear()
                await self._news.wait()
        finally:
            due.cancel()
            timer.cancel()
        return True

    def _ring(self, late: asyncio.Event) -> None:
        late.set()
        self._news.set()
