"""DurableObjectState: the `ctx` of an object."""

from ..io_context import refuse_events
from ..javascript.arguments import wrong_parameter
from ..javascript.arrays import JsArray
from ..javascript.conversions import to_string
from ..javascript.dates import JsDate
from ..javascript.errors import STOPS, JsError, JsThrow, error, range_error
from ..javascript.numeric import to_uint32_checked
from ..javascript.objects import JsFunction, JsObject, getter, method
from ..javascript.promises import JsPromise, promise_of
from ..javascript.text import wtf8_encode
from ..javascript.values import null, undefined
from ..limits import WEBSOCKET_AUTO_RESPONSE_BYTES, WEBSOCKET_EVENT_MS
from ..web import object_context
from ..web.websocket import WebSocket
from ..web.websocket_pair import WebSocketRequestResponsePair
from .gate import ObjectGate
from .host import Host
from .ids import DurableObjectId
from .rpc import error_of
from .sockets import HibernatableSocket, ObjectSockets
from .strands import Terminated

_INTERFACE = "DurableObjectState"
_ABORTED = "Application called abort() to reset Durable Object."


def _promise_now(result: object) -> JsPromise:
    """The promise of a callback's result, known before the turn ends.

    A coroutine that Python has started has one already; any other object with `then`
    would be asked for it in a later turn.
    """
    started = getattr(result, "started", None)
    return started if isinstance(started, JsPromise) else promise_of(result)


class DurableObjectState(JsObject):
    """What an instance knows of itself."""

    __slots__ = ("_exports", "_gate", "_host", "_id", "_sockets", "_storage")

    class_name = _INTERFACE

    def __init__(
        self,
        id: DurableObjectId,
        storage: JsObject,
        gate: ObjectGate,
        sockets: ObjectSockets,
        host: Host,
    ) -> None:
        super().__init__()
        self._id = id
        self._storage = storage
        self._gate = gate
        self._host = host
        self._exports: object = None
        self._sockets = sockets

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
    def exports(self) -> object:
        if self._exports is None:
            self._exports = self._host.exports()
        return self._exports

    @getter
    def container(self) -> object:
        return undefined

    @method
    def waitUntil(self, *arguments: object) -> None:
        if not arguments:
            raise wrong_parameter("waitUntil", _INTERFACE, 1, "Promise")
        kept = self._host.wait_until(arguments[0])
        if kept is not None:
            self._gate.keep(kept)

    @method
    def blockConcurrencyWhile(self, callback: object = undefined) -> JsPromise:
        if not isinstance(callback, JsFunction):
            raise wrong_parameter("blockConcurrencyWhile", _INTERFACE, 1, "function")
        # An internal error in workerd: there is no input gate to lock (measured).
        refuse_events(_INTERFACE)

        async def critical() -> object:
            try:
                promise = _promise_now(callback.invoke(undefined, ()))
            except STOPS:
                raise
            except BaseException as raised:
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
        context = object_context.CURRENT.get()
        if context is not None and context is not self._gate:
            return  # Code of another object aborts nothing (measured).
        self._reset(JsError(_ABORTED if reason is undefined else to_string(reason)))
        raise Terminated

    @method
    def acceptWebSocket(
        self, socket: object = undefined, tags: object = undefined
    ) -> None:
        if not isinstance(socket, WebSocket):
            raise wrong_parameter("acceptWebSocket", _INTERFACE, 1, "WebSocket")
        if tags is not undefined and not isinstance(tags, JsArray):
            raise wrong_parameter("acceptWebSocket", _INTERFACE, 2, "Array")
        names = tags.items if isinstance(tags, JsArray) else []
        self._sockets.accept(socket, [to_string(name) for name in names])

    @method
    def getWebSockets(self, tag: object = undefined) -> JsArray:
        wanted = None if tag is undefined else to_string(tag)
        return JsArray(socket.face for socket in self._sockets.found(wanted))

    @method
    def getTags(self, socket: object = undefined) -> JsArray:
        found = self._hibernatable("getTags", socket)
        if found is not None:
            return JsArray(found.tags)
        assert isinstance(socket, WebSocket)
        if socket.end.receiver is not None:
            raise error("only hibernatable websockets can have tags.")
        raise error(
            "you must call 'acceptWebSocket()' before attempting to access the tags of"
            " a WebSocket."
        )

    @method
    def setWebSocketAutoResponse(self, pair: object = undefined) -> None:
        if pair is undefined:
            self._sockets.auto_response = None
            return
        if not isinstance(pair, WebSocketRequestResponsePair):
            raise wrong_parameter(
                "setWebSocketAutoResponse",
                _INTERFACE,
                1,
                "WebSocketRequestResponsePair",
            )
        _check_size("Request", pair.request_text)
        _check_size("Response", pair.response_text)
        self._sockets.auto_response = pair

    @method
    def getWebSocketAutoResponse(self) -> object:
        pair = self._sockets.auto_response
        if pair is None:
            return null
        return WebSocketRequestResponsePair(pair.request_text, pair.response_text)

    @method
    def getWebSocketAutoResponseTimestamp(self, socket: object = undefined) -> object:
        found = self._hibernatable("getWebSocketAutoResponseTimestamp", socket)
        if found is None or found.answered_at_ms is None:
            return null
        return JsDate(found.answered_at_ms)

    def _hibernatable(
        self, operation: str, socket: object
    ) -> HibernatableSocket | None:
        if not isinstance(socket, WebSocket):
            raise wrong_parameter(operation, _INTERFACE, 1, "WebSocket")
        return self._sockets.of(socket)

    @method
    def setHibernatableWebSocketEventTimeout(self, timeout: object = undefined) -> None:
        milliseconds = 0 if timeout is undefined else to_uint32_checked(timeout)
        longest = WEBSOCKET_EVENT_MS.value
        if milliseconds > longest:
            raise error(f"Event timeout should not exceed {longest} ms.")
        self._sockets.event_timeout_ms = milliseconds or None

    @method
    def getHibernatableWebSocketEventTimeout(self) -> object:
        timeout = self._sockets.event_timeout_ms
        return null if timeout is None else timeout


def _check_size(what: str, text: str) -> None:
    size, limit = len(wtf8_encode(text)), WEBSOCKET_AUTO_RESPONSE_BYTES.value
    if size > limit:
        raise range_error(
            f"{what} cannot be larger than {limit} bytes."
            f" A {what.lower()} of size {size} was provided."
        )
