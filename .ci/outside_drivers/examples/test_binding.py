async def test_what_is_put_comes_back(cf, env):
    assert await (await cf.fetch("/")).text() == "baz"
    assert await env.FOO.get("bar") == "baz"
