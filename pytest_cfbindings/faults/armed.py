"""A fault that is armed for one binding, and all of a binding's together."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from ..interference import Strike
from .catalogue import ANY, Known, Product
from .errors import js_error, raised
from .schedule import Progress, Schedule

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Fault:
    """One that has happened: to which call, the how-manieth of those it is armed for.

    `error` is its name. After the effect only the answer was lost.
    """

    binding: str
    method: str
    error: str
    call: int
    after_effect: bool


class Armed:
    """What `cf.fail` gives: it can be asked how often it has happened, or disarmed."""

    def __init__(
        self,
        binding: str,
        method: str,
        known: Known,
        schedule: Schedule,
        *,
        after_effect: bool,
        turn: int,
        must_fire: bool,
        log: Callable[[Fault], None],
    ) -> None:
        self.binding = binding
        self.method = method
        self.known = known
        self.after_effect = after_effect
        self.turn = turn
        self.must_fire = must_fire
        self.fired = 0
        """How often it has happened."""
        self._armed = True
        self._progress = Progress(schedule)
        self._log = log

    def __repr__(self) -> str:
        state = "armed" if self._armed else "disarmed"
        return f"<{self}: {state}, fired {self.fired} times>"

    def __str__(self) -> str:
        return f"cf.fail({self.binding}, {self.method!r}, error={self.known.name!r})"

    @property
    def calls(self) -> int:
        """How many calls there were that it is armed for."""
        return self._progress.calls

    def disarm(self) -> None:
        """Let every later call pass."""
        self._armed = False

    def takes(self, method: str) -> bool:
        """Count a call of a method; whether it shall fail."""
        if not self._armed or self.method not in (ANY, method):
            return False
        return self._progress.take()

    def happened(self, method: str, call: int) -> None:
        """It has: to this call."""
        self.fired += 1
        self._log(Fault(self.binding, method, self.known.name, call, self.after_effect))

    def spared(self) -> None:
        """It has not, for the call failed by itself or had nothing to lose."""
        self._progress.give_back()


class BindingFaults:
    """All that is armed for one binding; implements `interference.Interference`."""

    def __init__(self, product: Product) -> None:
        self._product = product
        self._armed: list[Armed] = []

    def __repr__(self) -> str:
        return f"<BindingFaults: {self._armed!r}>"

    def add(self, armed: Armed) -> None:
        """Arm one more; of several that are due the one armed first happens."""
        self._armed.append(armed)

    def _due(self, method: str) -> Armed | None:
        due = [armed for armed in self._armed if armed.takes(method)]
        for late in due[1:]:
            late.spared()
        return due[0] if due else None

    def perform(self, method: str, request: str, effect: Callable[[], T]) -> T:
        armed = self._due(method)
        if armed is None:
            return effect()
        call = armed.calls
        if armed.after_effect:
            try:
                effect()
            except BaseException:
                armed.spared()
                raise
        armed.happened(method, call)
        raise raised(self._product, armed.known, method, request)

    def strike(self, method: str) -> Strike | None:
        armed = self._due(method)
        if armed is None:
            return None
        call = armed.calls
        return Strike(
            js_error(armed.known),
            armed.known.end,
            armed.after_effect,
            armed.turn,
            happened=lambda: armed.happened(method, call),
            spared=armed.spared,
        )
