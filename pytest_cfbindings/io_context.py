"""Which event the running code belongs to, and what belongs to that event alone.

Tasks inherit the event from the task that makes them, as they do any context variable.
Code of a Durable Object has none: its objects live as long as it does.
"""

from collections.abc import Callable
from contextvars import ContextVar
from typing import Final

_FOREIGN = (
    "Cannot perform I/O on behalf of a different request. I/O objects (such as streams,"
    " request/response bodies, and others) created in the context of one request"
    " handler cannot be accessed from a different request's handler. This is a"
    " limitation of Cloudflare Workers which allows us to improve overall performance."
    " (I/O type: {})"
)


class IoContext:
    """One event; `name` is for people, such as `GET /page`."""

    __slots__ = ("name", "still_sends")

    def __init__(self, name: str) -> None:
        self.name = name
        self.still_sends: Callable[[], bool] = _nothing
        """Whether the body of its response is still to come, which keeps it open."""

    def __repr__(self) -> str:
        return f"<IoContext {self.name}>"


def _nothing() -> bool:
    return False


IMPORT: Final = IoContext("the import of a module")
"""Global scope: what a Worker's modules do while they are imported, and no event."""


CURRENT: Final = ContextVar[IoContext | None]("CURRENT", default=None)
"""The event whose code is running."""


def check_owner(owner: IoContext | None, kind: str) -> None:
    """Refuse what another event made (measured on workerd).

    What was made outside of any event is anybody's, and a test may look at everything.
    """
    if owner is not None and owner is not CURRENT.get():
        refuse_events(kind)


def refuse_events(kind: str) -> None:
    """Refuse the code of an event what belongs to another, or to an object."""
    if CURRENT.get() is not None:
        from .javascript.errors import error

        raise error(_FOREIGN.format(kind))
