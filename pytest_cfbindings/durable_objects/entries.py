"""Keys and values: what every place that keeps them can do.

Keys are WTF-8, since that is how the runtime orders and limits them; values are the
bytes of structured clones.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

Pair = tuple[bytes, bytes]


@dataclass(frozen=True, slots=True)
class Range:
    """Keys from `start` on and before `end`, at most `limit` of them."""

    start: bytes = b""
    end: bytes | None = None
    reverse: bool = False
    limit: int | None = None


class Entries(Protocol):
    """The entries and the alarm, as a transaction or the whole storage shows them."""

    def get(self, key: bytes) -> bytes | None:
        """The value under a key."""

    def get_many(self, keys: Sequence[bytes]) -> list[Pair]:
        """Those that exist, sorted by key."""

    def list(self, keys: Range) -> "list[Pair]":
        """The entries of a range, in its order."""

    def put(self, pairs: Sequence[Pair]) -> None:
        """Write all, or none if one is refused."""

    def delete(self, keys: Sequence[bytes]) -> int:
        """How many of the keys there were."""

    def alarm_ms(self) -> int | None:
        """The alarm in epoch milliseconds."""

    def set_alarm(self, at_ms: int | None) -> None:
        """Have the alarm at that moment, or none."""
