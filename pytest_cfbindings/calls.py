"""What was called on a binding, with which arguments."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from .interference import Interference

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Call:
    """One call: the method's name and its arguments.

    Keyword arguments are the last item, as one dict: that is how a Worker gets them.
    """

    method: str
    args: tuple[object, ...]


class CallLog:
    """The calls of one binding in this test; the arguments are JavaScript values."""

    __slots__ = ("calls", "interference")

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.interference: Interference | None = None
        """What a test has armed for the binding; mostly nothing."""

    def record(self, method: str, arguments: Sequence[object]) -> None:
        """Add a call."""
        self.calls.append(Call(method, tuple(arguments)))

    def perform(self, method: str, effect: Callable[[], T], request: str = "") -> T:
        """Run what a recorded call asks of the service; see `interference`."""
        if self.interference is None:
            return effect()
        return self.interference.perform(method, request, effect)

    def clear(self) -> None:
        """Forget all of them."""
        self.calls.clear()
