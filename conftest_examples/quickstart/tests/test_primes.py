import pytest
from entry import Default
from workers import Request


async def visit(env, path):
    return await Default(None, env).fetch(Request(f"https://primes.example{path}"))


async def test_the_first_visit_computes(env):
    response = await visit(env, "/primes/10")
    assert response.headers["x-cache"] == "miss"
    assert await response.json() == [2, 3, 5, 7]


async def test_the_second_visit_is_served_from_the_cache(env, cf):
    await visit(env, "/primes/10")
    response = await visit(env, "/primes/10")
    assert response.headers["x-cache"] == "hit"
    assert [call.method for call in cf.calls(env.CACHE)] == ["get", "put", "get"]


async def test_the_cache_keeps_an_answer_for_an_hour(env, cf):
    await visit(env, "/primes/10")
    [key] = (await env.CACHE.list())["keys"]
    assert key["name"] == "primes:10"
    assert cf.calls(env.CACHE)[1].args[2] == {"expirationTtl": 3600}


async def test_what_is_not_a_number_is_not_found(env):
    response = await visit(env, "/primes/many")
    assert response.status == 404


async def test_a_mistake_fails_here_as_it_does_in_production(env):
    with pytest.raises(Exception, match="Expiration TTL must be at least 60"):
        await env.CACHE.put("key", "value", expirationTtl=30)
