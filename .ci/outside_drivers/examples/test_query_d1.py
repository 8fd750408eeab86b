from pathlib import Path


async def test_a_quote_is_drawn(cf, env):
    for statement in Path("db_init.sql").read_text().split(";"):
        if statement.strip():
            await env.DB.prepare(statement).run()
    quotes = (await env.DB.prepare("SELECT quote, author FROM qtable").all()).results
    assert await (await cf.fetch("/")).json() in [dict(quote) for quote in quotes]
