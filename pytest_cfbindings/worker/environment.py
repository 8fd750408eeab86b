"""The bindings of one configuration, and the storage beneath them."""

import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from ..calls import CallLog
from ..conditions import Conditions
from ..config import Config, Json, OtherBinding
from ..javascript.json_parse import revive
from ..javascript.objects import JsObject, PropertyKey
from ..kv.namespace import KvNamespace
from ..kv.network import Network
from ..kv.service import Service
from ..kv.store import Store
from .provided import ProvidedBinding
from .queues import Queues
from .rate_limits import RateLimits
from .refusal import RefusedBinding, UnusableBinding
from .surroundings import Surroundings
from .version_metadata import VersionMetadata, version_metadata

if TYPE_CHECKING:
    from ..r2.service import Service as R2Service
    from ..state.contents import Contents
    from .d1_databases import D1Databases, Migrations
    from .durable_objects import DurableObjects
    from .r2_buckets import R2Buckets

Provide = Callable[[OtherBinding, Config], object | None]
MakeEnvironment = Callable[[Config, Surroundings, Provide], "Environment"]


class Environment:
    """What one Worker configuration puts on `env`.

    The binding objects stay the same for the whole session, since Workers and the
    SDK keep hold of them; only the storage beneath is reset. `provide` is asked for an
    object behind each binding that is not embedded.
    """

    def __init__(self, config: Config, around: Surroundings, provide: Provide) -> None:
        self.config = config
        self._clock = around.clock
        self._scope = around.scope
        self._stores: dict[str, Store] = {}
        self._networks: dict[str, Network] = {}
        self._logs: list[CallLog] = []
        self._d1 = self._d1_databases()
        self._r2 = self._r2_buckets()
        self.objects = self._durable_objects(around)
        self.queues = Queues(config, self._clock, self._scope)
        self._rate_limits = RateLimits(config, self._clock, self._scope)
        self._logs += [*self.queues.logs, *self._rate_limits.logs]
        self._version = VersionMetadata(config, self._clock)
        self._not_embedded = {other.name: other for other in _not_embedded(config)}
        self.bindings: dict[PropertyKey, object] = {
            **{name: _variable(value) for name, value in config.vars.items()},
            **self._kv_namespaces(),
            **({d1.binding: d1 for d1 in self._d1.bindings} if self._d1 else {}),
            **(self._r2.bindings if self._r2 else {}),
            **(self.objects.bindings if self.objects else {}),
            **self.queues.bindings,
            **self._rate_limits.bindings,
            **self._version.bindings,
            **self._others(provide),
        }

    def __repr__(self) -> str:
        names = ", ".join(str(name) for name in self.bindings)
        return f"<Environment {self.config.path.name}: {names}>"

    def known(self) -> Mapping[PropertyKey, object]:
        """What a test may hold of it, by the name of the binding."""
        return self.bindings

    def contents(self) -> "dict[str, Contents]":
        """What the bindings hold, by name."""
        from ..state.contents import all_contents

        return all_contents(self.config, self.bindings)

    def reset(self, why: str) -> None:
        """Empty every store and forget what was called; free if nothing was.

        What is still running in a Durable Object is told why it cannot go on.
        """
        if self.objects is not None:
            self.objects.reset(why)
        for store in self._stores.values():
            if store.touched:
                store.reset()
        for network in self._networks.values():
            network.reset()
        for database in self._d1.stores.values() if self._d1 else ():
            if database.touched:
                database.reset()
        for bucket in self._r2.stores.values() if self._r2 else ():
            if bucket.touched:
                bucket.reset()
        self.queues.reset()
        self._rate_limits.reset()
        self._version.reset()
        for log in self._logs:
            if log.calls:
                log.clear()

    def migrate(self, migrations: "Migrations") -> None:
        """Choose which D1 migrations are applied: all, none, or those up to a name.

        Raises UnknownMigration for a name that no database has.
        """
        if self._d1 is not None:
            self._d1.migrate(migrations)

    def impose(self, conditions: Conditions) -> None:
        """Have production be as a test asks for."""
        for network in self._networks.values():
            network.impose(conditions)

    def r2_services(self, jurisdiction: str | None) -> "Mapping[str, R2Service]":
        """The buckets of a jurisdiction, by every name that the file has for them."""
        return self._r2.services(jurisdiction) if self._r2 else {}

    def replacement(self, name: str, value: object) -> object:
        """What stands on `env` when a test provides this value under a name.

        Raises UnusableBinding for a name that the configuration does not have, for a
        binding that is embedded, and for a value that cannot stand there.
        """
        other = self._not_embedded.get(name)
        if other is not None:
            return _provided(value, other)
        if name in self.config.vars:
            return _variable(_checked(name, value))
        if name == self.config.version_metadata:
            return version_metadata(name, value)
        if name in self.bindings:
            raise UnusableBinding(
                f"env.{name} is embedded by pytest-cfbindings: nothing can be provided"
                " in its place. Put what it should hold into it, for instance with"
                f" cf.seed(env.{name}, ...)."
            )
        raise UnusableBinding(
            f"{self.config.path.name} configures no binding {name}, so there is none in"
            " production either: add it there first."
        )

    def _kv_namespaces(self) -> Mapping[PropertyKey, object]:
        made: dict[PropertyKey, object] = {}
        for namespace in self.config.kv_namespaces:
            store = self._stores.get(namespace.store)
            if store is None:
                store = self._stores[namespace.store] = Store(self._clock)
                self._networks[namespace.store] = Network(store, self._clock)
            service = Service(store, self._clock, self._networks[namespace.store])
            binding = KvNamespace(namespace.binding, service, self._scope)
            self._logs.append(binding.calls)
            made[namespace.binding] = binding
        return made

    def _d1_databases(self) -> "D1Databases | None":
        if not self.config.d1_databases:
            return None
        from .d1_databases import D1Databases

        found = D1Databases(self.config, self._clock, self._scope)
        self._logs += [binding.calls for binding in found.bindings]
        return found

    def _r2_buckets(self) -> "R2Buckets | None":
        if not self.config.r2_buckets:
            return None
        from .r2_buckets import R2Buckets

        found = R2Buckets(self.config, self._clock, self._scope)
        self._logs += [binding.calls for binding in found.bindings.values()]
        return found

    def _durable_objects(self, around: Surroundings) -> "DurableObjects | None":
        if not (self.config.durable_objects or self.config.durable_object_classes):
            return None
        from .durable_objects import DurableObjects

        found = DurableObjects(self.config, around)
        self._logs += found.logs
        return found

    def _others(self, provide: Provide) -> Mapping[PropertyKey, JsObject]:
        made: dict[PropertyKey, JsObject] = {}
        for other in self._not_embedded.values():
            target = provide(other, self.config)
            made[other.name] = (
                RefusedBinding(_refusal(other, self.config))
                if target is None
                else _provided(target, other)
            )
        return made


def _not_embedded(config: Config) -> list[OtherBinding]:
    """The bindings of other kinds, and of those that this version does not embed."""
    embedded = {limiter.binding for limiter in config.rate_limiters}
    return [
        *(
            other
            for other in config.other_bindings
            if other.key not in ("queues", "version_metadata")
            and other.name not in embedded
        ),
        *(
            OtherBinding(
                do.binding,
                f"Durable Object namespace of the Worker {do.script_name!r}",
                "durable_objects",
            )
            for do in config.durable_objects
            if do.is_external
        ),
    ]


def _provided(target: object, other: OtherBinding) -> JsObject:
    if other.key in ("assets", "services"):
        from .services import Service

        return Service(target)
    return ProvidedBinding(target, other.key)


def _refusal(other: OtherBinding, config: Config) -> str:
    return (
        f"env.{other.name} is a {other.kind} binding ({other.key!r} in"
        f" {config.path.name}), which pytest-cfbindings does not embed. Put a fake"
        f' behind it: cf.provide("{other.name}", fake) in a test, or the hook'
        " pytest_cfbindings_provide in a conftest."
    )


def _checked(name: str, value: object) -> Json:
    try:
        return json.loads(json.dumps(value, allow_nan=False))  # type: ignore[no-any-return]
    except (TypeError, ValueError) as error:
        raise UnusableBinding(
            f"env.{name} is a var, and vars are JSON values: {error}"
        ) from None


def _variable(value: Json) -> object:
    """Text stays text; any other JSON value is a JSON binding."""
    return value if isinstance(value, str) else revive(json.loads(json.dumps(value)))
