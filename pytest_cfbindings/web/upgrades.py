"""Responses that carry a WebSocket, on their way out of the code that made them."""

from ..javascript.errors import type_error
from .request import Request
from .response import Response
from .websocket import WebSocket


def handed_over(request: Request, response: Response) -> Response:
    """The response as whoever made the request gets it.

    Its WebSocket is a new one over the same end. Raises a JavaScript TypeError for one
    that nobody asked for, and for one that its maker has accepted or used before.
    """
    socket = response.web_socket
    if socket is None:
        return response
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
    passed = response.without_body()
    passed.web_socket = WebSocket(socket.end)
    return passed
