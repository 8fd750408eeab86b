"""Powers over time, of which a test has one."""

from datetime import datetime, timedelta

from ..clock.due import Upcoming
from ..clock.failures import Failure
from ..clock.instants import Instant, microseconds, to_datetime, to_microseconds
from .powers import Powers


class TimePowers(Powers):
    """Reads the clock, stops it and moves it forward."""

    def now(self) -> datetime:
        """The present, in UTC: real time until the test freezes or travels."""
        return to_datetime(self._clock.now_us())

    def freeze(self, at: Instant | None = None) -> None:
        """Stand still, now or at an instant: a datetime, or its ISO 8601 text.

        A naive datetime is in UTC. The test's first freeze may name any instant; later
        ones raise ValueError for one that has passed. Python's own time stands still
        too, and timers of the Worker's code wake by `cf.travel` alone. Raises
        RuntimeError if the test's time is held by freezegun or time-machine.
        """
        self._clock.freeze(None if at is None else to_microseconds(at))

    async def travel(
        self,
        duration: timedelta | float = 0,
        *,
        days: float = 0,
        hours: float = 0,
        minutes: float = 0,
        seconds: float = 0,
        milliseconds: float = 0,
    ) -> None:
        """Move forward in time; a plain number is in seconds.

        What falls due on the way happens in order, each at its own instant: alarms and
        their retries, and timers of the Worker's code. `cf.travel(0)` goes nowhere, but
        all that is due already happens. Time ticks on afterwards, unless it is frozen.

        Raises ValueError for a negative duration; RuntimeError if something that the
        Worker started waits longer than 5 s of real time for anything but the clock, if
        something happens again and again, and in an event loop that is not asyncio's.
        """
        parts = (days, hours, minutes, seconds, milliseconds)
        await self._clock.travel(microseconds(duration, *parts))

    async def travel_to(self, instant: Instant) -> None:
        """Move to an instant: a datetime, naive ones in UTC, or its ISO 8601 text.

        Otherwise as `travel`; raises ValueError for an instant that has passed.
        """
        await self._clock.travel_to(to_microseconds(instant))

    def due(self) -> list[Upcoming]:
        """What is still due, in order: each has `at`, in UTC, and `what`."""
        return self._clock.upcoming()

    @property
    def failed_alarms(self) -> list[Failure]:
        """Alarms of this test that failed for good, with `what` and `error`.

        A test that does not look here is warned of them at its end.
        """
        return self._clock.failures.all()
