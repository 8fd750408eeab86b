"""What a consumer's `queue` handler gets: QueueController and its messages."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from ..javascript.arguments import wrong_parameter
from ..javascript.arrays import JsArray
from ..javascript.dates import JsDate
from ..javascript.errors import error, type_error
from ..javascript.numeric import to_int32_checked
from ..javascript.objects import JsObject, PropertyKey, method
from ..javascript.values import is_nullish, undefined
from ..limits import QUEUE_DELAY_SECONDS
from ..web.console import log_warning
from .producer import metrics
from .store import QueueStore, StoredMessage


@dataclass(slots=True)
class Verdict:
    """What a handler said of its batch; a delay is in seconds, or None for none.

    Between ack and retry the first word counts; what contradicts it is logged, as the
    runtime does. A later retry may name another delay (measured).
    """

    ack_all: bool = False
    retry_all: bool = False
    retry_all_delay: int | None = None
    acks: list[str] = field(default_factory=list)
    retries: dict[str, int | None] = field(default_factory=dict)

    def ack(self, id: str) -> None:
        """A message is acknowledged."""
        before = self._said_before(id, "retry", id in self.retries)
        if before:
            _log_contradiction("ack", before, f" on message {id}", " on a message")
        elif not self.ack_all and id not in self.acks:
            self.acks.append(id)

    def retry(self, id: str, delay: int | None) -> None:
        """A message is to be delivered again."""
        before = self._said_before(id, "ack", id in self.acks)
        if before:
            _log_contradiction("retry", before, f" on message {id}", " on a message")
        else:
            known = self.retries.get(id)
            self.retries[id] = known if delay is None else delay

    def _said_before(self, id: str, other: str, of_message: bool) -> str | None:
        """The contrary of what is said now, if that came first."""
        if of_message:
            return other
        of_all = self.retry_all if other == "retry" else self.ack_all
        return f"{other}All" if of_all else None

    def ack_everything(self) -> None:
        """All messages are acknowledged of which nothing else was said."""
        if self.retry_all:
            _log_contradiction("ackAll", "retryAll")
        else:
            self.ack_all = True

    def retry_everything(self, delay: int | None) -> None:
        """All messages are to be delivered again of which nothing else was said."""
        if self.ack_all:
            _log_contradiction("retryAll", "ackAll")
        else:
            self.retry_all = True
            self.retry_all_delay = self.retry_all_delay if delay is None else delay


def _log_contradiction(now: str, before: str, which: str = "", any_: str = "") -> None:
    log_warning(
        f"Received a call to {now}(){which} after {before}() was already called."
        f" Calling {now}(){any_} after calling {before}() has no effect."
    )


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
        self._verdict.ack(self._id)

    @method
    def retry(self, options: object = undefined) -> None:
        delay = _delay("retry", "QueueMessage", options)
        self._verdict.retry(self._id, delay)


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
        self._verdict.ack_everything()

    @method
    def retryAll(self, options: object = undefined) -> None:
        delay = _delay("retryAll", "QueueController", options)
        self._verdict.retry_everything(delay)


def _delay(operation: str, interface: str, options: object) -> int | None:
    if is_nullish(options):
        return None
    if not isinstance(options, JsObject):
        raise wrong_parameter(operation, interface, 1, "QueueRetryOptions")
    given = options.js_get("delaySeconds")
    if given is undefined:
        return None
    seconds = to_int32_checked(given)
    if not 0 <= seconds <= QUEUE_DELAY_SECONDS.value:
        # The runtime takes any number here; the queue would not.
        raise error(
            f"Queue {operation} failed: message delay of {seconds} seconds is invalid:"
            f" it must be between 0 and {QUEUE_DELAY_SECONDS.value}"
        )
    return seconds
