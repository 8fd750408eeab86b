import pytest


async def test_the_page_is_there(cf):
    page = await cf.fetch("/")
    assert page.headers["content-type"].startswith("text/html")
    assert "<html" in await page.text()


async def test_all_of_a_room_hear_what_is_said(cf):
    async with cf.websocket("/room/x") as ada, cf.websocket("/room/x") as bob:
        for socket in (ada, bob):
            assert (await socket.receive_json())["text"] == "Connected to chatroom"
        await ada.send_json({"username": "ada", "text": "hi"})
        for socket in (ada, bob):
            said = await socket.receive_json()
            assert (said["username"], said["text"]) == ("ada", "hi")


async def test_who_comes_late_gets_the_history(cf):
    async with cf.websocket("/room/x") as ada:
        await ada.receive()
        await ada.send_json({"username": "ada", "text": "hi"})
        await ada.receive()
        async with cf.websocket("/room/x") as late:
            assert (await late.receive_json())["type"] == "history"
            await late.close(4001, "bye")
            assert (late.close_code, late.close_reason) == (4001, "bye")


async def test_hibernation_keeps_sockets_and_forgets_the_history(cf, env):
    room = env.CHATROOM.getByName("x")
    async with cf.websocket("/room/x") as ada:
        await ada.receive()
        await ada.send_json({"text": "before"})
        await ada.receive()
        await cf.evict(room)
        await ada.send_json({"text": "after"})
        assert (await ada.receive_json())["text"] == "after"
    assert await cf.run_in(room, lambda room: len(room.message_history)) == 1


async def test_other_rooms_hear_nothing(cf):
    async with cf.websocket("/room/x") as ada, cf.websocket("/room/y") as bob:
        for socket in (ada, bob):
            await socket.receive()
        await ada.send_json({"text": "hi"})
        await ada.receive()
        with pytest.raises(TimeoutError):
            await bob.receive(timeout=0.05)


async def test_what_is_no_json_is_passed_over(cf):
    async with cf.websocket("/room/x") as ada:
        await ada.receive()
        await ada.send("no json")
        await ada.send_json({"text": "fine"})
        assert (await ada.receive_json())["text"] == "fine"


@pytest.mark.parametrize(("path", "status"), [("/room/x", 400), ("/nope", 404)])
async def test_other_requests_are_refused(cf, path, status):
    assert (await cf.fetch(path)).status == status
