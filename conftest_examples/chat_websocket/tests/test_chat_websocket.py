import pytest

from pytest_cfbindings import WebSocketRefused


async def test_everybody_hears_what_is_said(cf):
    async with cf.websocket("/lobby?name=ada") as ada:
        async with cf.websocket("/lobby?name=bob") as bob:
            assert await ada.receive_json() == {"joined": "ada"}
            assert await ada.receive_json() == {"joined": "bob"}
            await bob.send_json({"text": "hello"})
            said = {"from": "bob", "text": "hello", "number": 1}
            assert await ada.receive_json() == said
        assert bob.close_code == 1000
        assert await ada.receive_json() == {"left": "bob"}


async def test_a_whisper_is_heard_by_one_member_only(cf):
    async with cf.websocket("/lobby?name=ada") as ada:
        assert await ada.receive_json() == {"joined": "ada"}
        async with cf.websocket("/lobby?name=bob") as bob:
            assert await ada.receive_json() == {"joined": "bob"}
            assert await bob.receive_json() == {"joined": "bob"}
            await ada.send_json({"text": "psst", "to": "bob"})
            assert (await bob.receive_json())["text"] == "psst"
            with pytest.raises(TimeoutError):
                await ada.receive(timeout=0.01)


async def test_members_stay_connected_while_the_room_hibernates(cf, env):
    room = env.ROOMS.getByName("lobby")
    async with cf.websocket("/lobby?name=ada") as ada:
        assert await ada.receive_json() == {"joined": "ada"}
        await ada.send_json({"text": "before"})
        assert (await ada.receive_json())["number"] == 1
        await cf.evict(room)
        await ada.send_json({"text": "after"})
        assert (await ada.receive_json())["number"] == 2


async def test_a_ping_is_answered_without_waking_the_room(cf, env):
    room = env.ROOMS.getByName("lobby")
    async with cf.websocket("/lobby?name=ada") as ada:
        assert await ada.receive_json() == {"joined": "ada"}
        await cf.evict(room)
        await ada.send("ping")
        assert await ada.receive() == "pong"
        with pytest.raises(Exception, match="not currently running"):
            await cf.evict(room)


async def test_a_request_without_an_upgrade_is_refused(cf):
    response = await cf.fetch("/lobby?name=ada")
    assert response.status == 426


async def test_the_client_says_what_it_was_answered_instead(cf):
    with pytest.raises(WebSocketRefused) as refused:
        await cf.websocket("/lobby", headers={"Upgrade": "none"}).connect()
    assert refused.value.response.status == 426
