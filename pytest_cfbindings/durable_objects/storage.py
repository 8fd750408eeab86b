"""DurableObjectStorage: `ctx.storage`."""

from collections.abc import Callable

from ..javascript.arguments import warn_of_surplus, wrong_parameter
from ..javascript.conversions import to_string
from ..javascript.errors import error
from ..javascript.objects import JsFunction, getter, method
from ..javascript.promises import JsPromise, promise_of
from ..javascript.values import undefined
from ..web.object_context import let_others_in
from .contract import Alarm, Gate
from .conversion import Arguments, argument, check_options, to_instant
from .entries import Entries
from .operations import StorageOperations
from .overlay import Overlay
from .recovery import Recovery, bookmark
from .sql_storage import SqlStorage
from .sqlite_entries import SqliteEntries
from .store import ObjectStore
from .sync_kv import SyncKvStorage
from .transaction import (
    Attempt,
    DurableObjectTransaction,
    KeyValueAttempt,
    SqliteAttempt,
)


class DurableObjectStorage(StorageOperations):
    """The storage of one object, as one instance of its class holds it."""

    __slots__ = ("_alarm", "_entries", "_kv", "_running", "_sql", "_store")

    class_name = "DurableObjectStorage"

    def __init__(self, store: ObjectStore, gate: Gate, alarm: Alarm) -> None:
        super().__init__(gate)
        self._store = store
        self._alarm = alarm
        self._entries = SqliteEntries(store, alarm)
        self._sql = SqlStorage(store, gate)
        self._kv = SyncKvStorage(store, gate, self._entries)
        self._running: list[DurableObjectTransaction] = []

    def __repr__(self) -> str:
        return f"<DurableObjectStorage: {self._store!r}>"

    def entries(self, operation: str) -> Entries:
        return self._entries

    @getter
    def sql(self) -> SqlStorage:
        return self._sql

    @getter
    def kv(self) -> SyncKvStorage:
        return self._kv

    @method
    def deleteAll(self, *arguments: object) -> JsPromise:
        warn_of_surplus("Durable Object deleteAll", arguments, 1)
        if self._store.transactions.synchronous:
            # Nobody can wait for the rejection; workerd throws, too.
            self._store.check_deletable()
        return self.attempt(self._delete_all, arguments)

    def _delete_all(self, arguments: Arguments) -> None:
        check_options("deleteAll", self.class_name, arguments, 1, "PutOptions")
        self._store.check_deletable()
        kept = self._store.alarm_ms()
        if self._store.delete_all_deletes_alarm:
            self._alarm.delete()
            kept = None
        self._store.delete_all()
        self._store.write_alarm(kept)

    @method
    def transaction(self, *arguments: object) -> JsPromise:
        warn_of_surplus("Durable Object transaction", arguments, 2)
        outer = self._running[-1] if self._running else None
        promise = JsPromise.run(self._transaction(arguments))
        if outer is not None:
            outer.nested.append(promise)
        return promise

    async def _transaction(self, arguments: Arguments) -> object:
        self._gate.check()
        callback = self._callback("transaction", arguments)
        check_options(
            "transaction", self.class_name, arguments, 2, "TransactionOptions"
        )
        return await self._gate.exclusively(lambda: self._run(callback))

    async def _run(self, callback: JsFunction) -> object:
        transaction = DurableObjectTransaction(self._gate, self._begin())
        self._running.append(transaction)
        try:
            result = await promise_of(callback.invoke(undefined, (transaction,)))
        except BaseException:
            await transaction.end(keep=False)
            raise
        else:
            await transaction.end(keep=True)
        finally:
            self._running.remove(transaction)
        return result

    def _begin(self) -> Attempt:
        if self._store.sqlite:
            return SqliteAttempt(self._entries, self._store.transactions)
        return KeyValueAttempt(Overlay(self._entries, self._store.limits))

    def _callback(self, operation: str, arguments: Arguments) -> JsFunction:
        callback = argument(arguments, 1)
        if not isinstance(callback, JsFunction):
            raise wrong_parameter(operation, self.class_name, 1, "function")
        return callback

    @method
    def transactionSync(self, *arguments: object) -> object:
        warn_of_surplus("Durable Object transactionSync", arguments, 1)
        self._gate.check()
        callback = self._callback("transactionSync", arguments)
        if not self._store.sqlite:
            raise error("Durable Object is not backed by SQL.")
        return self._store.transactions.synchronously(
            lambda: callback.invoke(undefined, ())
        )

    @method
    def sync(self) -> JsPromise:
        return self._when_durable(lambda: undefined)

    @method
    def getCurrentBookmark(self) -> JsPromise:
        return self._when_durable(self._current_bookmark)

    def _when_durable(self, answer: Callable[[], object]) -> JsPromise:
        """Unlike all other answers, these let others in before they are there."""

        async def wait() -> object:
            self._gate.check()
            found = answer()
            await let_others_in()
            return found

        return JsPromise.run(wait())

    def _current_bookmark(self) -> str:
        if self._store.recovery is not None:
            self._store.commit_early()
            return self._store.recovery.current()
        if not self._store.sqlite:
            raise _no_recovery()
        return bookmark(self._store.next_bookmark())

    @method
    def getBookmarkForTime(self, *arguments: object) -> JsPromise:
        return self.attempt(self._bookmark_for_time, arguments)

    def _bookmark_for_time(self, arguments: Arguments) -> str:
        instant = to_instant("getBookmarkForTime", self.class_name, arguments)
        return self._recovery().at(instant)

    @method
    def onNextSessionRestoreBookmark(self, *arguments: object) -> JsPromise:
        return self.attempt(self._restore, arguments)

    def _restore(self, arguments: Arguments) -> str:
        if not arguments:
            raise wrong_parameter(
                "onNextSessionRestoreBookmark", self.class_name, 1, "string"
            )
        wanted = to_string(arguments[0])
        recovery = self._recovery()
        self._store.commit_early()
        return recovery.request(wanted)

    def _recovery(self) -> Recovery:
        recovery = self._store.recovery
        if recovery is None:
            raise _no_recovery()
        return recovery


def _no_recovery() -> Exception:
    return error(
        "This Durable Object's storage back-end does not implement point-in-time"
        " recovery."
    )
