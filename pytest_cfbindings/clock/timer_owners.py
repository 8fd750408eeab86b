"""Whose timers they are, where that is somebody who has them go off in a turn."""

import asyncio
from contextvars import Context, ContextVar
from typing import Final, Protocol


class OwnedTimer(Protocol):
    """A timer as its owner knows it."""

    @property
    def loop(self) -> asyncio.AbstractEventLoop:
        """The event loop in which it was set."""

    @property
    def context(self) -> Context:
        """What the code that set it saw."""

    def call(self) -> None:
        """Call back here and now, unless it is cancelled."""

    def cancel(self) -> None:
        """Let it not go off."""


class TimerOwner(Protocol):
    """Whoever lets the code run that sets the timers."""

    def was_set(self, timer: OwnedTimer) -> None:
        """A timer was set, which will go off or be cancelled."""

    def is_over(self, timer: OwnedTimer) -> None:
        """It goes off, or was cancelled."""

    def call_back(self, timer: OwnedTimer) -> None:
        """It goes off: have it call back."""


TIMER_OWNER: Final = ContextVar[TimerOwner | None]("TIMER_OWNER", default=None)
"""That of the running code; without one the event loop calls back."""
