"""Strands: the asyncio tasks in which an object's code runs, step by step.

A step is what runs between two suspensions. A turn is all steps of one event, and of
the tasks that it started, that run without waiting for anything from outside: it ends
when none of them is ready any more. Then its writes are committed, and whoever waits
may go on. Waiting for storage, for a task, or for nothing at all ends no turn; a timer
does, and an answer from elsewhere (measured on workerd, in Python).
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Generator
from contextvars import ContextVar, copy_context
from functools import partial
from typing import Any, Protocol

from .. import io_context
from ..clock.timer_owners import TIMER_OWNER, TimerOwner
from ..javascript import microtasks
from ..javascript.errors import Stop
from ..javascript.microtasks import MicrotaskQueue
from ..javascript.promises import JsPromise
from ..switching import driven
from ..web import object_context
from ..web.object_context import ObjectContext
from .sections import Section


class Terminated(Stop):
    """The object was reset: its code runs no further, and cannot catch this."""


class Doom(Protocol):
    """The reset of an object in the middle of an event, if a test has arranged one."""

    def before_commit(self) -> None:
        """A turn of the event ends. May reset the object, and raises Terminated."""

    def after_commit(self) -> None:
        """It has ended, and what it wrote is kept. The same."""


class Work(Protocol):
    """What runs in an event loop on behalf of an object."""

    def leave(self) -> None:
        """It has ended."""


class StrandTurns(Protocol):
    """What decides whether a strand may run its next step."""

    def admits(self, strand: "Strand") -> bool:
        """Whether it may run now."""

    def queued(self, strand: "Strand") -> "asyncio.Future[None]":
        """Its place in the queue: done when it may try again."""

    def step(self, strand: "Strand", run: Callable[[], Any]) -> Any:
        """Run a step, and end the turn if nothing of it is ready then.

        Raises Terminated if that resets the object.
        """

    def goes_on_at_once(self, strand: "Strand") -> bool:
        """Whether it can take its next step now, when it waits for nothing."""

    def after(self, strand: "Strand") -> "asyncio.Future[None] | None":
        """The code of a strand has ended: what to wait for before others know.

        Raises Terminated if that resets the object.
        """

    async def over(self, strand: "Strand") -> None:
        """Wait until the turn is committed that a strand is part of, if it runs."""


class StrandGate(ObjectContext, Protocol):
    """What all strands of an instance pass."""

    is_closed: bool

    @property
    def turns(self) -> StrandTurns:
        """Whose turn it is."""

    @property
    def callbacks(self) -> TimerOwner:
        """Has the timers of its code go off."""

    def begin(self, strand: "Strand") -> Work:
        """A strand starts, in the running loop."""

    def end(self, strand: "Strand", work: Work) -> None:
        """A strand is over, which began this work."""


class Strand:
    """An event, or a task that one of them started."""

    __slots__ = (
        "doom",
        "event",
        "gate",
        "microtasks",
        "promise",
        "section",
        "started",
        "task",
    )

    def __init__(
        self,
        gate: StrandGate,
        section: Section,
        promise: JsPromise | None = None,
        event: "Strand | None" = None,
    ) -> None:
        self.gate = gate
        self.section = section
        self.event = event or self
        """The event that it is part of."""
        self.microtasks = MicrotaskQueue()
        self.promise = promise
        """What its caller waits for, where it has one."""
        self.task: asyncio.Task[Any] | None = None
        self.started: object = None
        """The coroutine that the object's code has made a task of, where it has."""
        self.doom: Doom | None = None

    def drop(self) -> None:
        """Have its task stop at the next opportunity, without running its code."""
        if self.task is not None and not self.task.get_loop().is_closed():
            self.task.cancel()


CURRENT: ContextVar[Strand | None] = ContextVar("CURRENT", default=None)
"""The strand whose code is running, where it is an object's."""


_ITS_OWN: tuple[ContextVar[Any], ...] = (
    CURRENT,
    io_context.CURRENT,
    microtasks.CURRENT,
    object_context.CURRENT,
    TIMER_OWNER,
)


def deliver_here(body: Callable[[], Awaitable[object]]) -> JsPromise:
    """Run something where the code is that runs now, but later."""
    strand = CURRENT.get()
    if strand is not None:
        return strand.gate.deliver(body)
    return JsPromise.later(body, copy_context())


def send_outside(body: Callable[[], Awaitable[object]]) -> JsPromise:
    """Have somebody answer what the running code sends, as code of no event or object.

    It leaves when the turn that sends it is committed, and never if that fails.
    """
    sender = CURRENT.get()
    context = copy_context()
    for variable in _ITS_OWN:
        context.run(variable.set, None)

    async def leave() -> object:
        if sender is not None:
            await sender.gate.turns.over(sender)
            if sender.gate.is_closed:
                raise asyncio.CancelledError
        return await body()

    return JsPromise.later(leave, context)


async def run(strand: Strand, body: Coroutine[Any, Any, object]) -> Any:
    """Run a coroutine as a strand, in the task that awaits this.

    Raises CancelledError if the object goes away meanwhile.
    """
    CURRENT.set(strand)
    microtasks.CURRENT.set(strand.microtasks)
    object_context.CURRENT.set(strand.gate)
    TIMER_OWNER.set(strand.gate.callbacks)
    strand.task = asyncio.current_task()
    work = strand.gate.begin(strand)
    try:
        return await _Steps(strand, driven(body))
    finally:
        strand.task = None  # Which would keep the strand, and that the task.
        strand.gate.end(strand, work)


class _Steps:
    """Awaits a coroutine, each of whose steps waits for the gate."""

    def __init__(self, strand: Strand, body: Coroutine[Any, Any, object]) -> None:
        self.strand = strand
        self.body = body

    def __await__(self) -> Generator[Any, Any, object]:
        strand, gate, body = self.strand, self.strand.gate, self.body
        turns, go_on = gate.turns, partial(body.send, None)
        step: Callable[[], Any] = go_on
        while True:
            while not gate.is_closed and not turns.admits(strand):
                try:
                    yield from turns.queued(strand).__await__()
                except BaseException as raised:
                    step = partial(body.throw, raised)
            try:
                if gate.is_closed:
                    raise Terminated
                waiting_for = turns.step(strand, step)
                if gate.is_closed:
                    raise Terminated
            except StopIteration as stop:
                yield from self._ended()
                return stop.value
            except Terminated:
                abandon(body)
                raise asyncio.CancelledError from None
            except BaseException:
                yield from self._ended()
                raise
            if waiting_for is None and turns.goes_on_at_once(strand):
                step = go_on
                continue
            try:
                sent = yield waiting_for
            except BaseException as raised:
                step = partial(body.throw, raised)
            else:
                step = go_on if sent is None else partial(body.send, sent)

    def _ended(self) -> Generator[Any, Any, None]:
        """Others learn of the outcome when the turn is committed."""
        gate = self.strand.gate
        try:
            committed = gate.turns.after(self.strand)
        except Terminated:
            raise asyncio.CancelledError from None
        if committed is not None:
            yield from committed.__await__()
        if gate.is_closed:
            raise asyncio.CancelledError from None


def abandon(body: Coroutine[Any, Any, object]) -> None:
    """Give up a coroutine of an object that is gone.

    Its `finally` blocks run, as Python has no way around them, but storage is closed to
    them, and one that awaits something gets no further.
    """
    try:
        body.close()
    except BaseException as raised:
        if isinstance(raised, (KeyboardInterrupt, SystemExit)):
            raise
        # Whoever waited was told why the object is gone; there is nobody to tell this.
