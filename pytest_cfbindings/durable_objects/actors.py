"""The objects of one class."""

from collections.abc import Callable, Iterator, Sequence

from ..clock import Clock
from .actor import Actor
from .host import Host
from .ids import DurableObjectId, IdFactory
from .object_class import ObjectClass
from .store import ObjectStore
from .tasks import ObjectTasks

Template = Sequence[tuple[DurableObjectId, bytes]]


class Actors:
    """Every object of a class that this test has used, by id.

    `class_name` is for people. `new_store` makes the store of one object.
    """

    def __init__(
        self,
        unique_key: str,
        class_name: str,
        cls: ObjectClass,
        new_store: Callable[[], ObjectStore],
        clock: Clock,
        tasks: ObjectTasks,
        host: Host,
    ) -> None:
        self.ids = IdFactory(unique_key)
        self.class_name = class_name
        self.cls = cls
        self._new_store = new_store
        self._clock = clock
        self._tasks = tasks
        self._host = host
        self._actors: dict[str, Actor] = {}
        self.template: Template = ()
        """The databases of the objects that every test finds."""

    def __repr__(self) -> str:
        running = sum(actor.instance is not None for actor in self)
        return f"<Actors {self.class_name}: {len(self._actors)}, {running} running>"

    def __iter__(self) -> Iterator[Actor]:
        return iter(list(self._actors.values()))

    def get(self, id: DurableObjectId) -> Actor:
        """The object under an id."""
        found = self._actors.get(id.digits)
        if found is None:
            found = self._actors[id.digits] = Actor(
                id,
                f"{self.class_name} {id.given_name or id.digits}",
                self.cls,
                self._new_store(),
                self._clock,
                self._tasks,
                self._host,
            )
        elif found.id.given_name is None and found.instance is None:
            found.id = id
        return found

    def at_start(self) -> "Actors":
        """The objects that every test finds, as copies that nobody else sees."""
        made = Actors(
            self.ids.unique_key,
            self.class_name,
            self.cls,
            self._new_store,
            self._clock,
            self._tasks,
            self._host,
        )
        made.template = self.template
        made._begin()
        return made

    def end(self, why: str) -> None:
        """Back to the objects of the template; what still runs is told why."""
        self.forget(why)
        self._begin()

    def forget(self, why: str) -> None:
        """Forget all of them; what still runs is told why."""
        actors, self._actors = self._actors, {}
        for actor in actors.values():
            actor.end(why)

    def _begin(self) -> None:
        for id, image in self.template:
            actor = self.get(id)
            actor.store.load(image)
            actor.alarm.follow()
