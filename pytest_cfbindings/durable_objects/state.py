"""DurableObjectState: the `ctx` of an object."""

from collections.abc import Callable

from ..javascript.arguments import wrong_parameter
from ..javascript.arrays import JsArray
from ..javascript.conversions import to_string
from ..javascript.errors import JsError, JsThrow, error
from ..javascript.numeric import to_uint32_checked
from ..javascript.objects import JsFunction, JsObject, getter, method
from ..javascript.promises import JsPromise, promise_of
from ..javascript.values import null, undefined
from .gate import ObjectGate
from .ids import DurableObjectId
from .rpc import error_of
from .strands import Terminated

_INTERFACE = "DurableObjectState"
_ABORTED = "Application called abort() to reset Durable Object."
_LONGEST_EVENT_MS = 604_800_000

WaitUntil = Callable[[object], JsPromise | None]


class DurableObjectState(JsObject):
    """What an instance knows of itself; `wait_until` keeps what is left for later.

    WebSockets are not accepted yet: there is none that one could give it.
    """

    __slots__ = ("_event_timeout_ms", "_gate", "_id", "_storage", "_wait_until")

    class_name = _INTERFACE

    def __init__(
        self,
        id: DurableObjectId,
        storage: JsObject,
        gate: ObjectGate,
        wait_until: WaitUntil,
    ) -> None:
        super().__init__()
        self._id = id
        self._storage = storage
        self._gate = gate
        self._wait_until = wait_until
        self._event_timeout_ms: int | None = None

    def __repr__(self) -> str:
        return f"<DurableObjectState {self._id.digits}: {self._gate!r}>"

    @getter
    def id(self) -> DurableObjectId:
        return self._id

    @getter
    def storage(self) -> JsObject:
        return self._storage

    @getter
    def props(self) -> JsObject:
        return JsObject()

    @getter
    def container(self) -> object:
        return undefined

    @method
    def waitUntil(self, *arguments: object) -> None:
        if not arguments:
            raise wrong_parameter("waitUntil", _INTERFACE, 1, "Promise")
        kept = self._wait_until(arguments[0])
        if kept is not None:
            self._gate.keep(kept)

    @method
    def blockConcurrencyWhile(self, callback: object = undefined) -> JsPromise:
        if not isinstance(callback, JsFunction):
            raise wrong_parameter("blockConcurrencyWhile", _INTERFACE, 1, "function")

        async def critical() -> object:
            try:
                promise = promise_of(callback.invoke(undefined, ()))
            except Exception as raised:
                promise = JsPromise.failed(raised)
            # Before the turn ends in which it fails, so that what it wrote is lost.
            promise.when_settled(self._reset_if_rejected)
            return await promise

        return self._gate.exclusively(critical)

    def _reset_if_rejected(self, promise: JsPromise) -> None:
        if promise.state == "rejected":
            self._reset(error_of(promise.outcome))

    def _reset(self, cause: JsError) -> None:
        cause.properties["durableObjectReset"] = True
        self._gate.reset(JsThrow(cause))

    @method
    def abort(self, reason: object = undefined) -> None:
        self._reset(JsError(_ABORTED if reason is undefined else to_string(reason)))
        raise Terminated

    @method
    def acceptWebSocket(self, *_arguments: object) -> None:
        raise wrong_parameter("acceptWebSocket", _INTERFACE, 1, "WebSocket")

    @method
    def getWebSockets(self) -> JsArray:
        return JsArray()

    @method
    def getTags(self, *_arguments: object) -> None:
        raise wrong_parameter("getTags", _INTERFACE, 1, "WebSocket")

    @method
    def setWebSocketAutoResponse(self, pair: object = undefined) -> None:
        if pair is not undefined:
            raise wrong_parameter(
                "setWebSocketAutoResponse",
                _INTERFACE,
                1,
                "WebSocketRequestResponsePair",
            )

    @method
    def getWebSocketAutoResponse(self) -> object:
        return null

    @method
    def getWebSocketAutoResponseTimestamp(self, *_arguments: object) -> None:
        raise wrong_parameter(
            "getWebSocketAutoResponseTimestamp", _INTERFACE, 1, "WebSocket"
        )

    @method
    def setHibernatableWebSocketEventTimeout(self, timeout: object = undefined) -> None:
        milliseconds = 0 if timeout is undefined else to_uint32_checked(timeout)
        if milliseconds > _LONGEST_EVENT_MS:
            raise error(f"Event timeout should not exceed {_LONGEST_EVENT_MS} ms.")
        self._event_timeout_ms = milliseconds or None

    @method
    def getHibernatableWebSocketEventTimeout(self) -> object:
        timeout = self._event_timeout_ms
        return null if timeout is None else timeout
