"""Which code belongs to the Worker: what runs inside of a dispatch.

Tasks inherit it from the task that makes them, as they do any context variable.
"""

from contextvars import Context, ContextVar
from typing import Final

DISPATCH: Final = ContextVar[str | None]("DISPATCH", default=None)
"""What the running code was dispatched for, such as `fetch /page`."""


def inside(context: Context | None) -> bool:
    """Whether code of a context, or the running code, is in a dispatch."""
    found = DISPATCH.get() if context is None else context.get(DISPATCH)
    return found is not None


def inner_context(context: Context, what: str) -> Context:
    """The same context, in which the code is in a dispatch from now on."""
    context.run(DISPATCH.set, what)
    return context
