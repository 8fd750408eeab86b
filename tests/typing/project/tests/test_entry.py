"""Tests with annotations, as a user writes them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from pytest_cfbindings import Cf

if TYPE_CHECKING:
    from worker_env import Env


async def test_it(env: Env, cf: Cf) -> None:
    response = await cf.fetch("/path", json={"a": 1})
    assert response.status == 200
    await cf.travel(timedelta(days=1))
    await cf.travel(weeks=1)  # wrong: call-arg
    cf.freeze(datetime(2026, 1, 1))
    cf.freeze(60)  # wrong: arg-type
    assert await env.CACHE.get("k") == "v"
    assert cf.calls(env.CACHE)[0].arguments  # wrong: attr-defined
    assert cf.due()[0].at > cf.now()
    assert (await cf.queue("mails", ["a"])).retry  # wrong: attr-defined
    cf.travl(days=1)  # wrong: attr-defined
