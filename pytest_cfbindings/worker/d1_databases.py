"""The D1 databases of a configuration: bindings, stores, and their templates."""

from collections.abc import Iterator, Sequence, Set

from ..clock import Clock
from ..config import Config
from ..config.migrations import list_migrations
from ..config.model import D1Database as Database
from ..config.model import MigrationSettings
from ..d1.database import D1Database
from ..d1.migrations import MigratedTemplate
from ..d1.service import Service
from ..d1.store import Store
from ..d1.template import EmptyTemplate, Template
from ..global_scope import GlobalScope
from ..sqlite.clock_vfs import ClockVfs
from .refusal import UnknownMigration

Migrations = bool | str
"""Which migrations to apply: all, none, or those up to the one of that name."""


class D1Databases:
    """Bindings of one `store` share a database, and its migrations."""

    def __init__(self, config: Config, clock: Clock, scope: GlobalScope) -> None:
        self._databases = config.d1_databases
        self._vfs = ClockVfs(clock)
        self._templates: dict[tuple[str, Migrations], Template] = {}
        self._names = frozenset(migration_names(config))
        self.stores: dict[str, Store] = {}
        self.bindings: list[D1Database] = []
        for database in config.d1_databases:
            store = self.stores.get(database.store)
            if store is None:
                store = Store(self._vfs, EmptyTemplate())
                self.stores[database.store] = store
            self.bindings.append(
                D1Database(database.binding, Service(store, clock), scope)
            )

    def migrate(self, migrations: Migrations) -> None:
        """Choose which migrations the coming test finds applied.

        Raises UnknownMigration for a name that no database has.
        """
        check_name(migrations, self._names)
        for name, store in self.stores.items():
            store.template = self._template(name, migrations)

    def _template(self, store: str, migrations: Migrations) -> Template:
        key = (store, migrations)
        found = self._templates.get(key)
        if found is None:
            found = self._templates[key] = self._made(store, migrations)
        return found

    def _made(self, store: str, migrations: Migrations) -> Template:
        if migrations is False:
            return EmptyTemplate()
        binding, settings = migrated(self._databases, store)
        until = migrations if isinstance(migrations, str) else None
        return (
            MigratedTemplate(binding, settings, until) if settings else EmptyTemplate()
        )


def migrated(
    databases: Sequence[Database], store: str
) -> tuple[str, list[MigrationSettings]]:
    """A binding of a database, and the settings of all bindings that it has."""
    binding = next(d1.binding for d1 in databases if d1.store == store)
    settings: list[MigrationSettings] = []
    for database in databases:
        wanted = database.store == store and _has_migrations(database.migrations)
        if wanted and database.migrations not in settings:
            settings.append(database.migrations)
    return binding, settings


def _has_migrations(settings: MigrationSettings) -> bool:
    return settings.problem is not None or bool(list_migrations(settings))


def check_name(migrations: Migrations, names: Set[str]) -> None:
    """Raises UnknownMigration for a name that no database has."""
    if isinstance(migrations, str) and migrations not in names:
        raise UnknownMigration(
            f"no D1 database has a migration {migrations!r}; there are"
            f" {', '.join(sorted(names)) or 'none at all'}."
        )


def migration_names(config: Config) -> Iterator[str]:
    """The names of all migrations of a configuration."""
    for database in config.d1_databases:
        for migration in list_migrations(database.migrations):
            yield migration.name
