"""The hibernatable WebSockets of an object, which outlast its instances (measured)."""

from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from ..clock import Clock
from ..javascript.errors import error
from ..javascript.promises import JsPromise
from ..javascript.text import wtf8_encode
from ..limits import WEBSOCKET_CONNECTIONS, WEBSOCKET_TAG_BYTES, WEBSOCKET_TAGS
from ..web.object_context import Owner
from ..web.socket_frames import Frame, Message
from ..web.websocket import WebSocket
from ..web.websocket_pair import WebSocketRequestResponsePair
from .socket_events import SocketEvent, SocketInstance

EventDelivery = Callable[
    [Callable[[SocketInstance], Coroutine[Any, Any, object]]], JsPromise
]
"""How the object gets an event."""


class HibernatableSocket:
    """An end that an object has accepted with acceptWebSocket."""

    __slots__ = ("_face", "_owner", "answered_at_ms", "end", "tags")

    def __init__(
        self, owner: "ObjectSockets", face: WebSocket, tags: Sequence[str]
    ) -> None:
        self.end = face.end
        self.tags = tags
        self.answered_at_ms: int | None = None
        """When a message was last answered without waking the object."""
        self._owner = owner
        self._face: WebSocket | None = face

    def __repr__(self) -> str:
        return f"<HibernatableSocket {', '.join(self.tags)}: {self.end!r}>"

    @property
    def face(self) -> WebSocket:
        """What the instance that is in memory knows it by."""
        if self._face is None:
            self._face = WebSocket(self.end)
            self._face.owner = Owner()
        return self._face

    def forget_face(self) -> None:
        """The instance is gone: the next one knows it by another object."""
        self._face = None

    def receive(self, frame: Frame) -> None:
        """Take what arrives: answer it, or have the object handle it."""
        if isinstance(frame, Message) and self._owner.answers(frame.data):
            self._owner.answer(self)
        else:
            self._owner.deliver(self, frame)


class ObjectSockets:
    """All of them, with what the object has said about all of them."""

    def __init__(self, label: str, clock: Clock, deliver: EventDelivery) -> None:
        self.auto_response: WebSocketRequestResponsePair | None = None
        self.event_timeout_ms: int | None = None
        """How long a handler may run, in milliseconds."""
        self._label = label
        self._clock = clock
        self._deliver = deliver
        self._sockets: list[HibernatableSocket] = []

    def __repr__(self) -> str:
        return f"<ObjectSockets of {self._label}: {len(self._sockets)}>"

    def accept(self, face: WebSocket, tags: Sequence[str]) -> None:
        """Accept one. Raises a JavaScript Error if that cannot be, or for the tags."""
        face.check_owner()
        end = face.end
        if end.receiver is not None or face.is_returned:
            raise error(
                "Cannot call `acceptWebSocket()` if the WebSocket was already accepted"
                " via `accept()`"
            )
        if end.peer.is_taken:
            raise error(
                "Cannot call `acceptWebSocket()` on this WebSocket because its pair has"
                " already been accepted or used in a Response."
            )
        if len(self._sockets) >= WEBSOCKET_CONNECTIONS.value:
            raise error(
                f"only {WEBSOCKET_CONNECTIONS.value} websockets can be accepted on a"
                " single Durable Object instance"
            )
        made = HibernatableSocket(self, face, _checked_tags(tags))
        self._sockets.append(made)
        face.owner = Owner()
        end.accept(made)

    def found(self, tag: str | None = None) -> list[HibernatableSocket]:
        """Those that are connected: the newest first, or the oldest first by a tag."""
        if tag is None:
            return self._sockets[::-1]
        return [socket for socket in self._sockets if tag in socket.tags]

    def of(self, face: WebSocket) -> HibernatableSocket | None:
        """What it was accepted as, also when it is connected no more.

        Raises a JavaScript Error for a socket of another object.
        """
        face.check_owner()
        receiver = face.end.receiver
        if isinstance(receiver, HibernatableSocket) and receiver._owner is self:
            return receiver
        return None

    def answers(self, data: str | bytes) -> bool:
        """Whether a message is answered without the object."""
        pair = self.auto_response
        return pair is not None and data == pair.request_text

    def answer(self, socket: HibernatableSocket) -> None:
        """Answer it."""
        assert self.auto_response is not None
        socket.answered_at_ms = self._clock.now_ms()
        socket.end.post(Message(self.auto_response.response_text))

    def deliver(self, socket: HibernatableSocket, frame: Frame) -> None:
        """Have the object handle what has arrived, as an event of its own."""

        async def body(instance: SocketInstance) -> None:
            if socket.end.got_close or socket.end.is_cut:
                return
            event = SocketEvent(
                socket.face,
                lambda: self.remove(socket),
                self._label,
                self._clock,
                self.event_timeout_ms,
            )
            await event.run(instance, frame)

        self._deliver(body)

    def remove(self, socket: HibernatableSocket) -> None:
        """It is connected no more."""
        if socket in self._sockets:
            self._sockets.remove(socket)

    def hibernate(self) -> None:
        """The instance is gone, and they stay."""
        for socket in self._sockets:
            socket.forget_face()

    def cut(self) -> None:
        """Disconnect all of them: the other sides see 1006, no handler runs."""
        sockets, self._sockets = self._sockets, []
        for socket in sockets:
            socket.end.drop()


def _checked_tags(tags: Sequence[str]) -> list[str]:
    distinct: list[str] = []
    for tag in tags:
        if len(distinct) >= WEBSOCKET_TAGS.value:
            raise error(
                "a Hibernatable WebSocket cannot have more than"
                f" {WEBSOCKET_TAGS.value} tags"
            )
        limit = WEBSOCKET_TAG_BYTES.value
        if len(wtf8_encode(tag)) > limit:
            raise error(
                f'"{tag}" is longer than the max tag length ({limit} characters).'
            )
        if tag not in distinct:
            distinct.append(tag)
    return distinct
