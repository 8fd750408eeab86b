"""The cursors over one object's database that nobody has read to their end."""

from typing import Protocol

from ..javascript.errors import JsThrow, error


class OpenCursor(Protocol):
    """Rows that are not read to their end; they hold on to the database."""

    def cancel(self, reason: JsThrow) -> None:
        """Free the statement; who reads on gets the reason."""


class OpenCursors:
    """Keeps cursors open until they are read to their end.

    JavaScript's garbage collector is in no hurry either: production keeps tables
    locked, and writes uncommitted, that a test must not find free.
    """

    def __init__(self) -> None:
        self._open: set[OpenCursor] = set()
        self._over_entries: OpenCursor | None = None

    def hold(self, cursor: OpenCursor) -> None:
        """Keep it open."""
        self._open.add(cursor)

    def hold_over_entries(self, cursor: OpenCursor) -> None:
        """Keep open the one cursor over entries, in place of the one before."""
        if self._over_entries is not None:
            self._over_entries.cancel(
                error(
                    "kv.list() iterator was invalidated because a new call to kv.list()"
                    " was started. Only one kv.list() iterator can exist at a time."
                )
            )
        self._over_entries = cursor
        self.hold(cursor)

    def let_go(self, cursor: OpenCursor) -> None:
        """It is read to its end."""
        self._open.discard(cursor)

    def leave(self) -> None:
        """Whose cursors they were has no storage any more."""
        self.cancel("Durable Object storage is no longer accessible.")

    def cancel(self, reason: str) -> None:
        """Free all their statements."""
        cursors, self._open = self._open, set()
        for cursor in cursors:
            cursor.cancel(error(reason))
