import pytest

AT = 4_102_444_800_000  # The first moment of the year 2100.


@pytest.fixture
def scheduler(env):
    return env.SCHEDULERS.getByName("mine")


async def test_the_earliest_reminder_sets_the_alarm(cf, scheduler):
    await scheduler.remind("later", "second", AT + 1000)
    await scheduler.remind("soon", "first", AT)
    assert await cf.storage(scheduler).getAlarm() == AT


async def test_the_alarm_sends_what_is_due_and_waits_for_the_rest(cf, env, scheduler):
    await scheduler.remind("soon", "first", AT)
    await scheduler.remind("later", "second", AT + 1000)
    assert await cf.run_alarm(scheduler)
    assert await env.SENT.get("soon") == "first"
    assert await env.SENT.get("later") is None
    assert await cf.storage(scheduler).getAlarm() == AT + 1000


async def test_the_last_reminder_leaves_nothing_behind(cf, env, scheduler):
    await scheduler.remind("soon", "first", AT)
    await cf.run_alarm(scheduler)
    assert await cf.storage(scheduler).list() == {}
    assert not await cf.run_alarm(scheduler)
