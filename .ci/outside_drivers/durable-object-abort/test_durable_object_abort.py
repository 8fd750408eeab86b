"""The suite's own `Default.test`, which workerd calls as a test event."""

import pytest


@pytest.fixture(autouse=True)
def _storage_in_memory(env, monkeypatch):
    """The suite configures `durableObjectStorage = (inMemory = void)`.

    There an object loses with its memory what it had stored, and the suite counts on
    that: after the abort its counter is 1 again. Wrangler knows no such configuration:
    with it, and in production, storage outlasts an abort, and so it does here.
    """
    import worker

    abort = worker.AbortingDurableObject.do_abort

    async def lose_and_abort(self):
        await self.ctx.storage.deleteAll()
        await abort(self)

    monkeypatch.setattr(worker.AbortingDurableObject, "do_abort", lose_and_abort)


async def test_the_suite(env):
    import worker

    await worker.Default(None, env).test()
