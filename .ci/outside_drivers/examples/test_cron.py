async def test_the_task_runs(cf, capsys):
    await cf.scheduled("*/1 * * * *")
    assert "Scheduled task has been executed." in capsys.readouterr().out


async def test_it_answers_requests(cf):
    assert (await (await cf.fetch("/")).text()).startswith("Hello from Cron Worker")
