"""The bindings of one configuration, as workerd has them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from ..config import Config
from ..javascript.objects import Accessor, JsObject, PropertyKey
from ..state.contents import Contents
from ..worker.d1_databases import Migrations, check_name, migrated, migration_names
from ..worker.environment import Environment, Provide
from ..worker.surroundings import Surroundings
from .backend import Backend
from .connection import Connection
from .holding import Held, root
from .links import Binding
from .migrations import migrate
from .not_offered import NotOffered
from .object_connections import ObjectConnections
from .objects import RemoteObject
from .options import Stored, stored

if TYPE_CHECKING:
    from .copies import Copies

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
        self._touched: set[tuple[str, str]] = set()
        self._connection: Connection | None = None
        self._objects = ObjectConnections(backend)
        self._made: dict[str, RemoteObject] = {}
        self._around = around
        self._copies: Copies | None = None
        for name, connect in self._storage():
            binding = self._binding(name, connect)
            self._logs.append(binding.calls)
            self.bindings[name] = Accessor(partial(self._root, binding))
        for name in _not_offered(config):
            skip = partial(backend.skip, _NOT_OFFERED.format(name))
            self.bindings[name] = NotOffered(skip)

    def _storage(self) -> Iterator[tuple[str, Callable[[], Connection]]]:
        """What is over there, and how to reach it."""
        for one in stored(self.config):
            yield one.binding, partial(self._to_store, one)
        for do in self.config.durable_objects:
            if not do.is_external:
                yield do.binding, self._connected

    def _binding(self, name: str, connect: Callable[[], Connection]) -> Binding:
        return Binding(name, connect, self._scope, self._backend.skip, Held)

    def _root(self, binding: Binding, _env: JsObject) -> RemoteObject:
        """The object of a binding, the same one for the whole session."""
        found = self._made.get(binding.name)
        if found is None:
            found = self._made[binding.name] = root(binding)
        return found

    def known(self) -> Mapping[PropertyKey, object]:
        return self.bindings | dict(self._made.items())

    def contents(self) -> dict[str, Contents]:
        if self._copies is None:
            from .copies import Copies

            self._copies = Copies(
                self.config,
                self._around,
                self._named,
                lambda: self._objects.is_used,
                self._backend.skip,
            )
        return self._copies.contents

    def _named(self, name: str) -> RemoteObject:
        found = JsObject(dict(self.bindings)).js_get(name)
        assert isinstance(found, RemoteObject)
        return found

    def _connected(self) -> Connection:
        """The connection of this test."""
        if self._connection is None or not self._connection.is_open:
            self._touched.clear()
            numbers = self._backend.fresh(self.config)
            names = {
                one.binding: f"{numbers[one.key]}:{one.binding}"
                for one in stored(self.config)
            }
            self._connection = self._backend.connect(names)
        return self._connection

    def _to_store(self, one: Stored) -> Connection:
        """The same; a database has its migrations applied before it is used."""
        connection = self._connected()
        if one.key not in self._touched:
            self._touched.add(one.key)
            if one.option == "d1Databases":
                self._migrate(one.store, connection)
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
        self._connected()
        connect = partial(self._objects.connection, namespace, digits)
        return root(self._binding("storage", connect))

    def reset(self, why: str) -> None:
        super().reset(why)
        if self._copies is not None:
            self._copies.reset()
        self._objects.end()
        self._objects = ObjectConnections(self._backend)
        if self._connection is not None:
            if self._connection.is_open:
                self._backend.spend(self._touched)
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
