"""The objects of a Durable Object namespace in dumps and seeds."""

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..durable_objects.actor import Actor
from ..durable_objects.actors import Actors, Template
from ..durable_objects.conversion import key_text
from ..durable_objects.ids import DurableObjectId
from ..durable_objects.namespace import DurableObjectNamespace
from ..durable_objects.sockets import HibernatableSocket
from ..durable_objects.store import KEY_VALUE
from ..sqlite.tables import tables
from .contents import Keys, Shape
from .errors import RestoreError, SeedError
from .object_draft import ObjectDraft
from .object_seed import planned
from .object_storing import (
    check,
    no_local_state,
    object_id,
    planned_objects,
    read_objects,
    run,
    write,
)
from .sql_rows import dumped_database, loaded_database
from .stored_values import dumped_value

if TYPE_CHECKING:
    from .local_state import LocalState

_UNNAMED = re.compile("#[0-9]+")
_REPLACED = "A test has put other contents in the place of this object."


class ObjectContents:
    """`{name: {"storage": {key: value}, "sql": {table: rows}, "alarm": ms or None}}`.

    An object that has accepted WebSockets with acceptWebSocket has them under
    "sockets", the oldest first, but in a full dump: a connection cannot be put back.

    An object that holds nothing is not there. One whose name is not known is "#1",
    "#2" ... in the order of their first use, and its id if that is asked for.
    """

    def __init__(self, name: str, actors: Actors, store: str) -> None:
        self._name = name
        self._actors = actors
        self.storage = ("do", store)
        self.origin = actors

    @classmethod
    def behind(cls, binding: object, store: str) -> "ObjectContents | None":
        """Those of a binding; None for a class that the configuration lacks."""
        if not isinstance(binding, DurableObjectNamespace):
            return None
        return cls(binding.binding, binding.actors, store)

    @property
    def touched(self) -> bool:
        return self._actors.touched

    def dump(self, shape: Shape) -> dict[str, Any]:
        found = {label: _dumped(actor, shape) for label, actor in self._labelled(shape)}
        return {label: found[label] for label in sorted(found) if _holds(found[label])}

    def _labelled(self, shape: Shape) -> Iterator[tuple[str, Actor]]:
        unnamed = 0
        for actor in self._actors:
            if not (actor.store.exists or actor.sockets.found()):
                continue
            id = actor.id
            if id.given_name is not None and id.region is None:
                yield id.given_name, actor
            elif shape.full or shape.volatile:
                yield id.digits, actor
            else:
                unnamed += 1
                yield f"#{unnamed}", actor

    def row_keys(self) -> Keys:
        return {
            (label, "sql", table.name): table.key
            for label, actor in self._labelled(Shape())
            for table in tables(actor.store.database())
        }

    def loading(self, dumped: Any) -> Callable[[], None]:
        if not isinstance(dumped, Mapping):
            raise RestoreError(f"{self._name} is {dumped!r}, which is no dump of it")
        for label in dumped:
            if _UNNAMED.fullmatch(str(label)):
                raise RestoreError(
                    f"{self._name}[{label!r}] is an object whose id is not there:"
                    " cf.dump(full=True) keeps it"
                )
        try:
            objects = [
                (self._id(label), planned(f"{self._name}[{label!r}]", shown))
                for label, shown in dumped.items()
            ]
            images = [
                loaded_database(plan.tables or {}, f"{plan.place}.sql")
                for _, plan in objects
            ]
        except SeedError as error:
            raise RestoreError(str(error)) from None

        def load() -> None:
            self._actors.forget(_REPLACED)
            for (id, plan), image in zip(objects, images, strict=True):
                actor = self._actors.get(id)
                actor.store.load(image)
                write(actor.store, plan)
                actor.alarm.follow()

        return load

    def _id(self, label: Any) -> DurableObjectId:
        return object_id(self._name, self._actors, label)

    def seed(self, data: Any, source: str) -> None:
        found = []
        for id, plan in planned_objects(data, source, self._id):
            actor = self._actors.get(id)
            if actor.instance is not None:
                raise SeedError(f"{plan.place}: it is running, so it would not see it")
            check(actor.store, plan)
            found.append((actor, plan))
        for actor, plan in found:
            run(actor.store, plan)
            write(actor.store, plan)
            actor.alarm.follow()

    def seed_file(self, path: Path, source: str) -> None:
        """A JSON object of objects by name, with the tags of full dumps."""
        self.seed(read_objects(path, source), source)

    def seed_local_state(self, state: "LocalState") -> None:
        raise no_local_state(self._name)

    def at_start(self) -> "ObjectContents":
        return ObjectContents(self._name, self._actors.at_start(), self.storage[1])

    def draft(self) -> "ObjectDraft":
        return ObjectDraft(self._name, self._actors, self.storage[1])

    @property
    def template(self) -> Template:
        return self._actors.template

    @template.setter
    def template(self, image: Template) -> None:
        self._actors.template = image
        self._actors.end(_REPLACED)


def _dumped(actor: Actor, shape: Shape) -> dict[str, Any]:
    store = actor.store
    database = store.database()
    rows = (
        database.run("SELECT key, value FROM _cf_KV ORDER BY key")
        if store.has(KEY_VALUE)
        else []
    )
    storage = {}
    for key, value in rows:
        assert isinstance(key, bytes)
        assert isinstance(value, bytes)
        storage[key_text(key)] = dumped_value(value, shape.full)
    shown: dict[str, Any] = {
        "storage": storage,
        "sql": dumped_database(database, shape),
        "alarm": store.alarm_ms(),
    }
    sockets = actor.sockets.found()[::-1]
    if sockets and not shape.full:
        shown["sockets"] = [_socket(socket, shape) for socket in sockets]
    return shown


def _socket(socket: HibernatableSocket, shape: Shape) -> dict[str, Any]:
    """`auto_response` is when one was last answered for the object, in epoch ms."""
    attachment = socket.end.attachment
    shown = {
        "tags": list(socket.tags),
        "attachment": None
        if attachment is None
        else dumped_value(attachment, shape.full),
    }
    if shape.volatile:
        shown["auto_response"] = socket.answered_at_ms
    return shown


def _holds(shown: dict[str, Any]) -> bool:
    return any(part not in ({}, None) for part in shown.values())
