"""Orders, each with the key of the request that placed it."""

from retries import retrying


async def place_order(env, key, item):
    insert = env.DB.prepare(
        "INSERT INTO orders (key, item) VALUES (?, ?) ON CONFLICT (key) DO NOTHING"
    ).bind(key, item)
    await retrying(insert.run)
    select = env.DB.prepare("SELECT id FROM orders WHERE key = ?").bind(key)
    return await retrying(lambda: select.first("id"))
