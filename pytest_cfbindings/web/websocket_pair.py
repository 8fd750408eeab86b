"""WebSocketPair, and the pair of texts of an automatic response."""

from collections.abc import Callable, Iterator, Sequence

from ..global_scope import check_io
from ..javascript.conversions import to_string
from ..javascript.iterators import JsIterator
from ..javascript.objects import ITERATOR, JsConstructor, JsObject, getter, method_as
from .socket_end import SocketEnd, SocketOptions
from .socket_events import wrong_construction
from .websocket import WebSocket


class WebSocketPair(JsObject):
    """Two WebSockets that are connected with each other."""

    __slots__ = ()

    class_name = "WebSocketPair"

    def __init__(self, options: SocketOptions) -> None:
        first, second = SocketEnd.pair(options)
        super().__init__({"0": WebSocket(first), "1": WebSocket(second)})

    @method_as(ITERATOR)
    def _sockets(self) -> JsIterator:
        return JsIterator(self._both(), "Array Iterator")

    def _both(self) -> Iterator[object]:
        yield from self.properties.values()


class WebSocketPairConstructor(JsConstructor):
    """Makes pairs as the compatibility date of the active Worker will have them."""

    __slots__ = ("_options",)

    def __init__(self, options: Callable[[], SocketOptions]) -> None:
        super().__init__(WebSocketPair)
        self._options = options

    def construct(self, arguments: Sequence[object]) -> WebSocketPair:
        check_io()
        return WebSocketPair(self._options())


class WebSocketRequestResponsePair(JsObject):
    """What setWebSocketAutoResponse takes: a request, and what it is answered with."""

    __slots__ = ("request_text", "response_text")

    class_name = "WebSocketRequestResponsePair"

    def __init__(self, request: str, response: str) -> None:
        super().__init__()
        self.request_text = request
        self.response_text = response

    @classmethod
    def js_construct(cls, *arguments: object) -> "WebSocketRequestResponsePair":
        if len(arguments) < 2:
            raise wrong_construction(cls.class_name, len(arguments) + 1, "string")
        return cls(to_string(arguments[0]), to_string(arguments[1]))

    @getter
    def request(self) -> str:
        return self.request_text

    @getter
    def response(self) -> str:
        return self.response_text
