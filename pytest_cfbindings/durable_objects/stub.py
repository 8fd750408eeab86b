"""Stubs: what a caller holds of an object, and Fetchers, which stubs are once sent."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from ..calls import CallLog
from ..global_scope import GlobalScope
from ..interference import Strike
from ..io_context import CURRENT
from ..javascript.errors import JsError, JsThrow, PythonError, type_error
from ..javascript.objects import JsObject, PropertyKey, getter, method, native
from ..javascript.promises import JsPromise
from ..javascript.structured_clone import Cloning, data_clone_error
from ..javascript.values import missing, undefined
from ..web.hand_over import handed_over
from ..web.object_context import Owner
from ..web.request import fetcher_request
from ..web.response import Response
from .actor import Actor, Body, Life
from .actors import Actors
from .ids import DurableObjectId
from .instance import Instance
from .rpc import Parcel, copy_of, remote_error
from .strands import deliver_here

_RESERVED = ("alarm", "webSocketMessage", "webSocketClose", "webSocketError", "dup")


class Target:
    """The way to one object; it breaks for good when the object is reset."""

    def __init__(
        self, actors: Actors, id: DurableObjectId, log: CallLog, scope: GlobalScope
    ) -> None:
        self.actors = actors
        self.id = id
        self._log = log
        self._scope = scope
        self._used: tuple[Actor, Life] | None = None
        self._broken: JsError | None = None
        """What the network did to it in this test."""

    def __repr__(self) -> str:
        return f"{self.actors.class_name} {self.id.given_name or self.id.digits}"

    def actor(self) -> Actor:
        """The object, as it is in this test."""
        return self.actors.get(self.id)

    def call(self, method: str, arguments: Sequence[object]) -> JsPromise:
        """Call a method of the object."""
        self._scope.check()
        self._log.record(method, arguments)
        if method in _RESERVED:
            reserved = f"'{method}' is a reserved method and cannot be called over RPC."
            return JsPromise.failed(remote_error(type_error(reserved)))
        parcel = Parcel(deliver_here)
        try:
            sent = parcel.pack_all(arguments)
        except JsThrow as refused:
            return JsPromise.rejected(refused.value)

        caller = CURRENT.get()

        async def call(instance: Instance) -> object:
            try:
                result = await instance.code.call(method, sent)
                return Parcel(instance.gate.deliver, caller).pack(result)
            finally:
                parcel.dispose()

        return self._deliver(method, call)

    def fetch(self, arguments: Sequence[object]) -> JsPromise:
        """Have the object answer a request."""
        self._scope.check()
        self._log.record("fetch", arguments)
        try:
            request = fetcher_request(arguments)
        except JsThrow as refused:
            return JsPromise.rejected(refused.value)

        caller = CURRENT.get()

        async def fetch(instance: Instance) -> Response:
            return handed_over(request, await instance.code.fetch(request), caller)

        return self._deliver("fetch", fetch)

    def _deliver(
        self, method: str, body: Callable[[Instance], Awaitable[object]]
    ) -> JsPromise:
        actor = self.actor()
        if self._used is None or self._used[0] is not actor:
            self._used, self._broken = (actor, actor.life), None
        if self._broken is not None:
            return JsPromise.rejected(copy_of(self._broken))
        armed = self._log.interference
        strike = None if armed is None else armed.strike(method)
        if strike is not None:
            return self._deliver_struck(strike, actor, body)
        return actor.deliver(self._event(body), self._used[1])

    def _deliver_struck(
        self,
        strike: Strike,
        actor: Actor,
        body: Callable[[Instance], Awaitable[object]],
    ) -> JsPromise:
        from .strikes import lose_answer, struck

        assert self._used is not None
        if strike.end != "call":
            event, settled = struck(strike, actor, self._event(body))
            promise = actor.deliver(event, self._used[1])
            promise.when_settled(settled)
            return promise
        if strike.after_effect:
            event = lose_answer(strike, self._event(body), self._break)
            return actor.deliver(event, self._used[1])
        self._break(strike.cause)
        strike.happened()
        return JsPromise.rejected(copy_of(strike.cause))

    def _break(self, cause: JsError) -> None:
        """Fail from now on. Other stubs of the object do not."""
        self._broken = cause

    def _event(self, body: Callable[[Instance], Awaitable[object]]) -> Body:
        async def event(instance: Instance) -> object:
            try:
                return await body(instance)
            except asyncio.CancelledError as cancelled:
                raise remote_error(JsThrow(PythonError.of(cancelled))) from None
            except Exception as raised:
                raise remote_error(raised) from None

        return event


class Fetcher(JsObject):
    """A stub that was sent over RPC: it has neither id nor name any more."""

    __slots__ = ("_owner", "target")

    class_name = "Fetcher"

    def __init__(self, target: Target, owner: Owner | None = None) -> None:
        super().__init__()
        self.target = target
        self._owner = owner
        """Who alone can use it: who made it."""

    def __repr__(self) -> str:
        return f"<{self.class_name} of {self.target!r}>"

    def js_lookup(self, key: PropertyKey) -> object:
        found = super().js_lookup(key)
        if found is not missing or not isinstance(key, str) or key == "then":
            return found
        # The runtime cannot know which methods there are: every name is one.
        return native(lambda *arguments: self._call(key, arguments), key)

    def js_has(self, key: PropertyKey) -> bool:
        return self.js_lookup(key) is not missing

    def _call(self, name: str, arguments: Sequence[object]) -> JsPromise:
        if self._owner is not None:
            self._owner.check()
        return self.target.call(name, arguments)

    def js_send(self) -> "Fetcher":
        """What arrives when it is sent over RPC."""
        return Fetcher(self.target)

    def js_clone(self, _cloning: Cloning) -> JsObject:
        """Only RPC can carry it."""
        raise not_sent_here()

    @method
    def fetch(self, *arguments: object) -> JsPromise:
        if self._owner is not None:
            self._owner.check()
        return self.target.fetch(arguments)


def not_sent_here() -> JsThrow:
    """The DataCloneError for a stub, or a service, where RPC does not carry it."""
    return data_clone_error("ServiceStub cannot be serialized in this context.")


class DurableObjectStub(Fetcher):
    """A stub that a namespace gave."""

    __slots__ = ()

    class_name = "DurableObject"

    def __init__(self, target: Target) -> None:
        super().__init__(target, Owner("OutgoingFactory"))

    @getter
    def id(self) -> DurableObjectId:
        return self.target.id

    @getter
    def name(self) -> object:
        name = self.target.id.given_name
        return undefined if name is None else name
