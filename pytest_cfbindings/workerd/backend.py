"""One runtime for a test session: started when it is needed, and again if it must."""

import atexit
from collections.abc import Callable, Iterable, Mapping
from typing import NoReturn, Protocol
from urllib.parse import SplitResult, urlencode

from ..config import Config
from .at_once import AtOnce
from .connection import Connection
from .installation import Installation
from .options import Numbers, counts, options
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
        self._verdicts = verdicts
        self._timeout = timeout
        self._process: NodeProcess | None = None
        self._at_once: AtOnce | None = None
        self._url: SplitResult | None = None
        self._config: Config | None = None
        self._connections: list[Connection] = []
        self._epoch = 0
        self._counts: Numbers = {}
        self._numbers: dict[tuple[str, str], int] = {}

    @property
    def process(self) -> NodeProcess | None:
        """The process that runs, if one does."""
        return self._process

    @property
    def is_running(self) -> bool:
        """Whether there is a runtime that has not failed."""
        return self._url is not None

    def skip(self, reason: str) -> NoReturn:
        """Skip the test: the runtime has not what it needs."""
        for connection in self._connections:
            connection.sections.give_up(f"This test is skipped: {reason}")
        self._verdicts.skip(reason)

    def fresh(self, config: Config) -> Numbers:
        """The number of each store that is empty; of a runtime with this configuration.

        It stays empty until `spend` says that it is not.
        """
        if self._url is None or self._config is not config or self._is_used_up():
            self.restart(config)
        return dict(self._numbers)

    def spend(self, keys: Iterable[tuple[str, str]]) -> None:
        """Have the next test find other stores than these."""
        for key in keys:
            self._numbers[key] += 1

    def _is_used_up(self) -> bool:
        return any(self._numbers[key] >= count for key, count in self._counts.items())

    def connect(self, names: Mapping[str, str], **where: str) -> Connection:
        """A connection that knows bindings by names; `where` may name an object."""
        assert self._url is not None
        assert self._at_once is not None
        self._at_once.check(None, "for a connection")
        path = f"/?{urlencode(where)}"
        try:
            socket = WebSocket(self._url, path, self._timeout)
        except (ConnectionLost, TimeoutError) as error:
            self._lost("for a connection", error)
        made = Connection(socket, names, self._lost, self._at_once)
        self._connections = [known for known in self._connections if known.is_open]
        self._connections.append(made)
        return made

    def restart(self, config: Config) -> None:
        """Have a runtime with this configuration, and storage that nobody has seen."""
        self._disconnect()
        if self._process is None:
            self._process = NodeProcess(self._install())
            self._at_once = AtOnce(self._process, self._timeout, self.skip)
            atexit.register(self.end)
        self._epoch += 1
        self._counts = counts(config, self._numbers if self._config is config else None)
        try:
            started = options(config, self._epoch, self._counts)
            self._url = self._process.start(started)
        except NotStarted as error:
            reason = str(error)
            self._kill()
            self._verdicts.fail(f"workerd cannot be started: {reason}")
        self._config = config
        self._numbers = dict.fromkeys(self._counts, 0)

    def _lost(self, asked: str, error: Exception) -> NoReturn:
        """Fail the test, and have the next one meet another runtime."""
        process = self._process
        words = "" if process is None else process.last_words()
        self._kill()
        if isinstance(error, TimeoutError):
            problem = f"did not answer within {self._timeout:g} seconds"
        else:
            problem = f"is gone: {error}"
        self._verdicts.fail(
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
        # What is still connected would be waited for.
        self._disconnect()
        if self._process is not None:
            self._process.end()
        self._forget()
