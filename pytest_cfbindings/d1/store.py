"""One D1 database of the environment, made anew for each test that uses it."""

from ..sqlite.clock_vfs import ClockVfs
from ..sqlite.counts import RowCounts
from ..sqlite.database import Database
from .template import Template

# The text is visible in sqlite_schema, and is workerd's to the letter (measured).
_BOOKMARK_TABLE = """CREATE TABLE IF NOT EXISTS _cf_METADATA (
        key INTEGER PRIMARY KEY,
        value BLOB
      )"""


class Store:
    """A clone of the template, from the first request of a test on."""

    def __init__(self, vfs: ClockVfs, template: Template) -> None:
        self._vfs = vfs
        self.template = template
        self._database: Database | None = None
        self.requests = 0
        """How many requests have succeeded; a bookmark is made of it."""
        self.row_counts: list[RowCounts] = []
        """Those of the statements that were asked for their meta, in order."""

    def __repr__(self) -> str:
        return f"<Store: {self.requests} requests>"

    @property
    def touched(self) -> bool:
        """Whether there is anything to reset."""
        return self._database is not None

    def reset(self) -> None:
        """Forget the database."""
        if self._database is not None:
            self._database.close()
        self._database = None
        self.row_counts.clear()

    def check(self) -> None:
        """Raises MigrationFailure if there cannot be a database."""
        if self._database is None:
            self.template.image()

    @property
    def database(self) -> Database:
        """The database of this test. Raises MigrationFailure."""
        if self._database is None:
            self._open(self.template.image())
            self.requests = self.template.requests
        assert self._database is not None
        return self._database

    def _open(self, image: bytes | None) -> None:
        self._database = Database(
            self._vfs, image, named_parameters=False, analyses=self.template.analyses
        )

    def reconnect(self) -> None:
        """Go on with the same data on a new connection, as workerd does after a crash.

        The last row id is 0 again, and PRAGMA switches are back at their defaults.
        """
        assert self._database is not None
        image = self._database.serialize()
        self._database.close()
        self._open(image)

    def count_request(self) -> None:
        """Note that a request succeeded.

        workerd keeps the count in a table of its own, and everybody sees that it is
        there; what it holds nobody can read.
        """
        assert self._database is not None
        if not self.requests:
            rowid = self._database.last_insert_rowid
            self._database.run(_BOOKMARK_TABLE)
            self._database.run("INSERT INTO _cf_METADATA VALUES (2, x'')")
            self._database.last_insert_rowid = rowid
        self.requests += 1
