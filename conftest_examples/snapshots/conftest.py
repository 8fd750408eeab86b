import pytest


@pytest.fixture
def anyio_backend():
    """With anyio: one run of each test, whose name has no `[asyncio]` then."""
    return "asyncio"
