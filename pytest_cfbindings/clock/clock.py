"""The one clock: now, freezing, travelling, and what waits for a moment of it."""

import sys
from collections.abc import Coroutine
from contextlib import AbstractContextManager
from contextvars import Context
from inspect import isawaitable
from typing import TYPE_CHECKING, Any, TypeVar

from .dispatches import DISPATCH, inner_context, inside
from .due import Due, DueQueue, Task, Upcoming
from .failures import Failures
from .instants import backwards
from .python_time import PythonTime
from .timer_owners import TIMER_OWNER

if TYPE_CHECKING:
    from .loops import Loops

T = TypeVar("T")


class Clock:
    """Real time until a test freezes or travels; then Python's own follows it.

    A freezegun or time-machine of the test's own moves it as well. `moves_python` is
    for the one clock of a session: any other leaves Python's time alone.
    """

    def __init__(self, *, moves_python: bool = False) -> None:
        self._python = PythonTime(self.now_us)
        self._moves_python = moves_python
        self._frozen_us: int | None = None
        self._ahead_us = 0
        """How far it is ahead of the machine's clock, unless it is frozen."""
        self._moved = False
        self._start_us: int | None = None
        self._started_by_owner = False
        self._queue = DueQueue()
        self._loops: Loops | None = None
        self.failures = Failures()

    def __repr__(self) -> str:
        state = "frozen" if self._frozen_us is not None else "ticking"
        waiting = len(self._queue.in_order())
        return f"<Clock {self.now_ms()} ms, {state}: {waiting} due>"

    def now_us(self) -> int:
        """Whole microseconds since the epoch."""
        if self._python.owner() is not None:
            return self._python.owner_us()
        if self._frozen_us is not None:
            return self._frozen_us
        return self._python.machine_us() + self._ahead_us

    def now_ms(self) -> int:
        """Whole milliseconds since the epoch."""
        return self.now_us() // 1000

    def now_seconds(self) -> int:
        """Whole seconds since the epoch."""
        return self.now_us() // 1_000_000

    def start_us(self) -> int:
        """The instant at which the test starts, in epoch microseconds.

        Where its first freeze is, ours or one of its own; in real time the second in
        which it began, so that what is made for a start serves many tests.
        """
        if not (self._moved or self._started_by_owner):
            if self._python.owner() is not None:
                self._started_by_owner = True
                self._start_us = self.now_us()
            elif self._start_us is None:
                self._start_us = self.now_seconds() * 1_000_000
        assert self._start_us is not None
        return self._start_us

    def call_at(self, at_ms: float, task: Task, what: str = "") -> Due:
        """Have the clock run a task, or await it, when it passes `at_ms`.

        `what` is how errors and `cf.due()` name it. It runs inside of a dispatch.
        """
        what = what or getattr(task, "__qualname__", repr(task))
        return self.call_at_us(round(at_ms * 1000), task, what)

    def call_at_us(self, at_us: int, task: Task, what: str) -> Due:
        """The same, in epoch microseconds."""
        due = self._queue.put(at_us, task, what)
        self.wake_up()
        return due

    def upcoming(self) -> list[Upcoming]:
        """What is still due, in order."""
        return self._queue.upcoming()

    def freeze(self, at_us: int | None = None) -> None:
        """Stand still, now or at an instant in epoch microseconds.

        A test's first freeze may name any instant. Raises ValueError for an earlier one
        afterwards, and RuntimeError where freezegun or time-machine has the time.
        """
        owner = self._python.owner()
        if owner is not None:
            raise RuntimeError(
                f"This test's time is held by {owner} already, which moves the"
                " bindings' clock too: freeze with one of the two."
            )
        if "asyncio" in sys.modules:
            self.loops().refuse_others()
        now_us = self.now_us()
        if at_us is None:
            at_us = now_us
        if not self._moved:
            self._start_us = at_us
        elif at_us < now_us:
            raise backwards(now_us, at_us)
        self._frozen_us = at_us
        self._hold()
        self.wake_up()

    def _hold(self) -> None:
        """Python's own time is ours from now on."""
        self.start_us()
        self._moved = True
        if self._moves_python:
            self._python.start()

    def real_python(self) -> AbstractContextManager[None]:
        """Python's own clocks, while modules are imported that keep what they find.

        A dataclass with `default_factory=datetime.now` would otherwise be broken after
        the test; what follows the clock in other tests is the same in each of them.
        """
        return self._python.real()

    async def advance(self, milliseconds: float) -> None:
        """Move forward; what is due on the way happens in order, each at its instant.

        Raises ValueError for a negative duration.
        """
        await self.travel(round(milliseconds * 1000))

    async def travel(self, microseconds: int) -> None:
        """Move forward; what is due on the way happens in order, each at its instant.

        Raises ValueError for a negative duration, and RuntimeError where an instant
        does not end.
        """
        now_us = self.now_us()
        if microseconds < 0:
            raise backwards(now_us, now_us + microseconds)
        await self._go(now_us + microseconds)

    async def travel_to(self, instant_us: int) -> None:
        """Move to an instant in epoch microseconds, as `travel` does.

        Raises ValueError for an instant that has passed.
        """
        now_us = self.now_us()
        if instant_us < now_us:
            raise backwards(now_us, instant_us)
        await self._go(instant_us)

    async def _go(self, instant_us: int) -> None:
        if self._python.owner() is None and instant_us > self.now_us():
            self._hold()
        # Whoever travels waits in real time, also where the Worker called the test's
        # own code.
        token = DISPATCH.set(None)
        try:
            await _outside(self.loops().travel(instant_us))
        finally:
            DISPATCH.reset(token)
            self.wake_up()

    def loops(self) -> "Loops":
        """The event loops of this test, made when one is first needed."""
        if self._loops is None:
            from .loops import Loops

            self._loops = Loops(self)
        return self._loops

    def move_to(self, instant_us: int) -> None:
        """Have the present be this instant, if it is not later already."""
        ahead = instant_us - self.now_us()
        if ahead <= 0:
            return
        if self._python.owner() is not None:
            self._python.move_owner(instant_us)
        elif self._frozen_us is not None:
            self._frozen_us = instant_us
        else:
            self._ahead_us += ahead

    def first_due(self) -> Due | None:
        """What is due next; it stays so."""
        return self._queue.first()

    def take(self, until_us: int) -> Due | None:
        """Take out what is due next, if it is due by then."""
        return self._queue.take(until_us)

    def start(self, due: Due) -> None:
        """Have something that is due happen, inside of a dispatch.

        What it raises is raised by the journey, or by the next one.
        """
        context = inner_context(Context(), due.what)
        try:
            result = context.run(due.task)
        except Exception as error:
            self.failures.raise_later(error)
            return
        if isawaitable(result):
            self.loops().finish(result, due.what, context)

    def raise_failure(self) -> None:
        """Raise the first error of something that was due."""
        self.failures.raise_first()

    def waits_for_travel(self) -> bool:
        """Whether what dispatches have left running waits for this clock alone.

        It must stand still for that: nothing of it goes on unless a test travels.
        """
        return (
            self._frozen_us is not None
            and self._queue.first() is not None
            and self._loops is not None
            and self._loops.wait_for_the_clock()
        )

    def wake_up(self) -> None:
        """Have the running loop wake up when something is due, while time is real."""
        if self._loops is None and self._queue.first() is None:
            return
        self.loops().set_alarm(
            None if self._frozen_us is not None else self._queue.first()
        )

    async def dispatch(self, what: str, body: Coroutine[Any, Any, T]) -> T:
        """Run code of the Worker, whose timers are then on this clock.

        Raises RuntimeError if it waits for the clock while that stands still and nobody
        can travel.
        """
        if inside(None):
            return await body
        return await self.loops().dispatch(what, body, self._frozen_us is not None)

    def context(self, what: str) -> Context:
        """An empty context inside of a dispatch, for code that others run in it.

        Whatever task it ends up in calls `join` first, in case no loop ran before.
        """
        self.join()
        return inner_context(Context(), what)

    def join(self) -> None:
        """Have the running loop's timers of dispatches follow the clock."""
        if "asyncio" in sys.modules:
            self.loops().join()

    def reset(self) -> None:
        """Back to real time, with nothing due; dispatches that still go on end."""
        if self._loops is not None:
            self._loops.end()
            self._loops = None
        self._queue.clear()
        self.failures = Failures()
        self._frozen_us = None
        self._ahead_us = 0
        self._moved = False
        self._python.stop()
        self._start_us = None
        self._started_by_owner = False
        self.start_us()


async def _outside(journey: Coroutine[Any, Any, None]) -> None:
    """Travel in a task of its own where the code has turns, which wait for it."""
    if TIMER_OWNER.get() is None:
        await journey
        return
    import asyncio

    loop = asyncio.get_running_loop()
    await Context().run(loop.create_task, journey)
