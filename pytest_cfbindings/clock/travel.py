"""Travelling: what falls due on the way happens, each at its own instant."""

import asyncio
from collections import Counter
from typing import Any, Final, Protocol

from .due import Due
from .instants import to_datetime
from .loop_timers import LoopTimers
from .real_seconds import real_seconds
from .waits import Waits, place, real_waits

REAL_WAIT_SECONDS: Final = 5.0
"""How long an instant may take in real time."""
STEPS_AT_ONE_INSTANT: Final = 1_000
STEPS: Final = 100_000
"""How often one thing may happen in one journey."""

_MOMENTS: Final = 1_000
"""Of an event loop."""


class Clock(Protocol):
    """What a journey needs of the clock."""

    def now_us(self) -> int:
        """The present, in epoch microseconds."""

    def move_to(self, instant_us: int) -> None:
        """Have the present be this instant, if it is not later already."""

    def take(self, until_us: int) -> Due | None:
        """What is due next."""

    def start(self, due: Due) -> None:
        """Have it happen."""

    def raise_failure(self) -> None:
        """Raise what something that was due has failed with."""


async def travel(clock: Clock, timers: LoopTimers, target_us: int) -> None:
    """Move to an instant in epoch microseconds, by way of all that is due before.

    Raises RuntimeError for an instant that does not end, and for something that
    happens again and again.
    """
    steps = _Steps()
    await instant_over(timers)
    clock.raise_failure()
    while (due := clock.take(target_us)) is not None:
        clock.move_to(due.at_us)
        steps.count(due)
        clock.start(due)
        await instant_over(timers)
        clock.raise_failure()
    clock.move_to(target_us)


class _Steps:
    """Finds what would never let a journey end."""

    def __init__(self) -> None:
        self._instant_us = 0
        self._at_instant: Counter[str] = Counter()
        self._all: Counter[str] = Counter()

    def count(self, due: Due) -> None:
        if due.at_us > self._instant_us:
            self._instant_us = due.at_us
            self._at_instant.clear()
        self._at_instant[due.what] += 1
        self._all[due.what] += 1
        if self._at_instant[due.what] > STEPS_AT_ONE_INSTANT:
            raise RuntimeError(
                f"{due.what} was due {STEPS_AT_ONE_INSTANT} times at"
                f" {to_datetime(due.at_us):%Y-%m-%dT%H:%M:%S.%fZ}: it sets itself for"
                " the present again and again, so that time never goes on."
            )
        if self._all[due.what] > STEPS:
            raise RuntimeError(
                f"{due.what} was due {STEPS} times on the way, and would be again."
                " If it is meant to, travel in shorter steps."
            )


async def instant_over(timers: LoopTimers) -> None:
    """Wait until nothing is ready, and no dispatch waits for anything but our clock.

    Raises RuntimeError that names what still goes on after 5 s of real time.
    """
    until = real_seconds() + REAL_WAIT_SECONDS
    while True:
        await _idle(timers, until)
        waits = real_waits(timers)
        if not waits:
            return
        left = until - real_seconds()
        if left <= 0:
            raise RuntimeError(_still_waiting(waits))
        await _any_done(timers, waits, left)


async def _idle(timers: LoopTimers, until: float) -> None:
    """Let everything run that can; nobody but us is ready afterwards."""
    ready: Any = timers.loop._ready  # type: ignore[attr-defined]
    await asyncio.sleep(0)
    moments = 0
    while ready:
        moments += 1
        # However slow the machine is, code that comes to an end gets there.
        if moments > _MOMENTS and real_seconds() > until:
            raise RuntimeError(_never_waits(timers))
        await asyncio.sleep(0)


async def _any_done(timers: LoopTimers, waits: Waits, seconds: float) -> None:
    """Wait in real time for one of the things that dispatches wait for."""
    over = timers.loop.create_future()

    def wake(*_: object) -> None:
        if not over.done():
            over.set_result(None)

    futures = [future for found in waits.values() for future in found]
    handle = timers.real_call_later(seconds, lambda: wake())
    for future in futures:
        future.add_done_callback(wake)
    try:
        await over
    finally:
        handle.cancel()
        for future in futures:
            future.remove_done_callback(wake)


def _still_waiting(waits: Waits) -> str:
    places = ", ".join(sorted({place(task) for task in waits}))
    return (
        f"Time cannot go on: {places} still waits for something that is not the clock,"
        f" after {REAL_WAIT_SECONDS:g} s of real time. Let the test answer it first, or"
        " have the Worker wait for it with a timeout."
    )


def _never_waits(timers: LoopTimers) -> str:
    busy = sorted(
        place(task) for task in asyncio.all_tasks(timers.loop) if _is_ready(task)
    )
    return (
        f"Time cannot go on: {', '.join(busy)} was still running after"
        f" {REAL_WAIT_SECONDS:g} s of real time, and never waited for the clock."
    )


def _is_ready(task: "asyncio.Task[Any]") -> bool:
    waiter = task._fut_waiter  # type: ignore[attr-defined]
    return task is not asyncio.current_task() and (waiter is None or waiter.done())
