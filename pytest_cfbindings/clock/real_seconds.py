"""Real seconds, for waits that must end whatever a test does with the time."""

import time
from collections.abc import Callable
from typing import Final

# Kept in a tuple, where freezegun does not look for functions to replace.
_PERF_COUNTER: Final[tuple[Callable[[], float]]] = (time.perf_counter,)


def real_seconds() -> float:
    """Seconds from some moment on, in real time."""
    return _PERF_COUNTER[0]()
