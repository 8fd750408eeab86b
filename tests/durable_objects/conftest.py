from collections.abc import Iterator
from typing import Any

import pytest

from .fakes import Instance


@pytest.fixture
def sqlite() -> Iterator[Instance]:
    """An object of a SQLite-backed class."""
    instance = Instance()
    yield instance
    instance.store.close()


@pytest.fixture
def key_value() -> Iterator[Instance]:
    """An object of a KV-backed class."""
    instance = Instance(sqlite=False)
    yield instance
    instance.store.close()


@pytest.fixture(params=["sqlite", "key_value"])
def instance(request: pytest.FixtureRequest) -> Instance:
    """An object of either kind."""
    made = request.getfixturevalue(request.param)
    assert isinstance(made, Instance)
    return made


@pytest.fixture
def stub(env: Any) -> Any:
    """A stub of an object of the Worker's class Counter."""
    return env.COUNTER.getByName("one")
