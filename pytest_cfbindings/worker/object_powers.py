"""What a test can do with Durable Objects that no Worker can."""

from collections.abc import Callable
from inspect import isawaitable
from typing import Any

from ..durable_objects.actor import Actor
from ..durable_objects.instance import Instance
from ..durable_objects.namespace import DurableObjectNamespace
from ..durable_objects.outside import OutsideGate
from ..durable_objects.storage import DurableObjectStorage
from ..durable_objects.strands import CURRENT
from ..durable_objects.stub import DurableObjectStub
from ..ffi.crossing import thrown_to_python, to_python
from ..ffi.relaxed_call import relaxed_call
from ..javascript.errors import JsError, JsThrow, error
from ..javascript.promises import JsPromise
from .inspection import behind
from .object_classes import PythonObject
from .runtime import Runtime


def ids_of(namespace: Any) -> list[Any]:
    """The ids of the objects that exist, ordered by their digits.

    Raises TypeError for anything that is not a namespace.
    """
    found = behind(namespace)
    if not isinstance(found, DurableObjectNamespace):
        raise TypeError(
            "cf.objects() takes a Durable Object namespace such as env.ROOM, not"
            f" {type(namespace).__name__}"
        )
    actors = sorted(found.actors, key=lambda actor: actor.id.digits)
    return [to_python(actor.id) for actor in actors if actor.exists]


async def run_in(stub: Any, function: Callable[..., Any]) -> Any:
    """Call a function inside of an object, with its instance and its `ctx`.

    It need not take both. What it returns or raises is returned or raised as it is.
    """
    actor = _actor("cf.run_in", stub)
    answer: list[Any] = []

    async def body(instance: Instance) -> None:
        from workers.entrypoints import (  # type: ignore[import-not-found, unused-ignore]
            DurableObjectContext,
        )

        code = instance.code
        assert isinstance(code, PythonObject)
        ctx = DurableObjectContext(to_python(instance.state))
        result = relaxed_call(function, code.instance, ctx)
        answer.append(await result if isawaitable(result) else result)

    await _raised(actor.deliver(body))
    return answer[0]


async def run_alarm(stub: Any) -> bool:
    """Run an object's alarm handler now, if it has an alarm; whether it had one.

    The alarm is gone then, and not tried again. What the handler raises is raised.
    """
    return bool(await _raised(_actor("cf.run_alarm", stub).run_alarm()))


async def evict(stub: Any, websockets: str) -> None:
    """Evict an object from memory, as soon as nothing runs in it any more.

    Raises a JsException if it is not in memory.
    """
    _check(websockets)
    actor = _actor("cf.evict", stub)
    if actor.instance is None:
        raise thrown_to_python(
            error("Cannot evict Durable Object: it is not currently running.").value
        )
    _check_outside(actor, "cf.evict()")
    await actor.evict(cut_sockets=websockets == "close")


async def evict_all(runtime: Runtime, websockets: str) -> None:
    """Evict every object that is in memory."""
    _check(websockets)
    assert runtime.active is not None
    objects = runtime.active.objects
    for actors in objects.classes.values() if objects is not None else ():
        for actor in actors:
            if actor.instance is not None:
                _check_outside(actor, "cf.evict_all()")
                await actor.evict(cut_sockets=websockets == "close")


def storage_of(stub: Any) -> Any:
    """An object's storage, wrapped as `self.ctx.storage` is, without its instance."""
    from workers.rpc import _BindingWrapper  # type: ignore[import-not-found, unused-ignore]

    actor = _actor("cf.storage", stub)
    storage = DurableObjectStorage(actor.store, OutsideGate(actor), actor.alarm)
    return _BindingWrapper(to_python(storage))


def _actor(power: str, stub: Any) -> Actor:
    found = behind(stub)
    if not isinstance(found, DurableObjectStub):
        raise TypeError(
            f"{power}() takes a Durable Object stub such as"
            f" env.ROOM.getByName('name'), not {type(stub).__name__}"
        )
    return found.target.actor()


def _check_outside(actor: Actor, power: str) -> None:
    """Raises RuntimeError within the object, whose code would wait for itself."""
    strand = CURRENT.get()
    if strand is not None and strand.gate is actor.gate():
        raise RuntimeError(
            f"{power} waits until nothing runs in {actor.label} any more, and is called"
            " from inside of it: call it from the test."
        )


def _check(websockets: str) -> None:
    if websockets not in ("hibernate", "close"):
        raise TypeError('websockets= is "hibernate" or "close".')


async def _raised(promise: JsPromise) -> object:
    """Wait for it; a Python exception that it was rejected with is raised itself."""
    try:
        return await promise
    except JsThrow as thrown:
        reason = thrown.value
        cause = reason.cause if isinstance(reason, JsError) else None
        raise cause or thrown_to_python(reason) from None
