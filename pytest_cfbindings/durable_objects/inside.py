"""An object's storage in the hands of the object itself."""

from collections.abc import Awaitable, Callable

from ..io_context import refuse_events
from ..web.object_context import check_object
from .gate import ObjectGate

_KIND = "ActorCacheInterface"
"""What the runtime calls it."""


class InsideGate:
    """Keeps the code of other objects and of events out, as workerd does (measured).

    A module that keeps the storage of one object in a global must not give it to all.
    """

    def __init__(self, gate: ObjectGate) -> None:
        self._gate = gate

    def __repr__(self) -> str:
        return f"<InsideGate of {self._gate!r}>"

    def check(self) -> None:
        """Raises a JavaScript Error as well when the instance is gone."""
        self._gate.check()
        check_object(self._gate, _KIND)
        refuse_events(_KIND)

    def wrote(self) -> None:
        """Commit at the end of the turn."""
        self._gate.wrote()

    def exclusively(self, body: Callable[[], Awaitable[object]]) -> Awaitable[object]:
        """Run a critical section of the object."""
        return self._gate.exclusively(body)

    def reset(self, error: Exception) -> None:
        """Break the object."""
        self._gate.reset(error)
