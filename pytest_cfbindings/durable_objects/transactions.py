"""Transactions over the database of one object.

What a turn writes is one implicit transaction, which its first write opens. Explicit
ones are savepoints: those of `transaction`, outside of any implicit one, and those of
`transactionSync`, inside of it.
"""

from collections.abc import Callable
from typing import TypeVar

from ..javascript.errors import STOPS, JsError, JsThrow, error
from ..sqlite.database import Database
from ..sqlite.errors import CONSTRAINT_AT_COMMIT, SqlError

T = TypeVar("T")

_CRITICAL = ("SQLITE_FULL", "SQLITE_IOERR", "SQLITE_NOMEM", "SQLITE_INTERRUPT")
"""Errors for which SQLite gives up the whole transaction."""
_INTERNAL = "internal error; reference = pytest-cfbindings. "


class Section:
    """One run of `transaction`; `active` until it is rolled back or has ended."""

    def __init__(self, savepoint: str) -> None:
        self.savepoint = savepoint
        self.active = True


class Transactions:
    """The open transactions of one database.

    `opened` is called when a turn begins to write, `undone` after every rollback,
    `leave_cursors` when rows that nobody has read are in the way, and `reset` when the
    object cannot go on, unless it is `commit` that says so.
    """

    def __init__(
        self,
        database: Callable[[], Database],
        opened: Callable[[], None],
        undone: Callable[[], None],
        leave_cursors: Callable[[], None],
        reset: Callable[[JsThrow], None],
    ) -> None:
        self._database = database
        self._opened = opened
        self._undone = undone
        self._leave_cursors = leave_cursors
        self._reset = reset
        self._implicit = False
        self._sections: list[Section] = []
        self._synchronous = 0
        self._unannounced = False
        self.refusal: Callable[[], JsThrow] | None = None
        """What a test has arranged for the next commit to fail with."""

    @property
    def explicit(self) -> bool:
        """Whether code inside of `transaction` or `transactionSync` is running."""
        return bool(self._sections) or self.synchronous

    @property
    def synchronous(self) -> bool:
        """Whether code inside of `transactionSync` is running."""
        return self._synchronous > 0

    def before_write(self) -> None:
        """Open the implicit transaction, unless any transaction is open."""
        if not (self._implicit or self._sections):
            self._database().begin()
            self._implicit = True
            self._opened()

    def commit(self) -> bool:
        """End a turn; False if nothing was committed since the last one.

        Raises JsThrow, after a rollback, if SQLite refuses.
        """
        announced, self._unannounced = self._unannounced, False
        if not self._implicit:
            return announced
        database = self._database()
        if not database.in_transaction:
            self.rollback()
            raise _rolled_back()
        if self.refusal is not None:
            raise self._refused(self.refusal)
        try:
            database.commit()
        except SqlError as refused:
            self.rollback()
            raise _reset_error(refused) from None
        self._implicit = False
        return True

    def _refused(self, refusal: Callable[[], JsThrow]) -> JsThrow:
        self.refusal = None
        self.rollback()
        return refusal()

    def announce_later(self) -> None:
        """Something was committed that the end of the turn has to tell of."""
        self._unannounced = True

    def check(self, failed: SqlError | None = None) -> None:
        """Raises JsThrow, and resets the object, if SQL ended the transaction.

        `failed` is the error of the statement that may have done so.
        """
        expected = self._implicit or any(section.active for section in self._sections)
        if expected and not self._database().in_transaction:
            self.rollback()
            if failed is not None and failed.code in _CRITICAL:
                raise self._failed(error(failed.text))
            raise self._failed(_rolled_back())

    def _failed(self, reason: JsThrow) -> JsThrow:
        self._reset(reason)
        return reason

    def rollback(self) -> None:
        """Forget everything that is not committed."""
        self._implicit = False
        self._sections.clear()
        self._leave_cursors()
        self._database().rollback()
        self._undone()

    def replaced(self) -> None:
        """The database was deleted, and what was not committed with it."""
        self._implicit = False
        self._unannounced = True

    def begin(self) -> Section:
        """Start a `transaction`, inside the one that is running if there is one.

        Raises JsThrow as `commit` does, and resets the object then.
        """
        try:
            self._unannounced |= self.commit()
        except JsThrow as reason:
            raise self._failed(reason) from None
        section = Section(f"_cf_savepoint_{len(self._sections)}")
        try:
            self._database().savepoint(section.savepoint)
        except SqlError as refused:
            raise self._broken_off(refused) from None
        self._sections.append(section)
        return section

    def roll_back(self, section: Section) -> None:
        """Undo a `transaction` whose code goes on.

        Raises a JavaScript Error while another runs inside of it, and for a cursor that
        has rows left of what it wrote: all is undone then, but it goes on (measured).
        """
        if self._sections[-1] is not section:
            raise error(
                "Cannot roll back an outer transaction while a nested transaction is"
                " still running."
            )
        if self._synchronous:
            raise error(
                _INTERNAL + "A transaction cannot be rolled back inside of"
                " transactionSync()."
            )
        try:
            self._undo(section.savepoint)
        except SqlError as refused:
            raise _internal(refused) from None
        section.active = False

    def end(self, section: Section, keep: bool) -> None:
        """End a `transaction`; one that was rolled back has nothing to keep.

        Raises JsThrow, and resets the object, if SQLite does not commit the outermost.
        """
        if section not in self._sections:
            return  # The object was reset meanwhile.
        if section.active:
            is_outermost = self._sections[0] is section
            if keep and is_outermost and self.refusal is not None:
                raise self._failed(self._refused(self.refusal))
            end = self._database().release if keep else self._undo
            try:
                end(section.savepoint)
            except SqlError as refused:
                raise self._broken_off(refused) from None
        self._sections.remove(section)
        self._unannounced |= not self._sections

    def synchronously(self, body: Callable[[], T]) -> T:
        """Run the body of a `transactionSync`; what it raises undoes what it did.

        A cursor that has rows left of what was written makes an internal error of its
        beginning, and of any end. The savepoint stays open then, and ends with the turn
        (measured).
        """
        self.before_write()
        savepoint = f"_cf_sync_savepoint_{self._synchronous}"
        database = self._database()
        try:
            database.savepoint(savepoint)
        except SqlError as refused:
            raise _internal(refused) from None
        self._synchronous += 1
        try:
            result = body()
        except STOPS:
            raise  # Nothing of it is looked at any more.
        except BaseException:
            if database.in_transaction:
                self._undo_synchronous(savepoint)
            raise
        finally:
            self._synchronous -= 1
        self.check()
        if not database.in_transaction:
            return result  # The object was reset meanwhile.
        try:
            database.release(savepoint)
        except SqlError as refused:
            self._undo_synchronous(savepoint)
            raise _internal(refused) from None
        return result

    def _undo_synchronous(self, savepoint: str) -> None:
        try:
            self._undo(savepoint)
        except SqlError as refused:
            raise _internal(refused) from None

    def _undo(self, savepoint: str) -> None:
        """Undo what happened since a savepoint, and end it.

        Raises SqlError if it does not end, with everything undone.
        """
        database = self._database()
        database.rollback_to(savepoint)
        self._undone()
        database.release(savepoint)

    def _broken_off(self, refused: SqlError) -> JsThrow:
        """What resets an object whose `transaction` SQLite does not let go on."""
        self.rollback()
        return self._failed(_not_committed(refused))


def _rolled_back() -> JsThrow:
    return error(
        _INTERNAL + "A statement rolled the whole transaction back (OR ROLLBACK or"
        " RAISE(ROLLBACK)), which resets the Durable Object: use OR ABORT or"
        " RAISE(ABORT)."
    )


def _reset_error(refused: SqlError) -> JsThrow:
    """What resets an object whose writes SQLite does not commit."""
    if refused.code == "SQLITE_CONSTRAINT":
        return error(CONSTRAINT_AT_COMMIT + refused.text)
    return _internal(refused)


def _not_committed(refused: SqlError) -> JsThrow:
    """What resets an object whose `transaction` SQLite does not commit (measured)."""
    thrown = _internal(refused)
    assert isinstance(thrown.value, JsError)
    thrown.value.properties["durableObjectReset"] = True
    return thrown


def _internal(refused: SqlError) -> JsThrow:
    """workerd's internal error, with what SQLite said and what to do."""
    hint = ""
    if "in progress" in refused.text:
        hint = (
            " A cursor over INSERT, UPDATE or DELETE ... RETURNING has rows that nobody"
            " read: read them all before the turn or the transaction ends."
        )
    return error(f"{_INTERNAL}{refused.text}.{hint}")
