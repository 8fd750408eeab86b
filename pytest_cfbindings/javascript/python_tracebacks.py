"""The traceback of a Python exception, as JavaScript is told it."""

from pathlib import Path
from traceback import StackSummary, TracebackException
from types import CodeType, TracebackType

_PACKAGE = str(Path(__file__).parents[1])

CROSSINGS: set[CodeType] = set()
"""The functions that call Python for JavaScript: what precedes them in a traceback,
up to the first one, is JavaScript's."""


def format_traceback(exception: BaseException) -> str:
    """The exception with the frames of the Worker alone, as in Pyodide."""
    told = TracebackException(
        type(exception), exception, _from_python(exception.__traceback__)
    )
    _drop_own_frames(told)
    return "".join(told.format())


def _from_python(whole: TracebackType | None) -> TracebackType | None:
    step = whole
    while step is not None:
        if step.tb_frame.f_code in CROSSINGS:
            return step.tb_next
        step = step.tb_next
    return whole


def _drop_own_frames(told: TracebackException) -> None:
    kept = [frame for frame in told.stack if not frame.filename.startswith(_PACKAGE)]
    told.stack = StackSummary.from_list(kept)
    for behind in (told.__cause__, told.__context__):
        if behind is not None:
            _drop_own_frames(behind)
