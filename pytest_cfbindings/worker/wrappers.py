"""What the SDK's wrappers of `env` remember between tests."""

import sys
from types import FrameType
from typing import Any, Final
from weakref import WeakSet

_READING: Final = "_EnvWrapper.__getattr__"
_DEPTH: Final = 12
"""Frames between the wrapper and our object: those of the proxy that it reads."""


class EnvWrappers:
    """The live wrappers of one `env` that have read a binding.

    The SDK's `_EnvWrapper` keeps each binding as an attribute once it was read, and a
    module that did `from workers import env` keeps the wrapper. When another
    environment becomes active, what it kept would still answer.
    """

    def __init__(self) -> None:
        self._readers: WeakSet[Any] = WeakSet()

    def __repr__(self) -> str:
        return f"<EnvWrappers: {len(self._readers)} have read something>"

    def note_reader(self) -> None:
        """Know the wrapper that reads a binding at present, if one does."""
        frame: FrameType | None = sys._getframe(1)
        for _ in range(_DEPTH):
            if frame is None:
                return
            if frame.f_code.co_qualname == _READING:
                self._readers.add(frame.f_locals["self"])
                return
            frame = frame.f_back

    def forget_bindings(self) -> None:
        """Have all of them read anew."""
        for wrapper in list(self._readers):
            for name in [name for name in vars(wrapper) if name != "_env"]:
                delattr(wrapper, name)
        self._readers.clear()
