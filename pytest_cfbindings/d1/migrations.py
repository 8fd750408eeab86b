"""The migrations of a database, applied as `wrangler d1 migrations apply` does."""

from collections.abc import Callable, Sequence

from ..clock.standing import Standing
from ..config.migrations import Migration, list_migrations
from ..config.model import MigrationSettings
from ..config.sql_statements import SeveralTransactions, split_statements
from ..sqlite.clock_vfs import ClockVfs
from ..sqlite.database import Database
from .errors import Crashed, MigrationFailure, Refused
from .request import Query
from .service import Service
from .store import Store
from .template import EmptyTemplate, TimedTemplate

# wrangler's text to the letter: it is visible in sqlite_schema.
_TABLE = """CREATE TABLE IF NOT EXISTS "{table}"(
		id         INTEGER PRIMARY KEY AUTOINCREMENT,
		name       TEXT UNIQUE,
		applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL
);"""
# wrangler leaves the moment to the table's default. Here it is written, so that only
# what the migrations themselves say reads the time.
_RECORD = """
INSERT INTO "{table}" (name, applied_at)
values ('{name}', datetime({seconds}, 'unixepoch'));
"""
_DATE = 'UPDATE "{table}" SET applied_at = CURRENT_TIMESTAMP'


Send = Callable[[Sequence[str]], Sequence[tuple[object, ...]]]
"""Runs statements as one transaction and gives the rows of the first one.

Raises Refused or Crashed.
"""


class MigratedTemplate(TimedTemplate):
    """A database with migrations applied, when a test first uses it.

    `until` is the name of the last migration to apply; None applies all. Bindings
    that share the database may have settings of their own, which are applied in turn.
    """

    def __init__(
        self, binding: str, settings: Sequence[MigrationSettings], until: str | None
    ) -> None:
        super().__init__()
        self._binding = binding
        self._settings = settings
        self._until = until

    def _make(self, vfs: ClockVfs) -> bytes:
        store = Store(vfs, EmptyTemplate())
        service = Service(store, vfs.clock)

        def send(statements: Sequence[str]) -> Sequence[tuple[object, ...]]:
            return service.request([Query(sql) for sql in statements])[0].rows

        apply_migrations(
            self._binding, self._settings, self._until, send, service.now_ms
        )
        self.requests = store.requests
        image = store.database.serialize()
        store.reset()
        return image

    def dated(self, image: bytes, start_us: int) -> bytes:
        database = Database(ClockVfs(Standing(start_us)), image)
        for settings in self._settings:
            database.run(_DATE.format(table=settings.table))
        found = database.serialize()
        database.close()
        return found


def apply_migrations(
    binding: str,
    settings: Sequence[MigrationSettings],
    until: str | None,
    send: Send,
    now_ms: Callable[[], int],
) -> None:
    """Apply what has not been applied yet, up to a name. Raises MigrationFailure."""
    for each in settings:
        if each.problem is not None:
            raise MigrationFailure(
                f"The migrations of env.{binding} cannot be applied. {each.problem}"
            )
        send([_TABLE.format(table=each.table)])
        applied = {name for (name,) in send([f'SELECT name FROM "{each.table}"'])}
        for migration in _until(list_migrations(each), until):
            if migration.name not in applied:
                _run(binding, migration, each.table, send, now_ms() // 1000)


def _run(
    binding: str, migration: Migration, table: str, send: Send, seconds: int
) -> None:
    name = migration.name.replace("'", "''")
    text = migration.path.read_text(encoding="utf-8")
    record = _RECORD.format(table=table, name=name, seconds=seconds)
    try:
        send(split_statements(text + record))
    except SeveralTransactions as error:
        raise _failed(binding, migration, str(error)) from error
    except Refused as refused:
        raise _failed(binding, migration, refused.detail, refused.sql) from refused
    except Crashed as crashed:
        raise _failed(binding, migration, crashed.text, crashed.sql) from crashed


def _failed(
    binding: str, migration: Migration, reason: str, sql: str | None = None
) -> MigrationFailure:
    statement = "" if sql is None else f"\n\nThe statement is:\n\n{sql.strip()}"
    return MigrationFailure(
        f"The migration {migration.path} of env.{binding} failed: {reason}"
        f"{statement}\n\nIt was rolled back, and the database cannot be used. To"
        " stop before it, name the last migration that tests shall have"
        " (@pytest.mark.cfbindings(migrations=...) or the ini key cf_migrations)."
    )


def _until(migrations: list[Migration], last: str | None) -> list[Migration]:
    names = [migration.name for migration in migrations]
    if last not in names:
        return migrations
    return migrations[: names.index(last) + 1]
