"""Responses on their way from the code that made them to who asked (measured)."""

from ..io_context import IoContext
from ..javascript.errors import type_error
from .bodies import used_body
from .request import Request
from .response import Response
from .websocket import WebSocket


def handed_over(
    request: Request, response: Response, receiver: IoContext | None = None
) -> Response:
    """The response as whoever made the request gets it.

    Its body is that of the event that receives it, where that is one, and is used up
    for its maker; its headers cannot be changed. Its WebSocket is a new one over the
    same end. Raises a JavaScript TypeError for a body that was used or is locked, and
    for a WebSocket that nobody asked for or that its maker has accepted or used; an
    Error for a body of yet another event.
    """
    passed = response.without_body()
    passed.address = response.address or request.address.partition("#")[0]
    passed.header_list.is_immutable = True
    if response.stream is not None:
        if response.stream.disturbed:
            raise used_body()
        response.stream.check_usable()
        passed.stream = response.stream.move(receiver)
    if response.web_socket is not None:
        passed.web_socket = _passed_socket(request, response.web_socket)
    return passed


def _passed_socket(request: Request, socket: WebSocket) -> WebSocket:
    upgrade = request.header_list.get("upgrade")
    if not isinstance(upgrade, str) or upgrade.lower() != "websocket":
        raise type_error(
            "Worker tried to return a WebSocket in a response to a request which did"
            ' not contain the header "Upgrade: websocket".'
        )
    if socket.attempt is not None:
        raise type_error(
            "Can't return WebSocket in a Response if it was created with `new"
            " WebSocket()`"
        )
    if socket.is_returned:
        raise type_error("Can't return WebSocket that was already used in a response.")
    if socket.end.receiver is not None:
        call = "accept" if socket.listener is not None else "acceptWebSocket"
        raise type_error(
            f"Can't return WebSocket in a Response after calling {call}()."
        )
    socket.is_returned = socket.end.is_returned = True
    return WebSocket(socket.end)
