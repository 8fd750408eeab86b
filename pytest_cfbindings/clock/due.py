"""What is due: tasks, in the order of their instants."""

import heapq
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count

from .instants import to_datetime

Task = Callable[[], Awaitable[object] | None]

_FEW = 64


@dataclass(order=True, slots=True)
class Due:
    """Something that happens at `at_us` (epoch microseconds) unless it is cancelled."""

    at_us: int
    order: int
    task: Task = field(compare=False)
    what: str = field(compare=False)
    cancelled: bool = field(compare=False, default=False)

    @property
    def at(self) -> int:
        """When, in whole milliseconds since the epoch."""
        return self.at_us // 1000

    def cancel(self) -> None:
        """Let it not happen."""
        self.cancelled = True


@dataclass(frozen=True, slots=True)
class Upcoming:
    """What `cf.due()` tells of something that is still due."""

    at: datetime
    what: str


class DueQueue:
    """A heap of what is due; at the same instant, what was put first comes first."""

    def __init__(self) -> None:
        self._heap: list[Due] = []
        self._order = count()
        self._most = _FEW

    def put(self, at_us: int, task: Task, what: str) -> Due:
        """Add a task that happens at an instant in epoch microseconds."""
        if len(self._heap) >= self._most:
            self._drop_cancelled()
        due = Due(at_us, next(self._order), task, what)
        heapq.heappush(self._heap, due)
        return due

    def _drop_cancelled(self) -> None:
        """Timeouts are mostly cancelled long before they are due."""
        self._heap = self.in_order()
        self._most = max(_FEW, 2 * len(self._heap))

    def first(self) -> Due | None:
        """What comes next; it stays here."""
        while self._heap and self._heap[0].cancelled:
            heapq.heappop(self._heap)
        return self._heap[0] if self._heap else None

    def take(self, until_us: int) -> Due | None:
        """Take out what comes next, if it is due by then."""
        due = self.first()
        if due is None or due.at_us > until_us:
            return None
        return heapq.heappop(self._heap)

    def in_order(self) -> list[Due]:
        """All that is still due."""
        return sorted(due for due in self._heap if not due.cancelled)

    def upcoming(self) -> list[Upcoming]:
        """All that is still due, to be shown to a person."""
        return [Upcoming(to_datetime(due.at_us), due.what) for due in self.in_order()]

    def clear(self) -> None:
        """Forget everything; nothing of it will happen."""
        for due in self._heap:
            due.cancel()
        self._heap = []
