async def test_a_note_can_be_read_again(cf):
    added = await (await cf.fetch("/notes", json={"text": "buy milk"})).json()
    response = await cf.fetch(f"/notes/{added['id']}")
    assert await response.json() == {"id": added["id"], "text": "buy milk"}


async def test_a_note_is_in_the_database(cf, env):
    await cf.fetch("/notes", json={"text": "buy milk"})
    assert await env.DB.prepare("SELECT count(*) FROM notes").first("count(*)") == 1


async def test_a_note_that_is_not_there(cf):
    response = await cf.fetch("/notes/1")
    assert response.status == 404
    assert await response.json() == {"detail": "There is no such note"}


async def test_a_note_needs_a_text(cf):
    response = await cf.fetch("/notes", json={})
    assert response.status == 422


async def test_an_endpoint_may_be_a_plain_function(cf):
    assert await (await cf.fetch("/health")).json() == {"ok": True}
