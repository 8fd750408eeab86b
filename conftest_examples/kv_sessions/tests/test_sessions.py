import pytest

pytestmark = pytest.mark.cfbindings(freeze="2026-01-01T08:00:00Z")


class Client:
    """Somebody who is logged in."""

    def __init__(self, cf, token):
        self.cf = cf
        self.headers = {"authorization": f"Bearer {token}"}

    async def get(self, path):
        return await self.cf.fetch(path, headers=self.headers)


@pytest.fixture
def alice(cf):
    async def log_in():
        response = await cf.fetch("/login", json={"name": "alice"})
        return Client(cf, await response.text())

    return cf.run(log_in())


async def test_who_is_logged_in_is_known(alice):
    response = await alice.get("/me")
    assert await response.json() == {"name": "alice", "since": 1767254400}


async def test_half_an_hour_of_silence_ends_a_session(cf, alice):
    await cf.travel(minutes=29)
    assert (await alice.get("/me")).status == 200
    await cf.travel(minutes=30)
    assert (await alice.get("/me")).status == 401


async def test_who_comes_back_in_time_stays_logged_in(cf, alice):
    for _ in range(10):
        await cf.travel(minutes=25)
        assert (await alice.get("/me")).status == 200


async def test_a_session_ends_after_a_day_all_the_same(cf, alice):
    for _ in range(3 * 24 - 1):
        await cf.travel(minutes=20)
        assert (await alice.get("/me")).status == 200
    await cf.travel(minutes=20)
    assert (await alice.get("/me")).status == 401


async def test_a_busy_client_does_not_write_at_every_request(cf, env, alice):
    for _ in range(60):
        await cf.travel(seconds=1)
        await alice.get("/me")
    methods = [call.method for call in cf.calls(env.SESSIONS)]
    assert methods.count("put") == 2


async def test_who_logs_out_is_gone(cf, env, alice):
    await alice.get("/logout")
    assert (await alice.get("/me")).status == 401
    assert (await env.SESSIONS.list())["keys"] == []
