"""Where on Cloudflare's network the running code is.

Tasks inherit the place from the task that makes them, as they do any context variable.
A Durable Object stays where it was first asked for.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

HOME: Final = "home"
"""Where a test is that says nothing else."""

CURRENT: ContextVar[str] = ContextVar("CURRENT", default=HOME)


@contextmanager
def at(place: str) -> Iterator[None]:
    """Be in another place for a while."""
    before = CURRENT.get()
    CURRENT.set(place)
    try:
        yield
    finally:
        # Not by a token: the end of a fixture may run in a context of its own.
        CURRENT.set(before)
