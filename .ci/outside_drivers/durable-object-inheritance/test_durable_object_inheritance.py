"""The suite's own `Default.test`, which workerd calls as a test event."""


async def test_the_suite(env):
    import worker

    await worker.Default(None, env).test(None)
