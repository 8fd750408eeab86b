"""What a test may do to a binding's call on its way to the service and back.

A binding asks only if a test has armed something; which error it is, and when it comes,
is decided above.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Protocol, TypeVar

from .javascript.errors import JsError

T = TypeVar("T")

End = Literal["call", "reset", "commit"]
"""How far an error goes: to the caller, to the whole object, or to what it commits."""


@dataclass(slots=True)
class Strike:
    """What befalls one call to a Durable Object.

    `turn` says at the end of which of its turns an object is reset, counted from 1.
    After the effect it is the end of the last one, and what it wrote is kept.
    """

    cause: JsError
    end: End
    after_effect: bool
    turn: int
    happened: Callable[[], None]
    """To be called when it has."""
    spared: Callable[[], None]
    """To be called when it will not: the call failed by itself, or wrote nothing."""


class Interference(Protocol):
    """Everything that is armed for one binding."""

    def perform(self, method: str, request: str, effect: Callable[[], T]) -> T:
        """Run the effect of a call, unless its request or its answer is lost.

        `request` is what the method asks of the service, where error texts name it.
        Raises what the binding raises when the service fails.
        """

    def strike(self, method: str) -> Strike | None:
        """What befalls a call to a Durable Object, if anything does."""
