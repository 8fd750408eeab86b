"""What is between Workers and the one central store of a namespace, if a test asks."""

from ..clock import Clock
from ..conditions import Conditions
from .consistency import Eventual
from .store import Store
from .worst_case import WorstCase
from .write_rate import WriteRate


class Network:
    """Shared by the bindings of one namespace; nothing is there unless asked for.

    `eventual` answers reads from the caches of locations, `rate` refuses writes.
    """

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._conditions = Conditions()
        self.eventual: Eventual | None = None
        self.rate: WriteRate | None = None

    def __repr__(self) -> str:
        return f"<Network: {self.eventual!r}, {self.rate!r}>"

    def impose(self, conditions: Conditions) -> None:
        """Be as a test asks for, from now on."""
        if conditions == self._conditions:
            return
        self._conditions = conditions
        self.rate = WriteRate(self._clock) if conditions.kv_write_rate else None
        self.eventual = self._consistency(conditions)

    def _consistency(self, conditions: Conditions) -> Eventual | None:
        if not conditions.kv_eventual:
            return None
        if conditions.random_seed is None:
            return Eventual(self._store, self._clock)
        return WorstCase(self._store, self._clock, conditions.random_seed)

    def reset(self) -> None:
        """Nothing is cached, and nothing was written."""
        if self.eventual is not None:
            self.eventual.clear()
        if self.rate is not None:
            self.rate.clear()
