"""The storage of a Durable Object of the real runtime, in a test's hands."""

from typing import Any

from ..ffi.crossing import to_python
from ..worker.environment import Environment
from ..worker.inspection import behind
from .environment import RemoteEnvironment
from .objects import RemoteObject, RemoteStub


def storage_of(stub: Any, environment: Environment) -> Any:
    """An object's storage, wrapped as `self.ctx.storage` is.

    Raises TypeError for anything that is not a stub.
    """
    from workers.rpc import _BindingWrapper  # type: ignore[import-not-found, unused-ignore]

    found = behind(stub)
    if not isinstance(found, RemoteStub):
        raise TypeError(
            "cf.storage() takes a Durable Object stub such as"
            f" env.ROOM.getByName('name'), not {type(stub).__name__}"
        )
    assert isinstance(environment, RemoteEnvironment)
    id = found.js_get("id")
    assert isinstance(id, RemoteObject)
    digits = id.call("toString", ())
    assert isinstance(digits, str)
    storage = environment.object_storage(found.link.binding.name, digits)
    return _BindingWrapper(to_python(storage))
