"""The gate of one instance: turns, critical sections, and the end of them all."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from contextvars import Context, copy_context
from functools import partial
from typing import Any

from ..clock import Clock
from ..javascript.errors import JsError, JsThrow, error
from ..javascript.promises import JsPromise, wake
from ..javascript.values import undefined
from ..limits import DO_SECTION_SECONDS
from ..web.object_context import Connection
from .callbacks import Callbacks
from .contract import Store
from .sections import Section
from .strands import CURRENT, Doom, Strand, Terminated, run
from .tasks import ObjectTasks
from .timers import Timer, is_loop_running

UNREACHABLE = "Durable Object storage is no longer accessible."
_TOO_LONG = (
    "A call to blockConcurrencyWhile() in a Durable Object waited for too long."
    " The call was canceled and the Durable Object was reset."
)
_MOST_STEPS = 100_000
_NEVER_GIVES_WAY = (
    "A turn of this Durable Object has taken 100000 steps without waiting for anything"
    " from outside, so that nothing else of it can run: storage, tasks and sleeps of up"
    " to 2 ms are no such wait. In production it would end by exceeding its CPU time."
)


class ObjectGate:
    """Lets the code of one instance run, one step at a time, and ends its turns.

    `committed` is called when a turn has written, `broken` with the JavaScript Error
    that resets the object. `deliver` runs something as an event of the object. With
    `awaits_end_turns` a turn is no more than a step, whatever the code waits for.
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        tasks: ObjectTasks,
        committed: Callable[[], None],
        broken: Callable[[JsError], None],
        deliver: Callable[[Callable[[], Awaitable[object]]], JsPromise],
        awaits_end_turns: bool = False,
    ) -> None:
        self.deliver = deliver
        self.root = Section()
        self.strands: set[Strand] = set()
        self.callbacks = Callbacks(self)
        self._background: list[JsPromise] = []
        self.is_closed = False
        self.idle_since_ms = clock.now_ms()
        self._store = store
        self._clock = clock
        self._tasks = tasks
        self._committed = committed
        self._broken = broken
        self._why_closed = UNREACHABLE
        self.connections: set[Connection] = set()
        """What holds the object in memory as long as it is connected."""
        self._awaits_end_turns = awaits_end_turns
        self._is_stepping = False
        self._turn: Strand | None = None
        """The event whose turn it is, until that is committed."""
        self._steps = 0
        self._over: list[asyncio.Future[None]] = []
        self._held: list[Callable[[], None]] = []
        self._waiting: dict[Strand, asyncio.Future[None]] = {}

    def __repr__(self) -> str:
        state = "closed" if self.is_closed else f"{len(self.strands)} running"
        return f"<ObjectGate: {state}, {len(self._waiting)} waiting>"

    def check(self) -> None:
        """Raises a JavaScript Error once storage is not accessible any more."""
        if self.is_closed:
            raise error(self._why_closed)

    def wrote(self) -> None:
        """Commit at the end of the turn; in the loop's next moment outside of any."""
        # Without a loop nothing of the object runs, and its next turn commits it.
        if self._turn is None and is_loop_running():
            asyncio.get_running_loop().call_soon(self._end_loose_turn)

    def _end_loose_turn(self) -> None:
        # There is no code to terminate, should it fail: who comes next is told.
        if self._turn is None:
            with suppress(Terminated):
                self.end_turn()

    def exclusively(self, body: Callable[[], Awaitable[object]]) -> JsPromise:
        """Run a critical section; see `contract.Gate`."""
        strand = CURRENT.get()
        inside = strand is not None and strand.gate is self
        outer = strand.section if strand is not None and inside else self.root
        section = outer.living().add()
        context = copy_context()
        context.run(CURRENT.set, None)
        asks = strand if inside else None
        place: list[JsPromise] = []
        promise = JsPromise.later(
            partial(self._exclusive, section, body, asks, place), context
        )
        if not inside:
            # No event of the object waits for it, whose promise a reset rejects.
            place.append(promise)
        return promise

    async def _exclusive(
        self,
        section: Section,
        body: Callable[[], Awaitable[object]],
        asks: Strand | None,
        place: list[JsPromise],
    ) -> object:
        timer: Timer | None = None

        async def critical() -> object:
            nonlocal timer
            timer = self.limit(
                DO_SECTION_SECONDS.value, "a critical section", _TOO_LONG
            )
            return await body()

        try:
            promise = place[0] if place else None
            return await run(Strand(self, section, promise), critical())
        finally:
            if timer is not None:
                timer.cancel()
            section.end()
            self._follow(asks)

    def _follow(self, asks: Strand | None) -> None:
        """A section is over: whoever asked for it goes on before anybody else."""
        if asks is None or self._turn is not None or self.is_closed:
            self._let_next()
        elif self.root.active() is asks.section.living():
            self._turn = asks.event
            self._look_again()
        else:
            self._let_next()

    def limit(self, seconds: int, of: str, text: str) -> Timer:
        """Reset the object after so many seconds, unless that is cancelled before.

        `of` is what has the limit, and `text` that of the JavaScript Error.
        """

        def time_out() -> None:
            late = JsError(text)
            late.properties.update({"overloaded": True, "durableObjectReset": True})
            self.reset(JsThrow(late))

        until = self._clock.now_ms() + seconds * 1000
        return Timer(self._clock, until, time_out, f"the time limit of {of}")

    def reset(self, error: Exception) -> None:
        """Break the object: what it has not committed is lost, its code stops."""
        if self.is_closed:
            return
        reason = error.value if isinstance(error, JsThrow) else undefined
        assert isinstance(reason, JsError)
        self._store.rollback()
        self._broken(reason)

    def close(self, why: str = UNREACHABLE, reason: JsError | None = None) -> None:
        """Let nothing run any more; callers that wait get the reason."""
        self.is_closed = True
        self._why_closed = why
        for strand in list(self.strands):
            if strand.promise is not None:
                strand.promise.reject(reason or JsError(why))
            strand.drop()
        self.callbacks.cancel()
        self._leave_turn()
        self._waiting.clear()
        self._held.clear()
        connections, self.connections = self.connections, set()
        # Without a loop the test is over, and nobody is there to be told.
        for connection in connections if is_loop_running() else ():
            connection.cut()

    def hold(self, leave: Callable[[], None]) -> None:
        """Let something out at the end of the turn; see `web.object_context`."""
        if self.is_closed:
            return
        self._held.append(leave)
        # A loose turn is ended by whoever writes, and before this.
        if self._turn is None:
            asyncio.get_running_loop().call_soon(self._let_out)

    def _let_out(self) -> None:
        held, self._held = self._held, []
        for leave in held:
            leave()

    def adopt(self, connection: Connection) -> None:
        """Keep the object in memory while it is connected."""
        self.connections.add(connection)

    def release(self, connection: Connection) -> None:
        """It is connected no more."""
        self.connections.discard(connection)

    def keep(self, promise: JsPromise) -> None:
        """Something that was left for later: it keeps the object in memory."""
        self._background = [*self.background(), promise]

    def background(self) -> list[JsPromise]:
        """What was left for later and is not settled yet."""
        return [promise for promise in self._background if not promise.settled]

    def begin(self, strand: Strand) -> asyncio.AbstractEventLoop:
        """A strand starts, in the running loop."""
        self.strands.add(strand)
        return self._tasks.enter()

    def end(self, strand: Strand, loop: asyncio.AbstractEventLoop) -> None:
        """A strand is over that ran in this loop."""
        self.strands.discard(strand)
        self.idle_since_ms = self._clock.now_ms()
        self._tasks.leave(loop)

    def admits(self, strand: Strand) -> bool:
        """Whether it may run: in its own turn, or as the first that waits for one."""
        if self._turn is not None:
            return self._turn is strand.event
        active = self.root.active()
        if active is not strand.section.living():
            return False
        return self._first(active) in (None, strand)

    def queued(self, strand: Strand) -> "asyncio.Future[None]":
        """A place in the queue; the one that it has, if it has one."""
        place = asyncio.get_running_loop().create_future()
        self._waiting[strand] = place
        return place

    def step(self, strand: Strand, run: Callable[[], Any]) -> Any:
        """Run one step, with its microtasks, and end the turn if it is over."""
        if self._is_stepping:  # A task that was made to start at once, within a step.
            return run()
        self._waiting.pop(strand, None)
        self._turn = strand.event
        self._count()
        self._is_stepping = True
        strand.microtasks.open = True
        try:
            try:
                waits_for = run()
            finally:
                strand.microtasks.open = False
                strand.microtasks.run()
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

    def after(self, strand: Strand) -> "asyncio.Future[None] | None":
        """A strand has ended; see `strands.StepGate`."""
        if self._turn is not strand.event or self._is_stepping:
            return None
        if strand is not strand.event:
            # Whoever waits for this task goes on in the same turn.
            self._look_again()
            return None
        self._end_if_over()
        return None if self._turn is None else self._turn_end()

    def _turn_end(self) -> "asyncio.Future[None]":
        over = asyncio.get_running_loop().create_future()
        self._over.append(over)
        return over

    async def let_others_in(self) -> None:
        """Wait until the running turn has ended; whoever waits comes first."""
        if self._turn is not None:
            await self._turn_end()

    async def turn_over(self, strand: Strand) -> None:
        """Wait until the turn of a strand is committed; see `strands.StepGate`."""
        while self._turn is not None and self._turn is strand.event:
            await self._turn_end()

    def _end_if_over(self) -> None:
        """End the turn if nothing of it is ready, now or after what is."""
        if self._turn is None:
            return
        if self._is_more_ready():
            self._look_again()
            return
        doom = self._turn.doom
        self._leave_turn()
        if doom is None:
            self.end_turn()
        else:
            self._end_doomed_turn(doom)
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
        turn = self._turn
        for handle in getattr(loop, "_ready", ()):
            strand = handle._context.get(CURRENT)
            if strand is not None and strand.event is turn and not handle.cancelled():
                return True
        return False

    def _leave_turn(self) -> None:
        self._turn, self._steps = None, 0
        over, self._over = self._over, []
        for waiter in over:
            wake(waiter)

    def _end_doomed_turn(self, doom: Doom) -> None:
        if not self.is_closed:
            doom.before_commit()
        self.end_turn()
        if not self.is_closed:
            doom.after_commit()

    def end_turn(self) -> None:
        """Commit what was written. Raises Terminated if that fails and resets."""
        if self.is_closed:
            return
        try:
            wrote = self._store.commit()
        except JsThrow as refused:
            self.reset(refused)
            raise Terminated from None
        if wrote:
            self._committed()
        self._let_out()

    def _let_next(self) -> None:
        """Let the one go on who waits longest for the section whose turn it is."""
        first = self._first(self.root.active())
        if first is not None and not self._waiting[first].done():
            self._waiting[first].set_result(None)

    def _first(self, active: Section) -> Strand | None:
        waiting = (s for s in self._waiting if s.section.living() is active)
        return next(waiting, None)
