"""Durable Objects for the tests: small methods, each for one behaviour."""

import asyncio
from typing import Any

from workers import DurableObject, Response


class Counter(DurableObject):
    def __init__(self, ctx: Any, env: Any) -> None:
        super().__init__(ctx, env)
        self.calls = 0
        self.alarms: list[dict[str, Any]] = []
        self.failures_left = 0

    async def increment(self, by: int = 1) -> int:
        """Read, add, write: atomic, as waiting for storage lets nobody in."""
        count = (await self.ctx.storage.get("count") or 0) + by
        await self.ctx.storage.put("count", count)
        return count

    async def increment_alone(self) -> Any:
        """The same in a critical section."""
        return await self.ctx.blockConcurrencyWhile(self.increment)

    def increment_at_once(self) -> int:
        """The same with the synchronous API."""
        count = (self.ctx.storage.kv.get("count") or 0) + 1
        self.ctx.storage.kv.put("count", count)
        return count

    async def mark(self, token: str) -> int:
        """Keep a token, and count it; gives way in the middle."""
        self.ctx.storage.kv.put(token, True)
        await asyncio.sleep(0.003)
        return self.increment_at_once()

    def mark_in_sync(self, token: str) -> int:
        """The same in a method that is not asynchronous."""
        from pyodide.ffi import run_sync

        self.ctx.storage.kv.put(token, True)
        run_sync(asyncio.sleep(0.01))
        return self.increment_at_once()

    async def get(self, key: str) -> Any:
        return await self.ctx.storage.get(key)

    async def put(self, key: str, value: Any) -> None:
        await self.ctx.storage.put(key, value)

    def remember(self) -> int:
        self.calls += 1
        return self.calls

    def whoami(self) -> list[Any]:
        return [self.ctx.id.toString(), self.ctx.id.name]

    def echo(self, *values: Any) -> Any:
        return values[0] if len(values) == 1 else list(values)

    def fail(self) -> None:
        raise ValueError("in the method")

    async def fail_after_writing(self) -> None:
        await self.ctx.storage.put("written", True)
        raise ValueError("in the method")

    async def refused_by_storage(self) -> None:
        await self.ctx.storage.list(start="a", startAfter="b")

    async def abort(self) -> None:
        self.ctx.storage.kv.put("lost", 1)
        self.ctx.abort("enough")

    async def abort_after_awaiting(self) -> None:
        await self.ctx.storage.put("lost", 1)
        self.ctx.abort()

    async def abort_after_synchronizing(self) -> None:
        await self.ctx.storage.put("kept", 1)
        await self.ctx.storage.sync()
        self.ctx.abort()

    async def never(self) -> None:
        await asyncio.Event().wait()

    async def fail_in_section(self) -> None:
        self.ctx.storage.kv.put("before", 1)

        async def section() -> None:
            self.ctx.storage.kv.put("inside", 1)
            raise ValueError("in the section")

        await self.ctx.blockConcurrencyWhile(section)

    async def call_oneself_in_section(self) -> None:
        stub = self.env.COUNTER.get(self.ctx.id)
        await self.ctx.blockConcurrencyWhile(stub.remember)

    async def violate_constraint(self) -> str:
        sql = self.ctx.storage.sql
        sql.exec("CREATE TABLE parent (id INTEGER PRIMARY KEY)")
        sql.exec("CREATE TABLE child (parent INTEGER REFERENCES parent)")
        sql.exec("PRAGMA defer_foreign_keys = on")
        sql.exec("INSERT INTO child VALUES (7)")
        return "returned"

    async def call_with(self, function: Any) -> Any:
        return await function(20) + 1

    async def keep(self, function: Any) -> None:
        from pyodide.ffi import create_proxy

        self.kept = create_proxy(function)

    async def use_kept(self) -> Any:
        return await self.kept.unwrap()(1)

    def adder(self, first: int) -> Any:
        return lambda second: first + second

    async def ask(self, stub: Any) -> Any:
        return await stub.whoami()

    def myself(self) -> Any:
        return self.env.COUNTER.get(self.ctx.id)

    async def add_together(self) -> list[int]:
        return list(await asyncio.gather(self.increment(), self.increment()))

    async def later(self) -> None:
        async def work() -> None:
            await asyncio.sleep(0)
            await self.ctx.storage.put("later", True)

        self.ctx.waitUntil(asyncio.create_task(work()))

    async def fetch(self, request: Any) -> Response:
        if request.url.endswith("/missing"):
            return Response("nothing here", status=404, headers={"x-seen": "yes"})
        return Response(f"{request.method} {request.url} {await request.text()}")

    async def wake_in(self, milliseconds: float, failures: int = 0) -> None:
        from js import Date

        self.failures_left = failures
        await self.ctx.storage.setAlarm(Date.now() + milliseconds)

    async def alarm(self, info: Any) -> None:
        self.alarms.append({"retries": info.retryCount, "is_retry": info.isRetry})
        if self.failures_left > 0:
            self.failures_left -= 1
            raise RuntimeError("alarm failed")

    def alarms_seen(self) -> list[dict[str, Any]]:
        return self.alarms


class FailingConstructor(DurableObject):
    def __init__(self, ctx: Any, env: Any) -> None:
        super().__init__(ctx, env)
        raise RuntimeError("in the constructor")

    def answer(self) -> int:
        return 42


class Initialized(DurableObject):
    """Reads its state before the first call, as the documentation recommends."""

    def __init__(self, ctx: Any, env: Any) -> None:
        super().__init__(ctx, env)
        self.log = ["constructor"]

        async def initialize() -> None:
            await asyncio.sleep(0)
            self.log.append("initialized")

        self.ctx.blockConcurrencyWhile(initialize)

    def note(self, text: str) -> list[str]:
        self.log.append(text)
        return self.log


class NoHandlers(DurableObject):
    async def wake_now(self) -> None:
        await self.ctx.storage.setAlarm(1)
