"""Many calls, evictions and aborts at once: nothing that was confirmed is lost."""

import asyncio
import random
from typing import Any

import pytest
from pyodide.ffi import JsException

from pytest_cfbindings.control import Cf

OBJECTS = 50
CALLS = 2000


@pytest.mark.parametrize("seed", [1])
async def test_nothing_that_was_confirmed_is_lost(env: Any, cf: Cf, seed: int) -> None:
    chance = random.Random(seed)
    confirmed: dict[str, list[str]] = {f"object {n}": [] for n in range(OBJECTS)}
    failed: dict[str, int] = dict.fromkeys(confirmed, 0)

    async def call(token: str) -> None:
        name = chance.choice([*confirmed])
        for _ in range(chance.randrange(20)):
            await asyncio.sleep(0)
        stub = env.COUNTER.getByName(name)
        try:
            await stub.mark(token)
        except JsException as error:
            assert str(error) == "Error: enough"  # noqa: PT017
            failed[name] += 1
        else:
            confirmed[name].append(token)

    async def disturb() -> None:
        stub = env.COUNTER.getByName(chance.choice([*confirmed]))
        for _ in range(chance.randrange(20)):
            await asyncio.sleep(0)
        if chance.random() < 0.5:
            with pytest.raises(JsException, match="enough"):
                await stub.abort()
        else:
            await stub.remember()
            try:
                await cf.evict(stub)
            except JsException as error:
                assert "not currently running" in str(error)  # noqa: PT017

    work = [call(f"token {n}") for n in range(CALLS)] + [disturb() for _ in range(100)]
    chance.shuffle(work)
    results = await asyncio.gather(*work, return_exceptions=True)
    others = [r for r in results if isinstance(r, BaseException)]
    assert [str(r) for r in others if str(r) != "Error: enough"] == []

    assert sum(map(len, confirmed.values())) > CALLS * 0.5
    for name, tokens in confirmed.items():
        storage = cf.storage(env.COUNTER.getByName(name))
        kept = await storage.list(prefix="token")
        assert set(tokens) <= set(kept)
        count = await storage.get("count") or 0
        assert len(tokens) <= count <= len(tokens) + failed[name]
