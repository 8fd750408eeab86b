"""The rows of one statement, read one by one."""

from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

import apsw

from .counts import Measured, RowCounts
from .errors import SqlError

SqlValue: TypeAlias = int | float | str | bytes | None
Row: TypeAlias = tuple[SqlValue, ...]
Reread = Callable[[], Iterator[Row]]


class Cursor:
    """A statement that has been started; iterating gives its rows.

    Raises SqlError where SQLite fails on the way to a row. `close`, the end of the
    rows and the end of the cursor's life free the statement.
    """

    def __init__(
        self,
        rows: apsw.Cursor,
        columns: tuple[str, ...],
        failure: Callable[[apsw.Error], SqlError],
        reread: Reread,
        measured: Measured | None = None,
    ) -> None:
        self.columns = columns
        """The names, duplicates too; none for a statement without a result."""
        self._rows: Iterator[Any] = rows
        self._close = rows.close
        self._failure = failure
        self._reread = reread
        self._measured = measured
        self._given = 0
        self._at_end = False

    def row_counts(self) -> RowCounts:
        """Rows read and written by a counted statement.

        While rows are left it is what their number tells.
        """
        assert self._measured is not None
        if self._at_end:
            return self._measured.counts(self._given)
        return self._measured.so_far(self._given)

    def __iter__(self) -> Iterator[Row]:
        return self

    def __next__(self) -> Row:
        try:
            row: Row = next(self._rows)
        except UnicodeDecodeError:
            self._read_again()
            row = next(self._rows)
        except StopIteration:
            self._at_end = True
            self._ended()
            raise
        except apsw.Error as error:
            raise self._failure(error) from error
        self._given += 1
        return row

    def rows(self) -> list[Row]:
        """All that are left."""
        try:
            rest: list[Row] = list(self._rows)
        except UnicodeDecodeError:
            self._read_again()
            return list(self)
        except apsw.Error as error:
            raise self._failure(error) from error
        self._given += len(rest)
        self._at_end = True
        self._ended()
        return rest

    def close(self) -> None:
        """Leave the remaining rows."""
        self._close()
        self._ended()

    def _ended(self) -> None:
        if self._measured is not None:
            self._measured.stop()

    def _read_again(self) -> None:
        """Go on, from the row that holds text which is not UTF-8, in another way."""
        self._close()
        rows = self._reread()
        for _ in range(self._given):
            next(rows)
        self._rows = rows
