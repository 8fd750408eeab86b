import asyncio


async def test_a_new_counter_is_zero(env):
    assert await env.COUNTERS.getByName("A").current() == 0


async def test_the_worker_counts_up_and_down(cf):
    for path in ("/increment", "/increment", "/decrement"):
        response = await cf.fetch(f"{path}?name=A")
    assert await response.text() == "Counter 'A' is 1"


async def test_every_name_has_a_counter_of_its_own(env):
    await env.COUNTERS.getByName("A").add(5)
    assert await env.COUNTERS.getByName("B").current() == 0


async def test_no_visitor_is_lost(env):
    counters = [env.COUNTERS.getByName("A") for _ in range(50)]
    await asyncio.gather(*(counter.add() for counter in counters))
    assert await env.COUNTERS.getByName("A").current() == 50


async def test_the_count_outlives_the_memory(cf, env):
    counter = env.COUNTERS.getByName("A")
    await counter.add(3)
    await cf.evict(counter)
    assert await counter.current() == 3


async def test_an_old_count_is_continued(cf, env):
    counter = env.COUNTERS.getByName("A")
    cf.storage(counter).kv.put("value", 41)
    assert await counter.add() == 42
