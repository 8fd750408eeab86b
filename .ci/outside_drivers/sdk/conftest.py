"""SELF is the Worker itself, and server.py the internet, as the suite configures."""

from datetime import UTC, datetime

import pytest


class Self:
    def __init__(self, cf):
        self.fetch = cf.fetch
        self._cf = cf

    async def scheduled(self, options):
        at = options.get("scheduledTime")
        if at is not None and not isinstance(at, datetime):
            at = datetime.fromtimestamp(at / 1000, UTC)
        await self._cf.scheduled(options.get("cron", ""), time=at)
        return {"outcome": "ok"}


@pytest.fixture(autouse=True)
def _surroundings(cf):
    async def internet(request):
        import server

        return await server.Default(None, None).fetch(request)

    cf.provide("SELF", Self(cf))
    cf.outbound(internet)
