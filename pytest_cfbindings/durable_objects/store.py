"""The database of one object, which outlives the instances of its class."""

from typing import Protocol

from ..clock.standing import Present
from ..javascript.errors import JsThrow, error
from ..limits import DO_DATABASE_BYTES, DO_HEADER_BYTES, SQL_VALUE_BYTES
from ..sqlite.clock_vfs import ClockVfs
from ..sqlite.connection import PAGE_BYTES
from ..sqlite.cursor import SqlValue
from ..sqlite.database import Database
from ..sqlite.errors import SqlError
from .contract import Gate
from .entry_limits import EntryLimits, KeyValueEntryLimits, SqliteEntryLimits
from .open_cursors import OpenCursors
from .recovery import Recovery
from .transactions import Transactions

KEY_VALUE = "_cf_KV"
METADATA = "_cf_METADATA"
_TABLES = {
    KEY_VALUE: """CREATE TABLE IF NOT EXISTS _cf_KV (
        key TEXT PRIMARY KEY,
        value BLOB
      ) WITHOUT ROWID""",
    METADATA: """CREATE TABLE IF NOT EXISTS _cf_METADATA (
        key INTEGER PRIMARY KEY,
        value BLOB
      )""",
}
_COUNT_TABLES = """SELECT count(*) FROM sqlite_schema
    WHERE type = 'table' AND substr(name, 1, 4) <> '_cf_'"""
_ALARM, _BOOKMARK = 1, 2
_NANOSECONDS = 1_000_000
"""In a millisecond; alarms are stored in nanoseconds, as workerd stores them."""


class Begun(Protocol):
    """What a store holds before anything is stored: a database and its alarm."""

    alarm_ms: int | None
    """In epoch milliseconds."""

    def image(self, start_us: int) -> bytes:
        """The database, for a test that starts at an instant in epoch microseconds."""


class ObjectStore:
    """Implements `contract.Store`; the storage classes read and write through it.

    Nothing is opened before something is read or written. `sqlite` says whether the
    class is SQLite-backed: a KV-backed one keeps its entries in SQLite as well, but has
    production's limits and transactions of the old kind.
    """

    def __init__(
        self,
        clock: Present,
        *,
        sqlite: bool,
        delete_all_deletes_alarm: bool,
        point_in_time: bool = False,
    ) -> None:
        self._clock = clock
        self.sqlite = sqlite
        self.delete_all_deletes_alarm = delete_all_deletes_alarm
        self.limits: EntryLimits = (
            SqliteEntryLimits() if sqlite else KeyValueEntryLimits()
        )
        self.touched = False
        """Whether anything was stored since the test began."""
        self._begun: Begun | None = None
        self.recovery = Recovery(clock) if point_in_time and sqlite else None
        self.cursors = OpenCursors()
        self.transactions = Transactions(
            self.database,
            self._opened,
            self._forget_tables,
            self.cursors.leave,
            self._reset,
        )
        self._vfs: ClockVfs | None = None
        self._database: Database | None = None
        self._tables: dict[str, bool] = {}
        self._gate: Gate | None = None

    def __repr__(self) -> str:
        if self._database is None:
            return f"<ObjectStore: {'empty' if self._is_empty else 'not opened'}>"
        [[tables]] = self._database.run(_COUNT_TABLES)
        counted = (
            self._database.run("SELECT count(*) FROM _cf_KV")
            if self.has(KEY_VALUE)
            else [(0,)]
        )
        return f"<ObjectStore: {counted[0][0]!r} keys, {tables!r} tables>"

    def attach(self, gate: Gate) -> None:
        """From now on this gate is told when a turn has written."""
        self.cursors.leave()
        self._gate = gate

    def begin_session(self) -> None:
        """Restore the bookmark that the last session asked for."""
        if self.recovery is None:
            return
        if not self._is_empty:
            self.database()  # Which the first bookmark is of.
        state = self.recovery.take_requested()
        if state is not None:
            self._replace(state.image)
            self.recovery.record(state.image)

    @property
    def exists(self) -> bool:
        """Whether it has ever held anything."""
        return self.touched or self._begun is not None

    def begin_from(self, begun: Begun) -> None:
        """Hold this from the start; the database is opened when it is needed."""
        self._begun = begun

    def image(self) -> bytes | None:
        """The database as it is now; None for an empty one."""
        if self._database is not None:
            return self._database.serialize()
        if self._begun is None:
            return None
        return self._begun.image(self._clock.start_us())

    @property
    def _is_empty(self) -> bool:
        """Whether there is no database, so that none has to be opened to look."""
        return self._database is None and self._begun is None

    @property
    def reads_clock(self) -> bool:
        """Whether SQL has asked for the time."""
        return self._vfs is not None and self._vfs.reads > 0

    def database(self) -> Database:
        """The database, opened if it is not yet."""
        if self._database is None:
            image = self.image()
            if image is not None and self.recovery is not None:
                self.recovery.begin_from(image)
            self._database = self._open(image)
        return self._database

    def _open(self, image: bytes | None) -> Database:
        if self._vfs is None:
            self._vfs = ClockVfs(self._clock)
        return Database(
            self._vfs,
            image,
            row_bytes=SQL_VALUE_BYTES.value + DO_HEADER_BYTES.value,
            most_bytes=DO_DATABASE_BYTES.value if self.sqlite else None,
            before_write=self.transactions.before_write,
        )

    @property
    def size(self) -> int:
        """Bytes of the pages in use; an empty database has one."""
        return PAGE_BYTES if self._is_empty else self.database().size()

    def has(self, table: str) -> bool:
        """Whether one of the tables that the runtime keeps for itself exists."""
        found = self._tables.get(table)
        if found is None:
            if self._is_empty:
                return False
            rows = self.database().run(
                "SELECT 1 FROM sqlite_schema WHERE name = ?", (table,)
            )
            found = self._tables[table] = bool(rows)
        return found

    def write(self, table: str, sql: str, values: tuple[SqlValue, ...] = ()) -> int:
        """Change such a table, which is created if need be; gives the rows changed."""
        self.transactions.before_write()
        self.create(table)
        try:
            return self.database().change(sql, values)
        except SqlError as failed:
            self.transactions.check(failed)
            raise error(failed.text) from None

    def create(self, table: str) -> None:
        """Have such a table, as the runtime does before it finds nothing to write."""
        if not self.has(table):
            self.transactions.before_write()
            self.database().run(_TABLES[table])
            self._tables[table] = True

    def _opened(self) -> None:
        self.touched = True
        if self._gate is not None:
            self._gate.wrote()

    def _reset(self, reason: JsThrow) -> None:
        if self._gate is not None:
            self._gate.reset(reason)

    def _forget_tables(self) -> None:
        self._tables.clear()

    def commit(self) -> bool:
        """End a turn; see the contract."""
        committed = self.transactions.commit()
        if committed and self.recovery is not None:
            self.recovery.record(self.image())
        return committed

    def commit_early(self) -> None:
        """Commit in the middle of a turn; its end will tell of it."""
        if self.commit():
            self.transactions.announce_later()

    def rollback(self) -> None:
        """Forget what is not committed, with all open transactions and cursors."""
        if self._database is not None:
            self.transactions.rollback()

    def check_deletable(self) -> None:
        """Raises a JavaScript Error inside a transaction."""
        if self.transactions.explicit:
            raise error("Cannot call deleteAll() within a transaction")

    def delete_all(self) -> None:
        """Delete the database. The caller sees to the alarm."""
        self._replace(None)
        if self._gate is not None:
            self._gate.wrote()

    def load(self, image: bytes | None) -> None:
        """Have this database before an instance is made."""
        self._replace(image)

    def _replace(self, image: bytes | None) -> None:
        self.cursors.cancel(
            "SQLite query was canceled because the database was deleted."
        )
        if self._database is not None:
            self._database.close()
        self.touched, self._begun = True, None
        self._database = None if image is None else self._open(image)
        self.transactions.replaced()
        self._forget_tables()

    def close(self) -> None:
        """The test is over."""
        self.cursors.leave()
        self._forget_tables()
        self._begun = None
        if self._database is not None:
            self._database.close()
            self._database = None

    def alarm_ms(self) -> int | None:
        """The stored time of the alarm, in epoch milliseconds."""
        if self._database is None:
            return None if self._begun is None else self._begun.alarm_ms
        at = self._metadata(_ALARM)
        return None if at is None else at // _NANOSECONDS

    def write_alarm(self, at_ms: int | None) -> None:
        """Store it, as part of the turn; what does not change is not written."""
        if at_ms != self.alarm_ms():
            value = None if at_ms is None else at_ms * _NANOSECONDS
            self._write_metadata(_ALARM, value)

    def next_bookmark(self) -> int:
        """Count local workerd's bookmarks: each says how many there were."""
        last = self._metadata(_BOOKMARK)
        number = 0 if last is None else last + 1
        self._write_metadata(_BOOKMARK, number)
        return number

    def _metadata(self, key: int) -> int | None:
        if not self.has(METADATA):
            return None
        rows = self.database().run(
            "SELECT value FROM _cf_METADATA WHERE key = ?", (key,)
        )
        value = rows[0][0] if rows else None
        assert value is None or isinstance(value, int)
        return value

    def _write_metadata(self, key: int, value: int | None) -> None:
        self.write(
            METADATA,
            "INSERT INTO _cf_METADATA VALUES (?, ?)"
            " ON CONFLICT DO UPDATE SET value = excluded.value",
            (key, value),
        )
