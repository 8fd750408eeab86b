from collections.abc import Iterator

import pytest

from pytest_cfbindings.clock import Clock
from pytest_cfbindings.sqlite.clock_vfs import ClockVfs
from pytest_cfbindings.sqlite.database import Database


@pytest.fixture
def own_clock() -> Clock:
    return Clock()


@pytest.fixture
def vfs(own_clock: Clock) -> ClockVfs:
    return ClockVfs(own_clock)


@pytest.fixture
def database(vfs: ClockVfs) -> Iterator[Database]:
    database = Database(vfs)
    yield database
    database.close()
