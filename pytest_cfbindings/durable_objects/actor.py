"""An object under its id: what outlasts the instances of its class."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from functools import partial
from typing import Any

from .. import place as location
from ..clock import Clock
from ..javascript.errors import JsError, JsThrow
from ..javascript.objects import JsObject
from ..javascript.promises import JsPromise
from ..limits import DO_ALARM_SECONDS
from .alarm import ObjectAlarm, invocation
from .gate import UNREACHABLE, ObjectGate
from .host import Host
from .ids import DurableObjectId
from .inside import InsideGate
from .instance import Instance
from .object_class import ObjectClass
from .rpc import copy_of
from .sockets import ObjectSockets
from .state import DurableObjectState
from .storage import DurableObjectStorage
from .store import ObjectStore
from .strands import CURRENT, Strand, run
from .tasks import ObjectTasks
from .timers import is_loop_running

_IDLE_MS = 10_000
_ALARM_TOO_LONG = "Alarm exceeded its allowed execution time"  # Read in workerd.
_NO_LONGER_RUNNING = (
    "The execution context which hosts this callback is no longer running."
)
_log = logging.getLogger("pytest_cfbindings")

Body = Callable[[Instance], Coroutine[Any, Any, object]]


class Life:
    """What a stub holds on to once it was used; a reset ends it, an eviction does not.

    `cause` is the error that ended it: every later call through such a stub fails so.
    """

    __slots__ = ("cause",)

    def __init__(self) -> None:
        self.cause: JsError | None = None


class Actor:
    """One object: store, alarm, and the instance while there is one."""

    def __init__(
        self,
        id: DurableObjectId,
        label: str,
        cls: ObjectClass,
        store: ObjectStore,
        clock: Clock,
        tasks: ObjectTasks,
        host: Host,
    ) -> None:
        self.id = id
        self.label = label
        self.store = store
        self.alarm = ObjectAlarm(store, clock, self._handle_alarm, label)
        self.sockets = ObjectSockets(label, clock, self.deliver)
        self.life = Life()
        self.instance: Instance | None = None
        self._outside: ObjectGate | None = None
        self._cls = cls
        self._clock = clock
        self._tasks = tasks
        self._host = host
        self._why_closed: str | None = None
        self._place = location.CURRENT.get()

    def __repr__(self) -> str:
        state = "asleep" if self.instance is None else f"{self.instance!r}"
        return f"<Actor {self.label}: {state}, {self.store!r}, {self.alarm!r}>"

    @property
    def exists(self) -> bool:
        """Whether it is in memory or has ever stored anything."""
        return self.instance is not None or self.store.exists

    def deliver(self, body: Body, life: Life | None = None) -> JsPromise:
        """Have the object run something, as an event of its own; the promise of it.

        Events begin in the order in which they are delivered, and not before the turn
        that delivers them is committed. `life` is what the stub in use holds on to.
        """
        life = life or self.life
        if life.cause is not None:
            return JsPromise.rejected(copy_of(life.cause))
        sender = CURRENT.get()
        place: list[JsPromise] = []
        promise = JsPromise.later(
            partial(self._event, body, life, sender, place, is_loop_running()),
            self._clock.context(self.label),
        )
        place.append(promise)
        return promise

    def _call_back(
        self, gate: ObjectGate, body: Callable[[], Awaitable[object]]
    ) -> JsPromise:
        """Run a function that the instance of a gate has sent to somebody else."""

        async def call(instance: Instance) -> object:
            if instance.gate is not gate:
                raise JsThrow(JsError(_NO_LONGER_RUNNING))
            return await body()

        if gate.is_closed:
            return JsPromise.rejected(JsError(_NO_LONGER_RUNNING))
        return self.deliver(call)

    async def _event(
        self,
        body: Body,
        life: Life,
        sender: Strand | None,
        place: list[JsPromise],
        joined: bool,
    ) -> object:
        if not joined:
            self._clock.join()
        location.CURRENT.set(self._place)
        if life.cause is not None:
            raise JsThrow(copy_of(life.cause))
        if sender is not None:
            await sender.gate.turns.over(sender)
        if sender is not None and sender.gate.is_closed:
            # The turn that sent it was never committed, so that it was never sent.
            raise JsThrow(JsError(UNREACHABLE))
        instance = self.instance
        if instance is not None and self._is_forgotten(instance):
            self.leave()
            instance = None
        if instance is None:
            instance = await self._start(place[0])
        elif not instance.made.settled:
            await instance.made
            if instance.gate.is_closed:
                raise JsThrow(copy_of(life.cause or JsError(UNREACHABLE)))
        gate = instance.gate
        return await run(Strand(gate, gate.root, place[0]), body(instance))

    def _is_forgotten(self, instance: Instance) -> bool:
        """Whether Cloudflare would have evicted it: nothing happened for a while."""
        gate = instance.gate
        idle_ms = self._clock.now_ms() - gate.idle_since_ms
        is_held = (
            gate.strands or gate.callbacks or gate.background() or gate.connections
        )
        return not is_held and idle_ms >= _IDLE_MS

    async def _start(self, promise: JsPromise) -> Instance:
        self.check_open()
        self.store.begin_session()
        gate, self._outside = self.gate(), None
        storage = DurableObjectStorage(self.store, InsideGate(gate), self.alarm)
        state = DurableObjectState(self.id, storage, gate, self.sockets, self._host)
        self.alarm.arm()
        made = self.instance = Instance(gate, state)

        async def construct() -> None:
            made.make(self._cls)

        await run(Strand(gate, gate.root, promise), construct())
        made.made.resolve()
        return made

    def gate(self) -> ObjectGate:
        """The gate of the instance; without one, that for whoever opens the storage.

        It will be the gate of the next instance.
        """
        if self.instance is not None:
            return self.instance.gate
        if self._outside is None:
            made = self._outside = ObjectGate(
                self.store,
                self._clock,
                self._tasks,
                committed=self.alarm.follow,
                broken=self._break,
                deliver=lambda body: self._call_back(made, body),
                awaits_end_turns=self._host.awaits_end_turns,
            )
            self.store.attach(made)
        return self._outside

    def check_open(self) -> None:
        """Raises a JavaScript Error when the test is over."""
        if self._why_closed is not None:
            raise JsThrow(JsError(self._why_closed))

    def _break(self, cause: JsError) -> None:
        """Reset: stubs that were used fail from now on, others find a new instance."""
        self.life.cause = cause
        self.life = Life()
        self.sockets.cut()
        self.leave(UNREACHABLE, cause)

    def leave(self, why: str = UNREACHABLE, cause: JsError | None = None) -> None:
        """Let go of the instance; what it had in memory is lost."""
        outside, self._outside = self._outside, None
        instance, self.instance = self.instance, None
        self.sockets.hibernate()
        if instance is not None:
            instance.made.resolve()
        gate = outside if instance is None else instance.gate
        if gate is not None:
            gate.close(why, None if cause is None else copy_of(cause))

    async def evict(self, *, cut_sockets: bool = False) -> None:
        """Wait until nothing runs in it any more, and let go of the instance.

        WebSockets that hibernate stay connected, unless they are to be cut.
        """
        instance = self.instance
        assert instance is not None
        gate = instance.gate
        while gate.strands or gate.callbacks or gate.background():
            for promise in gate.background():
                await promise.settling()
            tasks = [s.task for s in gate.strands if s.task is not None]
            if tasks:
                await asyncio.wait(tasks)
            if gate.callbacks:
                what = f"the eviction of {self.label}"
                await self._clock.dispatch(what, gate.callbacks.over())
        if cut_sockets:
            self.sockets.cut()
        if self.instance is instance:
            self.leave()

    def end(self, why: str) -> None:
        """The test is over: close everything, and say so to whoever comes late."""
        self._why_closed = why
        self.alarm.cancel()
        if is_loop_running():
            self.sockets.cut()
        self.leave(why)
        self.store.close()

    async def _handle_alarm(self) -> BaseException | None:
        try:
            await self.deliver(self._alarm_event)
        except JsThrow as thrown:
            reason = thrown.value
            cause = reason.cause if isinstance(reason, JsError) else None
            error = cause or thrown
            _log.error("alarm() of %s raised", self.label, exc_info=error)
            return error
        return None

    async def _alarm_event(self, instance: Instance) -> None:
        info = self.alarm.take()
        if info is None:
            return
        try:
            await _run_handler(instance, info)
        except Exception:
            self.alarm.give_back()
            raise

    def run_alarm(self) -> JsPromise:
        """Run the handler now and once, if an alarm is set; whether there was one."""
        return self.deliver(self._alarm_on_demand)

    async def _alarm_on_demand(self, instance: Instance) -> bool:
        at_ms = self.alarm.get()
        if at_ms is None:
            return False
        self.alarm.delete()
        await _run_handler(instance, invocation(at_ms, 0))
        return True


async def _run_handler(instance: Instance, info: JsObject) -> None:
    """Run the alarm handler, which resets the object if it takes too long."""
    timer = instance.gate.limit(
        DO_ALARM_SECONDS.value, "an alarm handler", _ALARM_TOO_LONG
    )
    try:
        await instance.code.alarm(info)
    finally:
        timer.cancel()
