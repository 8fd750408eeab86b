"""Cf: the powers of a test over its Worker's bindings."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from .calls import Call
from .clock.due import Upcoming
from .clock.failures import Failure
from .clock.instants import Instant, microseconds, to_datetime, to_microseconds
from .event_loop import TestLoop
from .session import Session
from .state.contents import Shape
from .state.dump import dump_by_binding, dump_of_one, restore
from .state.explanation import diff
from .state.seeds import Seed, add_seed

if TYPE_CHECKING:
    import sqlite3

    from .sqlite.counts import RowCounts
    from .worker.queues import Message, QueueResult
    from .worker.websocket_client import WebSocketClient

T = TypeVar("T")


class Cf:
    """What a test can do that a Worker cannot; the fixture `cf` gives it.

    Relative paths start from `folder`, that of the test's own file.
    """

    def __init__(
        self, session: Session, loop: TestLoop, env: Any, folder: Path
    ) -> None:
        self._session = session
        self._loop = loop
        self._env = env
        self._folder = folder
        self._connections: list[sqlite3.Connection] = []
        self._clock = session.clock

    def __repr__(self) -> str:
        return f"<Cf {self._session.runtime().active!r}>"

    @property
    def env(self) -> Any:
        """The same bindings as the fixture `env`."""
        return self._env

    def run(self, awaitable: Awaitable[T]) -> T:
        """Wait for something in a test that is not `async`, and return its result.

        One event loop serves the whole test. Raises RuntimeError inside an async
        test, where `await` does the same.
        """
        return self._loop.run(awaitable)

    async def fetch(
        self,
        target: Any,
        *,
        method: str | None = None,
        headers: Mapping[str, str] | None = None,
        body: Any = None,
        json: Any = None,
    ) -> Any:
        """Have the Worker's `fetch` handler answer a request; returns its Response.

        `target` is a path, a URL or an SDK Request. A request with a `body`, or with
        `json`, is a POST unless `method` says otherwise. What the handler raises is
        raised here; what it leaves to `ctx.waitUntil` goes on, see `settle`.
        """
        from .worker.events import fetch, make_request

        request = make_request(target, method, headers, body, json)
        return await fetch(self._session.runtime(), request)

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
        from .worker.events import scheduled

        runtime = self._session.runtime()
        assert runtime.active is not None
        if cron is None:
            cron = next(iter(runtime.active.config.crons), "* * * * *")
        at_us = runtime.clock.now_us() if time is None else to_microseconds(time)
        return await scheduled(runtime, cron, at_us // 1000)

    async def queue(
        self, name: str, messages: Iterable[Any] | None = None
    ) -> "QueueResult":
        """Have the Worker's `queue` handler consume a batch; what came of it.

        `name` is the queue's, as in the configuration's consumers. `messages` are
        bodies, or Messages such as `cf.sent` gives; without any it is what waits in
        the queue, which is taken off. What the handler raises is raised here. Raises
        ValueError for a queue that the Worker does not consume, and for an empty batch.
        """
        from .worker.events import queue

        return await queue(self._session.runtime(), name, messages)

    def sent(self, binding: Any) -> "list[Message]":
        """What was sent to a queue in this test, in order: `cf.sent(env.QUEUE)`."""
        from .worker.queues import sent

        return sent(binding)

    async def new_isolate(self) -> None:
        """Have the next event meet a Worker that has just started.

        Its own modules are imported anew and its Durable Objects constructed anew;
        storage and installed packages stay. What the test has imported of the Worker
        is the old one.
        """
        await self.evict_all()
        self._session.new_isolate()

    async def settle(self) -> None:
        """Wait for everything that handlers left to `ctx.waitUntil`.

        Raises the first error among them.
        """
        from .worker.events import settle

        await settle(self._session.runtime())

    def now(self) -> datetime:
        """The present, in UTC: real time until the test freezes or travels."""
        return to_datetime(self._clock.now_us())

    def freeze(self, at: Instant | None = None) -> None:
        """Stand still, now or at an instant: a datetime, or its ISO 8601 text.

        A naive datetime is in UTC. The test's first freeze may name any instant; later
        ones raise ValueError for one that has passed. Python's own time stands still
        too, and timers of the Worker's code wake by `cf.travel` alone. Raises
        RuntimeError if the test's time is held by freezegun or time-machine.
        """
        self._clock.freeze(None if at is None else to_microseconds(at))

    async def travel(
        self,
        duration: timedelta | float = 0,
        *,
        days: float = 0,
        hours: float = 0,
        minutes: float = 0,
        seconds: float = 0,
        milliseconds: float = 0,
    ) -> None:
        """Move forward in time; a plain number is in seconds.

        What falls due on the way happens in order, each at its own instant: alarms and
        their retries, and timers of the Worker's code. `cf.travel(0)` goes nowhere, but
        all that is due already happens. Time ticks on afterwards, unless it is frozen.

        Raises ValueError for a negative duration; RuntimeError if something that the
        Worker started waits longer than 5 s of real time for anything but the clock, if
        something happens again and again, and in an event loop that is not asyncio's.
        """
        parts = (days, hours, minutes, seconds, milliseconds)
        await self._clock.travel(microseconds(duration, *parts))

    async def travel_to(self, instant: Instant) -> None:
        """Move to an instant: a datetime, naive ones in UTC, or its ISO 8601 text.

        Otherwise as `travel`; raises ValueError for an instant that has passed.
        """
        await self._clock.travel_to(to_microseconds(instant))

    def due(self) -> list[Upcoming]:
        """What is still due, in order: each has `at`, in UTC, and `what`."""
        return self._clock.upcoming()

    @property
    def failed_alarms(self) -> list[Failure]:
        """Alarms of this test that failed for good, with `what` and `error`.

        A test that does not look here is warned of them at its end.
        """
        return self._clock.failures.all()

    def websocket(
        self, target: str, *, headers: Mapping[str, str] | None = None
    ) -> "WebSocketClient":
        """A client of the Worker's WebSocket at a path or a URL.

        Used as `async with cf.websocket("/room/x") as socket`: it connects through the
        Worker's `fetch` handler, and is closed at the end of the block.
        """
        from .worker.websocket_client import WebSocketClient

        return WebSocketClient(self._session.runtime(), target, headers)

    def objects(self, namespace: Any) -> list[Any]:
        """The ids of a namespace's objects that are in memory or have storage."""
        from .worker.object_powers import ids_of

        return ids_of(namespace)

    async def run_in(self, stub: Any, function: Callable[..., Any]) -> Any:
        """Call `function(instance, ctx)` inside of a Durable Object; its result.

        It runs as an event of the object, with the live instance of its class, and may
        be `async`. It need not take `ctx`. Result and exception pass as they are.
        """
        from .worker.object_powers import run_in

        return await run_in(stub, function)

    async def run_alarm(self, stub: Any) -> bool:
        """Run a Durable Object's `alarm()` now, if it has an alarm set.

        Returns whether it had. The alarm is deleted before, and not tried again if the
        handler raises: that is raised here.
        """
        from .worker.object_powers import run_alarm

        return await run_alarm(stub)

    async def evict(
        self, stub: Any, websockets: Literal["hibernate", "close"] = "hibernate"
    ) -> None:
        """Drop a Durable Object from memory, as Cloudflare does with one that idles.

        Waits for what runs in it. Storage, alarm and stubs stay as they are; the next
        call constructs the object anew. Raises if it is not in memory.
        """
        from .worker.object_powers import evict

        await evict(stub, websockets)

    async def evict_all(
        self, websockets: Literal["hibernate", "close"] = "hibernate"
    ) -> None:
        """Drop every Durable Object from memory that is there."""
        from .worker.object_powers import evict_all

        await evict_all(self._session.runtime(), websockets)

    def storage(self, stub: Any) -> Any:
        """A Durable Object's storage, as its own `self.ctx.storage`.

        The object is not constructed for it, so that it can be seeded first.
        """
        from .worker.object_powers import storage_of

        return storage_of(stub)

    def calls(self, binding: Any) -> list[Call]:
        """What was called on a binding in this test, in order.

        Each call has `method` and `args`, a tuple of Python values as the Worker's
        binding got them: keyword arguments are one dict at the end.
        """
        from .worker.inspection import calls_of

        return calls_of(binding)

    def row_counts(self, binding: Any) -> "list[RowCounts]":
        """Rows that a D1 database's statements read and wrote in this test, in order.

        They are those of `meta.rows_read` and `meta.rows_written`, of each statement
        whose meta was returned, and say whether the figure is sure to be workerd's:
        `read_exact`, `written_exact`, and `exact` for both.
        """
        from .worker.inspection import row_counts_of

        return row_counts_of(binding)

    def sqlite(self, binding: Any) -> "sqlite3.Connection":
        """A read-only connection of Python's own sqlite3 to a copy of a D1 database.

        It is closed when the test ends. What the Worker stores later is not in it.
        """
        from .worker.inspection import sqlite_copy

        connection = sqlite_copy(binding)
        self._connections.append(connection)
        return connection

    def close(self) -> None:
        """Close what the test opened."""
        for connection in self._connections:
            connection.close()
        self._connections.clear()

    def provide(self, name: str, value: object) -> None:
        """Put this test's own value in the place of a var, or behind a binding.

        For a var it is a JSON value; for a binding that is not embedded, such as
        Workers AI, an object whose methods answer the Worker's calls. Its arguments and
        results are converted as they are between a Worker and the real binding; an
        `async` method is one that the Worker awaits. Raises UnusableBinding for a name
        that the configuration does not have and for a binding that is embedded.
        """
        self._session.provide(name, value)

    def dump(
        self,
        *bindings: Any,
        volatile: bool = False,
        full: bool = False,
        schema: bool = False,
    ) -> dict[str, Any]:
        """What the bindings hold, as dicts, lists, text, numbers and bytes.

        One binding, as `env.KV` or by name, gives what that one holds; none or several
        give a dict of that by binding.

        KV  `{key: {"value", "metadata", "expiration"}}`, in epoch seconds
        D1  `{table: [{column: value}]}`, the rows by primary key
        R2  `{key: {"body", "size", "etag", "http_metadata", "custom_metadata"}}`
        Durable Objects  `{name: {"storage": {}, "sql": {}, "alarm": None}}`

        Expired entries are not there; text is str and never parsed; other bytes are
        bytes, or `{"sha256", "size"}` of more than 64.

        `volatile` adds what clock and chance decide, `schema` how tables were made and
        which migrations were applied. `full` is for `restore` and for files: it is by
        binding always, has everything, and is JSON, with `{"$bytes": hexadecimal}`.
        """
        shape = Shape(volatile, full, schema)
        names = [self._session.name_of(binding, "dump") for binding in bindings]
        contents, log = self._session.contents(), self._session.dumps
        for name in names:
            if name not in contents:
                raise TypeError(f"cf.dump(): {name} has no storage that can be dumped")
        if len(names) == 1 and not full:
            return dump_of_one(names[0], contents[names[0]], shape, log)
        chosen = {name: contents[name] for name in names or contents}
        return dump_by_binding(chosen, shape, log)

    def diff(self, before: dict[str, Any], after: dict[str, Any]) -> list[str]:
        """What changed between two dumps: a line for each leaf, entry or row.

        `~ KV['a'].value: 'x' -> 'y'` changed, `- KV['b'] = {...}` is no longer there,
        `+ DB.users[id=1] = {...}` is new; rows are told apart by their primary key.
        """
        now_ms = self._session.runtime().clock.now_ms()
        return diff(before, after, self._session.dumps, now_ms)

    def seed(self, binding: Any, data: Any) -> None:
        """Add data to what a binding holds now; `reset` takes it away again.

        `data` is a path, relative to the test's file, or for

        KV  a dict of values or of entries as dumps have them; a list or a JSON file as
            `wrangler kv bulk put` takes it
        D1  a dict of tables with rows; a file as for `wrangler d1 execute --file`
        R2  a dict of bodies, or of dicts with body and metadata; a folder of files
        Durable Objects  a dict or a JSON file of objects by name, before they run:
            `{"lobby": {"storage": {"k": 1}, "sql": "CREATE ...", "alarm": ms}}`

        A folder `.wrangler/state` gives what `wrangler dev` has stored for a KV, D1 or
        R2 binding; it is only read. Raises SeedError where production would not store
        it, and then stores nothing.
        """
        name = self._session.name_of(binding, "seed")
        add_seed(Seed(name, data, self._folder), self._session.contents())

    def restore(self, dump: Mapping[str, Any]) -> None:
        """Put a full dump back: its bindings hold what it shows, and nothing else.

        Raises RestoreError, changing nothing, for a dump that does not show everything.
        """
        restore(self._session.contents(), dump)

    def reset(self) -> None:
        """Bring every store, and the time, back to how the test found them.

        What was called is forgotten, and what is still due will not happen.
        """
        self._session.reset()
