"""Timers of an object's code: setTimeout, call_later and what is built on them.

They wait for critical sections that they are no part of, and keep the object in memory
until they have gone off (measured).
"""

from ..clock.timer_owners import OwnedTimer
from ..javascript.promises import JsPromise
from .strands import CURRENT, Strand, StrandGate, run


class Callbacks:
    """Those of one instance. Implements `clock.timer_owners.TimerOwner`."""

    def __init__(self, gate: StrandGate) -> None:
        self._gate = gate
        self._pending: set[OwnedTimer] = set()
        self._waiters: list[JsPromise] = []

    def __repr__(self) -> str:
        return f"<Callbacks: {len(self._pending)} pending>"

    def __bool__(self) -> bool:
        return bool(self._pending)

    def was_set(self, timer: OwnedTimer) -> None:
        """One more is pending."""
        self._pending.add(timer)

    def is_over(self, timer: OwnedTimer) -> None:
        """It is pending no more."""
        self._pending.discard(timer)
        if not self._pending:
            waiters, self._waiters = self._waiters, []
            for waiter in waiters:
                waiter.resolve()

    def call_back(self, timer: OwnedTimer) -> None:
        """Run it in a turn of its own, in the section of the code that set it."""
        context = timer.context.copy()
        set_by = context[CURRENT]
        assert set_by is not None
        strand = Strand(self._gate, set_by.section.living())
        context.run(CURRENT.set, None)
        context.run(timer.loop.create_task, run(strand, _call(timer)))

    def cancel(self) -> None:
        """The object is gone: none of them goes off."""
        for timer in list(self._pending):
            timer.cancel()

    async def over(self) -> None:
        """Wait until none is pending."""
        while self._pending:
            waiter = JsPromise()
            self._waiters.append(waiter)
            await waiter


async def _call(timer: OwnedTimer) -> None:
    timer.call()
