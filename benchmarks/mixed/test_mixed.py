"""200 tests of 20 operations each: 8 of KV, 5 of D1, 4 of R2, 3 of a Durable Object.

`benchmarks/vitest/test/mixed.test.js` does the same in workerd.
"""

import pytest


@pytest.mark.parametrize("number", range(200))
async def test_mixed(env, number):
    for key in ("a", "b", "c"):
        await env.KV.put(f"{key}:{number}", f"value {number}")
    for key in ("a", "b", "c"):
        assert await env.KV.get(f"{key}:{number}") == f"value {number}"
    assert len((await env.KV.list(prefix="a:"))["keys"]) == 1
    await env.KV.delete(f"a:{number}")

    insert = env.DB.prepare("INSERT INTO items (name) VALUES (?)")
    for name in ("one", "two", "three"):
        await insert.bind(name).run()
    found = await env.DB.prepare("SELECT * FROM items WHERE name = ?").bind("two").all()
    assert len(found.results) == 1
    assert await env.DB.prepare("SELECT count(*) AS n FROM items").first("n") == 3

    await env.FILES.put("file", "x" * 1024)
    stored = await env.FILES.get("file")
    assert len(await stored.text()) == 1024
    assert (await env.FILES.head("file")).size == 1024
    assert len((await env.FILES.list()).objects) == 1

    counter = env.COUNTERS.getByName("one")
    for expected in (1, 2, 3):
        assert await counter.add() == expected
