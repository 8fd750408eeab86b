"""What the code that is running belongs to, as far as its input and output go."""

from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from typing import Protocol

from ..javascript.promises import JsPromise


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
