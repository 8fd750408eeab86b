"""Powers over Durable Objects, and over the isolate that they live in."""

from collections.abc import Callable
from typing import Any, Literal

from .powers import Powers


class ObjectPowers(Powers):
    """Reaches into Durable Objects, and takes them out of memory."""

    def objects(self, namespace: Any) -> list[Any]:
        """The ids of a namespace's objects that are in memory or have storage."""
        from ..worker.object_powers import ids_of

        return ids_of(namespace)

    async def run_in(self, stub: Any, function: Callable[..., Any]) -> Any:
        """Call `function(instance, ctx)` inside of a Durable Object; its result.

        It runs as an event of the object, with the live instance of its class, and may
        be `async`. It need not take `ctx`. Result and exception pass as they are.
        """
        from ..worker.object_powers import run_in

        return await run_in(stub, function)

    async def run_alarm(self, stub: Any) -> bool:
        """Run a Durable Object's `alarm()` now, if it has an alarm set.

        Returns whether it had. The alarm is deleted before, and not tried again if the
        handler raises: that is raised here.
        """
        from ..worker.object_powers import run_alarm

        return await run_alarm(stub)

    async def evict(
        self, stub: Any, websockets: Literal["hibernate", "close"] = "hibernate"
    ) -> None:
        """Drop a Durable Object from memory, as Cloudflare does with one that idles.

        Waits for what runs in it. Storage, alarm and stubs stay as they are; the next
        call constructs the object anew. Raises if it is not in memory.
        """
        from ..worker.object_powers import evict

        await evict(stub, websockets)

    async def evict_all(
        self, websockets: Literal["hibernate", "close"] = "hibernate"
    ) -> None:
        """Drop every Durable Object from memory that is there."""
        from ..worker.object_powers import evict_all

        await evict_all(self._session.runtime(), websockets)

    def storage(self, stub: Any) -> Any:
        """A Durable Object's storage, as its own `self.ctx.storage`.

        The object is not constructed for it, so that it can be seeded first.
        """
        from ..worker.object_powers import storage_of

        return storage_of(stub)

    async def new_isolate(self) -> None:
        """Have the next event meet a Worker that has just started.

        Its own modules are imported anew and its Durable Objects constructed anew;
        storage and installed packages stay. What the test has imported of the Worker
        is the old one.
        """
        await self.evict_all()
        self._session.new_isolate()
