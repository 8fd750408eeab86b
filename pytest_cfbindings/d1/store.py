"""One D1 database of the environment, made anew for each test that uses it."""

from ..clock.standing import Standing
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
        self._seeded: dict[Template, Template] = {}
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
            self._image()

    @property
    def database(self) -> Database:
        """The database of this test. Raises MigrationFailure."""
        if self._database is None:
            self._open(self._image())
            self.requests = self.begun_from.requests
        assert self._database is not None
        return self._database

    def _image(self) -> bytes | None:
        """What this test begins with."""
        return self.begun_from.image(self._vfs.clock.start_us())

    def _open(self, image: bytes | None) -> None:
        self._database = Database(
            self._vfs, image, named_parameters=False, analyses=self.begun_from.analyses
        )

    @property
    def begun_from(self) -> Template:
        """The template, or what was made of it by seeds."""
        return self._seeded.get(self.template, self.template)

    def seeded(self, template: Template) -> Template | None:
        """What tests begin from in the place of a template, if seeds changed it."""
        return self._seeded.get(template)

    def begin_from(self, template: Template, seeded: Template | None) -> None:
        """Have tests begin from another one in the place of a template; resets."""
        if seeded is None:
            self._seeded.pop(template, None)
        else:
            self._seeded[template] = seeded
        self.reset()

    def at_start(self) -> "Store":
        """A store of its own that holds what tests begin from."""
        return Store(self._vfs, self.begun_from)

    def vfs_at_start(self) -> ClockVfs:
        """The time at which this test started."""
        return ClockVfs(Standing(self._vfs.clock.start_us()))

    def replace(self, image: bytes | None) -> None:
        """Go on with another database; its bookmarks follow those of this one."""
        self.database.close()
        self._database = Database(self._vfs, image, named_parameters=False)
        before, self.requests = self.requests, 0
        if before:
            self.count_request()
            self.requests = before

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
        there; what it holds nobody can read. The row that it inserts there is the last
        row id from then on (measured).
        """
        assert self._database is not None
        if not self.requests:
            self._database.run(_BOOKMARK_TABLE)
            self._database.run("INSERT INTO _cf_METADATA VALUES (2, x'')")
        self.requests += 1
