"""What a consumer's `queue` handler gets: QueueController and its messages."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from ..javascript.arguments import wrong_parameter
from ..javascript.arrays import JsArray
from ..javascript.dates import JsDate
from ..javascript.errors import type_error
from ..javascript.numeric import to_int32_checked
from ..javascript.objects import JsObject, PropertyKey, method
from ..javascript.values import is_nullish, undefined
from .producer import metrics
from .store import QueueStore, StoredMessage


@dataclass(slots=True)
class Verdict:
    """What a handler said of its batch; a delay is in seconds, or None for none."""

    ack_all: bool = False
    retry_all: bool = False
    retry_all_delay: int | None = None
    acks: list[str] = field(default_factory=list)
    retries: dict[str, int | None] = field(default_factory=dict)

    def is_decided(self, id: str) -> bool:
        """Whether nothing more can be said of a message: the first word counts."""
        everything = self.ack_all or self.retry_all
        return everything or id in self.acks or id in self.retries


class _ReadOnly(JsObject):
    """Its properties are there to be read, in the runtime's words."""

    __slots__ = ()

    def js_set(self, key: PropertyKey, value: object) -> None:
        if key not in self.properties:
            super().js_set(key, value)
            return
        raise type_error(
            f"Cannot assign to read only property '{key!s}' of object"
            f" '#<{self.class_name}>'"
        )


class QueueMessage(_ReadOnly):
    """One message of a batch."""

    __slots__ = ("_id", "_verdict")

    class_name = "QueueMessage"

    def __init__(self, message: StoredMessage, verdict: Verdict) -> None:
        super().__init__()
        self._id = message.id
        self._verdict = verdict
        self.properties = {
            "attempts": message.attempts,
            "body": message.content.body(),
            "timestamp": JsDate(message.sent_ms),
            "id": message.id,
        }

    @method
    def ack(self) -> None:
        if not self._verdict.is_decided(self._id):
            self._verdict.acks.append(self._id)

    @method
    def retry(self, options: object = undefined) -> None:
        delay = _delay("retry", "QueueMessage", options)
        if not self._verdict.is_decided(self._id):
            self._verdict.retries[self._id] = delay


class QueueController(_ReadOnly):
    """The batch."""

    __slots__ = ("_verdict",)

    class_name = "QueueController"

    def __init__(
        self, store: QueueStore, messages: Sequence[StoredMessage], verdict: Verdict
    ) -> None:
        super().__init__()
        self._verdict = verdict
        self.properties = {
            "metadata": JsObject({"metrics": metrics(store)}),
            "queue": store.name,
            "messages": JsArray([QueueMessage(each, verdict) for each in messages]),
        }

    @method
    def ackAll(self) -> None:
        if not self._verdict.retry_all:
            self._verdict.ack_all = True

    @method
    def retryAll(self, options: object = undefined) -> None:
        delay = _delay("retryAll", "QueueController", options)
        if not self._verdict.ack_all:
            self._verdict.retry_all = True
            self._verdict.retry_all_delay = delay


def _delay(operation: str, interface: str, options: object) -> int | None:
    if is_nullish(options):
        return None
    if not isinstance(options, JsObject):
        raise wrong_parameter(operation, interface, 1, "QueueRetryOptions")
    seconds = options.js_get("delaySeconds")
    return None if seconds is undefined else to_int32_checked(seconds)
