"""The entries of an object, in its database."""

from collections.abc import Iterator, Sequence

from ..javascript.errors import JsThrow, error
from ..sqlite.cursor import Cursor, SqlValue
from ..sqlite.errors import SqlError
from .contract import Alarm
from .entries import Pair, Range
from .store import KEY_VALUE, ObjectStore


class SqliteEntries:
    """Implements `Entries`; what it writes is part of the turn.

    Keys are stored as BLOBs, which SQLite orders as it orders the same bytes of text,
    and which may hold what is no UTF-8.
    """

    def __init__(self, store: ObjectStore, alarm: Alarm) -> None:
        self._store = store
        self._alarm = alarm

    def get(self, key: bytes) -> bytes | None:
        """The value under a key."""
        self._store.limits.check_key(key)
        if not self._store.has(KEY_VALUE):
            return None
        rows = self._store.database().run(
            "SELECT value FROM _cf_KV WHERE key = ?", (key,)
        )
        return None if not rows else _blob(rows[0][0])

    def get_many(self, keys: Sequence[bytes]) -> list[Pair]:
        """Those that exist, sorted by key."""
        self._store.limits.check_keys(keys)
        found = ((key, self.get(key)) for key in sorted(set(keys)))
        return [(key, value) for key, value in found if value is not None]

    def list(self, keys: Range) -> "list[Pair]":
        """The entries of a range; the iterator of `kv.list` ends by it."""
        cursor = self.cursor(keys)
        return [] if cursor is None else list(cursor)

    def cursor(self, keys: Range) -> "EntryCursor | None":
        """The same, read one by one; None while nothing was ever written."""
        for bound in (keys.start, keys.end or b""):
            self._store.limits.check_bound(bound)
        if not self._store.has(KEY_VALUE):
            return None
        return EntryCursor(self._store, keys)

    def put(self, pairs: Sequence[Pair]) -> None:
        """Write all, or none if one is refused."""
        self._store.limits.check_pairs(pairs)
        self._store.create(KEY_VALUE)
        for pair in pairs:
            self._store.write(
                KEY_VALUE,
                "INSERT INTO _cf_KV VALUES (?, ?)"
                " ON CONFLICT DO UPDATE SET value = excluded.value",
                pair,
            )

    def delete(self, keys: Sequence[bytes]) -> int:
        """How many of the keys there were."""
        self._store.limits.check_keys(keys)
        return sum(
            self._store.write(KEY_VALUE, "DELETE FROM _cf_KV WHERE key = ?", (key,))
            for key in keys
        )

    def alarm_ms(self) -> int | None:
        """The alarm in epoch milliseconds."""
        return self._alarm.get()

    def set_alarm(self, at_ms: int | None) -> None:
        """Have the alarm at that moment, or none."""
        if at_ms is None:
            self._alarm.delete()
        else:
            self._alarm.set(at_ms)


class EntryCursor:
    """Entries read from the database one by one: writes made meanwhile show.

    Only one is open at a time, since workerd has one statement for all of them.
    """

    def __init__(self, store: ObjectStore, keys: Range) -> None:
        self._store = store
        self._reason: JsThrow | None = None
        bounds, values = "key >= ?", [keys.start]
        if keys.end is not None:
            bounds += " AND key < ?"
            values.append(keys.end)
        direction = " DESC" if keys.reverse else ""
        limit = -1 if keys.limit is None else keys.limit
        store.cursors.hold_over_entries(self)
        self._rows: Cursor | None = store.database().open(
            f"SELECT key, value FROM _cf_KV WHERE {bounds}"
            f" ORDER BY key{direction} LIMIT {limit}",
            values,
        )

    def __iter__(self) -> Iterator[Pair]:
        return self

    def __next__(self) -> Pair:
        if self._reason is not None:
            raise self._reason
        if self._rows is None:
            raise StopIteration
        try:
            key, value = next(self._rows)
        except StopIteration:
            self._rows = None
            self._store.cursors.let_go(self)
            raise
        except SqlError as failed:
            self.cancel(error(failed.text))
            raise error(failed.text) from None
        return _blob(key), _blob(value)

    def cancel(self, reason: JsThrow) -> None:
        """Free the statement; who reads on gets the reason."""
        if self._rows is not None:
            self._rows.close()
            self._rows = None
            self._reason = reason
            self._store.cursors.let_go(self)


def _blob(value: SqlValue) -> bytes:
    assert isinstance(value, bytes)
    return value
