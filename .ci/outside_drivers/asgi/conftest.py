"""SELF is the Worker itself, as in the suite's own configuration."""

import pytest


@pytest.fixture(autouse=True)
async def _self(cf):
    cf.provide("SELF", cf.fetch)
    yield
    await cf.settle()
