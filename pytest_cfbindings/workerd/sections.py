"""Whose turn it is at the storage of an object: transactions run one at a time."""

import asyncio
from collections.abc import Mapping
from contextvars import Context, ContextVar, copy_context
from types import MappingProxyType

from ..durable_objects.sections import Section
from ..javascript.errors import error
from ..javascript.promises import wake

_CURRENT: ContextVar[Mapping["Sections", Section]] = ContextVar(
    "SECTIONS", default=MappingProxyType({})
)
"""The transaction of each object that the running code is a part of."""


_NOT_YOURS = (
    "The storage of this Durable Object runs a transaction, and this is no part of it:"
    " in production, nothing else of the object runs until the transaction has ended."
)


class Sections:
    """The transactions of one object that run or wait.

    Code is a part of the transaction in whose closure it, or the task around it, was
    started. Nothing else may use the storage meanwhile: workerd would have to know
    that it is no part of the transaction.
    """

    def __init__(self) -> None:
        self._root = Section()
        self._waiting: list[asyncio.Future[None]] = []
        self._refusal: str | None = None

    def __repr__(self) -> str:
        return f"<Sections: {self._root!r}>"

    @property
    def is_idle(self) -> bool:
        """Whether there are none."""
        return not self._root.inner

    @property
    def is_running(self) -> bool:
        """Whether it is the turn of the running code."""
        return self._root.active() is self._mine()

    def _mine(self) -> Section:
        return _CURRENT.get().get(self, self._root).living()

    def add(self) -> tuple[Section, Context]:
        """One inside of that of the running code, and a context for its code.

        Raises a JavaScript Error when they are nested too deeply.
        """
        section, context = self._mine().add(), copy_context()
        context.run(_CURRENT.set, {**_CURRENT.get(), self: section})
        return section, context

    async def turn(self) -> None:
        """Wait for the turn of the running code."""
        self.check()
        while not self.is_running:
            await self.changed()
            self.check()

    def check_turn(self) -> None:
        """Raises a JavaScript Error when it is not the turn of the running code."""
        if not self.is_running:
            raise error(_NOT_YOURS)

    def check(self) -> None:
        """Raises a JavaScript Error when nothing can go on."""
        if self._refusal is not None:
            raise error(self._refusal)

    def changed(self) -> "asyncio.Future[None]":
        """Done when a transaction has ended, or nothing can go on."""
        change = asyncio.get_running_loop().create_future()
        self._waiting.append(change)
        return change

    def end(self, section: Section) -> None:
        """One is over, and others may go on."""
        section.end()
        self._wake()

    def give_up(self, why: str) -> None:
        """Nothing can go on, and whoever waits is told so."""
        self._refusal = self._refusal or why
        self._wake()

    def _wake(self) -> None:
        waiting, self._waiting = self._waiting, []
        for change in waiting:
            wake(change)
