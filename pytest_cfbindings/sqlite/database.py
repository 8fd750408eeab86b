"""One database in memory, as workerd's SqliteDatabase behaves."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import lru_cache
from itertools import islice

import apsw

from ..javascript.text import utf8_length
from ..limits import SQL_STATEMENT_BYTES
from .authorizer import Authorizer
from .clock_vfs import ClockVfs
from .connection import PAGE_BYTES, open_connection
from .counts import Measured
from .cursor import Cursor, Row, SqlValue, decoded
from .errors import (
    NO_STATEMENT,
    VALUES_BEFORE_THE_LAST,
    WRONG_NUMBER_OF_VALUES,
    SqlError,
    not_authorized,
    returning_before_the_last,
    sql_error,
    too_long,
    unreadable,
    vacuum_in_transaction,
)
from .limited_changes import without_limit
from .names import is_free
from .older_functions import check_arguments
from .row_meter import Analyses, RowMeter
from .statements import Piece, next_statement
from .surrogates import storable
from .tokens import Token, tokens, unquoted


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
            if cursor.columns and self._changes_something(sql) and next(cursor, None):
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
        text, first_word = self._runnable(storable(sql), values)
        bound = [storable(v) if isinstance(v, str) else v for v in values]
        measured: Measured | None = None
        columns: list[str] = []

        def started(running: apsw.Cursor, _sql: str, _values: object) -> bool:
            nonlocal measured
            columns.extend(name for name, _type in running.get_description())
            check_arguments(text)
            if not self._named_parameters:
                _refuse_names(running.bindings_names)
            if self._before_write is not None and not running.is_readonly:
                self._before_write()
            if counted:
                # Not before: outside of a transaction, looking around would end the
                # deferral of foreign keys.
                measured = self._meter.start(text, bound, first_word)
            return True

        cursor = self._connection.cursor()
        cursor.exec_trace = started
        try:
            cursor.execute(text, bound, can_cache=False)
        except apsw.BindingsError:
            raise SqlError(WRONG_NUMBER_OF_VALUES) from None
        except apsw.Error as error:
            raise self._failure(error) from error
        except UnicodeDecodeError:
            pass  # The first row holds such text; the cursor knows what to do.
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

    def _drop_samples(self) -> None:
        """workerd's SQLite takes none: they show, and make for other plans."""
        with suppress(apsw.LockedError):  # By open cursors: then they stay for now.
            self.run("DROP TABLE IF EXISTS sqlite_stat4")
            self.run("ANALYZE sqlite_schema")  # Forgets the samples; makes the table.
            self.run("DROP TABLE sqlite_stat4")

    def _changes_something(self, sql: str) -> bool:
        """Whether a statement that returns rows is none that only reads."""
        words = {token.word for token in tokens(sql)}
        return "RETURNING" in words and bool(
            words & {"INSERT", "UPDATE", "DELETE", "REPLACE"}
        )

    def _runnable(self, sql: str, values: Sequence[SqlValue]) -> tuple[str, str]:
        """The statement as this SQLite runs it, and its first word."""
        words = _first_words(sql)
        first = words[0].word if words else ""
        if first == "ALTER" and _renames_to_reserved(words):
            raise not_authorized()  # SQLite does not tell the authorizer the new name.
        if first == "VACUUM":
            if values:
                raise SqlError(WRONG_NUMBER_OF_VALUES)
            raise vacuum_in_transaction()  # To a Worker, there always is one.
        if first == "PRAGMA" and _asks_for_data_version(words):
            return "SELECT 2 AS data_version", first  # As a file that was read once.
        if first in ("DELETE", "UPDATE", "WITH"):
            return without_limit(sql, self._key), first
        return sql, first

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
        names = ", ".join(f"c{i}" for i in range(count))
        parts = ", ".join(
            f"typeof(c{i}), CASE typeof(c{i}) WHEN 'text' THEN CAST(c{i} AS BLOB)"
            f" ELSE c{i} END"
            for i in range(count)
        )
        query = sql.rstrip().rstrip(";")
        again = f"WITH r({names}) AS ({query}\n) SELECT {parts} FROM r"
        try:
            rows = self.run(again, values)
        except apsw.SQLError:
            raise unreadable() from None
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
        """Open a savepoint."""
        self.run(f"SAVEPOINT {name}")

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


@lru_cache(maxsize=256)
def _first_words(sql: str) -> tuple[Token, ...]:
    return tuple(islice(tokens(sql), 8))


def _renames_to_reserved(words: Sequence[Token]) -> bool:
    spelled = [token.word for token in words]
    for place in range(len(spelled) - 2):
        if spelled[place : place + 2] == ["RENAME", "TO"]:
            return not is_free(unquoted(words[place + 2].text))
    return False


def _asks_for_data_version(words: Sequence[Token]) -> bool:
    return [token.word for token in words[1:] if token.word != ";"] == ["DATA_VERSION"]


def _refuse_names(names: Sequence[str | None]) -> None:
    for name in names:
        if name is not None and not name.isdigit():
            raise SqlError(
                f"D1 does not support the named parameter {name!r}: use ? or ?1, ?2 ..."
            )
