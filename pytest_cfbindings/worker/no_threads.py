"""Threads, which a Worker does not have: inside of an event none can be started."""

import sys
from asyncio import BaseEventLoop
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Thread
from typing import Any

from ..web.object_context import is_workers

_PATCHED: list[tuple[Any, str, Any]] = []


def no_threads() -> None:
    """Refuse threads to the code of events and objects, run their work inline.

    Python's own text is raised, as Pyodide raises it, whose event loop runs what it is
    given for an executor inline (measured). The SDK changes anyio's
    `to_thread.run_sync` in the same way in production.
    """
    if not _PATCHED:
        _patch(Thread, "start", _refused)
        _patch(ThreadPoolExecutor, "submit", _refused)
        _patch(BaseEventLoop, "run_in_executor", _at_once)
    to_thread = sys.modules.get("anyio.to_thread")
    if to_thread is not None and all(owner is not to_thread for owner, *_ in _PATCHED):
        _patch(to_thread, "run_sync", _inline)


def give_threads_back() -> None:
    """Undo it, at the end of the session."""
    while _PATCHED:
        setattr(*_PATCHED.pop())


def _patch(owner: Any, name: str, change: Callable[[Any], Any]) -> None:
    original = getattr(owner, name)
    _PATCHED.append((owner, name, original))
    setattr(owner, name, change(original))


def _refused(original: Callable[..., Any]) -> Callable[..., Any]:
    def start(self: Any, *arguments: Any, **options: Any) -> Any:
        if is_workers():
            raise RuntimeError("can't start new thread")
        return original(self, *arguments, **options)

    return start


def _at_once(original: Callable[..., Any]) -> Callable[..., Any]:
    def run_in_executor(
        loop: Any, executor: Any, function: Callable[..., Any], *arguments: Any
    ) -> Any:
        if not is_workers():
            return original(loop, executor, function, *arguments)
        future = loop.create_future()
        try:
            future.set_result(function(*arguments))
        except Exception as raised:
            future.set_exception(raised)
        return future

    return run_in_executor


def _inline(original: Callable[..., Any]) -> Callable[..., Any]:
    async def run_sync(
        function: Callable[..., Any], *arguments: Any, **options: Any
    ) -> Any:
        if is_workers():
            return function(*arguments)
        return await original(function, *arguments, **options)

    return run_sync
