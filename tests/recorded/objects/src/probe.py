"""The recording Worker's Durable Object classes, in Python."""

import asyncio
import time
from typing import Any

from workers import DurableObject

from tests.recorded.object_replay import ObjectRun, answered


class Probe(DurableObject):
    def __init__(self, ctx: Any, env: Any) -> None:
        super().__init__(ctx, env)
        self.alarms: list[Any] = []
        self._run: ObjectRun | None = None

    def scope(self) -> dict[str, Any]:
        found = {"ctx": self.ctx, "storage": self.ctx.storage, "self": self}
        for name in ("sql", "kv"):
            try:
                found[name] = getattr(self.ctx.storage, name)
            except Exception as refused:
                assert type(refused).__name__ == "JsException"  # noqa: PT017
        return {**found, "env": self.env}

    async def run(self, steps: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Run steps as the recording did, in real time; one answer for each."""
        if self._run is None:
            self._run = ObjectRun(self.scope(), _now_ms, _sleep)
        return [answered(step, await self._run.step(step)) for step in steps]

    async def alarm(self, info: Any = None) -> None:
        self.alarms.append({"retryCount": info.retryCount, "isRetry": info.isRetry})
        plan = await self.ctx.storage.get("__alarm_plan")
        if plan and plan["throwTimes"] >= len(self.alarms):
            raise RuntimeError(f"alarm boom {len(self.alarms)}")

    def echo(self, *args: Any) -> Any:
        return args[0] if len(args) == 1 else list(args)

    def fail(self, message: str = "") -> None:
        from js import TypeError as JsTypeError

        raise JsTypeError.new(message)


class ProbeSql(Probe):
    pass


class ProbeKv(Probe):
    pass


def _now_ms() -> int:
    return int(time.time() * 1000)


async def _sleep(milliseconds: float) -> None:
    await asyncio.sleep(milliseconds / 1000)
