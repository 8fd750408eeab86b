"""The process of Node that runs workerd: started, asked for a runtime, ended."""

import json
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from selectors import EVENT_READ, DefaultSelector
from typing import Any
from urllib.parse import SplitResult, urlsplit

from .installation import Installation
from .websocket import ConnectionLost

_DRIVER = Path(__file__).with_name("driver.mjs")
_START_SECONDS = 60.0
_END_SECONDS = 5.0
_SHOWN_LINES = 20
# What workerd asks at once comes as names of modules, in parts of 64 KiB.
_LONG_NAMES = "--max-http-header-size=1000000"


class NotStarted(Exception):
    """The runtime could not be started, or not in time."""


class NodeProcess:
    """One process and its group, which ends when this process does.

    It watches its standard input, which the system closes for us if we are killed.
    """

    def __init__(self, installation: Installation) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="cfbindings-"))
        self._log = (self._folder / "stderr").open("wb")
        self._process = subprocess.Popen(
            [installation.node, _LONG_NAMES, str(_DRIVER), str(installation.folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            # Storage lies there, so that nothing is left if it is killed.
            env={**os.environ, "TMPDIR": str(self._folder)},
            # Ctrl-C is for us; what becomes of it is ours to say.
            start_new_session=os.name == "posix",
        )
        self._answers = b""

    @property
    def pid(self) -> int:
        return self._process.pid

    def start(self, options: Mapping[str, object]) -> SplitResult:
        """Have a runtime with these options in place of the one before; where it is.

        Raises NotStarted.
        """
        try:
            self._write({"start": options})
            answer = self._line(_START_SECONDS)
        except ConnectionLost as lost:
            raise NotStarted(f"Node has ended: {lost}.{self.last_words()}") from lost
        except TimeoutError as late:
            problem = f"It did not start within {_START_SECONDS:g} seconds."
            raise NotStarted(problem + self.last_words()) from late
        if "error" in answer:
            raise NotStarted(f"{answer['error']}{self.last_words()}")
        url: str = answer["url"]
        return urlsplit(url)

    def asked(self, timeout: float) -> str:
        """What workerd asks and waits for. Raises ConnectionLost and TimeoutError."""
        text: str = self._line(timeout)["asked"]
        return text

    def answer(self, text: str) -> None:
        """Answer it. Raises ConnectionLost."""
        self._write({"answer": text})

    def _write(self, message: Mapping[str, object]) -> None:
        stdin = self._process.stdin
        assert stdin is not None
        try:
            stdin.write(json.dumps(message).encode() + b"\n")
            stdin.flush()
        except OSError as error:
            raise ConnectionLost(str(error)) from error

    def _line(self, timeout: float) -> dict[str, Any]:
        """The next line of standard output. Raises ConnectionLost and TimeoutError."""
        stdout = self._process.stdout
        assert stdout is not None
        with DefaultSelector() as selector:
            selector.register(stdout, EVENT_READ)
            while b"\n" not in self._answers:
                if not selector.select(timeout):
                    raise TimeoutError
                data = os.read(stdout.fileno(), 65536)
                if not data:
                    raise ConnectionLost("it has closed its standard output")
                self._answers += data
        line, _, self._answers = self._answers.partition(b"\n")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def last_words(self) -> str:
        """What it wrote to standard error last, on lines of their own."""
        text = (self._folder / "stderr").read_text(errors="replace").strip()
        lines = text.splitlines()[-_SHOWN_LINES:]
        return "".join(f"\n    {line}" for line in lines)

    def end(self) -> None:
        """End it and all that it has started, if need be by force."""
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None
        assert stdout is not None
        try:
            stdin.close()
            self._process.wait(_END_SECONDS)
        except (OSError, subprocess.TimeoutExpired):
            pass  # It is killed below.
        self.kill()

    def kill(self) -> None:
        """End it by force, and all that it has started."""
        if os.name == "posix":
            # None may be left of the group.
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
        else:
            self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout, self._log):
            assert stream is not None
            # What was still to be written has no reader any more.
            with suppress(OSError):
                stream.close()
        shutil.rmtree(self._folder, ignore_errors=True)
