"""performance: time of the one clock, in milliseconds, as workerd shows it."""

from ..clock import Clock
from ..javascript.objects import JsObject, getter, method


class Performance(JsObject):
    """`performance`; a Worker's time origin is the epoch."""

    __slots__ = ("_clock",)

    class_name = "Performance"

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock

    @method
    def now(self) -> int:
        return self._clock.now_ms()

    @getter
    def timeOrigin(self) -> int:
        return 0
