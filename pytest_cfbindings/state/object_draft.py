"""The Durable Objects that tests will begin with."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..durable_objects.actors import Actors, Template
from ..durable_objects.ids import DurableObjectId
from ..durable_objects.seeded_object import SeededObject
from .object_storing import (
    no_local_state,
    object_id,
    planned_objects,
    read_objects,
    store,
)

if TYPE_CHECKING:
    from .local_state import LocalState


class ObjectDraft:
    """Objects by id, each with the seeds that made it."""

    def __init__(self, name: str, actors: Actors, store: str) -> None:
        self._name = name
        self._actors = actors
        self.storage = ("do", store)
        self._seeded = {seeded.id.digits: seeded for seeded in actors.template}

    def seed(self, data: Any, source: str) -> None:
        made = dict(self._seeded)
        for id, plan in planned_objects(data, source, self._id):
            before = made.get(id.digits) or SeededObject(id, self._actors.new_store, ())
            made[id.digits] = before.with_seed(
                partial(store, plan), self._actors.start_us()
            )
        self._seeded = made

    def seed_file(self, path: Path, source: str) -> None:
        self.seed(read_objects(path, source), source)

    def seed_local_state(self, state: "LocalState") -> None:
        raise no_local_state(self._name)

    def image(self) -> Template:
        return tuple(self._seeded.values())

    def _id(self, label: Any) -> DurableObjectId:
        return object_id(self._name, self._actors, label)
