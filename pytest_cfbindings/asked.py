"""What a test asks for: by its marker, else by the ini keys."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from .conditions import Conditions


@dataclass(frozen=True, slots=True)
class Asked:
    """How a test wants to begin.

    `name` is what it is called when it leaves something behind. `migrations` are those
    that its D1 databases have: all, none, or up to a name. `freeze_us` is the instant,
    in epoch microseconds, at which it stands still. `conditions` are what it asks of
    production.
    """

    name: str = "a test"
    migrations: bool | str = True
    freeze_us: int | None = None
    conditions: Conditions = field(default_factory=Conditions)

    def beyond_workerd(self) -> Iterator[str]:
        """What of it the real runtime, as local development runs it, cannot offer."""
        if self.freeze_us is not None:
            yield "frozen time"
        if self.conditions.recovery:
            yield "point-in-time recovery"
        if self.conditions != Conditions():
            yield "other limits, consistency or write rate"
