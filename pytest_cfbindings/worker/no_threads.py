"""Threads, which a Worker does not have: inside of an event none can be started."""

import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Thread
from typing import Any

from ..io_context import CURRENT

_PATCHED: list[tuple[Any, str, Any]] = []


def no_threads() -> None:
    """Refuse threads to the code of events, and run anyio's work for them inline.

    Python's own text is raised, as Pyodide raises it. The SDK changes anyio's
    `to_thread.run_sync` in the same way in production.
    """
    if not _PATCHED:
        _patch(Thread, "start", _refused)
        _patch(ThreadPoolExecutor, "submit", _refused)
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
        if CURRENT.get() is not None:
            raise RuntimeError("can't start new thread")
        return original(self, *arguments, **options)

    return start


def _inline(original: Callable[..., Any]) -> Callable[..., Any]:
    async def run_sync(
        function: Callable[..., Any], *arguments: Any, **options: Any
    ) -> Any:
        if CURRENT.get() is not None:
            return function(*arguments)
        return await original(function, *arguments, **options)

    return run_sync
