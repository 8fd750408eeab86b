"""Asking workerd while it waits for us, and answers nothing else.

Inside of a synchronous closure of ours workerd waits, as the whole Worker does in
production. It then asks Node what to do next, and Node asks us; see `blocking.cjs`.
"""

from collections.abc import Callable
from typing import NoReturn

from .process import NodeProcess


class AtOnce:
    """The way through the process that runs workerd; `timeout` is in seconds.

    `holder` is whoever it waits for. What somebody else asks skips the test.
    """

    def __init__(
        self, process: NodeProcess, timeout: float, skip: Callable[[str], NoReturn]
    ) -> None:
        self._process = process
        self._timeout = timeout
        self._skip = skip
        self.holder: object = None

    def check(self, asker: object, shown: str) -> None:
        """Skip the test if it would have to wait for the end of the closure."""
        if self.holder is not None and self.holder is not asker:
            self._skip(
                f"it asks {shown} inside of transactionSync(), where workerd answers"
                " nothing but the storage of that object"
            )

    def asked(self) -> str:
        """What workerd asks. Raises ConnectionLost and TimeoutError."""
        return self._process.asked(self._timeout)

    def ask(self, text: str) -> str:
        """Answer with what is asked here; its answer is what is asked next.

        Raises ConnectionLost and TimeoutError.
        """
        self._process.answer(text)
        return self.asked()

    def leave(self) -> None:
        """Let workerd go on."""
        self.holder = None
        self._process.answer("")
