"""The storage of objects, which a test can ask on both backends."""

from typing import Any

import pytest


@pytest.fixture(params=["NOTEBOOK", "OLD_NOTEBOOK"], ids=["SQLite", "KV"])
def storage(request: pytest.FixtureRequest, env: Any, cf: Any) -> Any:
    """The storage of an object, SQLite-backed and KV-backed."""
    return cf.storage(getattr(env, request.param).getByName("one"))


@pytest.fixture
def sqlite(env: Any, cf: Any) -> Any:
    """The storage of an object of a SQLite-backed class."""
    return cf.storage(env.NOTEBOOK.getByName("one"))


@pytest.fixture
def legacy(env: Any, cf: Any) -> Any:
    """The storage of an object of a KV-backed class."""
    return cf.storage(env.OLD_NOTEBOOK.getByName("one"))
