"""One write a second to the same key, as the service allows (documented)."""

from typing import Final

from ..clock import Clock

_SECOND_MS: Final = 1000


class WriteRate:
    """When each key was last written, wherever that was.

    Production enforces it loosely; here every write within a second is refused.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._accepted_ms: dict[str, int] = {}

    def __repr__(self) -> str:
        return f"<WriteRate: {len(self._accepted_ms)} keys>"

    def clear(self) -> None:
        """Nothing was written."""
        self._accepted_ms.clear()

    def admits(self, key: str) -> bool:
        """Whether a write is accepted now; one that is not does not count."""
        now_ms = self._clock.now_ms()
        last_ms = self._accepted_ms.get(key)
        if last_ms is not None and now_ms - last_ms < _SECOND_MS:
            return False
        self._accepted_ms[key] = now_ms
        return True
