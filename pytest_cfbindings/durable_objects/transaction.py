"""DurableObjectTransaction: what the callback of `storage.transaction` is given."""

from typing import Protocol

from ..javascript.errors import error
from ..javascript.objects import method
from ..javascript.promises import JsPromise
from .contract import Gate
from .entries import Entries
from .operations import StorageOperations
from .overlay import Overlay
from .transactions import Transactions


class Attempt(Protocol):
    """One transaction on one kind of storage."""

    @property
    def entries(self) -> Entries:
        """What it sees and changes."""

    def roll_back(self) -> None:
        """Undo it, while its code goes on. Raises a JavaScript Error if it cannot."""

    def end(self, keep: bool) -> None:
        """Commit or undo it. Raises JsThrow if it cannot be committed."""


class SqliteAttempt:
    """A savepoint: whatever the storage does in the meantime is part of it."""

    def __init__(self, entries: Entries, transactions: Transactions) -> None:
        self.entries = entries
        self._transactions = transactions
        self._section = transactions.begin()

    def roll_back(self) -> None:
        """Undo it."""
        self._transactions.roll_back(self._section)

    def end(self, keep: bool) -> None:
        """Release the savepoint."""
        self._transactions.end(self._section, keep)


class KeyValueAttempt:
    """Changes kept aside: only what is done through `txn` is part of it."""

    def __init__(self, overlay: Overlay) -> None:
        self.entries = overlay
        self._overlay = overlay

    def roll_back(self) -> None:
        """Forget the changes."""
        self._overlay.clear()

    def end(self, keep: bool) -> None:
        """Make the changes, as part of the turn."""
        if keep:
            self._overlay.commit()


class DurableObjectTransaction(StorageOperations):
    """`txn`: usable until it is rolled back or its callback has ended."""

    __slots__ = ("_attempt", "_rolled_back", "nested")

    class_name = "DurableObjectTransaction"

    def __init__(self, gate: Gate, attempt: Attempt) -> None:
        super().__init__(gate)
        self._attempt: Attempt | None = attempt
        self._rolled_back = False
        self.nested: list[JsPromise] = []
        """Transactions that were started inside of this one."""

    def __repr__(self) -> str:
        state = "rolled back" if self._rolled_back else "committed"
        return (
            "<DurableObjectTransaction:"
            f" {state if self._attempt is None or self._rolled_back else 'open'}>"
        )

    def entries(self, operation: str) -> Entries:
        if self._rolled_back:
            raise error(f"Cannot {operation} on rolled back transaction")
        if self._attempt is None:
            raise error(
                f"Cannot call {operation} on transaction that has already committed:"
                " did you move `txn` outside of the closure?"
            )
        return self._attempt.entries

    async def end(self, keep: bool) -> None:
        """Its callback has ended, and those of all that is nested have to end first."""
        for promise in self.nested:
            await promise.settling()
        attempt, self._attempt = self._attempt, None
        self._rolled_back |= not keep
        if attempt is not None:
            attempt.end(keep)

    @method
    def rollback(self) -> None:
        self._gate.check()
        if not self._rolled_back:
            self.entries("rollback()")
            assert self._attempt is not None
            self._attempt.roll_back()
            self._rolled_back = True

    @method
    def deleteAll(self) -> None:
        raise error("Cannot call deleteAll() within a transaction")
