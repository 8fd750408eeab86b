"""What the suite's own conftest gives, and a queue that delivers while it sleeps."""

import asyncio
import uuid

import pytest


def unique_table_name() -> str:
    return f"test_{uuid.uuid4().hex[:10]}"


@pytest.fixture(autouse=True)
def _delivery(request, monkeypatch, cf):
    if request.module.__name__ != "test_queue":
        return

    async def deliver(_seconds):
        await cf.queue("test-queue")

    monkeypatch.setattr(asyncio, "sleep", deliver)
