"""What is due happens by itself while time is real, in a running event loop."""

import asyncio
from collections.abc import Callable
from contextvars import Context
from typing import Final, Protocol

from .due import Due

_LATE: Final = 0.0005
"""Seconds. An alarm clock that is early would have to be set again."""


class Clock(Protocol):
    """What the alarm clock needs of the clock."""

    def now_us(self) -> int:
        """The present, in epoch microseconds."""

    def take(self, until_us: int) -> Due | None:
        """What is due next."""

    def start(self, due: Due) -> None:
        """Have it happen."""

    def wake_up(self) -> None:
        """Set the alarm clock for what is due next."""


CallLater = Callable[[float, Callable[[], object]], asyncio.TimerHandle]


class AlarmClock:
    """One timer of a real event loop, set for what is due next."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._handle: asyncio.TimerHandle | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._at_us = 0

    def set(
        self, loop: asyncio.AbstractEventLoop, call_later: CallLater, at_us: int
    ) -> None:
        """Ring at an instant in epoch microseconds."""
        if self._handle is not None and (self._loop, self._at_us) == (loop, at_us):
            return
        self.switch_off()
        delay = max(0, at_us - self._clock.now_us()) / 1_000_000 + _LATE
        self._handle = call_later(delay, self._ring)
        self._loop, self._at_us = loop, at_us

    def switch_off(self) -> None:
        """Do not ring."""
        if self._handle is not None:
            self._handle.cancel()
            self._handle = self._loop = None

    def _ring(self) -> None:
        """Start what is due; the clock sets us again."""
        self._handle = self._loop = None
        now_us = self._clock.now_us()
        while (due := self._clock.take(now_us)) is not None:
            self._clock.start(due)
        self._clock.wake_up()


def plain_call_later(loop: asyncio.AbstractEventLoop) -> CallLater:
    """For loops of others, whose timers are all real."""
    return lambda delay, callback: loop.call_later(delay, callback, context=Context())
