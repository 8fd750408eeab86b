"""The bindings of one configuration, and the storage beneath them."""

import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from ..calls import CallLog
from ..config import Config, Json, OtherBinding
from ..javascript.json_parse import revive
from ..javascript.objects import JsObject, PropertyKey
from ..kv.namespace import KvNamespace
from ..kv.service import Service
from ..kv.store import Store
from ..r2.bucket import R2Bucket, Shape
from ..r2.service import Service as R2Service
from ..r2.store import Store as R2Store
from .compatibility import is_enabled
from .provided import ProvidedBinding
from .refusal import RefusedBinding, UnusableBinding
from .surroundings import Surroundings

if TYPE_CHECKING:
    from .d1_databases import D1Databases, Migrations
    from .durable_objects import DurableObjects

Provide = Callable[[OtherBinding, Config], object | None]


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
        self._r2_stores: dict[str, R2Store] = {}
        self._logs: list[CallLog] = []
        self._d1 = self._d1_databases()
        self.objects = self._durable_objects(around)
        self._not_embedded = {other.name: other for other in _not_embedded(config)}
        self.bindings: dict[PropertyKey, object] = {
            **{name: _variable(value) for name, value in config.vars.items()},
            **self._kv_namespaces(),
            **({d1.binding: d1 for d1 in self._d1.bindings} if self._d1 else {}),
            **self._r2_buckets(),
            **(self.objects.bindings if self.objects else {}),
            **self._others(provide),
        }

    def __repr__(self) -> str:
        names = ", ".join(str(name) for name in self.bindings)
        return f"<Environment {self.config.path.name}: {names}>"

    def reset(self, why: str) -> None:
        """Empty every store and forget what was called; free if nothing was.

        What is still running in a Durable Object is told why it cannot go on.
        """
        if self.objects is not None:
            self.objects.reset(why)
        for store in self._stores.values():
            if store.touched:
                store.reset()
        for database in self._d1.stores.values() if self._d1 else ():
            if database.touched:
                database.reset()
        for bucket in self._r2_stores.values():
            if bucket.touched:
                bucket.reset()
        for log in self._logs:
            if log.calls:
                log.clear()

    def migrate(self, migrations: "Migrations") -> None:
        """Choose which D1 migrations are applied: all, none, or those up to a name.

        Raises MigrationFailure for a name that no database has.
        """
        if self._d1 is not None:
            self._d1.migrate(migrations)

    def r2_services(self, jurisdiction: str | None) -> dict[str, R2Service]:
        """The buckets of a jurisdiction, by every name that the file has for them."""
        found: dict[str, R2Service] = {}
        for bucket in self.config.r2_buckets:
            if bucket.jurisdiction == jurisdiction:
                for name in (bucket.store, bucket.bucket_name):
                    if name is not None:
                        found.setdefault(name, R2Service(self._r2_stores[bucket.store]))
        return found

    def replacement(self, name: str, value: object) -> object:
        """What stands on `env` when a test provides this value under a name.

        Raises UnusableBinding for a name that the configuration does not have, and
        for a binding that is embedded.
        """
        other = self._not_embedded.get(name)
        if other is not None:
            return ProvidedBinding(value, other.key)
        if name in self.config.vars:
            return _variable(_checked(name, value))
        if name in self.bindings:
            raise UnusableBinding(
                f"env.{name} is embedded by pytest-cfbindings: nothing can be provided"
                " in its place."
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
            service = Service(store, self._clock)
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

    def _r2_buckets(self) -> Mapping[PropertyKey, object]:
        shape = Shape(
            explicit=is_enabled(self.config, "enable_fast_jsg_struct", "2025-12-03"),
            honors_include=is_enabled(
                self.config, "r2_list_honor_include", "2022-08-04"
            ),
        )
        made: dict[PropertyKey, object] = {}
        for bucket in self.config.r2_buckets:
            store = self._r2_stores.get(bucket.store)
            if store is None:
                store = R2Store(self._clock, bucket.store)
                self._r2_stores[bucket.store] = store
            service = R2Service(store)
            binding = R2Bucket(bucket.binding, service, self._scope, shape)
            self._logs.append(binding.calls)
            made[bucket.binding] = binding
        return made

    def _durable_objects(self, around: Surroundings) -> "DurableObjects | None":
        if not self.config.durable_objects:
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
                else ProvidedBinding(target, other.key)
            )
        return made


def _not_embedded(config: Config) -> list[OtherBinding]:
    """The bindings of other kinds, and of those that this version does not embed."""
    return [
        *config.other_bindings,
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
