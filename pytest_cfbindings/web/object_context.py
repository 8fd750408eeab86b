"""The Durable Object that the running code belongs to, and what goes in and out."""

from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from typing import Protocol

from .. import io_context
from ..javascript.errors import error
from ..javascript.promises import JsPromise

_FOREIGN = (
    "Cannot perform I/O on behalf of a different Durable Object. I/O objects (such as"
    " streams, request/response bodies, and others) created in the context of one"
    " Durable Object cannot be accessed from a different Durable Object in the same"
    " isolate. This is a limitation of Cloudflare Workers which allows us to improve"
    " overall performance. (I/O type: {})"
)


class Connection(Protocol):
    """Something that connects the code with others, and can be cut off."""

    def cut(self) -> None:
        """The code is gone: the other side learns of it."""


class ObjectContext(Protocol):
    """The instance of a Durable Object that runs the code."""

    deliver: Callable[[Callable[[], Awaitable[object]]], JsPromise]
    """Runs something as an event of the object."""

    def hold(self, leave: Callable[[], None]) -> None:
        """Let something out when what the running turn has written is committed.

        It never gets out if that fails.
        """

    async def let_others_in(self) -> None:
        """Wait until the running turn has ended and others have had theirs."""

    def adopt(self, connection: Connection) -> None:
        """From now on the object is kept in memory by it, and cuts it when it goes."""

    def release(self, connection: Connection) -> None:
        """The connection has ended."""


CURRENT: ContextVar[ObjectContext | None] = ContextVar("CURRENT", default=None)
"""That of the code that is running; None for code that belongs to no object."""


def is_workers() -> bool:
    """Whether the running code is that of an event or of a Durable Object."""
    return io_context.CURRENT.get() is not None or CURRENT.get() is not None


def leave(send: Callable[[], None]) -> None:
    """Let something out of the code that is running, after what it has written."""
    context = CURRENT.get()
    if context is None:
        send()
    else:
        context.hold(send)


async def let_others_in() -> None:
    """Wait as for something outside of the object whose code is running, if it is one.

    Its turn ends there, as it does with everything that is not there yet.
    """
    context = CURRENT.get()
    if context is not None:
        await context.let_others_in()


def check_object(owner: ObjectContext | None, kind: str) -> None:
    """Refuse what another object made, in code of an object (measured).

    `kind` is the runtime's own name for it. A test may use everything.
    """
    current = CURRENT.get()
    if owner is not None and current is not None and owner is not current:
        raise error(_FOREIGN.format(kind))


class Owner:
    """Whose something is: the object's, or the event's, that made or accepted it."""

    __slots__ = ("_event", "_kind", "_object")

    def __init__(self, kind: str = "Native") -> None:
        self._kind = kind
        self._object = CURRENT.get()
        event = io_context.CURRENT.get()
        self._event = None if event is io_context.IMPORT else event

    def check(self) -> None:
        """Raises a JavaScript Error in code of another object or event (measured).

        A test may use everything.
        """
        current = CURRENT.get()
        if current is None and self._object is not None:
            io_context.refuse_events(self._kind)
        elif current is not None and self._event is not None:
            raise error(_FOREIGN.format(self._kind))
        check_object(self._object, self._kind)
        io_context.check_owner(self._event, self._kind)
