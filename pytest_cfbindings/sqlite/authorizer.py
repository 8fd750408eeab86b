"""What workerd lets a Worker's SQL do (measured, and the same for D1 and objects)."""

import apsw

from .functions import ALLOWED
from .names import is_free
from .pragmas import is_allowed

TRANSACTION_REFUSED = (
    "To execute a transaction, please use the state.storage.transaction() or"
    " state.storage.transactionSync() APIs instead of the SQL BEGIN TRANSACTION or"
    " SAVEPOINT statements. The JavaScript API is safer because it will automatically"
    " roll back on exceptions, and because it interacts correctly with Durable Objects'"
    " automatic atomic write coalescing."
)
_ALWAYS = frozenset(
    (apsw.SQLITE_SELECT, apsw.SQLITE_RECURSIVE, apsw.SQLITE_ANALYZE),
)
_ON_ONE_NAME = frozenset(
    (
        apsw.SQLITE_ALTER_TABLE,
        apsw.SQLITE_CREATE_TABLE,
        apsw.SQLITE_CREATE_VIEW,
        apsw.SQLITE_DELETE,
        apsw.SQLITE_DROP_TABLE,
        apsw.SQLITE_DROP_VIEW,
        apsw.SQLITE_INSERT,
        apsw.SQLITE_READ,
        apsw.SQLITE_REINDEX,
        apsw.SQLITE_UPDATE,
    )
)
_ON_TWO_NAMES = frozenset(
    (
        apsw.SQLITE_CREATE_INDEX,
        apsw.SQLITE_CREATE_TRIGGER,
        apsw.SQLITE_DROP_INDEX,
        apsw.SQLITE_DROP_TRIGGER,
    )
)
_TRANSACTIONS = frozenset((apsw.SQLITE_TRANSACTION, apsw.SQLITE_SAVEPOINT))
_VIRTUAL_TABLES = frozenset((apsw.SQLITE_CREATE_VTABLE, apsw.SQLITE_DROP_VTABLE))
_MODULES = frozenset(("fts5", "fts5vocab"))


class Authorizer:
    """Asked by SQLite about everything that a statement would do.

    While `trusted` is set, the service itself is speaking, and nothing is refused.
    """

    def __init__(self) -> None:
        self.trusted = False
        self.transaction_refused = False
        self.refused_function: str | None = None
        self.analyzed = False

    def forget(self) -> None:
        """Begin a new statement."""
        self.transaction_refused = False
        self.refused_function = None
        self.analyzed = False

    def __call__(
        self,
        action: int,
        first: str | None,
        second: str | None,
        database: str | None,
        _trigger: str | None,
    ) -> int:
        self.analyzed |= action == apsw.SQLITE_ANALYZE
        if self.trusted or self._allows(action, first, second, database):
            return apsw.SQLITE_OK
        return apsw.SQLITE_DENY

    def _allows(
        self, action: int, first: str | None, second: str | None, database: str | None
    ) -> bool:
        if action == apsw.SQLITE_ALTER_TABLE:
            first, second, database = second, None, first
        if database == "temp":
            reads = action in (apsw.SQLITE_READ, apsw.SQLITE_UPDATE)
            return reads and is_free(first)
        if database not in ("main", None):
            return False
        if action in _ALWAYS:
            return True
        if action in _ON_ONE_NAME:
            return is_free(first)
        if action in _ON_TWO_NAMES:
            return is_free(first) and is_free(second)
        if action == apsw.SQLITE_FUNCTION:
            return self._allows_function(second or "")
        if action == apsw.SQLITE_PRAGMA:
            return is_allowed(first or "", second)
        if action in _VIRTUAL_TABLES:
            return (second or "").lower() in _MODULES and is_free(first)
        self.transaction_refused = action in _TRANSACTIONS
        return False

    def _allows_function(self, name: str) -> bool:
        if name.lower() in ALLOWED:
            return True
        self.refused_function = name
        return False
