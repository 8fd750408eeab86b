"""Replays recorded cases on `env` and says where the answers differ from workerd's."""

import asyncio
import inspect
import json
from collections.abc import Awaitable, Callable
from typing import Any

from js import Object
from pyodide.ffi import to_js

from pytest_cfbindings.clock import Clock

from .comparison import differences
from .values import NotPortable, decode, prop, tags

BINDINGS = ("KV", "KV2", "DB", "DB2", "BUCKET", "BUCKET2")
_RELATIVE = {"$now", "$nowS", "$nowDate"}


def portable(case: dict[str, Any]) -> bool:
    """Whether Python has words for all of a case: it has none for `undefined`."""
    return "$undefined" not in tags(case["steps"])


async def replay(
    case: dict[str, Any],
    env: Any,
    clock: Clock,
    after_step: Callable[[int], None] = lambda _: None,
) -> list[str]:
    """Where the answers differ; an empty list when every step agrees."""
    scope = {name: getattr(env, name) for name in BINDINGS}
    run = Run(scope, clock.now_ms, clock.advance)
    return await all_differences(case, run, after_step)


async def all_differences(
    case: dict[str, Any],
    run: "Run",
    after_step: Callable[[int], None] = lambda _: None,
) -> list[str]:
    """Where the answers of a run differ from those of a case."""
    text = json.dumps(case["steps"])
    relative = "expirationTtl" in text or not _RELATIVE.isdisjoint(tags(case["steps"]))
    found = []
    for index, (step, want) in enumerate(
        zip(case["steps"], case["results"], strict=True)
    ):
        got = await run.step(step)
        after_step(index)
        where = f"step {index} {json.dumps(step, ensure_ascii=False):.160}"
        if "name only" in case.get("note", ""):
            want = _without_message(want)
        found += [f"{where}: {text}" for text in differences(want, got, relative)]
        found += [f"{where}: {text}" for text in await run.check_stream(step, got)]
    return found


def _without_message(want: dict[str, Any]) -> dict[str, Any]:
    return {"err": {"name": want["err"]["name"]}} if "err" in want else want


class Run:
    """The steps of one case; a saved result can be used by later steps.

    `sleep` waits for milliseconds, or has the clock pass them.
    """

    def __init__(
        self,
        scope: dict[str, Any],
        now_ms: Callable[[], int],
        sleep: Callable[[float], Awaitable[object]],
    ) -> None:
        self.scope = scope
        self.now_ms = now_ms
        self.sleep = sleep

    async def step(self, step: dict[str, Any]) -> tuple[str, Any]:
        try:
            if "sleep" in step:
                await self.sleep(step["sleep"])
                return "ok", None
            if "all" in step:
                chains = (self.chain(one) for one in step["all"])
                done = await asyncio.gather(*chains, return_exceptions=True)
                failed = ["err" if isinstance(d, Exception) else "ok" for d in done]
                return "ok", list(zip(failed, done, strict=True))
            value = await self.chain(step)
            if "save" in step:
                self.scope[step["save"]] = value
        except NotPortable:
            raise
        except Exception as error:
            return "err", error
        return "ok", value

    async def chain(self, step: dict[str, Any]) -> Any:
        current = self.scope[step["on"]]
        for link in step["chain"]:
            current = self.follow(current, link)
            if inspect.isawaitable(current):
                current = await current
        return current

    def follow(self, current: Any, link: Any) -> Any:
        if isinstance(link, str):
            return len(current) if link == "length" else prop(current, link)
        method, *args = link
        args = [self.argument(arg) for arg in args]
        if type(current).__name__ == "JsProxy":
            args = [to_js(arg, dict_converter=Object.fromEntries) for arg in args]
        return getattr(current, method)(*args)

    def argument(self, arg: Any) -> Any:
        return decode(arg, self.scope, self.now_ms)

    async def check_stream(
        self, step: dict[str, Any], got: tuple[str, Any]
    ) -> list[str]:
        """A stream that no later step reads has to hold what is stored."""
        kind, value = got
        if isinstance(value, dict):
            value = value.get("value")
        if not step.get("on", "").startswith("KV"):
            return []
        if kind != "ok" or "save" in step or str(value) != "[object ReadableStream]":
            return []
        key = step["chain"][0][1]
        chunks = [bytes(chunk.to_py()) async for chunk in value]
        stored = await self.scope[step["on"]].get(key, "arrayBuffer")
        if b"".join(chunks) != bytes(stored):
            return [f"the stream gave {chunks!r}, stored is {bytes(stored)!r}"]
        return []
