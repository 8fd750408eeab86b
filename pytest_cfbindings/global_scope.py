"""Global scope: while a Worker's modules are being imported, no I/O is allowed."""

from collections.abc import Iterator
from contextlib import contextmanager

_TEXT = (
    "Disallowed operation called within global scope. Asynchronous I/O (ex: fetch() or"
    " connect()), setting a timeout, and generating random values are not allowed"
    " within global scope. To fix this error, perform this operation within a handler."
    " https://developers.cloudflare.com/workers/runtime-apis/handlers/"
)


class GlobalScope:
    """Whether a module of the Worker is being imported right now."""

    def __init__(self) -> None:
        self._depth = 0

    @contextmanager
    def entered(self) -> Iterator[None]:
        """Be in global scope for a while."""
        self._depth += 1
        try:
            yield
        finally:
            self._depth -= 1

    @property
    def is_entered(self) -> bool:
        """Whether that is so."""
        return self._depth > 0

    def check(self) -> None:
        """Raises workerd's Error for I/O in global scope (measured)."""
        if self._depth:
            # Sessions make one of these before anything of JavaScript is needed.
            from .javascript.errors import error

            raise error(_TEXT)
