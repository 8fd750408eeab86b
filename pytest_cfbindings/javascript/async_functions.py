"""Asynchronous functions, driven to their end, which settles a promise."""

from collections.abc import Awaitable, Callable, Coroutine, Generator
from functools import partial
from types import coroutine
from typing import Any, Protocol

from .errors import STOPS


class Promised(Protocol):
    """The promise of what an asynchronous function returns."""

    @property
    def has_task(self) -> bool:
        """Whether the event loop has made a task of the function."""

    def resolve(self, value: object) -> None:
        """It has returned this."""

    def fail(self, exception: BaseException) -> None:
        """It has raised this."""


async def run_on(
    promise: Promised, body: Coroutine[Any, Any, object], first: object
) -> None:
    """Drive a coroutine that has already run to its first wait."""
    await _settle_by(promise, partial(_Resumed, body, first))


async def run(promise: Promised, body: Callable[[], Awaitable[object]]) -> None:
    """Call an asynchronous function, and settle a promise as it ends."""
    if not promise.has_task:
        await turn()  # A factory of eager tasks is still making it.
    await _settle_by(promise, body)


async def _settle_by(promise: Promised, body: Callable[[], Awaitable[object]]) -> None:
    import asyncio

    try:
        promise.resolve(await body())
    except STOPS:
        raise
    except BaseException as exception:
        promise.fail(exception)
        if isinstance(exception, asyncio.CancelledError):
            raise


@coroutine
def turn() -> Generator[None, None, None]:
    """Give way once."""
    yield


class _Resumed:
    """Awaits the rest of a coroutine, beginning with the wait it has reached."""

    def __init__(self, body: Coroutine[Any, Any, object], first: object) -> None:
        self.body = body
        self.waiting_for = first

    def __await__(self) -> Generator[Any, Any, object]:
        while True:
            step: Callable[[], object]
            try:
                sent = yield self.waiting_for
            except BaseException as raised:
                step = partial(self.body.throw, raised)
            else:
                step = partial(self.body.send, sent)
            try:
                self.waiting_for = step()
            except StopIteration as stop:
                return stop.value
