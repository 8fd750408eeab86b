"""The two ends of a WebSocket's connection, whoever holds them."""

from contextvars import Context
from dataclasses import dataclass
from typing import Protocol

from .object_context import leave
from .socket_frames import Close, Frame, Lost, Message


@dataclass(frozen=True, slots=True)
class SocketOptions:
    """What a Worker's compatibility date decides about its WebSockets."""

    binary_type: str = "blob"
    """In which form binary messages come, unless the socket says otherwise."""
    replies_to_close: bool = True
    """Whether the runtime answers a Close by itself (not when hibernating)."""


class Receiver(Protocol):
    """Who has accepted an end."""

    def receive(self, frame: Frame) -> None:
        """Take what arrives; frames come in order."""


class SocketEnd:
    """One end: who has accepted it, what waits for that, and how far it is closed."""

    __slots__ = (
        "_waiting",
        "attachment",
        "got_close",
        "is_cut",
        "is_returned",
        "options",
        "peer",
        "receiver",
        "sent_close",
    )

    peer: "SocketEnd"

    def __init__(self, options: SocketOptions) -> None:
        self.options = options
        self.receiver: Receiver | None = None
        self.attachment: bytes | None = None
        """What serializeAttachment was given, as V8 writes it."""
        self.is_returned = False
        """Whether it has ever gone away with a Response."""
        self.sent_close = False
        self.got_close = False
        self.is_cut = False
        """Whether this side, or the other, has dropped the connection."""
        self._waiting: list[Frame] = []

    def __repr__(self) -> str:
        state = (
            "cut"
            if self.is_cut
            else ("open", "closing", "closing", "closed")[
                self.sent_close + 2 * self.got_close
            ]
        )
        return f"<SocketEnd: {state}, {len(self._waiting)} waiting>"

    @classmethod
    def pair(cls, options: SocketOptions) -> tuple["SocketEnd", "SocketEnd"]:
        """Two ends of a new connection."""
        first, second = cls(options), cls(options)
        first.peer, second.peer = second, first
        return first, second

    @property
    def is_taken(self) -> bool:
        """Whether somebody has accepted it, or it went away with a Response."""
        return self.receiver is not None or self.is_returned

    def accept(self, receiver: Receiver) -> None:
        """Give what has arrived so far, and all that will, to a receiver."""
        self.receiver = receiver
        waiting, self._waiting = self._waiting, []
        for frame in waiting:
            receiver.receive(frame)

    def send(self, data: str | bytes) -> None:
        """Send a message; nobody hears it if the connection is gone."""
        self._post(Message(data))

    def close(self, close: Close) -> None:
        """Send a Close, after which nothing more is sent."""
        self.sent_close = True
        self._post(close)

    def post(self, frame: Frame) -> None:
        """Have something arrive at the other end at once.

        What happens there is no part of the code that is running here.
        """
        peer = self.peer
        if self.is_cut or peer.is_cut:
            return
        if peer.receiver is None:
            peer._waiting.append(frame)
        else:
            Context().run(peer.receiver.receive, frame)

    def _post(self, frame: Frame) -> None:
        leave(lambda: self.post(frame))

    def drop(self) -> None:
        """Be gone without a word: nothing arrives here any more."""
        if not self.is_cut:
            self.post(Lost())
            self.is_cut = True
