"""Turns: which event of an object runs its next step, and when it has had its turn.

What a step and a turn are stands in `strands`.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from contextvars import Context
from typing import Any

from ..javascript.promises import wake
from .sections import Section
from .strands import CURRENT, Strand, Terminated

_MOST_STEPS = 100_000
_MOST_AT_ONCE = 64
"""Steps after which the event loop has a look at what else there is."""
_NEVER_GIVES_WAY = (
    "A turn of this Durable Object has taken 100000 steps without waiting for anything"
    " from outside, so that nothing else of it can run: storage, tasks and sleeps of up"
    " to 2 ms are no such wait. In production it would end by exceeding its CPU time."
)


class Turns:
    """The turns of one instance, one after another.

    `root` is the outermost of its sections. `ended` is called with the event whose turn
    has ended, to commit what it wrote, and may raise Terminated. With
    `awaits_end_turns` a turn is no more than a step, whatever the code waits for.
    """

    def __init__(
        self, root: Section, ended: Callable[[Strand], None], awaits_end_turns: bool
    ) -> None:
        self.running: Strand | None = None
        """The event whose turn it is, until that is committed."""
        self._root = root
        self._ended = ended
        self._awaits_end_turns = awaits_end_turns
        self._is_stepping = False
        self._steps = 0
        self._over: list[asyncio.Future[None]] = []
        self._waiting: dict[Strand, asyncio.Future[None]] = {}

    def __repr__(self) -> str:
        state = "nobody's" if self.running is None else f"{self.running!r}'s"
        return f"<Turns: {state}, {len(self._waiting)} waiting>"

    def __len__(self) -> int:
        """How many wait for theirs."""
        return len(self._waiting)

    def close(self) -> None:
        """Nobody has a turn any more, and nobody waits for one."""
        self._leave()
        self._waiting.clear()

    def admits(self, strand: Strand) -> bool:
        """Whether it may run: in its own turn, or as the first that waits for one."""
        if self.running is not None:
            return self.running is strand.event
        active = self._root.active()
        if active is not strand.section.living():
            return False
        return not self._waiting or self._first(active) in (None, strand)

    def queued(self, strand: Strand) -> "asyncio.Future[None]":
        """A place in the queue; the one that it has, if it has one."""
        place = asyncio.get_running_loop().create_future()
        self._waiting[strand] = place
        return place

    def step(self, strand: Strand, run: Callable[[], Any]) -> Any:
        """Run one step, with its microtasks, and end the turn if it is over."""
        if self._is_stepping:  # A task that was made to start at once, within a step.
            return run()
        if self._waiting:
            self._waiting.pop(strand, None)
        self.running = strand.event
        self._count()
        self._is_stepping = True
        microtasks = strand.microtasks
        microtasks.open = True
        try:
            try:
                waits_for = run()
            finally:
                microtasks.open = False
                microtasks.run()
        finally:
            self._is_stepping = False
        # A task that waits for nothing, or for what is there, goes on in the same turn.
        goes_on = waits_for is None or waits_for.done()
        if self._awaits_end_turns or not goes_on:
            self._end_if_over()
        return waits_for

    def _count(self) -> None:
        """Raises RuntimeError in code that never gives way."""
        self._steps += 1
        if self._steps > _MOST_STEPS:
            self._steps = 0
            raise RuntimeError(_NEVER_GIVES_WAY)

    def goes_on_at_once(self, strand: Strand) -> bool:
        """Whether a strand that waits for nothing can take its next step right now.

        It can if the event loop has nothing else to run, which saves a round of it;
        a loop that does not say so is asked for the round.
        """
        if self.running is not strand.event or self._is_stepping:
            return False
        if self._awaits_end_turns or self._steps % _MOST_AT_ONCE == 0:
            return False
        loop: Any = asyncio.get_running_loop()
        task = strand.task
        return (
            not getattr(loop, "_ready", True)
            and task is not None
            and not task.cancelling()
        )

    def after(self, strand: Strand) -> "asyncio.Future[None] | None":
        """The code of a strand has ended: what to wait for before others know.

        Raises Terminated if the end of its turn resets the object.
        """
        if self.running is not strand.event or self._is_stepping:
            return None
        if strand is not strand.event:
            # Whoever waits for this task goes on in the same turn.
            self._look_again()
            return None
        self._end_if_over()
        return None if self.running is None else self._end()

    def _end(self) -> "asyncio.Future[None]":
        over = asyncio.get_running_loop().create_future()
        self._over.append(over)
        return over

    async def let_others_in(self) -> None:
        """Wait until the running turn has ended; whoever waits comes first."""
        if self.running is not None:
            await self._end()

    async def over(self, strand: Strand) -> None:
        """Wait until the turn is committed that a strand is part of, if it runs."""
        while self.running is not None and self.running is strand.event:
            await self._end()

    def follow(self, asks: Strand | None) -> None:
        """A section is over: whoever asked for it goes on before anybody else."""
        active = self._root.active()
        if asks is None or self.running or active is not asks.section.living():
            self._let_next()
        else:
            self.running = asks.event
            self._look_again()

    def _end_if_over(self) -> None:
        """End the turn if nothing of it is ready, now or after what is."""
        event = self.running
        if event is None:
            return
        if self._is_more_ready():
            self._look_again()
            return
        self._leave()
        self._ended(event)
        if self._waiting:
            self._let_next()

    def _look_again(self) -> None:
        loop = asyncio.get_running_loop()
        loop.call_soon(self._end_by_itself, context=Context())

    def _end_by_itself(self) -> None:
        # There is no code to terminate, should it fail: who comes next is told.
        if not self._is_stepping:
            with suppress(Terminated):
                self._end_if_over()

    def _is_more_ready(self) -> bool:
        """Whether the event loop is about to run something of this turn."""
        if self._awaits_end_turns:
            return False
        loop: Any = asyncio.get_running_loop()
        turn = self.running
        for handle in getattr(loop, "_ready", ()):
            strand = handle._context.get(CURRENT)
            if strand is not None and strand.event is turn and not handle.cancelled():
                return True
        return False

    def _leave(self) -> None:
        self.running, self._steps = None, 0
        if self._over:
            over, self._over = self._over, []
            for waiter in over:
                wake(waiter)

    def _let_next(self) -> None:
        """Let the one go on who waits longest for the section whose turn it is."""
        first = self._first(self._root.active())
        if first is not None and not self._waiting[first].done():
            self._waiting[first].set_result(None)

    def _first(self, active: Section) -> Strand | None:
        waiting = (s for s in self._waiting if s.section.living() is active)
        return next(waiting, None)
