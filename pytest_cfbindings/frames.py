"""Tracebacks that show the user's code: our frames and the SDK's are left out."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType

import pytest

_OURS = str(Path(__file__).parent)


def leave_out(error: BaseException) -> None:
    """Cut our frames and the SDK's from an error and what caused it."""
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        _cut(current.__traceback__)
        current = current.__cause__ or current.__context__


def _cut(traceback: TracebackType | None) -> None:
    """Skip hidden frames behind the first one, which pytest's own runner made."""
    while traceback is not None:
        while traceback.tb_next is not None and _is_hidden(traceback.tb_next):
            traceback.tb_next = traceback.tb_next.tb_next
        traceback = traceback.tb_next


def _is_hidden(traceback: TracebackType) -> bool:
    frame = traceback.tb_frame
    if frame.f_code.co_filename.startswith(_OURS):
        return True
    name: str = frame.f_globals.get("__name__", "")
    return name.partition(".")[0] == "workers"


def wanted(config: pytest.Config) -> bool:
    """Whether to leave frames out: not with --full-trace."""
    return not config.getoption("fulltrace", default=False)
