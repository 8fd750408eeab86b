"""WorkerQueue: the producer's binding (measured on workerd)."""

from collections.abc import Iterable

from ..calls import CallLog
from ..global_scope import GlobalScope
from ..javascript.arguments import wrong_parameter
from ..javascript.dates import JsDate
from ..javascript.errors import JsThrow, error, type_error
from ..javascript.iteration import iterate
from ..javascript.numeric import to_int32_checked
from ..javascript.objects import ITERATOR, JsFunction, JsObject, method
from ..javascript.promises import JsPromise
from ..javascript.values import is_nullish, undefined
from ..limits import (
    QUEUE_BATCH_BYTES,
    QUEUE_BATCH_MESSAGES,
    QUEUE_DELAY_SECONDS,
    QUEUE_MESSAGE_BYTES,
)
from .content import Content, content_of
from .store import QueueStore

_INTERFACE = "WorkerQueue"


class WorkerQueue(JsObject):
    """A queue, as a Worker sends to it. Methods take and return JavaScript values."""

    __slots__ = ("_scope", "_store", "binding", "calls")

    class_name = "WorkerQueue"

    def __init__(
        self,
        binding: str,
        store: QueueStore,
        scope: GlobalScope,
    ) -> None:
        super().__init__()
        self.binding = binding
        self.calls = CallLog()
        self._store = store
        self._scope = scope

    def __repr__(self) -> str:
        return f"<WorkerQueue {self.binding}: {self._store!r}>"

    @property
    def store(self) -> QueueStore:
        """The queue itself."""
        return self._store

    @method
    def send(self, *arguments: object) -> JsPromise:
        self.calls.record("send", arguments)
        return JsPromise.attempt(lambda: self._send(arguments))

    def _send(self, arguments: tuple[object, ...]) -> JsObject:
        if not arguments:
            raise wrong_parameter("send", _INTERFACE, 1, "JsValue")
        options = _options("send", arguments, "SendOptions")
        delay = _delay(options.js_get("delaySeconds"))
        self._scope.check()
        content = content_of(arguments[0], options.js_get("contentType"))
        _check_delay(delay)
        size = len(content.data)
        if size > QUEUE_MESSAGE_BYTES.value:
            raise _failed(
                f"message length of {size} bytes exceeds limit of"
                f" {QUEUE_MESSAGE_BYTES.value}"
            )
        self._store.add(content, delay)
        return JsObject({"metadata": JsObject({"metrics": self._metrics()})})

    @method
    def sendBatch(self, *arguments: object) -> JsPromise:
        self.calls.record("sendBatch", arguments)
        return JsPromise.attempt(lambda: self._send_batch(arguments))

    def _send_batch(self, arguments: tuple[object, ...]) -> JsObject:
        requests = [_request(item) for item in _sequence(arguments)]
        options = _options("sendBatch", arguments, "SendBatchOptions")
        every = _delay(options.js_get("delaySeconds"))
        self._scope.check()
        if not requests:
            raise type_error("sendBatch() requires at least one message")
        messages = [
            (
                content_of(request.js_get("body"), request.js_get("contentType")),
                _delay(request.js_get("delaySeconds")),
            )
            for request in requests
        ]
        _check_batch([content for content, _ in messages])
        for delay in (every, *(delay for _, delay in messages)):
            _check_delay(delay)
        for content, delay in messages:
            self._store.add(content, every if delay is None else delay)
        return JsObject({"metadata": JsObject({"metrics": self._metrics()})})

    @method
    def metrics(self) -> JsPromise:
        self.calls.record("metrics", ())
        return JsPromise.attempt(lambda: self._checked_metrics())

    def _checked_metrics(self) -> JsObject:
        self._scope.check()
        return self._metrics()

    def _metrics(self) -> JsObject:
        return metrics(self._store)


def metrics(store: QueueStore) -> JsObject:
    """How much waits in a queue."""
    waiting = store.waiting
    oldest = JsDate(min(each.sent_ms for each in waiting)) if waiting else undefined
    return JsObject(
        {
            "backlogCount": len(waiting),
            "backlogBytes": sum(len(each.content.data) for each in waiting),
            "oldestMessageTimestamp": oldest,
        }
    )


def _sequence(arguments: tuple[object, ...]) -> Iterable[object]:
    given = arguments[0] if arguments else undefined
    if not isinstance(given, JsObject) or not isinstance(
        given.js_get(ITERATOR), JsFunction
    ):
        raise wrong_parameter("sendBatch", _INTERFACE, 1, "Sequence")
    return iterate(given)


def _request(item: object) -> JsObject:
    if not isinstance(item, JsObject):
        raise type_error(
            "Incorrect type: the provided value is not of type 'MessageSendRequest'."
        )
    return item


def _options(operation: str, arguments: tuple[object, ...], kind: str) -> JsObject:
    given = arguments[1] if len(arguments) > 1 else undefined
    if is_nullish(given):
        return JsObject()
    if not isinstance(given, JsObject):
        raise wrong_parameter(operation, _INTERFACE, 2, kind)
    return given


def _delay(value: object) -> int | None:
    return None if value is undefined else to_int32_checked(value)


def _check_delay(seconds: int | None) -> None:
    if seconds is not None and not 0 <= seconds <= QUEUE_DELAY_SECONDS.value:
        raise _failed(
            f"message delay of {seconds} seconds is invalid: it must be between 0 and"
            f" {QUEUE_DELAY_SECONDS.value}"
        )


def _check_batch(contents: list[Content]) -> None:
    sizes = [len(content.data) for content in contents]
    if len(sizes) > QUEUE_BATCH_MESSAGES.value:
        raise _failed(
            f"batch message count of {len(sizes)} exceeds limit of"
            f" {QUEUE_BATCH_MESSAGES.value}"
        )
    if max(sizes) > QUEUE_MESSAGE_BYTES.value:
        raise _failed(
            f"message in batch has length {max(sizes)} bytes which exceeds single"
            f" message size limit of {QUEUE_MESSAGE_BYTES.value}"
        )
    if sum(sizes) > QUEUE_BATCH_BYTES.value:
        raise _failed(
            f"batch size of {sum(sizes)} bytes exceeds limit of"
            f" {QUEUE_BATCH_BYTES.value}"
        )


def _failed(why: str) -> JsThrow:
    """Locally "Unknown Internal Error (15000)"; the words are those of its service."""
    return error(f"Queue send failed: {why}")
