"""What was written to a namespace in this test: by whom, where, when."""

from dataclasses import dataclass

from .store import Entry

LIST_MS = 60_000
"""How long list may go without showing a change, in milliseconds (documented)."""


@dataclass(frozen=True, slots=True)
class Change:
    """The state of a key from an instant on; None is absent.

    `place` is where it was written, None for what the test found.
    """

    at_ms: int
    place: str | None
    entry: Entry | None


class Changes:
    """The states of every key that was written, oldest first."""

    def __init__(self) -> None:
        self._by_key: dict[str, list[Change]] = {}

    def __repr__(self) -> str:
        return f"<Changes: {len(self._by_key)} keys>"

    def written(self) -> list[str]:
        """The keys that were written, whatever became of them."""
        return list(self._by_key)

    def record(self, key: str, before: Entry | None, change: Change) -> None:
        """A key was written; `before` is what it held."""
        states = self._by_key.setdefault(key, [])
        if not states:
            states.append(Change(0, None, before))
        states.append(change)

    def since(self, key: str, at_ms: int) -> list[Entry | None]:
        """The states that were current after an instant, oldest first.

        The first one is that which the instant found; none for a key never written.
        """
        states = self._by_key.get(key, [])
        start = max(
            (i for i, change in enumerate(states) if change.at_ms <= at_ms), default=0
        )
        return [change.entry for change in states[start:]]

    def seen(self, key: str, place: str, now_ms: int) -> Entry | None:
        """The last state of a written key that list in a place shows."""
        return next(
            change.entry
            for change in reversed(self._by_key[key])
            if change.place == place or now_ms - change.at_ms >= LIST_MS
        )

    def gone_since(self, key: str, at_ms: int, now_ms: int) -> bool:
        """Whether a written key was deleted, or has expired, after an instant."""
        last = self._by_key[key][-1]
        if last.entry is None:
            return last.at_ms > at_ms
        expiration = last.entry.expiration
        return expiration is not None and at_ms < expiration * 1000 <= now_ms
