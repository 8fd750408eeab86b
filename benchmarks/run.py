"""What the plugin costs: `python benchmarks/run.py [--quick]`.

Every figure is a ratio to a reference that is measured in the same process, so that it
means the same on a fast and on a slow machine.
"""

import asyncio
import copy
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from statistics import median

import d1
import dumps
import durable_object_sql
import faults
from r2 import WRANGLER as R2_WRANGLER
from r2 import Bench

from pytest_cfbindings.config import Config, OtherBinding
from pytest_cfbindings.configurations import Choice
from pytest_cfbindings.session import Session
from pytest_cfbindings.worker.websocket_client import WebSocketClient

QUICK = "--quick" in sys.argv
ROUNDS = 1 if QUICK else 7
WRANGLER = """
name = "bench"
main = "entry.py"
compatibility_date = "2026-09-15"
compatibility_flags = ["python_workers"]
[[kv_namespaces]]
binding = "KV"
id = "kv"
[[durable_objects.bindings]]
name = "COUNTER"
class_name = "Counter"
[[durable_objects.bindings]]
name = "ECHO"
class_name = "Echo"
[[migrations]]
tag = "v1"
new_sqlite_classes = ["Counter", "Echo"]
"""
ENTRY = """
from js import WebSocketPair
from workers import DurableObject, Response, WorkerEntrypoint

class Echo(DurableObject):
    async def fetch(self, request):
        client, server = WebSocketPair.new()
        self.ctx.acceptWebSocket(server)
        return Response(None, status=101, web_socket=client)

    async def webSocketMessage(self, ws, message):
        ws.send(message)

    async def webSocketClose(self, ws, code, reason, was_clean):
        ws.close()

class Default(WorkerEntrypoint):
    async def fetch(self, request):
        return await self.env.ECHO.getByName("one").fetch(request)

class Counter(DurableObject):
    async def increment(self):
        value = (await self.ctx.storage.get("value") or 0) + 1
        await self.ctx.storage.put("value", value)
        return value
"""


class NoHooks:
    """A session that nobody adds anything to."""

    def provide(self, binding: OtherBinding, config: Config) -> object | None:
        return None

    def adjust(self, config: Config, provide: Callable[[str, object], None]) -> None:
        pass


def report(what: str, cost: float, reference: str, base: float) -> None:
    """One line: microseconds, and how many times the reference that is."""
    print(
        f"{what:<36}{cost * 1e6:>10.1f} µs = {cost / base:>8.3g} x {reference}"
        f" ({base * 1e6:.2f} µs)"
    )


def fewer(times: int) -> int:
    """How often to do something in a round that may be a quick one."""
    return max(1, times // 50) if QUICK else times


def seconds(call: Callable[[], object], times: int) -> float:
    """The median of some rounds, for one call."""
    times = fewer(times)
    rounds = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        for _ in range(times):
            call()
        rounds.append((time.perf_counter() - start) / times)
    return median(rounds)


async def async_seconds(call: Callable[[], Awaitable[object]], times: int) -> float:
    """The same for a call that is awaited."""
    times = fewer(times)
    rounds = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        for _ in range(times):
            await call()
        rounds.append((time.perf_counter() - start) / times)
    return median(rounds)


def plugin_load() -> None:
    """CPU time of importing the plugin, against importing pytest itself."""
    program = (
        "import time, json; a = time.process_time(); import pytest, _pytest.config;"
        "b = time.process_time(); import pytest_cfbindings.plugin;"
        "print(json.dumps([b - a, time.process_time() - b]))"
    )
    runs = [
        json.loads(subprocess.check_output([sys.executable, "-c", program]))
        for _ in range(ROUNDS)
    ]
    report(
        "loading the plugin",
        median(run[1] for run in runs),
        "import pytest",
        median(run[0] for run in runs),
    )


def fresh_env(session: Session) -> None:
    """A test's fresh storage after one that wrote, against a temporary folder."""
    namespace = session.env().KV._binding.__js__

    def one_test() -> None:
        session.begin_test(session.configurations.config)
        session.activate(session.configurations.config())
        namespace.put("key", "value")
        session.end_test()

    def folder() -> None:
        with tempfile.TemporaryDirectory():
            pass

    base = seconds(folder, 300)
    report("a fresh env for a test", seconds(one_test, 2000), "a folder", base)


def conversions() -> None:
    """A table of 1000 rows with 5 columns across the boundary, against copying it."""
    from pyodide.ffi import to_js  # type: ignore[import-not-found]
    from workers import python_from_rpc, python_to_rpc

    columns = ("id", "name", "price", "active", "note")
    rows = [
        dict(zip(columns, (i, f"name {i}", i / 4, i % 2 == 0, None), strict=True))
        for i in range(1000)
    ]
    table, sent = to_js(rows), python_to_rpc(rows)
    base = seconds(lambda: copy.deepcopy(rows), 5)
    for what, convert in (
        ("1000 rows: to_js", lambda: to_js(rows)),
        ("1000 rows: to_py", lambda: table.to_py()),
        ("1000 rows into a call, by the SDK", lambda: python_to_rpc(rows)),
        ("1000 rows out of a call, by the SDK", lambda: python_from_rpc(sent)),
    ):
        report(what, seconds(convert, 5), "copy.deepcopy", base)


async def wrapped_call(session: Session) -> None:
    """A binding's method through the SDK, against a coroutine that returns at once."""
    binding = session.env().KV

    async def plain(key: str) -> None:
        return None

    base = await async_seconds(lambda: plain("missing"), 5000)
    call = await async_seconds(lambda: binding.get("missing"), 5000)
    report("a wrapped call", call, "await a coroutine", base)


async def kv(session: Session) -> None:
    """Calls through the SDK, against awaiting a coroutine that does nothing."""
    binding = session.env().KV

    async def nothing() -> None:
        await asyncio.sleep(0)

    base = await async_seconds(nothing, 5000)
    reference = "await asyncio.sleep(0)"
    await binding.put("key", "value")
    get = await async_seconds(lambda: binding.get("key"), 5000)
    report("KV get through env", get, reference, base)
    put = await async_seconds(lambda: binding.put("key", "value"), 5000)
    report("KV put through env", put, reference, base)
    dated = await async_seconds(
        lambda: binding.put("key", "value", expirationTtl=60, metadata={"a": 1}), 3000
    )
    report("KV put with options", dated, reference, base)


def r2(session: Session) -> None:
    """Objects and lists, against moto; see the module."""
    Bench(session, report, seconds, async_seconds, quick=ROUNDS == 1).run()


async def durable_objects(session: Session) -> None:
    """A call of an object that reads and writes, against the same nothing."""
    stub = session.env().COUNTER.getByName("one")

    async def nothing() -> None:
        await asyncio.sleep(0)

    base = await async_seconds(nothing, 5000)
    await stub.increment()
    call = await async_seconds(stub.increment, 1000)
    report("RPC with a get and a put", call, "await asyncio.sleep(0)", base)


async def websocket_echo(session: Session) -> None:
    """A message to a hibernatable WebSocket and back, against two asyncio queues."""
    there: asyncio.Queue[str] = asyncio.Queue()
    back: asyncio.Queue[str] = asyncio.Queue()

    async def answer() -> None:
        while True:
            back.put_nowait(await there.get())

    async def ask() -> None:
        there.put_nowait("hello")
        await back.get()

    answering = asyncio.ensure_future(answer())
    base = await async_seconds(ask, 5000)
    answering.cancel()

    async with WebSocketClient(session.runtime(), "/", None) as socket:

        async def echo() -> None:
            await socket.send("hello")
            await socket.receive()

        cost = await async_seconds(echo, 1000)
    report("a WebSocket echo", cost, "through two queues", base)


def main() -> None:
    plugin_load()
    durable_object_sql.sql_exec(seconds, report)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "wrangler.toml")
        path.write_text(WRANGLER + R2_WRANGLER + d1.WRANGLER)
        Path(folder, "entry.py").write_text(ENTRY)
        session = Session(Choice(path, None, Path(folder)), {}, NoHooks())
        session.install()
        try:
            session.activate(session.configurations.config())
            fresh_env(session)
            conversions()
            asyncio.run(wrapped_call(session))
            asyncio.run(kv(session))
            asyncio.run(faults.run(session, async_seconds, report))
            r2(session)
            d1.run(session, Path(folder), seconds, async_seconds, report)
            asyncio.run(durable_objects(session))
            asyncio.run(websocket_echo(session))
        finally:
            session.uninstall()
    dumps.bench(report, seconds)


if __name__ == "__main__":
    main()
