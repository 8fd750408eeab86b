"""SELF is the Worker itself, as in the suite's own configuration.

The application hears of a close a moment later: each session of the suite waits for it,
since a test may leave nothing to waitUntil.
"""

from contextlib import asynccontextmanager

import pytest


@pytest.fixture(autouse=True)
def _self(cf, monkeypatch):
    import test_ws_disconnect as suite

    session = suite._ws_session

    @asynccontextmanager
    async def settled(path):
        async with session(path) as socket:
            yield socket
        await cf.settle()

    monkeypatch.setattr(suite, "_ws_session", settled)
    cf.provide("SELF", cf.fetch)
