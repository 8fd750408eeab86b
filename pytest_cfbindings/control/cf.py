"""Cf: the powers of a test over its Worker's bindings."""

from collections.abc import Awaitable
from typing import Any, TypeVar

from .bad_days import BadDayPowers
from .bindings import BindingPowers
from .events import EventPowers
from .objects import ObjectPowers
from .state import StatePowers
from .time import TimePowers

T = TypeVar("T")


class Cf(
    EventPowers, TimePowers, ObjectPowers, BindingPowers, StatePowers, BadDayPowers
):
    """What a test can do that a Worker cannot; the fixture `cf` gives it.

    Relative paths start from `folder`, that of the test's own file.
    """

    def __repr__(self) -> str:
        return f"<Cf {self._session.runtime().active!r}>"

    @property
    def env(self) -> Any:
        """The same bindings as the fixture `env`."""
        return self._env

    def run(self, awaitable: Awaitable[T]) -> T:
        """Wait for something in a test that is not `async`, and return its result.

        One event loop serves the whole test. Raises RuntimeError inside an async
        test, where `await` does the same.
        """
        return self._loop.run(awaitable)
