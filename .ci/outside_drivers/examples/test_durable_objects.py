async def text(cf, path):
    return await (await cf.fetch(path)).text()


async def test_messages_are_kept_by_list(cf):
    assert await text(cf, "/a/show") == "No messages"
    for message in ("one", "two"):
        assert await text(cf, f"/a/add/{message}") == "Message sent"
    assert await text(cf, "/a/show") == "one\ntwo"
    assert await text(cf, "/b/show") == "No messages"


async def test_messages_outlive_the_object(cf, env):
    await cf.fetch("/a/add/one")
    await cf.evict_all()
    assert await text(cf, "/a/show") == "one"
