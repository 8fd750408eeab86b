import pytest


async def test_the_first_visit_computes(cf):
    response = await cf.fetch("/primes/10")
    assert response.headers["x-cache"] == "miss"
    assert await response.json() == [2, 3, 5, 7]


async def test_the_second_visit_is_served_from_the_cache(cf, env):
    await cf.fetch("/primes/10")
    response = await cf.fetch("/primes/10")
    assert response.headers["x-cache"] == "hit"
    assert [call.method for call in cf.calls(env.CACHE)] == ["get", "put", "get"]


async def test_the_cache_keeps_an_answer_for_an_hour(cf, env):
    await cf.fetch("/primes/10")
    put = cf.calls(env.CACHE)[1]
    assert put.args == ("primes:10", "[2, 3, 5, 7]", {"expirationTtl": 3600})


@pytest.mark.parametrize("path", ["/", "/primes/many", "/primes/10001"])
async def test_anything_else_is_not_found(cf, path):
    response = await cf.fetch(path)
    assert response.status == 404


async def test_a_mistake_fails_here_as_it_does_in_production(env):
    with pytest.raises(Exception, match="Expiration TTL must be at least 60"):
        await env.CACHE.put("key", "value", expirationTtl=30)
