"""What every family of powers works with."""

from contextlib import ExitStack
from pathlib import Path
from typing import Any

from ..event_loop import TestLoop
from ..session import Session


class Powers:
    """The session in which a test runs, and what the test has opened.

    Relative paths start from `folder`, that of the test's own file.
    """

    def __init__(
        self, session: Session, loop: TestLoop, env: Any, folder: Path
    ) -> None:
        self._session = session
        self._loop = loop
        self._env = env
        self._folder = folder
        self._clock = session.clock
        self._opened = ExitStack()

    def close(self) -> None:
        """Close what the test opened."""
        self._opened.close()
