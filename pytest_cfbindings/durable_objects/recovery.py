"""Point-in-time recovery: the past states of one object's database."""

from bisect import bisect_right
from dataclasses import dataclass

from ..clock.standing import Present
from ..javascript.errors import error

_KEPT_MS = 30 * 24 * 3600 * 1000
"""How long a state can be gone back to (documented)."""


@dataclass(frozen=True, slots=True)
class State:
    """The database from `since_ms` on; no image is an empty one."""

    since_ms: int
    image: bytes | None


class Recovery:
    """All states since the start of the test, each with its bookmark.

    Bookmarks look like production's, and sort by their age as those do.
    """

    def __init__(self, clock: Present) -> None:
        self._clock = clock
        self._states = [State(clock.now_ms(), None)]
        self._requested: State | None = None

    def __repr__(self) -> str:
        return f"<Recovery: {len(self._states)} states>"

    def begin_from(self, image: bytes) -> None:
        """The test began with this state."""
        self._states[0] = State(self._states[0].since_ms, image)

    def record(self, image: bytes | None) -> None:
        """A commit made this state."""
        self._states.append(State(self._clock.now_ms(), image))

    def current(self) -> str:
        """The bookmark of the newest state."""
        return bookmark(len(self._states) - 1)

    def at(self, instant_ms: int) -> str:
        """The bookmark of the state at a moment of the last 30 days.

        Raises a JavaScript Error for any other moment.
        """
        now = self._clock.now_ms()
        if not now - _KEPT_MS <= instant_ms <= now:
            raise error(
                "getBookmarkForTime() takes a moment of the last 30 days; the time"
                f" {instant_ms} ms lies outside of them (it is {now} ms now)."
            )
        times = [state.since_ms for state in self._states]
        return bookmark(max(bisect_right(times, instant_ms) - 1, 0))

    def request(self, wanted: str) -> str:
        """Have the next session begin with a state; gives the bookmark to undo that.

        Raises a JavaScript Error for a bookmark that was never given.
        """
        for number, state in enumerate(self._states):
            if bookmark(number) == wanted:
                self._requested = state
                return self.current()
        raise error(
            f"onNextSessionRestoreBookmark() takes a bookmark of this Durable Object;"
            f" {wanted!r} is none."
        )

    def take_requested(self) -> State | None:
        """The state that the session which begins now was asked to have."""
        requested, self._requested = self._requested, None
        return requested


def bookmark(number: int) -> str:
    """A bookmark in the form that workerd gives it."""
    return f"{number >> 32:08x}-{number & 0xFFFFFFFF:08x}-{0:08x}-{0:032x}"
