"""The time that SQL sees."""

from itertools import count

import apsw

from ..clock.standing import Present

_JULIAN_EPOCH_MS = 210_866_760_000_000
"""Milliseconds from the first Julian day to 1970."""

_numbers = count()


class ClockVfs(apsw.VFS):
    """A SQLite file system that is the default one but for the time it tells.

    `datetime('now')`, CURRENT_TIMESTAMP and their like follow the clock, and stand
    still while one statement runs. Databases stay in memory; keep the object alive as
    long as there are any.
    """

    def __init__(self, clock: Present) -> None:
        self.name = f"cfbindings-{next(_numbers)}"
        self.clock = clock
        self.reads = 0
        """How often SQL has asked for the time."""
        super().__init__(self.name, "")

    def xCurrentTimeInt64(self) -> int:
        self.reads += 1
        return self.clock.now_ms() + _JULIAN_EPOCH_MS
