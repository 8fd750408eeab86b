import asyncio

import pytest

FIRST, SECOND = "/v1/orders", "/v2/orders"
both = pytest.mark.parametrize("path", [FIRST, SECOND])


@pytest.fixture
def order(cf):
    """Place an order, and let the pauses between the Worker's attempts pass."""

    async def place(path, key="key-1", item="tea"):
        headers = {"idempotency-key": key}
        asked = asyncio.create_task(
            cf.fetch(path, headers=headers, json={"item": item})
        )
        await cf.travel(seconds=10)
        return (await (await asked).json())["order"]

    return place


@pytest.fixture
def count(env):
    async def count():
        return await env.DB.prepare("SELECT count(*) AS n FROM orders").first("n")

    return count


@both
async def test_an_order_is_placed(order, count, path):
    assert await order(path) == 1
    assert await order(path, key="key-2") == 2
    assert await count() == 2


@both
async def test_a_repeated_request_is_the_same_order(order, count, path):
    assert await order(path) == await order(path) == 1
    assert await count() == 1


@both
@pytest.mark.parametrize("error", ["connection lost", "internal error"])
async def test_what_never_arrived_is_sent_again(cf, env, order, count, path, error):
    cf.fail(env.DB, "run", error=error, times=3)
    assert await order(path) == 1
    assert await count() == 1


@both
async def test_an_overloaded_database_is_left_alone(cf, env, order, path):
    cf.fail(env.DB, "run", error="overloaded")
    with pytest.raises(Exception, match="D1 DB is overloaded"):
        await order(path)
    assert [fault.call for fault in cf.faults()] == [1]


async def test_a_lost_answer_orders_twice(cf, env, order, count):
    cf.fail(env.DB, "run", error="connection lost", after_effect=True)
    await order(FIRST)
    assert await count() == 2  # The bug.


async def test_a_lost_answer_no_longer_orders_twice(cf, env, order, count):
    cf.fail(env.DB, "run", error="connection lost", after_effect=True, times=3)
    assert await order(SECOND) == 1
    assert await count() == 1


@pytest.mark.cfbindings(kv_consistency="eventual")
async def test_elsewhere_the_key_is_not_known_yet(cf, env, order, count):
    with cf.location("fra"):
        await env.ANSWERS.get("key-1")  # Somebody asks in Frankfurt, too early.
    await order(FIRST)
    with cf.location("fra"):
        await order(FIRST)
    assert await count() == 2  # The bug.


@pytest.mark.cfbindings(kv_consistency="eventual", random_seed=1)
async def test_no_place_orders_twice_any_more(cf, order, count):
    for place in ("fra", "iad", "fra"):
        with cf.location(place):
            assert await order(SECOND) == 1
    assert await count() == 1


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_whatever_is_lost_every_order_is_placed_once(cf, env, order, count, seed):
    # Three failures at most: the fourth attempt is always the last.
    cf.fail(env.DB, "run", times=2, probability=0.3, seed=seed)
    cf.fail(env.DB, "run", times=1, probability=0.3, seed=seed + 10, after_effect=True)
    assert [await order(SECOND, key=f"key-{n}") for n in range(6)] == [1, 2, 3, 4, 5, 6]
    assert await count() == 6
