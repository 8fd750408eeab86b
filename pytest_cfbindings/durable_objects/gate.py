"""The gate of one instance: what its code runs through, and the end of it all."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from contextvars import copy_context
from functools import partial

from ..clock import Clock
from ..javascript.errors import JsError, JsThrow, error
from ..javascript.promises import JsPromise
from ..javascript.values import undefined
from ..limits import DO_SECTION_SECONDS
from ..web.object_context import Connection
from .callbacks import Callbacks
from .contract import Store
from .sections import Section
from .strands import CURRENT, Doom, Strand, Terminated, Work, run
from .tasks import ObjectTasks
from .timers import Timer, is_loop_running
from .turns import Turns

UNREACHABLE = "Durable Object storage is no longer accessible."
_TOO_LONG = (
    "A call to blockConcurrencyWhile() in a Durable Object waited for too long."
    " The call was canceled and the Durable Object was reset."
)


class ObjectGate:
    """Knows all code of one instance, and commits what its turns write.

    `committed` is called when a turn has written, `broken` with the JavaScript Error
    that resets the object. `deliver` runs something as an event of the object. What
    `awaits_end_turns` means stands in `turns`.
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
        self.turns = Turns(self.root, self._end_turn_of, awaits_end_turns)
        self._held: list[Callable[[], None]] = []

    def __repr__(self) -> str:
        state = "closed" if self.is_closed else f"{len(self.strands)} running"
        return f"<ObjectGate: {state}, {len(self.turns)} waiting>"

    def check(self) -> None:
        """Raises a JavaScript Error once storage is not accessible any more."""
        if self.is_closed:
            raise error(self._why_closed)

    def wrote(self) -> None:
        """Commit at the end of the turn; in the loop's next moment outside of any."""
        # Without a loop nothing of the object runs, and its next turn commits it.
        if self.turns.running is None and is_loop_running():
            asyncio.get_running_loop().call_soon(self._end_loose_turn)

    def _end_loose_turn(self) -> None:
        # There is no code to terminate, should it fail: who comes next is told.
        if self.turns.running is None:
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
            self.turns.follow(None if self.is_closed else asks)

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
        self.turns.close()
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
        if self.turns.running is None:
            asyncio.get_running_loop().call_soon(self._let_out)

    def _let_out(self) -> None:
        if self._held:
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

    def left_running(self) -> list[object]:
        """The coroutines of tasks that go on although what started them is over.

        None as long as there is a connection, or something that was left for later:
        they may be what serves it.
        """
        if self.connections or self.background():
            return []
        return [
            strand.started
            for strand in self.strands
            if strand.started is not None
            and strand.event not in self.strands
            and strand.task is not None
            and not strand.task.cancelling()
        ]

    def begin(self, strand: Strand) -> Work:
        """A strand starts, in the running loop."""
        self.strands.add(strand)
        return self._tasks.enter()

    def end(self, strand: Strand, work: Work) -> None:
        """A strand is over, which began this work."""
        self.strands.discard(strand)
        self.idle_since_ms = self._clock.now_ms()
        work.leave()

    async def let_others_in(self) -> None:
        """Wait until the running turn has ended; see `web.object_context`."""
        await self.turns.let_others_in()

    def _end_turn_of(self, event: Strand) -> None:
        if event.doom is None:
            self.end_turn()
        else:
            self._end_doomed_turn(event.doom)

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
