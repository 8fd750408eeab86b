"""One database in memory, as workerd's SqliteDatabase behaves."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress

import apsw

from ..javascript.text import utf8_length
from ..limits import SQL_STATEMENT_BYTES
from .authorizer import Authorizer
from .clock_vfs import ClockVfs
from .connection import PAGE_BYTES, open_connection
from .counts import Measured
from .cursor import Cursor, Row, SqlValue
from .errors import (
    NO_STATEMENT,
    VALUES_BEFORE_THE_LAST,
    WRONG_NUMBER_OF_VALUES,
    SqlError,
    returning_before_the_last,
    sql_error,
    too_long,
    undecodable_argument,
    unreadable,
)
from .older_functions import check_arguments
from .row_meter import Analyses, RowMeter
from .runnable import refuse_names, returns_changes, runnable
from .statements import Piece, next_statement
from .surrogates import storable
from .tokens import unquoted
from .undecodable_text import as_bytes, decoded, is_argument


class Database:
    """A database and its one connection; see the package's text for its use.

    `image` is what `serialize` gave; None is an empty database, which already has the
    one page that workerd counts. `named_parameters` says whether `:name` may stand for
    a value, `row_bytes` how large a text, a BLOB or a row may be, `most_bytes` how
    large the database. `before_write` is called when a Worker's statement that can
    write is about to start. `analyses` may be shared by clones.
    """

    def __init__(
        self,
        vfs: ClockVfs,
        image: bytes | None = None,
        *,
        named_parameters: bool = True,
        row_bytes: int | None = None,
        most_bytes: int | None = None,
        before_write: Callable[[], None] | None = None,
        analyses: Analyses | None = None,
    ) -> None:
        self._vfs = vfs
        self._named_parameters = named_parameters
        self._before_write = before_write
        self._authorizer = Authorizer()
        self._connection = open_connection(
            vfs, image, self._authorizer, row_bytes, most_bytes
        )
        self._meter = RowMeter(self._connection, self.run, analyses)

    def query(
        self, sql: str, values: Sequence[SqlValue] = (), *, counted: bool = False
    ) -> Cursor:
        """Run all statements of a text as a Worker; the cursor is that of the last.

        `counted` has the cursor know the rows that its statement read and wrote. What
        the earlier ones did stays when a later one fails. A NUL ends the text, and then
        there is no last statement (measured). Raises SqlError.
        """
        sql, nul, _ = sql.partition("\0")
        start = 0
        while True:
            piece = self._next(sql, start)
            if piece.rest >= len(sql) and not nul:
                return self.execute(piece.sql, values, counted=counted)
            self._run_before_the_last(piece.sql)
            start = piece.rest

    def _next(self, sql: str, start: int) -> Piece:
        if utf8_length(sql[start:]) > SQL_STATEMENT_BYTES.value:
            raise too_long()
        piece = next_statement(sql, start)
        if piece is None:
            raise SqlError(NO_STATEMENT)
        return piece

    def _run_before_the_last(self, sql: str) -> None:
        try:
            cursor = self.execute(sql)
            if cursor.columns and returns_changes(sql) and next(cursor, None):
                raise returning_before_the_last()
            cursor.close()
        except SqlError as error:
            if error.text == WRONG_NUMBER_OF_VALUES:
                raise SqlError(VALUES_BEFORE_THE_LAST) from None
            raise

    def execute(
        self, sql: str, values: Sequence[SqlValue] = (), *, counted: bool = False
    ) -> Cursor:
        """Run exactly one statement as a Worker. Raises SqlError."""
        self._authorizer.forget()
        text, first_word = runnable(storable(sql), values, self._key)
        bound = [storable(v) if isinstance(v, str) else v for v in values]
        measured: Measured | None = None
        columns: list[str] = []

        def started(running: apsw.Cursor, _sql: str, _values: object) -> bool:
            nonlocal measured
            columns.extend(name for name, _type in running.get_description())
            self._check(running, text)
            if counted:
                # Not before: outside of a transaction, looking around would end the
                # deferral of foreign keys.
                measured = self._meter.start(text, bound, first_word)
            return True

        cursor = self._connection.cursor()
        cursor.exec_trace = started
        self._start(cursor, text, bound)
        self._meter.forget_plans(first_word)
        if self._authorizer.analyzed:
            self._drop_samples()
        return Cursor(
            cursor,
            tuple(columns),
            self._failure,
            lambda: self._lossy_rows(text, bound, len(columns)),
            measured,
        )

    def _check(self, prepared: apsw.Cursor, sql: str) -> None:
        """The last look at a statement that will run. Raises SqlError."""
        check_arguments(sql)
        if not self._named_parameters:
            refuse_names(prepared.bindings_names)
        if self._before_write is not None and not prepared.is_readonly:
            self._before_write()

    def _start(self, cursor: apsw.Cursor, sql: str, values: Sequence[SqlValue]) -> None:
        """Run a statement up to its first row. Raises SqlError."""
        try:
            cursor.execute(sql, values, can_cache=False)
        except apsw.BindingsError:
            raise SqlError(WRONG_NUMBER_OF_VALUES) from None
        except apsw.Error as error:
            raise self._failure(error) from error
        except UnicodeDecodeError as error:
            if is_argument(error):
                raise undecodable_argument() from None
            # Else the first row holds such text, and the cursor knows what to do.

    def _drop_samples(self) -> None:
        """workerd's SQLite takes none: they show, and make for other plans."""
        with suppress(apsw.LockedError):  # By open cursors: then they stay for now.
            self.run("DROP TABLE IF EXISTS sqlite_stat4")
            self.run("ANALYZE sqlite_schema")  # Forgets the samples; makes the table.
            self.run("DROP TABLE sqlite_stat4")

    def _key(self, table: str) -> str:
        """The columns that name a row of a table."""
        name = unquoted(table)
        [[without_rowid]] = self.run(
            "SELECT count(*) FROM pragma_table_list(?) WHERE wr", (name,)
        )
        if not without_rowid:
            return "rowid"
        columns = self.run(
            "SELECT name FROM pragma_table_info(?) WHERE pk ORDER BY pk", (name,)
        )
        return ", ".join('"' + str(c).replace('"', '""') + '"' for (c,) in columns)

    def _failure(self, error: apsw.Error) -> SqlError:
        return sql_error(error, self._authorizer)

    def _lossy_rows(
        self, sql: str, values: Sequence[SqlValue], count: int
    ) -> Iterator[Row]:
        """The rows of a query, its texts read as bytes."""
        try:
            rows = self.run(as_bytes(sql, count), values)
        except apsw.SQLError:
            raise unreadable() from None
        except UnicodeDecodeError:
            raise undecodable_argument() from None
        return iter([decoded(row) for row in rows])

    def run(
        self, sql: str, values: Sequence[SqlValue] = (), *, cached: bool = True
    ) -> list[Row]:
        """The service's own statement: nothing is refused. Raises apsw.Error.

        `cached` keeps it prepared.
        """
        authorizer = self._authorizer
        # As `_trusted` does: a context manager costs as much as the statement.
        before, authorizer.trusted = authorizer.trusted, True
        try:
            return self._connection.execute(sql, values, can_cache=cached).fetchall()
        finally:
            authorizer.trusted = before

    def change(self, sql: str, values: Sequence[SqlValue] = ()) -> int:
        """The same; gives the rows changed. Raises SqlError, of a full database."""
        before = self.total_changes
        self._confirmed(sql, values)
        return self.total_changes - before

    def open(self, sql: str, values: Sequence[SqlValue] = ()) -> Cursor:
        """The same for rows that are read one by one, without their names."""
        with self._trusted():
            rows = self._connection.execute(sql, values)
        return Cursor(rows, (), self._failure, lambda: iter(()))

    @contextmanager
    def _trusted(self) -> Iterator[None]:
        authorizer = self._authorizer
        before, authorizer.trusted = authorizer.trusted, True
        try:
            yield
        finally:
            authorizer.trusted = before

    @property
    def in_transaction(self) -> bool:
        """Whether one is open; OR ROLLBACK and RAISE(ROLLBACK) end it too."""
        return self._connection.in_transaction

    def begin(self) -> None:
        """Open a transaction."""
        self.run("BEGIN")
        self._meter.begin()

    def commit(self) -> None:
        """Commit. Raises SqlError for a violated deferred constraint, and stays open.

        The text does not have CONSTRAINT_AT_COMMIT before it.
        """
        self._confirmed("COMMIT")

    def _confirmed(self, sql: str, values: Sequence[SqlValue] = ()) -> None:
        self._authorizer.forget()
        try:
            self.run(sql, values)
        except apsw.Error as error:
            raise self._failure(error) from error

    def rollback(self) -> None:
        """Undo the transaction, unless SQLite has done so itself."""
        if self.in_transaction:
            self.run("ROLLBACK")
        self._meter.forget_plans()

    def savepoint(self, name: str) -> None:
        """Open a savepoint. Raises SqlError while a statement is writing."""
        self._confirmed(f"SAVEPOINT {name}")

    def release(self, name: str) -> None:
        """Keep what happened since a savepoint, and forget it.

        Raises SqlError as `commit` does: the outermost savepoint is a transaction.
        """
        self._confirmed(f"RELEASE {name}")

    def rollback_to(self, name: str) -> None:
        """Undo what happened since a savepoint; it stays open."""
        self.run(f"ROLLBACK TO {name}")
        self._meter.forget_plans()

    def size(self) -> int:
        """Bytes of the pages that are in use."""
        [[pages]] = self.run("PRAGMA page_count")
        [[free]] = self.run("PRAGMA freelist_count")
        return (int(pages or 0) - int(free or 0)) * PAGE_BYTES

    @property
    def total_changes(self) -> int:
        """Rows changed since the connection opened, by triggers too."""
        return self._connection.total_changes()

    @property
    def last_insert_rowid(self) -> int:
        """The connection's; a rollback does not restore it."""
        return self._connection.last_insert_rowid()

    def serialize(self) -> bytes:
        """The whole database as bytes, of which clones can be made."""
        return self._connection.serialize("main")

    def interrupt(self) -> None:
        """Make every statement that is running fail."""
        self._connection.interrupt()

    def close(self) -> None:
        """Free everything; open cursors end."""
        self._connection.close(True)
