"""The D1 service: a request is one transaction on one connection."""

from collections.abc import Sequence
from dataclasses import dataclass

from ..clock.standing import Present
from ..sqlite.counts import RowCounts
from ..sqlite.cursor import Row
from ..sqlite.database import Database
from ..sqlite.errors import CONSTRAINT_AT_COMMIT, SqlError
from .errors import Crashed, Refused, internal_error
from .request import Query
from .store import Store


@dataclass(frozen=True, slots=True)
class Meta:
    """What a statement did. `duration` is in milliseconds, `size_after` in bytes."""

    duration: int
    changes: int
    last_row_id: int
    changed_db: bool
    size_after: int
    rows_read: int
    rows_written: int


@dataclass(frozen=True, slots=True)
class Answer:
    """The result of one query; `meta` is None if nobody asked for it."""

    columns: tuple[str, ...]
    rows: list[Row]
    meta: Meta | None = None


class Service:
    """Runs requests on one store's database, one after the other."""

    def __init__(self, store: Store, clock: Present) -> None:
        self._store = store
        self._clock = clock

    def __repr__(self) -> str:
        return repr(self._store)

    @property
    def store(self) -> Store:
        """What is behind the service."""
        return self._store

    def at_start(self) -> "Service":
        """The same service on what the test found when it began."""
        return Service(self._store.at_start(), self._clock)

    def check(self) -> None:
        """Raises MigrationFailure if the database cannot be had."""
        self._store.check()

    @property
    def requests(self) -> int:
        """How many requests have succeeded on the database."""
        return self._store.requests

    @property
    def row_counts(self) -> list[RowCounts]:
        """Those of the statements whose meta was asked for in this test, in order."""
        return self._store.row_counts

    def serialize(self) -> bytes:
        """The whole database as bytes."""
        return self._store.database.serialize()

    def replace(self, image: bytes) -> None:
        """Go on with another database."""
        self._store.replace(image)

    def now_ms(self) -> int:
        """Epoch milliseconds."""
        return self._clock.now_ms()

    def request(self, queries: Sequence[Query], *, meta: bool = False) -> list[Answer]:
        """Run all queries, or none: the first error rolls back what came before it.

        Blank queries are left out. Raises Refused and Crashed.
        """
        wanted = [query for query in queries if not query.is_blank]
        if not wanted:
            raise Refused("No SQL statements detected.")
        database = self._store.database
        database.begin()
        try:
            answers = [self._answer(database, query, meta) for query in wanted]
            self._commit(database)
        except BaseException:
            self._store.database.rollback()
            raise
        self._store.count_request()
        return answers

    def _answer(self, database: Database, query: Query, meta: bool) -> Answer:
        try:
            if meta:
                return self._with_meta(database, query)
            cursor = database.query(query.sql, query.values)
            return Answer(cursor.columns, cursor.rows())
        except SqlError as error:
            if not database.in_transaction:
                self._store.reconnect()
                raise internal_error(query.sql) from error
            raise Refused(error.text, query.sql) from error

    def _with_meta(self, database: Database, query: Query) -> Answer:
        start = self.now_ms()
        changes, rowid = database.total_changes, database.last_insert_rowid
        size = database.size()
        cursor = database.query(query.sql, query.values, counted=True)
        rows = cursor.rows()
        counts = cursor.row_counts()
        self.row_counts.append(counts)
        changed = database.total_changes - changes
        size_after, rowid_after = database.size(), database.last_insert_rowid
        meta = Meta(
            duration=self.now_ms() - start,
            changes=changed,
            last_row_id=rowid_after,
            changed_db=bool(changed) or (size, rowid) != (size_after, rowid_after),
            size_after=size_after,
            rows_read=counts.read,
            rows_written=counts.written,
        )
        return Answer(cursor.columns, rows, meta)

    def _commit(self, database: Database) -> None:
        try:
            database.commit()
        except SqlError as error:
            database.rollback()
            self._store.reconnect()
            raise Crashed(CONSTRAINT_AT_COMMIT + error.text) from error
