"""WebSocket (measured on workerd)."""

from ..javascript.arguments import wrong_parameter
from ..javascript.buffers import JsBuffer
from ..javascript.conversions import to_string, truthy
from ..javascript.errors import error, type_error
from ..javascript.objects import JsObject, PropertyKey, getter, method
from ..javascript.text import utf8_decode, wtf8_encode
from ..javascript.v8_reader import deserialize
from ..javascript.v8_writer import serialize
from ..javascript.values import null, undefined
from ..limits import WEBSOCKET_ATTACHMENT_BYTES
from .close_arguments import checked_close
from .events import Event, EventTarget
from .object_context import Owner
from .socket_addresses import checked_address
from .socket_connecting import Connecting
from .socket_end import SocketEnd, SocketOptions
from .socket_events import wrong_construction
from .socket_listening import SocketListener

CONNECTING, OPEN, CLOSING, CLOSED = range(4)
_NOT_ACCEPTED = (
    "You must call one of accept() or state.acceptWebSocket() on this WebSocket before"
    " sending messages."
)


class WebSocket(EventTarget):
    """An end of a connection, in the hands of a program."""

    __slots__ = ("attempt", "binary_type", "end", "is_returned", "listener", "owner")

    class_name = "WebSocket"

    def __init__(self, end: SocketEnd) -> None:
        super().__init__()
        self.end = end
        self.binary_type = end.options.binary_type
        self.is_returned = False
        """Whether it went away with a Response: its end is somebody else's."""
        self.attempt: Connecting | None = None
        """The connection that `new WebSocket(url)` tries to open."""
        self.owner: Owner | None = None
        """Who has accepted it; nobody else may use it."""
        self.listener: SocketListener | None = None
        """What calls the program's listeners, once it has called accept()."""

    def __repr__(self) -> str:
        return f"<WebSocket {self.end!r}>"

    @classmethod
    def js_construct(cls, *arguments: object) -> "WebSocket":
        if not arguments:
            raise wrong_construction("WebSocket", 1, "string")
        protocols = arguments[1] if len(arguments) > 1 else undefined
        url, names = checked_address(arguments[0], protocols)
        made = cls(SocketEnd.pair(SocketOptions())[0])
        made.end.peer.is_returned = True
        made.attempt = Connecting(made, url, names)
        return made

    def connected(self, end: SocketEnd) -> None:
        """The attempt has succeeded: messages come from now on."""
        self.end = end
        self.owner = Owner()
        self.listener = SocketListener(self, False)
        self.tell(Event("open"))
        end.accept(self.listener)

    @method
    def accept(self, options: object = undefined) -> None:
        if options is not undefined and not isinstance(options, JsObject):
            raise wrong_parameter("accept", "WebSocket", 1, "AcceptOptions")
        if self.attempt is not None:
            raise type_error(
                "Websockets obtained from the 'new WebSocket()' constructor cannot call"
                " accept"
            )
        if self.is_returned:
            raise type_error(
                "Can't accept() WebSocket that was already used in a response."
            )
        if self.listener is not None:
            return
        if self.end.receiver is not None:
            raise type_error("Can't accept() WebSocket after enabling hibernation.")
        half_open = isinstance(options, JsObject) and truthy(
            options.js_get("allowHalfOpen")
        )
        self.owner = Owner()
        self.listener = SocketListener(self, half_open)
        self.end.accept(self.listener)

    @method
    def send(self, *arguments: object) -> None:
        if not arguments:
            raise wrong_parameter(
                "send", "WebSocket", 1, "ArrayBuffer or ArrayBufferView or string"
            )
        data = _sent(arguments[0])
        if self.attempt is not None and self.attempt.has_failed:
            return
        self._check_accepted()
        if not self._is_broken and self.end.sent_close:
            raise type_error("Can't call WebSocket send() after close().")
        self.end.send(data)

    @method
    def close(self, code: object = undefined, reason: object = undefined) -> None:
        close = checked_close(code, reason)
        if self.attempt is not None and not self.attempt.has_opened:
            return
        self._check_accepted()
        if not self.end.sent_close and not self.end.is_cut:
            self.end.close(close)

    def _check_accepted(self) -> None:
        self.check_owner()
        if self.is_returned or self.end.receiver is None:
            raise type_error(_NOT_ACCEPTED)

    def check_owner(self) -> None:
        """Raises a JavaScript Error in code that has not accepted it."""
        if self.owner is not None:
            self.owner.check()

    @property
    def _is_broken(self) -> bool:
        return self.listener is not None and self.listener.has_failed

    @method
    def serializeAttachment(self, *arguments: object) -> None:
        if not arguments:
            raise wrong_parameter("serializeAttachment", "WebSocket", 1, "JsValue")
        written = serialize(arguments[0])
        limit = WEBSOCKET_ATTACHMENT_BYTES.value
        if len(written) > limit:
            raise error(
                f"A WebSocket 'attachment' cannot be larger than {limit} bytes."
                f"'attachment' was {len(written)} bytes."
            )
        self.end.attachment = written

    @method
    def deserializeAttachment(self) -> object:
        attachment = self.end.attachment
        return null if attachment is None else deserialize(attachment)

    @getter
    def readyState(self) -> int:
        if self.attempt is not None and not self.attempt.has_opened:
            return CLOSED if self.attempt.has_failed else CONNECTING
        self.check_owner()
        end = self.end
        if self._is_broken or (end.sent_close and end.got_close):
            return CLOSED
        lost = self.listener is not None and self.listener.has_lost
        return CLOSING if end.sent_close or end.got_close or lost else OPEN

    @getter
    def url(self) -> object:
        return null if self.attempt is None else self.attempt.url

    @getter
    def protocol(self) -> object:
        return ""

    @getter
    def extensions(self) -> object:
        return ""

    @getter
    def binaryType(self) -> str:
        return self.binary_type

    def js_set(self, key: PropertyKey, value: object) -> None:
        if key != "binaryType":
            super().js_set(key, value)
            return
        chosen = to_string(value)
        if chosen in ("blob", "arraybuffer"):
            self.binary_type = chosen


def _sent(value: object) -> str | bytes:
    if isinstance(value, JsBuffer):
        return value.to_bytes()
    text = to_string(value)
    return text if text.isascii() else utf8_decode(wtf8_encode(text))


for _number, _state in enumerate(("CONNECTING", "OPEN", "CLOSING", "CLOSED")):
    for _name in (_state, f"READY_STATE_{_state}"):
        WebSocket.members[_name] = WebSocket.constructor.properties[_name] = _number
