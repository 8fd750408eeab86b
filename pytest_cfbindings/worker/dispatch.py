"""One event of the Worker: the only way in for `fetch`, `scheduled` and `queue`."""

import asyncio
import warnings
from collections.abc import Awaitable, Callable
from typing import TypeVar

from ..io_context import CURRENT, IoContext
from ..switching import switching
from .event_tasks import end, place
from .no_threads import no_threads
from .runtime import Runtime

T = TypeVar("T")


class UnfinishedTaskWarning(UserWarning):
    """A handler returned while a task of its was running, and Workers cancel that.

    Or a test ended while a task was running that code of a Durable Object had started.
    """


async def dispatch(
    runtime: Runtime, name: str, body: Callable[[IoContext], Awaitable[T]]
) -> T:
    """Run the code of one event, its timers on our clock; `name` is for people.

    What it raises is raised. Tasks that it leaves running are cancelled, with a warning
    that names them, unless it has left something to waitUntil or is still sending a
    body: then they may go on for as long as that takes.
    """
    context = IoContext(name)
    runtime.event_tasks.watch(asyncio.get_running_loop())

    async def event() -> T:
        token = CURRENT.set(context)
        try:
            return await body(context)
        finally:
            CURRENT.reset(token)

    no_threads()
    try:
        return await runtime.clock.dispatch(name, switching(event()))
    finally:
        await _end_tasks(runtime, context)


async def end_left_tasks(runtime: Runtime) -> None:
    """Cancel the tasks of events that nothing keeps open any more."""
    for context in runtime.event_tasks.contexts():
        await _end_tasks(runtime, context)


async def _end_tasks(runtime: Runtime, context: IoContext) -> None:
    if runtime.background.keeps_open(context) or context.still_sends():
        return
    running = runtime.event_tasks.running(context)
    names = [place(task) for task in running]
    await end(running)
    for name in names:
        warnings.warn(
            f"{context.name} returned while {name} was still running, which was"
            " cancelled then, as Workers do: await it, or hand it to"
            " ctx.waitUntil(...).",
            UnfinishedTaskWarning,
            stacklevel=2,
        )
