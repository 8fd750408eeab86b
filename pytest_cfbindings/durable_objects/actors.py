"""The objects of one class."""

from collections.abc import Iterator, Sequence

from ..clock import Clock
from .actor import Actor
from .host import Host
from .ids import DurableObjectId, IdFactory
from .object_class import ObjectClass
from .seeded_object import NewStore, SeededObject
from .tasks import ObjectTasks

Template = Sequence[SeededObject]
"""The objects that every test finds, in the order of their first use."""


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
        host: Host,
    ) -> None:
        self.ids = IdFactory(unique_key)
        self.class_name = class_name
        self.cls = cls
        self.new_store = new_store
        self._clock = clock
        self._tasks = tasks
        self._host = host
        self._actors: dict[str, Actor] = {}
        self._template: dict[str, SeededObject] = {}
        self._found = self._template
        """Those of the template that the test finds: none after `forget`."""

    def __repr__(self) -> str:
        used = self._actors.values()
        running = sum(actor.instance is not None for actor in used)
        return f"<Actors {self.class_name}: {len(used)}, {running} running>"

    def __iter__(self) -> Iterator[Actor]:
        """All of them: those that the test found, and then by their first use."""
        found = [self.get(seeded.id) for seeded in self._found.values()]
        new = [a for a in self._actors.values() if a.id.digits not in self._found]
        return iter([*found, *new])

    def left_running(self) -> Iterator[tuple[str, object]]:
        """Each task that an object's code left running: whose it is, its coroutine."""
        for actor in self._actors.values():
            if actor.instance is not None:
                for coroutine in actor.instance.gate.left_running():
                    yield actor.label, coroutine

    @property
    def touched(self) -> bool:
        """Whether any of them has changed since the test began."""
        return self._found is not self._template or any(
            actor.store.touched or actor.sockets.found()
            for actor in self._actors.values()
        )

    @property
    def template(self) -> Template:
        """The objects that every test finds, from the next `end` on."""
        return list(self._template.values())

    @template.setter
    def template(self, objects: Template) -> None:
        self._template = {seeded.id.digits: seeded for seeded in objects}

    def get(self, id: DurableObjectId) -> Actor:
        """The object under an id, made when it is first asked for."""
        found = self._actors.get(id.digits)
        if found is None:
            found = self._actors[id.digits] = self._made(id)
        elif found.id.given_name is None and found.instance is None:
            found.id = id
        return found

    def _made(self, id: DurableObjectId) -> Actor:
        store = self.new_store(self._clock)
        seeded = self._found.get(id.digits)
        if seeded is not None:
            if id.given_name is None:
                id = seeded.id
            store.begin_from(seeded)
        return Actor(
            id,
            f"{self.class_name} {id.given_name or id.digits}",
            self.cls,
            store,
            self._clock,
            self._tasks,
            self._host,
        )

    def at_start(self) -> "Actors":
        """The objects that every test finds, as copies that nobody else sees.

        Their alarms do not go off.
        """
        made = Actors(
            self.ids.unique_key,
            self.class_name,
            self.cls,
            self.new_store,
            self._clock,
            self._tasks,
            self._host,
        )
        made._found = made._template = self._template
        return made

    def start_us(self) -> int:
        """When the test started, in epoch microseconds."""
        return self._clock.start_us()

    def end(self, why: str) -> None:
        """Back to the objects of the template; what still runs is told why."""
        self.forget(why)
        self._found = self._template
        for seeded in self._found.values():
            if seeded.alarm_ms is not None:
                self.get(seeded.id).alarm.follow()

    def forget(self, why: str) -> None:
        """Forget all of them; what still runs is told why."""
        actors, self._actors, self._found = self._actors, {}, {}
        for actor in actors.values():
            actor.end(why)
