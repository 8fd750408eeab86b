"""What the code that is running belongs to, as far as its input and output go."""

from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from typing import Protocol

from ..javascript.errors import error
from ..javascript.promises import JsPromise

_LIMITATION = (
    "This is a limitation of Cloudflare Workers which allows us to improve overall"
    " performance. (I/O type: Native)"
)


class Connection(Protocol):
    """Something that connects the code with others, and can be cut off."""

    def cut(self) -> None:
        """The code is gone: the other side learns of it."""


class IoContext(Protocol):
    """The instance of a Durable Object that runs the code."""

    deliver: Callable[[Callable[[], Awaitable[object]]], JsPromise]
    """Runs something as an event of the object."""

    def hold(self, leave: Callable[[], None]) -> None:
        """Let something out when what the running turn has written is committed.

        It never gets out if that fails.
        """

    def adopt(self, connection: Connection) -> None:
        """From now on the object is kept in memory by it, and cuts it when it goes."""

    def release(self, connection: Connection) -> None:
        """The connection has ended."""


CURRENT: ContextVar[IoContext | None] = ContextVar("CURRENT", default=None)
"""That of the code that is running; None for code that belongs to no object."""


def leave(send: Callable[[], None]) -> None:
    """Let something out of the code that is running, after what it has written."""
    context = CURRENT.get()
    if context is None:
        send()
    else:
        context.hold(send)


def check_owner(owner: IoContext | None) -> None:
    """Raises a JavaScript Error in code that is not the owner's (measured)."""
    current = CURRENT.get()
    if owner is None or current is owner:
        return
    if current is None:
        raise error(
            "Cannot perform I/O on behalf of a different request. I/O objects (such as"
            " streams, request/response bodies, and others) created in the context of"
            " one request handler cannot be accessed from a different request's"
            f" handler. {_LIMITATION}"
        )
    raise error(
        "Cannot perform I/O on behalf of a different Durable Object. I/O objects (such"
        " as streams, request/response bodies, and others) created in the context of"
        " one Durable Object cannot be accessed from a different Durable Object in the"
        f" same isolate. {_LIMITATION}"
    )
