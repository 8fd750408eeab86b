"""The alarm of an object: when it goes off, and how often it is tried.

Cloudflare runs a handler that raised again after 2, 4, 8, 16, 32 and 64 seconds, plus
up to a quarter of that by chance (measured); here it is exactly that time.
"""

from collections.abc import Awaitable, Callable

from ..clock import Clock
from ..javascript.objects import JsObject
from .contract import Store
from .timers import Timer, is_loop_running

_RETRIES = 6
_FIRST_DELAY_MS = 2000

Handle = Callable[[], Awaitable[bool]]


class ObjectAlarm:
    """Implements `contract.Alarm`.

    `handle` has the object run its handler, for which it calls `take` and perhaps
    `give_back`, and says if it succeeded. While the handler runs the store holds no
    alarm. The time comes back if it fails, unless it set another or deleted it.
    """

    def __init__(self, store: Store, clock: Clock, handle: Handle) -> None:
        self._store = store
        self._clock = clock
        self._handle = handle
        self._timer: Timer | None = None
        self._followed: int | None = None
        self._taken: int | None = None
        self._is_running = False
        self._is_deleted = False
        self._is_over = False
        self._retries = 0

    def __repr__(self) -> str:
        if self._is_running:
            return "<ObjectAlarm running>"
        at = "none" if self._followed is None else f"{self._followed} ms"
        return f"<ObjectAlarm {at}, {self._retries} retries>"

    def get(self) -> int | None:
        """Epoch milliseconds, or None."""
        return self._store.alarm_ms()

    def set(self, at_ms: int) -> None:
        """Replace it; a moment that has passed becomes now."""
        self._write(max(at_ms, self._clock.now_ms()))

    def delete(self) -> None:
        """Have none."""
        self._write(None)

    def _write(self, at_ms: int | None) -> None:
        self._is_deleted = at_ms is None
        self._store.write_alarm(at_ms)
        if not is_loop_running():
            # A test writes, and no turn of the object will end before time is moved.
            self._store.commit()
            self.follow()

    def follow(self) -> None:
        """Schedule what the store holds, now that it is committed.

        A time that is there already is left alone, with the retry it may be waiting
        for: no other alarm can have the time of one that has passed.
        """
        if self._is_running:
            return
        at_ms = self._store.alarm_ms()
        if at_ms != self._followed:
            self._followed = at_ms
            self._retries = 0
            self._schedule(at_ms)

    def arm(self) -> None:
        """An event loop runs now: have it wait for the alarm."""
        if self._timer is not None:
            self._timer.arm()

    def cancel(self) -> None:
        """Never go off any more; the test is over."""
        self._is_over = True
        self._schedule(None)

    def _schedule(self, at_ms: int | None) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = None if at_ms is None else Timer(self._clock, at_ms, self.run)

    async def run(self) -> None:
        """Let it go off; what its handler raises is its own matter."""
        if self._is_running:
            return
        self._schedule(None)
        self._is_running, self._taken = True, None
        succeeded = False
        try:
            succeeded = await self._handle()
        finally:
            self._is_running = False
            if not self._is_over:
                self._after(succeeded)

    def take(self) -> JsObject | None:
        """What its handler is told, now that it begins; None if nothing is due."""
        at_ms = self._store.alarm_ms()
        if at_ms is None or at_ms > self._clock.now_ms():
            return None
        if at_ms != self._followed:
            self._followed, self._retries = at_ms, 0
        self._taken, self._is_deleted = at_ms, False
        self._store.write_alarm(None)
        return invocation(at_ms, self._retries)

    def give_back(self) -> None:
        """The handler raised: as part of its last turn, the time comes back."""
        if self._is_to_be_retried() and self._retries < _RETRIES:
            self._store.write_alarm(self._taken)

    def _is_to_be_retried(self) -> bool:
        """Not if the handler has set another alarm, or deleted it."""
        return self._store.alarm_ms() in (None, self._taken) and not self._is_deleted

    def _after(self, succeeded: bool) -> None:
        if self._taken is None and not succeeded:
            self._taken = self._store.alarm_ms()
        self._followed = None
        if succeeded or self._taken is None or not self._is_to_be_retried():
            self.follow()
        elif self._retries == _RETRIES:
            self._store.write_alarm(None)
            self._store.commit()
            self._retries = 0
        else:
            if self._store.alarm_ms() is None:  # The object was reset meanwhile.
                self._store.write_alarm(self._taken)
                self._store.commit()
            delay_ms = _FIRST_DELAY_MS * 2**self._retries
            self._followed = self._taken
            self._retries += 1
            self._schedule(self._clock.now_ms() + delay_ms)


def invocation(at_ms: int, retries: int) -> JsObject:
    """The argument of an alarm handler."""
    return JsObject(
        {"scheduledTime": at_ms, "retryCount": retries, "isRetry": retries > 0}
    )
