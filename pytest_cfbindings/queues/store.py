"""The messages of one queue that nobody has consumed yet, and all that were sent."""

from dataclasses import dataclass
from secrets import token_hex

from ..clock import Clock
from .content import Content


@dataclass(frozen=True, slots=True)
class StoredMessage:
    """`sent_ms` in epoch milliseconds; `delay_seconds` is None where none was asked."""

    id: str
    content: Content
    sent_ms: int
    delay_seconds: int | None = None
    attempts: int = 1


class QueueStore:
    """One queue; bindings of the same queue share it."""

    def __init__(self, name: str, clock: Clock) -> None:
        self.name = name
        self._clock = clock
        self.sent: list[StoredMessage] = []
        self.waiting: list[StoredMessage] = []

    def __repr__(self) -> str:
        return f"<QueueStore {self.name}: {len(self.sent)} sent>"

    def add(self, content: Content, delay_seconds: int | None) -> None:
        """A message was sent."""
        message = self.message(content, delay_seconds)
        self.sent.append(message)
        self.waiting.append(message)

    def message(
        self, content: Content, delay_seconds: int | None = None, attempts: int = 1
    ) -> StoredMessage:
        """A new message of this moment."""
        now = self._clock.now_ms()
        return StoredMessage(token_hex(16), content, now, delay_seconds, attempts)

    def take(self, count: int) -> list[StoredMessage]:
        """The oldest messages that wait, which are taken off the queue."""
        taken, self.waiting = self.waiting[:count], self.waiting[count:]
        return taken

    def reset(self) -> None:
        """Forget everything."""
        self.sent.clear()
        self.waiting.clear()
