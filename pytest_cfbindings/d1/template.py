"""What a D1 database holds when a test begins."""

from typing import Protocol


class Template(Protocol):
    """An image that is made once and cloned for each test."""

    requests: int
    """How many requests had succeeded when the image was made."""

    def image(self) -> bytes | None:
        """The image; None is an empty database. Raises MigrationFailure."""


class EmptyTemplate:
    """A database without migrations."""

    requests = 0

    def image(self) -> bytes | None:
        return None
