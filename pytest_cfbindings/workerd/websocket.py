"""A WebSocket client that waits: one message out, one message in (RFC 6455)."""

import base64
import os
import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from urllib.parse import SplitResult

_TEXT, _CLOSE, _PING, _PONG = 1, 8, 9, 10
_PART = 512 * 1024
"""Characters in a message; longer texts are sent in several, see harness.mjs."""


class ConnectionLost(Exception):
    """The other side has ended the connection, or ended itself."""


@contextmanager
def _noticed() -> Iterator[None]:
    """Raises ConnectionLost for what the system says of a connection that has ended."""
    try:
        yield
    except TimeoutError:
        raise
    except (OSError, struct.error) as error:
        raise ConnectionLost(str(error)) from error


class WebSocket:
    """A connection to a path of a server on this machine.

    `timeout` is how many seconds it waits for an answer; then TimeoutError is raised.
    """

    def __init__(self, url: SplitResult, path: str, timeout: float) -> None:
        assert url.hostname is not None
        http = HTTPConnection(url.hostname, url.port, timeout=timeout)
        key = base64.b64encode(os.urandom(16)).decode()
        headers = {
            "Upgrade": "websocket",
            "Connection": "Upgrade",
            "Sec-WebSocket-Key": key,
            "Sec-WebSocket-Version": "13",
        }
        try:
            http.request("GET", path, headers=headers)
            assert http.sock is not None
            self._socket: socket.socket = http.sock.dup()
            self._socket.settimeout(timeout)
            self._stream = self._socket.makefile("rb")
            self._upgrade()
        except TimeoutError:
            raise
        except OSError as error:
            raise ConnectionLost(str(error)) from error
        finally:
            http.close()

    def _upgrade(self) -> None:
        status = self._stream.readline()
        while self._stream.readline().strip():
            pass
        if b" 101 " not in status:
            raise ConnectionLost(f"it answered {status.decode().strip()!r}")

    def ask(self, text: str) -> str:
        """Send a text and wait for the text that answers it.

        Raises ConnectionLost and TimeoutError.
        """
        self.send(text)
        return self.receive()

    def send(self, text: str) -> None:
        """Send a text. Raises ConnectionLost and TimeoutError."""
        with _noticed():
            for start in range(0, len(text), _PART):
                last = start + _PART >= len(text)
                part = ("." if last else "+") + text[start : start + _PART]
                self._send(_TEXT, part.encode())

    def receive(self) -> str:
        """Wait for a text. Raises ConnectionLost and TimeoutError."""
        with _noticed():
            return self._answer()

    def close(self) -> None:
        """Say goodbye, if the other side still listens."""
        try:
            self._send(_CLOSE, struct.pack("!H", 1000))
        except OSError:
            pass  # It is gone already, which is what is wanted.
        finally:
            self._stream.close()
            self._socket.close()

    def _answer(self) -> str:
        parts = []
        while True:
            part = self._message()
            parts.append(part[1:])
            if part[:1] == b".":
                return b"".join(parts).decode()

    def _message(self) -> bytes:
        data = bytearray()
        while True:
            is_last, code, payload = self._frame()
            if code == _PING:
                self._send(_PONG, payload)
            elif code == _CLOSE:
                raise ConnectionLost("it has closed the connection")
            elif code != _PONG:
                data += payload
                if is_last:
                    return bytes(data)

    def _frame(self) -> tuple[bool, int, bytes]:
        first, second = self._read(2)
        size = second & 0x7F
        if size == 126:
            (size,) = struct.unpack("!H", self._read(2))
        elif size == 127:
            (size,) = struct.unpack("!Q", self._read(8))
        return bool(first & 0x80), first & 0x0F, self._read(size)

    def _read(self, count: int) -> bytes:
        data = self._stream.read(count)
        if len(data) < count:
            raise ConnectionLost("it has ended the connection")
        return data

    def _send(self, code: int, payload: bytes) -> None:
        size = len(payload)
        if size < 126:
            head = struct.pack("!BB", 0x80 | code, 0x80 | size)
        elif size < 1 << 16:
            head = struct.pack("!BBH", 0x80 | code, 0xFE, size)
        else:
            head = struct.pack("!BBQ", 0x80 | code, 0xFF, size)
        # A client has to mask; with zeros the payload stays as it is.
        self._socket.sendall(head + bytes(4) + payload)
