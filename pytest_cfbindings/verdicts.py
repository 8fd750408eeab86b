"""Tests that a backend ends early, whatever their own code makes of it."""

from __future__ import annotations

from typing import NoReturn

import pytest


class Verdicts:
    """What a backend has said of the test that runs.

    What is raised could be caught by the code under test, or be lost in a task of its
    own; `enforce` raises it again when the test is over.
    """

    def __init__(self) -> None:
        self._outcome: BaseException | None = None

    def skip(self, reason: str) -> NoReturn:
        """The backend has not what the test needs."""
        self._end(pytest.skip.Exception(reason, _use_item_location=True))

    def fail(self, reason: str) -> NoReturn:
        """The backend does not work any more."""
        self._end(pytest.fail.Exception(reason, pytrace=False))

    def _end(self, outcome: BaseException) -> NoReturn:
        self._outcome = self._outcome or outcome
        raise outcome

    def clear(self) -> None:
        """Forget the test before."""
        self._outcome = None

    def enforce(self) -> None:
        """Raise what has ended the test, if anything has."""
        if self._outcome is not None:
            raise self._outcome
