"""What a D1 database holds when a test begins."""

from abc import ABC, abstractmethod
from typing import Protocol

from ..clock.standing import ByStart, Standing
from ..limit_changes import documented
from ..sqlite.clock_vfs import ClockVfs
from ..sqlite.row_meter import Analyses
from .errors import MigrationFailure


class Template(Protocol):
    """An image that is made once and cloned for each test."""

    requests: int
    """How many requests had succeeded when the image was made."""

    analyses: Analyses
    """What is known of statements, for all clones."""

    reads_clock: bool
    """Whether statements that made it have read the time."""

    def image(self, start_us: int) -> bytes | None:
        """The image for a test that starts at an instant in epoch microseconds.

        None is an empty database. Raises MigrationFailure.
        """

    def dated(self, image: bytes, start_us: int) -> bytes:
        """An image that comes of this one, if migrations were applied at an instant."""


class EmptyTemplate:
    """A database without migrations."""

    reads_clock = False

    def __init__(self) -> None:
        self.requests = 0
        self.analyses: Analyses = {}

    def image(self, start_us: int) -> bytes | None:
        return None

    def dated(self, image: bytes, start_us: int) -> bytes:
        return image


class TimedTemplate(ABC):
    """A template that is made when a test first uses it, as of that test's start.

    For a test that starts at another instant it is made again if its statements read
    the time, and only dated anew if they do not.
    """

    def __init__(self) -> None:
        self.requests = 0
        self.analyses: Analyses = {}
        self.reads_clock = False
        self._timeless: bytes | None = None
        self._images = ByStart(self._made)

    def image(self, start_us: int) -> bytes:
        """As of an instant. Raises MigrationFailure, each time with one text."""
        found = self._images.get(start_us)
        if isinstance(found, str):
            raise MigrationFailure(found)
        return found

    def _made(self, start_us: int) -> bytes | str:
        """The image, or why there is none."""
        if self._timeless is not None:
            return self.dated(self._timeless, start_us)
        vfs = ClockVfs(Standing(start_us))
        try:
            with documented():
                image = self._make(vfs)
        except MigrationFailure as failure:
            return str(failure)
        self.reads_clock = self.reads_clock or vfs.reads > 0
        if not self.reads_clock:
            self._timeless = image
        return image

    @abstractmethod
    def _make(self, vfs: ClockVfs) -> bytes:
        """The image, at the time of the VFS. Raises MigrationFailure."""

    @abstractmethod
    def dated(self, image: bytes, start_us: int) -> bytes:
        """See Template."""
