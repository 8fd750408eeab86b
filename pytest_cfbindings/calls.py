"""What was called on a binding, with which arguments."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Call:
    """One call: the method's name and its arguments.

    Keyword arguments are the last item, as one dict: that is how a Worker gets them.
    """

    method: str
    args: tuple[object, ...]


class CallLog:
    """The calls of one binding in this test; the arguments are JavaScript values."""

    __slots__ = ("calls",)

    def __init__(self) -> None:
        self.calls: list[Call] = []

    def record(self, method: str, arguments: Sequence[object]) -> None:
        """Add a call."""
        self.calls.append(Call(method, tuple(arguments)))

    def clear(self) -> None:
        """Forget all of them."""
        self.calls.clear()
