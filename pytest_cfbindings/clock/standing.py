"""Clocks that only show the time, and what is made for the instant of a test's start.

Storage that tests begin with is made once and copied for each. It must not carry the
wall clock of the moment at which that was: it is as if it had been made at the start of
the test that uses it.
"""

from collections.abc import Callable
from typing import Final, Generic, Protocol, TypeVar

T = TypeVar("T")

_KEPT: Final = 8


class Present(Protocol):
    """What storage needs of a clock."""

    def now_ms(self) -> int:
        """The present, in whole milliseconds since the epoch."""

    def start_us(self) -> int:
        """When the test started, in epoch microseconds."""


class Standing:
    """A clock that shows one instant, in epoch microseconds."""

    def __init__(self, instant_us: int) -> None:
        self._instant_us = instant_us

    def __repr__(self) -> str:
        return f"<Standing {self.now_ms()} ms>"

    def now_ms(self) -> int:
        return self._instant_us // 1000

    def start_us(self) -> int:
        return self._instant_us


class ByStart(Generic[T]):
    """What there is of something for the instants at which tests started lately."""

    def __init__(self, make: Callable[[int], T]) -> None:
        self._make = make
        self._made: dict[int, T] = {}

    def __repr__(self) -> str:
        return f"<ByStart of {len(self._made)} instants>"

    def get(self, start_us: int) -> T:
        """That of an instant in epoch microseconds, made unless it is there."""
        if start_us in self._made:
            found = self._made.pop(start_us)
        else:
            found = self._make(start_us)
        self._made[start_us] = found
        if len(self._made) > _KEPT:
            del self._made[next(iter(self._made))]
        return found
