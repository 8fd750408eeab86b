"""What the life of an object and its storage ask of each other."""

from collections.abc import Awaitable, Callable
from typing import Protocol


class Gate(Protocol):
    """The order in which one object's code runs, as its storage knows it.

    A turn is what runs between two suspensions. Its writes are one implicit
    transaction, which the gate has committed when the turn ends.
    """

    def check(self) -> None:
        """Called first by every operation, before its arguments are looked at.

        Raises a JavaScript Error once the storage is no longer accessible: after a
        reset of the object, or when the test that made it has ended.
        """

    def wrote(self) -> None:
        """Storage has opened its implicit transaction: the turn's end has to commit.

        Outside of any turn (a timer's callback, a test) it is committed soon after.
        """

    def exclusively(self, body: Callable[[], Awaitable[object]]) -> Awaitable[object]:
        """Run a critical section: nothing else of the object runs until it has ended.

        It takes its place in the queue when this is called, and begins in a later
        turn, when what this one wrote is committed; one that is asked for inside of
        another runs there at once. The awaitable has the body's result and raises what
        it raised. A section that takes 30 seconds resets the object.
        """

    def reset(self, error: Exception) -> None:
        """Break the object with this JsThrow: its storage failed beyond repair."""


class Alarm(Protocol):
    """The one alarm of an object: what setAlarm and its kin do, arguments checked.

    Its time is in the store and part of the turn; handlers and retries are not the
    storage's matter.
    """

    def get(self) -> int | None:
        """Epoch milliseconds; None without an alarm, and while its handler runs."""

    def set(self, at_ms: int) -> None:
        """Replace the alarm. A moment that has passed becomes now."""

    def delete(self) -> None:
        """Have no alarm. Also called by a deleteAll that deletes the alarm."""


class Store(Protocol):
    """The database of one object, which outlives the instances of its class."""

    def attach(self, gate: Gate) -> None:
        """From now on this gate is told when a turn has written."""

    def begin_session(self) -> None:
        """An instance is about to be made: restore the bookmark it was asked for."""

    def commit(self) -> bool:
        """End a turn: commit the implicit transaction; False if there was none.

        Does nothing while an explicit transaction is open. Raises JsThrow with the
        text of the reset if SQLite refuses; everything is rolled back then.
        """

    def rollback(self) -> None:
        """Forget what is not committed, with all open transactions and cursors."""

    def close(self) -> None:
        """The test is over."""

    def alarm_ms(self) -> int | None:
        """The stored time of the alarm, in epoch milliseconds, as this turn sees it."""

    def write_alarm(self, at_ms: int | None) -> None:
        """Store it, as part of the turn; calls `Gate.wrote` as other writes do."""

    @property
    def touched(self) -> bool:
        """Whether anything was ever stored."""
