"""What time costs: `python benchmarks/travel.py [--quick]`.

Ratios, as in run.py. moto is imported first, as by whoever uses R2: it brings several
hundred modules, and freezing has to do with every module.
"""

import asyncio
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

import moto.s3.models  # noqa: F401
from run import QUICK, WRANGLER, NoHooks, async_seconds, report, seconds

from pytest_cfbindings.asked import Asked
from pytest_cfbindings.clock import Clock
from pytest_cfbindings.configurations import Choice
from pytest_cfbindings.session import Session

AN_INSTANT_US = 1_767_225_600_000_000
MANY = 1000
ENTRY = """
from workers import DurableObject, WorkerEntrypoint

class Counter(DurableObject):
    async def remind(self, at):
        await self.ctx.storage.setAlarm(at)

    async def alarm(self, info):
        await self.ctx.storage.put("rung", True)

class Echo(DurableObject): ...
class Default(WorkerEntrypoint): ...
"""


def freezing(session: Session) -> None:
    """A whole test that freezes, against one that does not."""
    namespace = session.env().KV._binding.__js__

    def test(freeze_us: int | None) -> None:
        session.begin_test(session.configurations.config, Asked(freeze_us=freeze_us))
        session.activate(session.configurations.config())
        namespace.put("key", "value")
        session.end_test()

    begun = time.perf_counter()
    test(AN_INSTANT_US)
    first = time.perf_counter() - begun
    base = seconds(lambda: test(None), 500)
    reference = f"one that does not, {len(sys.modules)} modules"
    report("the first test that freezes", first, reference, base)
    frozen = seconds(lambda: test(AN_INSTANT_US), 200)
    report("a test that freezes", frozen, reference, base)


async def alarms(session: Session) -> None:
    """Alarms of as many objects, against a call of each."""
    clock = session.clock
    calls, journeys = [], []
    many = MANY // 10 if QUICK else MANY
    for _ in range(1 if QUICK else 3):
        session.begin_test(
            session.configurations.config, Asked(freeze_us=AN_INSTANT_US)
        )
        session.activate(session.configurations.config())
        stubs = [session.env().COUNTER.getByName(str(n)) for n in range(many)]
        begun = time.perf_counter()
        for number, stub in enumerate(stubs):
            await stub.remind(clock.now_ms() + number)
        set_at = time.perf_counter()
        await clock.advance(MANY)
        journeys.append(time.perf_counter() - set_at)
        calls.append(set_at - begun)
        session.end_test()
    reference = f"{many} calls that set an alarm"
    report(f"travel over {many} due alarms", median(journeys), reference, median(calls))


async def travelling() -> None:
    """Journeys, against as many moments of the event loop."""
    clock = Clock()
    clock.freeze(AN_INSTANT_US)
    done = 0

    async def task() -> None:
        nonlocal done
        done += 1

    async def many_due() -> None:
        now_ms = clock.now_ms()
        for number in range(MANY):
            clock.call_at(now_ms + number, task)
        await clock.advance(MANY)

    async def sleep() -> None:
        await asyncio.sleep(3600)

    async def sleeper() -> None:
        sleeping = asyncio.create_task(clock.dispatch("a benchmark", sleep()))
        await clock.advance(3_600_000)
        await sleeping

    async def moments() -> None:
        for _ in range(MANY):
            await asyncio.sleep(0)

    base = await async_seconds(moments, 5)
    reference = f"{MANY} x await asyncio.sleep(0)"
    cost = await async_seconds(many_due, 2)
    report(f"travel over {MANY} due tasks", cost, reference, base)
    cost = await async_seconds(sleeper, 50)
    report("a dispatch that sleeps for an hour", cost, reference, base)
    clock.reset()


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "wrangler.toml")
        path.write_text(WRANGLER)
        Path(folder, "entry.py").write_text(ENTRY)
        session = Session(Choice(path, None, Path(folder)), {}, NoHooks())
        session.install()
        try:
            session.activate(session.configurations.config())
            freezing(session)
            asyncio.run(alarms(session))
        finally:
            session.uninstall()
    asyncio.run(travelling())


if __name__ == "__main__":
    main()
