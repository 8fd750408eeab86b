"""A database with seeds, on top of another template."""

from collections.abc import Sequence

from ..sqlite.clock_vfs import ClockVfs
from .errors import Crashed, MigrationFailure, Refused
from .request import Query
from .service import Answer, Service
from .store import Store
from .template import Template, TimedTemplate

Step = Sequence[Query] | bytes
"""A request, or a whole database in the place of what was there."""


class SeededTemplate(TimedTemplate):
    """What another template holds, and then some steps."""

    def __init__(self, base: Template, steps: Sequence[Step]) -> None:
        super().__init__()
        self._base = base
        self._steps = steps

    def _make(self, vfs: ClockVfs) -> bytes:
        draft = Draft(vfs, self._base)
        try:
            for step in self._steps:
                draft.take(step)
        except (Refused, Crashed) as error:
            raise MigrationFailure(f"A seed cannot be stored: {error}") from None
        self.requests = draft.requests
        self.reads_clock = self._base.reads_clock
        image = draft.serialize()
        draft.store.reset()
        return image

    def dated(self, image: bytes, start_us: int) -> bytes:
        if any(isinstance(step, bytes) for step in self._steps):
            return image
        return self._base.dated(image, start_us)


class Draft(Service):
    """A database that is being seeded, as of one instant; it notes how."""

    def __init__(self, vfs: ClockVfs, base: Template) -> None:
        super().__init__(Store(vfs, base), vfs.clock)
        self._base = base
        self._steps: list[Step] = []

    def template(self) -> SeededTemplate:
        """What tests can begin from."""
        return SeededTemplate(self._base, self._steps)

    def take(self, step: Step) -> None:
        """Do one step. Raises Refused and Crashed."""
        if isinstance(step, bytes):
            self.replace(step)
        else:
            self.request(step)

    def request(self, queries: Sequence[Query], *, meta: bool = False) -> list[Answer]:
        answers = super().request(queries, meta=meta)
        self._steps.append(queries)
        return answers

    def replace(self, image: bytes) -> None:
        super().replace(image)
        self._steps.append(image)
