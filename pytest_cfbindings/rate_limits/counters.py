"""How often keys were counted in the running period, on our clock."""

from ..clock import Clock


class Counters:
    """The counts of one namespace, which bindings of the same namespace share.

    Periods are those of the clock, from one full minute or ten seconds to the next, as
    local development has them; production's are approximate.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._counts: dict[tuple[int, str], tuple[int, int]] = {}

    def __repr__(self) -> str:
        return f"<Counters of {len(self._counts)} keys>"

    def count(self, key: str, limit: float, period: int) -> bool:
        """Count a call, unless the period's `limit` is reached; `period` in seconds."""
        now = self._clock.now_ms() // (period * 1000)
        since, found = self._counts.get((period, key), (now, 0))
        if since != now:
            found = 0
        if not found < limit:
            return False
        self._counts[period, key] = now, found + 1
        return True

    def reset(self) -> None:
        """Forget every count."""
        self._counts.clear()
