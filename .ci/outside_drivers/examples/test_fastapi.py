async def test_the_root_has_a_message(cf):
    response = await cf.fetch("/")
    assert response.status == 200
    assert "FastAPI" in (await response.json())["message"]


async def test_a_name_is_greeted(cf):
    response = await cf.fetch("/hi/Ada")
    assert await response.json() == {"message": "Hello, Ada!"}


async def test_the_environment_is_read(cf, env):
    answer = await (await cf.fetch("/env")).json()
    assert answer["message"].endswith(env.MESSAGE)
