"""Queues, https://developers.cloudflare.com/queues/configuration/javascript-apis/."""

from datetime import datetime
from typing import Any, Literal, Protocol, TypeAlias, TypedDict

ContentType: TypeAlias = Literal["text", "bytes", "json", "v8"]


class _Request(TypedDict):
    body: Any


class SendRequest(_Request, total=False):
    """A message of `sendBatch`; the delay is in seconds."""

    contentType: ContentType
    delaySeconds: int


class Queue(Protocol):
    """`env.QUEUE`, which the Worker sends to."""

    async def send(
        self, body: Any, /, *, contentType: ContentType = ..., delaySeconds: int = ...
    ) -> Any: ...
    async def sendBatch(
        self, messages: list[SendRequest], /, *, delaySeconds: int = ...
    ) -> Any: ...
    async def metrics(self) -> Any: ...


class QueuedMessage(Protocol):
    """A message of a batch; `attempts` begins with 1."""

    @property
    def id(self) -> str: ...
    @property
    def timestamp(self) -> datetime: ...
    @property
    def body(self) -> Any: ...
    @property
    def attempts(self) -> int: ...
    def ack(self) -> None: ...
    def retry(self, *, delaySeconds: int = ...) -> None: ...


class MessageBatch(Protocol):
    """What `queue` gets."""

    @property
    def queue(self) -> str: ...
    @property
    def messages(self) -> list[QueuedMessage]: ...
    def ackAll(self) -> None: ...
    def retryAll(self, *, delaySeconds: int = ...) -> None: ...
