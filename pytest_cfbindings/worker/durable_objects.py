"""The Durable Object bindings of one configuration."""

from ..calls import CallLog
from ..clock.standing import Present
from ..config import Config, DurableObjectBinding
from ..durable_objects.actors import Actors
from ..durable_objects.host import Host
from ..durable_objects.namespace import DurableObjectNamespace
from ..durable_objects.store import ObjectStore
from ..javascript.objects import PropertyKey
from .compatibility import awaits_end_turns, delete_all_deletes_alarm
from .left_tasks import left_running
from .loopback import exports_of
from .object_classes import PythonClass
from .refusal import RefusedBinding
from .surroundings import Surroundings


class DurableObjects:
    """Namespaces by binding, and the objects of each class by its unique key."""

    def __init__(self, config: Config, around: Surroundings) -> None:
        self._config = config
        self._around = around
        self.classes: dict[str, Actors] = {}
        self.logs: list[CallLog] = []
        self.bindings: dict[PropertyKey, DurableObjectNamespace | RefusedBinding] = {}
        for binding in config.durable_objects:
            if not binding.is_external:
                self.bindings[binding.binding] = self._binding(binding)

    def __repr__(self) -> str:
        return f"<DurableObjects {', '.join(map(repr, self.classes.values()))}>"

    def reset(self, why: str) -> None:
        """Forget all objects; what still runs in one is told why it cannot go on."""
        for actors in self.classes.values():
            actors.end(why)

    def unfinished_tasks(self) -> list[str]:
        """The tasks that code of objects has left running, in words."""
        return [
            task for actors in self.classes.values() for task in left_running(actors)
        ]

    def namespace(self, class_name: str) -> DurableObjectNamespace:
        """That of a class of this Worker that something declares."""
        name = self._config.name or ""
        storage = self._config.durable_object_classes[class_name]
        found = DurableObjectBinding(
            f"ctx.exports.{class_name}", class_name, name, storage
        )
        actors = self._actors(found)
        return DurableObjectNamespace(found.binding, actors, self._around.scope)

    def _binding(
        self, binding: DurableObjectBinding
    ) -> DurableObjectNamespace | RefusedBinding:
        if binding.storage is None:
            return RefusedBinding(_undeclared(binding, self._config))
        actors = self._actors(binding)
        made = DurableObjectNamespace(binding.binding, actors, self._around.scope)
        self.logs.append(made.calls)
        return made

    def _actors(self, binding: DurableObjectBinding) -> Actors:
        found = self.classes.get(binding.store)
        if found is None:
            around = self._around
            found = self.classes[binding.store] = Actors(
                binding.store,
                binding.class_name,
                PythonClass(binding.class_name, self._config, around.env),
                lambda clock: self._new_store(binding, clock),
                around.clock,
                around.object_tasks(),
                Host(
                    around.keep,
                    lambda: exports_of(self._config, self),
                    awaits_end_turns(self._config),
                ),
            )
        return found

    def _new_store(self, binding: DurableObjectBinding, clock: Present) -> ObjectStore:
        return ObjectStore(
            clock,
            sqlite=binding.storage == "sqlite",
            delete_all_deletes_alarm=delete_all_deletes_alarm(self._config),
            point_in_time=self._around.conditions.recovery,
        )


def _undeclared(binding: DurableObjectBinding, config: Config) -> str:
    """What a deployment says of a class that nothing declares (documented)."""
    name = binding.class_name
    return (
        f"Cannot create binding for class '{name}' because it is not currently"
        " configured to implement Durable Objects. Ensure a --new-class migration has"
        f" been applied to it. [code: 10061]\nNo migration of {config.path.name}"
        f' declares it: add {{"tag": "v1", "new_sqlite_classes": ["{name}"]}} to its'
        ' "migrations".'
    )
