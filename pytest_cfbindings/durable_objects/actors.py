"""The objects of one class."""

from collections.abc import Iterator, Sequence

from ..clock import Clock
from .actor import Actor
from .ids import DurableObjectId, IdFactory
from .object_class import ObjectClass
from .seeded_object import NewStore, SeededObject
from .state import WaitUntil
from .tasks import ObjectTasks

Template = Sequence[SeededObject]


class Actors:
    """Every object of a class that this test has used, by id.

    `class_name` is for people. `new_store` makes the store of one object on a clock.
    """

    def __init__(
        self,
        unique_key: str,
        class_name: str,
        cls: ObjectClass,
        new_store: NewStore,
        clock: Clock,
        tasks: ObjectTasks,
        wait_until: WaitUntil,
    ) -> None:
        self.ids = IdFactory(unique_key)
        self.class_name = class_name
        self.cls = cls
        self.new_store = new_store
        self._clock = clock
        self._tasks = tasks
        self._wait_until = wait_until
        self._actors: dict[str, Actor] = {}
        self.template: Template = ()
        """The objects that every test finds."""

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
                self.new_store(self._clock),
                self._clock,
                self._tasks,
                self._wait_until,
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
            self.new_store,
            self._clock,
            self._tasks,
            self._wait_until,
        )
        made.template = self.template
        made._begin()
        return made

    def start_us(self) -> int:
        """When the test started, in epoch microseconds."""
        return self._clock.start_us()

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
        for seeded in self.template:
            actor = self.get(seeded.id)
            actor.store.begin_with(seeded)
            actor.alarm.follow()
