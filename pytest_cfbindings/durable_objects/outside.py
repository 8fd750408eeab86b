"""An object's storage in the hands of a test, which is no part of the object."""

from collections.abc import Awaitable, Callable

from .actor import Actor
from .contract import Gate


class OutsideGate:
    """Lets a test's own code at the storage, between the turns of the object.

    What it writes is committed with the event loop's next moment, or with the object's
    next turn.
    """

    def __init__(self, actor: Actor) -> None:
        self._actor = actor

    def __repr__(self) -> str:
        return f"<OutsideGate of {self._actor!r}>"

    def check(self) -> None:
        """Raises a JavaScript Error when the test is over."""
        self._actor.check_open()
        self._inside()  # Made if there is none, so that the store tells it of writes.

    def wrote(self) -> None:
        """Commit soon."""
        self._inside().wrote()

    def exclusively(self, body: Callable[[], Awaitable[object]]) -> Awaitable[object]:
        """Run a critical section of the object."""
        return self._inside().exclusively(body)

    def reset(self, error: Exception) -> None:
        """Break the object."""
        self._inside().reset(error)

    def _inside(self) -> Gate:
        return self._actor.gate()
