"""Tasks of Durable Objects that are still running when their test ends."""

from collections.abc import Iterator

from ..durable_objects.actors import Actors


def left_running(actors: Actors) -> Iterator[str]:
    """Those of the objects of a class, in words; what drives a promise is none."""
    found = list(actors.left_running())
    if not found:
        return
    from .event_tasks import is_ours, place

    for label, coroutine in found:
        if not is_ours(coroutine):
            yield (
                f"{place(coroutine)}, a task of {label}, was still running at the end"
                " of the test, which ends it. Production goes on with it, and loses it"
                " with the object's memory: wait for it in the object, hand it to"
                " ctx.waitUntil(...), for which cf.settle() waits, or have"
                " cf.evict(...) wait for it."
            )
