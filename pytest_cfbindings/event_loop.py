"""The event loop a test gets from us: for `cf.run`, and where no plugin has one."""

from collections.abc import Awaitable
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    import asyncio

T = TypeVar("T")


class TestLoop:
    """One loop for one test, made when it is first used."""

    __test__ = False  # pytest would take the name for a test class.

    def __init__(self) -> None:
        self._runner: asyncio.Runner | None = None

    def run(self, awaitable: Awaitable[T]) -> T:
        """Run until it is done. Raises RuntimeError if a loop is running already."""
        import asyncio

        if asyncio._get_running_loop() is not None:
            close = getattr(awaitable, "close", None)
            if close is not None:
                close()
            raise RuntimeError(
                "cf.run() is for tests that are not async: this one has a running"
                " event loop, so await the call instead."
            )
        if self._runner is None:
            self._runner = asyncio.Runner()
        return self._runner.run(_awaited(awaitable))

    def pending(self) -> list[str]:
        """What was started and is still not done, by name."""
        import asyncio

        if self._runner is None:
            return []
        tasks = asyncio.all_tasks(self._runner.get_loop())
        return sorted(task.get_coro().__qualname__ for task in tasks)  # type: ignore[union-attr]

    def close(self) -> None:
        """Cancel what is left and close the loop."""
        if self._runner is not None:
            self._runner.close()
            self._runner = None


async def _awaited(awaitable: Awaitable[T]) -> T:
    return await awaitable
