"""An object that every test finds, as it is when a test starts."""

from collections.abc import Callable, Sequence

from ..clock.standing import ByStart, Present, Standing
from ..limit_changes import documented
from .ids import DurableObjectId
from .store import ObjectStore

NewStore = Callable[[Present], ObjectStore]
Seed = Callable[[ObjectStore], None]
"""Stores something in an object's storage, and commits it."""


class SeededObject:
    """What some seeds make of an empty object.

    It is made when a test first uses it, and again for tests that start at another
    instant if SQL of the seeds reads the time.
    """

    def __init__(
        self, id: DurableObjectId, new_store: NewStore, seeds: Sequence[Seed]
    ) -> None:
        self.id = id
        self.alarm_ms: int | None = None
        self._new_store = new_store
        self._seeds = seeds
        self._timeless: bytes | None = None
        self._images = ByStart(self._made)

    def __repr__(self) -> str:
        return f"<SeededObject {self.id.given_name or self.id.digits}>"

    def with_seed(self, seed: Seed, start_us: int) -> "SeededObject":
        """This one and another seed. Raises what the seed raises."""
        made = SeededObject(self.id, self._new_store, (*self._seeds, seed))
        made.image(start_us)
        return made

    def image(self, start_us: int) -> bytes:
        """The database, for a test that starts at an instant in epoch microseconds."""
        return self._images.get(start_us)

    def _made(self, start_us: int) -> bytes:
        if self._timeless is not None:
            return self._timeless
        store = self._new_store(Standing(start_us))
        try:
            with documented():
                for seed in self._seeds:
                    seed(store)
            self.alarm_ms = store.alarm_ms()
            image = store.database().serialize()
            if not store.reads_clock:
                self._timeless = image
        finally:
            store.close()
        return image
