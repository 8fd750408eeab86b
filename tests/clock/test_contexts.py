"""Code of the Worker that others run, such as a Durable Object's, is on the clock."""

import asyncio
from typing import Any

import pytest

pytestmark = pytest.mark.cfbindings(freeze="2026-01-01T00:00:00Z")


async def test_a_task_in_such_a_context_wakes_by_travel(cf: Any) -> None:
    context = cf._clock.context("ROOM:lobby")
    task = asyncio.create_task(asyncio.sleep(3600), context=context)
    await cf.travel(minutes=59)
    assert not task.done()
    await cf.travel(minutes=1)
    assert task.done()


def test_so_does_one_that_was_made_before_a_loop_ran(cf: Any) -> None:
    context = cf._clock.context("ROOM:lobby")

    async def event() -> None:
        cf._clock.join()
        await asyncio.to_thread(lambda: None)
        await asyncio.sleep(3600)

    async def test() -> None:
        task = asyncio.get_running_loop().create_task(event(), context=context)
        await asyncio.sleep(0)
        await cf.travel(hours=1)
        assert task.done()

    asyncio.run(test())


async def test_tasks_that_are_not_the_worker_s_are_none_of_its_business(
    cf: Any,
) -> None:
    cf._clock.join()
    waiting = asyncio.create_task(asyncio.sleep(60))
    await cf.travel(hours=1)
    assert not waiting.done()
    waiting.cancel()
