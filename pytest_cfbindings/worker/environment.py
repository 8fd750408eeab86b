"""The bindings of one configuration, and the storage beneath them."""

import json
from collections.abc import Mapping

from ..calls import CallLog
from ..clock import Clock
from ..config import Config
from ..javascript.json_parse import revive
from ..javascript.objects import JsObject, PropertyKey
from ..kv.namespace import KvNamespace
from ..kv.service import Service
from ..kv.store import Store
from .refusal import RefusedBinding


class Environment:
    """What one Worker configuration puts on `env`.

    The binding objects stay the same for the whole session, since Workers and the
    SDK keep hold of them; only the storage beneath is reset.
    """

    def __init__(self, config: Config, clock: Clock) -> None:
        self.config = config
        self._clock = clock
        self._stores: dict[str, Store] = {}
        self._logs: list[CallLog] = []
        self.bindings: dict[PropertyKey, object] = {
            **self._vars(),
            **self._kv_namespaces(),
            **self._refused(),
        }

    def __repr__(self) -> str:
        names = ", ".join(str(name) for name in self.bindings)
        return f"<Environment {self.config.path.name}: {names}>"

    def reset(self) -> None:
        """Empty every store and forget what was called; free if nothing was."""
        for store in self._stores.values():
            if store.touched:
                store.reset()
        for log in self._logs:
            if log.calls:
                log.clear()

    def _vars(self) -> Mapping[PropertyKey, object]:
        return {
            name: value
            if isinstance(value, str)
            else revive(json.loads(json.dumps(value)))
            for name, value in self.config.vars.items()
        }

    def _kv_namespaces(self) -> Mapping[PropertyKey, object]:
        made: dict[PropertyKey, object] = {}
        for namespace in self.config.kv_namespaces:
            store = self._stores.get(namespace.store)
            if store is None:
                store = self._stores[namespace.store] = Store(self._clock)
            binding = KvNamespace(namespace.binding, Service(store, self._clock))
            self._logs.append(binding.calls)
            made[namespace.binding] = binding
        return made

    def _refused(self) -> Mapping[PropertyKey, JsObject]:
        config, file = self.config, self.config.path.name
        found = [(b.binding, "D1 database") for b in config.d1_databases]
        found += [(b.binding, "R2 bucket") for b in config.r2_buckets]
        found += [
            (b.binding, "Durable Object namespace") for b in config.durable_objects
        ]
        found += [(b.name, f"{b.kind} binding") for b in config.other_bindings]
        return {
            name: RefusedBinding(
                f"env.{name} is a {kind} (in {file});"
                " this version of pytest-cfbindings does not provide it."
            )
            for name, kind in found
        }
