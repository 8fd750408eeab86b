"""What a Worker's handlers get, and what it calls other Workers with."""

from collections.abc import Awaitable
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from workers import Response


class ExecutionContext(Protocol):
    """`self.ctx` of an entrypoint, raw."""

    def waitUntil(self, awaitable: Awaitable[Any], /) -> None: ...
    def passThroughOnException(self) -> None: ...


class ScheduledController(Protocol):
    """What `scheduled` gets; `scheduledTime` is in epoch milliseconds."""

    @property
    def cron(self) -> str: ...
    @property
    def scheduledTime(self) -> int: ...
    def noRetry(self) -> None: ...


class Fetcher(Protocol):
    """A service: another Worker, whose methods can be awaited, or static assets."""

    async def fetch(self, resource: Any, /, **options: Any) -> "Response": ...

    if TYPE_CHECKING:

        def __getattr__(self, name: str, /) -> Any: ...


class RateLimitOutcome(dict[str, Any]):
    """Whether the call is within the limit."""

    success: bool


class RateLimit(Protocol):
    """A rate limit: `await env.LIMIT.limit(key="who")`."""

    async def limit(self, *, key: str) -> RateLimitOutcome: ...
