"""Powers over events: what the outside world does to a Worker."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from ..clock.instants import Instant
from .powers import Powers

if TYPE_CHECKING:
    from workers import Response

    from ..worker.queues import Message, QueueResult
    from ..worker.websocket_client import WebSocketClient


class EventPowers(Powers):
    """Has the Worker's handlers run, and answers its `fetch`."""

    async def fetch(
        self,
        target: Any,
        *,
        method: str | None = None,
        headers: Mapping[str, str] | None = None,
        body: Any = None,
        json: Any = None,
    ) -> "Response":
        """Have the Worker's `fetch` handler answer a request; returns its Response.

        `target` is a path, a URL or an SDK Request. A request with a `body`, or with
        `json`, is a POST unless `method` says otherwise. What the handler raises is
        raised here; what it leaves to `ctx.waitUntil` goes on, see `settle`.
        """
        from ..worker.events import fetch, make_request

        request = make_request(target, method, headers, body, json)
        response: Response = await fetch(self._session.runtime(), request)
        return response

    def outbound(self, target: Any) -> None:
        """Say who answers `fetch` of the Worker in this test; else it is blocked.

        `target` is a handler, which gets an SDK Request and returns a Response, `async`
        or not, or a transport of httpx, so that what mocks httpx is in place. What it
        raises is an error of the Worker's `fetch`. Redirects are followed as in
        production.
        """
        self._session.runtime().outbound.answer_with(target)

    async def scheduled(
        self, cron: str | None = None, *, time: Instant | None = None
    ) -> bool:
        """Have the Worker's `scheduled` handler run for a cron expression.

        Without one it is the first of the configuration's; `time` is the scheduled
        moment, now by default: a datetime, naive ones in UTC, or its ISO 8601 text.
        What the handler raises is raised here. Returns whether the run may be tried
        again: False after `noRetry()`.
        """
        from ..worker.events import scheduled

        return await scheduled(self._session.runtime(), cron, time)

    async def queue(
        self, name: str, messages: Iterable[Any] | None = None
    ) -> "QueueResult":
        """Have the Worker's `queue` handler consume a batch; what came of it.

        `name` is the queue's, as in the configuration's consumers. `messages` are
        bodies, or Messages such as `cf.sent` gives; without any it is what waits in
        the queue, which is taken off. What the handler raises is raised here. Raises
        ValueError for a queue that the Worker does not consume, and for an empty batch.
        """
        from ..worker.events import queue

        return await queue(self._session.runtime(), name, messages)

    def sent(self, binding: Any) -> "list[Message]":
        """What was sent to a queue in this test, in order: `cf.sent(env.QUEUE)`."""
        from ..worker.queues import sent

        return sent(binding)

    def websocket(
        self, target: str, *, headers: Mapping[str, str] | None = None
    ) -> "WebSocketClient":
        """A client of the Worker's WebSocket at a path or a URL.

        Used as `async with cf.websocket("/room/x") as socket`: it connects through the
        Worker's `fetch` handler, and is closed at the end of the block.
        """
        from ..worker.websocket_client import WebSocketClient

        return WebSocketClient(self._session.runtime(), target, headers)

    async def settle(self) -> None:
        """Wait for everything that handlers left to `ctx.waitUntil`.

        Raises the first error among them.
        """
        from ..worker.events import settle

        await settle(self._session.runtime())
