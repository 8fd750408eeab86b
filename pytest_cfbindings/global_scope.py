"""Global scope: while a Worker's modules are being imported, no I/O is allowed."""

from collections.abc import Iterator
from contextlib import contextmanager

from .io_context import CURRENT, IMPORT

_TEXT = (
    "Disallowed operation called within global scope. Asynchronous I/O (ex: fetch() or"
    " connect()), setting a timeout, and generating random values are not allowed"
    " within global scope. To fix this error, perform this operation within a handler."
    " https://developers.cloudflare.com/workers/runtime-apis/handlers/"
)


def check_io() -> None:
    """Raises workerd's Error for I/O in global scope (measured).

    Bodies, streams, signals and WebSockets count as I/O as soon as they are made.
    """
    if CURRENT.get() is IMPORT:
        # Sessions know of global scope before anything of JavaScript is needed.
        from .javascript.errors import error

        raise error(_TEXT)


class GlobalScope:
    """Whether a module of the Worker is being imported right now."""

    @contextmanager
    def entered(self) -> Iterator[None]:
        """Be in global scope for a while."""
        token = CURRENT.set(IMPORT)
        try:
            yield
        finally:
            CURRENT.reset(token)

    @property
    def is_entered(self) -> bool:
        """Whether that is so."""
        return CURRENT.get() is IMPORT

    def check(self) -> None:
        """As `check_io`."""
        check_io()
