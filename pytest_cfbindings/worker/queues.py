"""The queues of a configuration, and what a test sees of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from ..calls import CallLog
from ..clock import Clock
from ..clock.instants import to_microseconds
from ..config import Config
from ..ffi.crossing import to_javascript, to_python
from ..ffi.exceptions import JsException
from ..global_scope import GlobalScope
from ..javascript.errors import JsThrow
from ..javascript.objects import PropertyKey
from ..queues.consumer import Verdict
from ..queues.content import content_of
from ..queues.producer import WorkerQueue
from ..queues.store import QueueStore, StoredMessage
from .inspection import behind


@dataclass(frozen=True, slots=True)
class Message:
    """A message that a Worker sent, or that a test has for its consumer.

    `body` is what a consumer gets, as Python has it; `content_type` is `json`, `text`,
    `bytes` or `v8`. `delay_seconds` is what the producer asked for, None for nothing.
    A naive `timestamp` is in UTC.
    """

    body: Any
    content_type: str = "json"
    delay_seconds: int | None = None
    attempts: int = 1
    id: str | None = None
    timestamp: datetime | None = None


@dataclass(frozen=True, slots=True)
class QueueResult:
    """What came of a batch: the ids of messages, and the delay of those to retry."""

    acked: tuple[str, ...]
    retried: dict[str, int | None]
    ack_all: bool
    retry_all: bool


class Queues:
    """Producers by binding, and stores by the name of the queue."""

    def __init__(self, config: Config, clock: Clock, scope: GlobalScope) -> None:
        self._config = config
        self._clock = clock
        self.stores: dict[str, QueueStore] = {}
        self.bindings: dict[PropertyKey, WorkerQueue] = {
            producer.binding: WorkerQueue(
                producer.binding,
                self.store(producer.queue),
                scope,
            )
            for producer in config.queue_producers
        }

    def __repr__(self) -> str:
        return f"<Queues {', '.join(self.stores)}>"

    @property
    def logs(self) -> list[CallLog]:
        """The calls of the bindings."""
        return [binding.calls for binding in self.bindings.values()]

    def store(self, name: str) -> QueueStore:
        """The queue of a name."""
        if name not in self.stores:
            self.stores[name] = QueueStore(name, self._clock)
        return self.stores[name]

    def consumed(self, name: str) -> QueueStore:
        """The queue of a name. Raises ValueError if the Worker does not consume it."""
        if name not in self._config.queues:
            raise ValueError(
                f"{self._config.path.name} has no consumer of a queue {name!r}, so"
                " nothing would be delivered in production either; it consumes"
                f" {', '.join(map(repr, self._config.queues)) or 'no queue at all'}."
            )
        return self.store(name)

    def reset(self) -> None:
        """Forget every message."""
        for store in self.stores.values():
            store.reset()


def sent(binding: Any) -> list[Message]:
    """What was sent to a queue. Raises TypeError for what is no queue."""
    found = behind(binding)
    if not isinstance(found, WorkerQueue):
        raise TypeError(
            "cf.sent() takes a queue's binding such as env.QUEUE, not"
            f" {type(binding).__name__}"
        )
    return [_shown(message) for message in found.store.sent]


def _shown(message: StoredMessage) -> Message:
    from workers import python_from_rpc  # type: ignore[import-not-found, unused-ignore]

    return Message(
        python_from_rpc(to_python(message.content.body())),
        message.content.kind,
        message.delay_seconds,
        message.attempts,
        message.id,
        datetime.fromtimestamp(message.sent_ms / 1000, UTC),
    )


def to_deliver(store: QueueStore, messages: Iterable[Any]) -> list[StoredMessage]:
    """Messages, and bodies that are made messages, as they are on their way.

    Raises what the queue would raise for a body that cannot be sent.
    """
    made = [each if isinstance(each, Message) else Message(each) for each in messages]
    return [_stored(store, message) for message in made]


def _stored(store: QueueStore, message: Message) -> StoredMessage:
    from workers import python_to_rpc

    body = to_javascript(python_to_rpc(message.body))
    try:
        content = content_of(body, message.content_type)
    except JsThrow as refused:
        raise _exception(refused) from None
    new = store.message(content, message.delay_seconds, message.attempts)
    when = message.timestamp
    return StoredMessage(
        message.id or new.id,
        content,
        new.sent_ms if when is None else to_microseconds(when) // 1000,
        message.delay_seconds,
        message.attempts,
    )


def _exception(refused: JsThrow) -> JsException:
    found: JsException = to_python(refused.value)
    return found


def result(messages: Iterable[StoredMessage], verdict: Verdict) -> QueueResult:
    """What the queue does after a handler has returned: no word is an ack."""
    retried: dict[str, int | None] = {}
    acked = []
    for message in messages:
        if message.id in verdict.retries:
            retried[message.id] = verdict.retries[message.id]
        elif verdict.retry_all and message.id not in verdict.acks:
            retried[message.id] = verdict.retry_all_delay
        else:
            acked.append(message.id)
    return QueueResult(tuple(acked), retried, verdict.ack_all, verdict.retry_all)
