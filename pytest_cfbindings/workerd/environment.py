"""The bindings of one configuration, as workerd has them."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from ..config import Config
from ..javascript.objects import Accessor, JsObject
from ..worker.d1_databases import Migrations, check_name, migrated, migration_names
from ..worker.environment import Environment, Provide
from ..worker.surroundings import Surroundings
from .backend import Backend
from .connection import Connection
from .migrations import migrate
from .not_offered import NotOffered
from .objects import Binding, RemoteObject, root

_NOT_OFFERED = "env.{} is not part of --cf-backend=workerd, which has KV, D1 and R2"


class RemoteEnvironment(Environment):
    """`env` of a test on the real runtime.

    Vars and what tests provide are here. KV, D1, R2 and the namespaces of Durable
    Objects are over there, on storage that no other test has seen.
    """

    def __init__(
        self, config: Config, around: Surroundings, provide: Provide, backend: Backend
    ) -> None:
        super().__init__(_without_storage(config), around, provide)
        self.config = config
        self._scope = around.scope
        self._backend = backend
        self._migrations: Migrations = True
        self._migrated: set[str] = set()
        self._set: int | None = None
        self._connection: Connection | None = None
        self._objects: dict[str, Connection] = {}
        self._made: dict[str, RemoteObject] = {}
        for name, connect in self._storage():
            binding = self._binding(name, connect)
            self._logs.append(binding.calls)
            self.bindings[name] = Accessor(partial(self._root, binding))
        for name in _not_offered(config):
            skip = partial(backend.verdicts.skip, _NOT_OFFERED.format(name))
            self.bindings[name] = NotOffered(skip)

    def _storage(self) -> Iterator[tuple[str, Callable[[], Connection]]]:
        """What is over there, and how to reach it."""
        for kv in self.config.kv_namespaces:
            yield kv.binding, self._connected
        for d1 in self.config.d1_databases:
            yield d1.binding, partial(self._to_database, d1.store)
        for r2 in self.config.r2_buckets:
            yield r2.binding, self._connected
        for do in self.config.durable_objects:
            if not do.is_external:
                yield do.binding, self._connected

    def _binding(self, name: str, connect: Callable[[], Connection]) -> Binding:
        return Binding(name, connect, self._scope, self._backend.verdicts.skip)

    def _root(self, binding: Binding, _env: JsObject) -> RemoteObject:
        """The object of a binding, the same one for the whole session."""
        found = self._made.get(binding.name)
        if found is None:
            found = self._made[binding.name] = root(binding)
        return found

    def _connected(self) -> Connection:
        """The connection of this test."""
        if self._connection is None or not self._connection.is_open:
            self._set = self._backend.fresh_set(self.config)
            self._migrated.clear()
            self._connection = self._backend.connect(self._set)
        return self._connection

    def _to_database(self, store: str) -> Connection:
        """The same, with the migrations of a database applied."""
        connection = self._connected()
        if store not in self._migrated:
            self._migrated.add(store)
            self._migrate(store, connection)
        return connection

    def _migrate(self, store: str, connection: Connection) -> None:
        if self._migrations is False:
            return
        name, settings = migrated(self.config.d1_databases, store)
        if settings:
            until = self._migrations if isinstance(self._migrations, str) else None
            database = root(self._binding(name, lambda: connection))
            migrate(database, name, settings, until, self._clock.now_ms)

    def migrate(self, migrations: Migrations) -> None:
        check_name(migrations, frozenset(migration_names(self.config)))
        self._migrations = migrations

    def object_storage(self, namespace: str, digits: str) -> RemoteObject:
        """The storage of an object of a class of this kind; the user's is not run."""
        connection = self._connected()
        if digits not in self._objects:
            assert self._set is not None
            self._objects[digits] = self._backend.connect(
                self._set, namespace=namespace, object=digits
            )
        connection = self._objects[digits]
        return root(self._binding("storage", lambda: connection))

    def reset(self, why: str) -> None:
        super().reset(why)
        objects, self._objects = self._objects, {}
        for connection in objects.values():
            if connection.is_open:
                # The ids of objects are those of every test, so they are emptied.
                connection.ask({"operation": "wipe"}, "to empty an object")
                connection.close()
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _not_offered(config: Config) -> Iterator[str]:
    """The bindings that the embedded backend has and this one has not."""
    for producer in config.queue_producers:
        yield producer.binding
    for limiter in config.rate_limiters:
        yield limiter.binding


def _without_storage(config: Config) -> Config:
    """What is left of a configuration for this process to embed."""
    return replace(
        config,
        kv_namespaces=(),
        d1_databases=(),
        r2_buckets=(),
        durable_objects=tuple(do for do in config.durable_objects if do.is_external),
        queue_producers=(),
    )
