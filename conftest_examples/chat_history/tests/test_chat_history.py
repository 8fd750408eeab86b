import pytest


async def test_a_new_room_is_empty(cf):
    response = await cf.fetch("/lobby")
    assert await response.json() == []


async def test_what_was_said_is_shown_in_order(cf):
    for author, text in (("ada", "hello"), ("bob", "hi")):
        said = await cf.fetch("/lobby", json={"author": author, "text": text})
        assert said.status == 201
    response = await cf.fetch("/lobby")
    assert await response.json() == [
        {"author": "ada", "text": "hello"},
        {"author": "bob", "text": "hi"},
    ]


async def test_only_the_last_messages_are_shown(env):
    room = env.ROOMS.getByName("lobby")
    for number in range(5):
        await room.say("ada", f"message {number}")
    assert [m["text"] for m in await room.history(2)] == ["message 3", "message 4"]


async def test_a_message_that_is_too_long_is_refused(env):
    room = env.ROOMS.getByName("lobby")
    with pytest.raises(Exception, match="CHECK constraint failed"):
        await room.say("ada", "x" * 201)
    assert await room.history() == []


async def test_the_history_can_be_looked_at_from_outside(cf, env):
    room = env.ROOMS.getByName("lobby")
    await room.say("ada", "hello")
    rows = cf.storage(room).sql.exec("SELECT author FROM messages").toArray()
    assert rows == [{"author": "ada"}]
