async def test_it_greets(cf):
    assert await (await cf.fetch("/")).text() == "Hello world!"
