"""Which of the calls that could fail do."""

from dataclasses import dataclass
from random import Random


@dataclass(frozen=True, slots=True)
class Schedule:
    """The first `after` calls pass; of the others every so many fail, or by chance.

    `times` is how often at most, None for always. Raises ValueError for what makes no
    sense.
    """

    times: int | None = None
    every: int = 1
    after: int = 0
    probability: float = 1.0
    seed: int = 0

    @classmethod
    def of(
        cls,
        *,
        times: int | None,
        every: int | None,
        after: int,
        probability: float | None,
        seed: int,
    ) -> "Schedule":
        """One of which some is not said; without a word on how often it is once."""
        if times is None and every is None and probability is None:
            times = 1
        return cls(
            times,
            1 if every is None else every,
            after,
            1.0 if probability is None else probability,
            seed,
        )

    def __post_init__(self) -> None:
        for name, value, least in (
            ("times", self.times, 1),
            ("every", self.every, 1),
            ("after", self.after, 0),
        ):
            if value is not None and (_is_no_number(value, int) or value < least):
                raise ValueError(
                    f"{name}= is a whole number from {least}, not {value!r}"
                )
        chance = self.probability
        if _is_no_number(chance, (int, float)) or not 0 < chance <= 1:
            raise ValueError(f"probability= is above 0 and at most 1, not {chance!r}")
        if _is_no_number(self.seed, int):
            raise ValueError(f"seed= is a whole number, not {self.seed!r}")


class Progress:
    """How far a schedule is: how many calls there were, and how many of them failed."""

    def __init__(self, schedule: Schedule) -> None:
        self._schedule = schedule
        self._random = Random(schedule.seed)
        self.calls = 0
        self.taken = 0

    def take(self) -> bool:
        """Count a call; whether it shall fail."""
        schedule = self._schedule
        self.calls += 1
        if self.calls <= schedule.after:
            return False
        by_turn = (self.calls - schedule.after) % schedule.every == 0
        # Chance is asked for each call, so that its seed decides, and nothing else.
        by_chance = self._random.random() < schedule.probability
        if not (by_turn and by_chance):
            return False
        if schedule.times is not None and self.taken >= schedule.times:
            return False
        self.taken += 1
        return True

    def give_back(self) -> None:
        """A call that was to fail did not."""
        self.taken -= 1


def _is_no_number(value: object, kind: type | tuple[type, ...]) -> bool:
    return isinstance(value, bool) or not isinstance(value, kind)
