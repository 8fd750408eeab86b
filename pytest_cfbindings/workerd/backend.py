"""One runtime for a test session: started when it is needed, and again if it must."""

import atexit
from collections.abc import Callable
from typing import NoReturn, Protocol
from urllib.parse import SplitResult, urlencode

from ..config import Config
from .connection import Connection
from .installation import Installation
from .options import options, sets
from .process import NodeProcess, NotStarted
from .websocket import ConnectionLost, WebSocket


class Verdicts(Protocol):
    """How a test ends that cannot go on; both raise what ends it."""

    def skip(self, reason: str) -> NoReturn:
        """The real runtime has not what the test needs."""

    def fail(self, reason: str) -> NoReturn:
        """The real runtime has failed."""


class Backend:
    """Gives connections to storage that no other test has seen.

    `timeout` is how many seconds an answer may take.
    """

    def __init__(
        self, install: Callable[[], Installation], verdicts: Verdicts, timeout: float
    ) -> None:
        self._install = install
        self.verdicts = verdicts
        self._timeout = timeout
        self._process: NodeProcess | None = None
        self._url: SplitResult | None = None
        self._config: Config | None = None
        self._connections: list[Connection] = []
        self._epoch = 0
        self._next = 0

    @property
    def process(self) -> NodeProcess | None:
        """The process that runs, if one does."""
        return self._process

    def fresh_set(self, config: Config) -> int:
        """The number of storage that is empty, of a runtime with this configuration."""
        if (
            self._url is None
            or self._config is not config
            or self._next == sets(config)
        ):
            self.restart(config)
        self._next += 1
        return self._next - 1

    def connect(self, number: int, **where: str) -> Connection:
        """A connection to the storage of a number; `where` may name an object."""
        assert self._url is not None
        path = f"/?{urlencode({'set': number, **where})}"
        try:
            socket = WebSocket(self._url, path, self._timeout)
        except (ConnectionLost, TimeoutError) as error:
            self._lost("for a connection", error)
        made = Connection(socket, self._lost)
        self._connections = [known for known in self._connections if known.is_open]
        self._connections.append(made)
        return made

    def restart(self, config: Config) -> None:
        """Have a runtime with this configuration, and storage that nobody has seen."""
        self._disconnect()
        if self._process is None:
            self._process = NodeProcess(self._install())
            atexit.register(self.end)
        self._epoch += 1
        try:
            self._url = self._process.start(options(config, self._epoch))
        except NotStarted as error:
            reason = str(error)
            self._kill()
            self.verdicts.fail(f"workerd cannot be started: {reason}")
        self._config = config
        self._next = 0

    def _lost(self, asked: str, error: Exception) -> NoReturn:
        """Fail the test, and have the next one meet another runtime."""
        process = self._process
        words = "" if process is None else process.last_words()
        self._kill()
        if isinstance(error, TimeoutError):
            problem = f"did not answer within {self._timeout:g} seconds"
        else:
            problem = f"is gone: {error}"
        self.verdicts.fail(
            f"workerd {problem}. It was asked {asked}. It has been ended, and the next"
            f" test starts another one.{words}"
        )

    def _kill(self) -> None:
        if self._process is not None:
            self._process.kill()
        self._forget()

    def _disconnect(self) -> None:
        """Close what belongs to a runtime that is no more."""
        self._url = None
        for connection in self._connections:
            connection.close()
        self._connections.clear()

    def _forget(self) -> None:
        self._disconnect()
        self._process = self._config = None
        atexit.unregister(self.end)

    def end(self) -> None:
        """End the process, if there is one."""
        if self._process is not None:
            self._process.end()
        self._forget()
