"""Objects with storage on both backends."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from pytest_cfbindings.active_session import SESSION


class FromOutside:
    """A class's own methods, run here over the storage of a real object.

    workerd does not run a class that is written in Python; what its methods ask of
    their storage is answered there all the same.
    """

    def __init__(self, cls: type, storage: Any) -> None:
        self._instance = object.__new__(cls)
        self._instance.ctx = SimpleNamespace(storage=storage)

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._instance, name)

        async def call(*args: Any) -> Any:
            result = method(*args)
            return await result if hasattr(result, "__await__") else result

        return call


@pytest.fixture
def object_of(request: pytest.FixtureRequest, env: Any, cf: Any) -> Callable[..., Any]:
    """Gives the object of a namespace and a name, with the methods of its class."""
    import entry

    def get(namespace: str, name: str = "one") -> Any:
        stub = getattr(env, namespace).getByName(name)
        if not request.config.stash[SESSION].choice.on_workerd:
            return stub
        classes = {"NOTEBOOK": entry.Notebook, "OLD_NOTEBOOK": entry.OldNotebook}
        return FromOutside(classes[namespace], cf.storage(stub))

    return get
