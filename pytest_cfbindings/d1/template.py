"""What a D1 database holds when a test begins."""

from typing import Protocol

from ..sqlite.row_meter import Analyses


class Template(Protocol):
    """An image that is made once and cloned for each test."""

    requests: int
    """How many requests had succeeded when the image was made."""

    analyses: Analyses
    """What is known of statements, for all clones."""

    def image(self) -> bytes | None:
        """The image; None is an empty database. Raises MigrationFailure."""


class EmptyTemplate:
    """A database without migrations."""

    def __init__(self) -> None:
        self.requests = 0
        self.analyses: Analyses = {}

    def image(self) -> bytes | None:
        return None


class SeededTemplate:
    """A database that was made of another template."""

    def __init__(self, image: bytes, requests: int) -> None:
        self.requests = requests
        self.analyses: Analyses = {}
        self._image = image

    def image(self) -> bytes:
        return self._image
