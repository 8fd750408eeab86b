"""What tests begin with carries no wall clock: it is as of the start of each test."""

from pathlib import Path

import pytest

WRANGLER = """
name = "shop"
main = "src/chat.py"
compatibility_date = "2026-09-15"
compatibility_flags = ["python_workers"]
kv_namespaces = [{ binding = "CACHE", id = "cache" }]
r2_buckets = [{ binding = "FILES", bucket_name = "files" }]
d1_databases = [{ binding = "DB", database_id = "db" }]
durable_objects.bindings = [{ name = "ROOM", class_name = "Room" }]
migrations = [{ tag = "v1", new_sqlite_classes = ["Room"] }]
"""
INI = """
[pytest]
asyncio_default_fixture_loop_scope = function
asyncio_mode = auto
cf_seed =
    CACHE = cache.json
    FILES = files
    DB = seed.sql
    ROOM = rooms.json
"""
SEEDS = {
    "migrations/0001_notes.sql": "CREATE TABLE notes (what TEXT, at TEXT);"
    "INSERT INTO notes VALUES ('migrated', CURRENT_TIMESTAMP);",
    "seed.sql": "INSERT INTO notes VALUES ('seeded', datetime('now'));",
    "files/a.txt": "a",
    "cache.json": '[{"key": "soon", "value": "v", "expiration_ttl": 60},'
    ' {"key": "in 2030", "value": "v", "expiration": 1893456000}]',
    "rooms.json": '{"lobby": {"storage": {"topic": "weather"}, "sql":'
    ' "CREATE TABLE seen (at); INSERT INTO seen VALUES (unixepoch())"}}',
}
HEAD = """
    import datetime
    import time
    import pytest
    from freezegun import freeze_time

    frozen = pytest.mark.cfbindings

    async def first(env, sql):
        return await env.DB.prepare(sql).first("at")

    async def times(env, cf):
        notes = "SELECT unixepoch(at) AS at FROM notes WHERE what = "
        return {
            "TTL": cf.dump("CACHE")["soon"]["expiration"] - 60,
            "uploaded": cf.dump("FILES", volatile=True)["a.txt"]["uploaded"] / 1000,
            "migrated": await first(env, notes + "'migrated'"),
            "seeded": await first(env, notes + "'seeded'"),
            "applied": await first(
                env, "SELECT unixepoch(applied_at) AS at FROM d1_migrations"
            ),
            "in an object": cf.dump("ROOM")["lobby"]["sql"]["seen"][0]["at"],
        }

    def all_at(text):
        moment = datetime.datetime.fromisoformat(text + "+00:00").timestamp()
        names = "TTL", "uploaded", "migrated", "seeded", "applied", "in an object"
        return dict.fromkeys(names, moment)
"""


@pytest.fixture
def timed(shop: pytest.Pytester) -> pytest.Pytester:
    """A project in which everything that a test begins with reads the clock."""
    shop.makefile(".toml", wrangler=WRANGLER)
    shop.makeini(INI)
    worker = Path(__file__).parent / "src" / "rooms.py"
    shop.path.joinpath("src", "chat.py").write_text(worker.read_text())
    for name, text in SEEDS.items():
        path = shop.path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    return shop


def test_it_shows_the_instant_at_which_each_test_freezes(
    timed: pytest.Pytester,
) -> None:
    timed.makepyfile(
        HEAD
        + """
    @pytest.mark.parametrize("round", range(2))
    @frozen(freeze="2026-01-01")
    async def test_a_marker(env, cf, round):
        assert await times(env, cf) == all_at("2026-01-01T00:00:00")

    @frozen(freeze="2031-02-03T04:05:06")
    async def test_another_instant(env, cf):
        assert "in 2030" not in cf.dump("CACHE")
        assert await times(env, cf) == all_at("2031-02-03T04:05:06")

    async def test_a_first_freeze_in_the_test(env, cf):
        cf.freeze("2001-01-01")
        assert await times(env, cf) == all_at("2001-01-01T00:00:00")

    @freeze_time("2002-02-02", real_asyncio=True)
    async def test_a_freeze_of_the_tests_own(env, cf):
        assert await times(env, cf) == all_at("2002-02-02T00:00:00")

    @frozen(freeze="2026-01-01")
    async def test_a_journey_does_not_change_it(env, cf):
        await cf.travel(seconds=59)
        assert await times(env, cf) == all_at("2026-01-01T00:00:00")

    async def test_in_real_time_it_is_the_second_in_which_the_test_began(env, cf):
        found = set((await times(env, cf)).values())
        assert len(found) == 1
        assert 0 <= time.time() - found.pop() < 60
"""
    )
    timed.runpytest("-p", "no:randomly").assert_outcomes(passed=7)


def test_a_ttl_is_over_when_that_much_of_the_test_has_passed(
    timed: pytest.Pytester,
) -> None:
    timed.makepyfile(
        HEAD
        + """
    @pytest.mark.parametrize("round", range(2))
    async def test_travelling(env, cf, round):
        await cf.travel(10)
        assert await env.CACHE.get("soon") == "v"
        await cf.travel(50)
        assert await env.CACHE.get("soon") is None

    async def test_a_first_freeze_after_its_first_use(env, cf):
        assert await env.CACHE.get("soon") == "v"
        await env.CACHE.put("other", "v")
        cf.freeze("2040-01-01")
        await cf.travel(59)
        assert list(cf.dump("CACHE")) == ["other", "soon"]
        await cf.travel(1)
        assert list(cf.dump("CACHE")) == ["other"]

    @frozen(freeze="2026-01-01")
    async def test_a_seed_of_the_test_itself_counts_from_the_present(env, cf):
        await cf.travel(100)
        cf.seed(env.CACHE, {"k": {"value": "v", "expiration_ttl": 60}})
        await cf.travel(59)
        assert list(cf.dump("CACHE")) == ["in 2030", "k"]
        await cf.travel(1)
        assert list(cf.dump("CACHE")) == ["in 2030"]
"""
    )
    timed.runpytest("-p", "no:randomly").assert_outcomes(passed=4)


def test_a_modules_seeds_do_so_on_top_of_the_suites(timed: pytest.Pytester) -> None:
    timed.makepyfile(
        HEAD
        + """
    @pytest.fixture(scope="module", autouse=True)
    def more(cf_template):
        cf_template.seed("CACHE", {"later": {"value": "v", "expiration_ttl": 600}})
        cf_template.seed("FILES", {"b.txt": "b"})
        cf_template.seed("DB", "more.sql")
        cf_template.seed("ROOM", {"attic": {"sql": more_sql}})

    more_sql = "CREATE TABLE seen (at); INSERT INTO seen VALUES (unixepoch())"

    @pytest.mark.parametrize("year", [2026, 2027, 2026])
    async def test_it(env, cf, year):
        cf.freeze(datetime.datetime(year, 1, 1))
        start = cf.now().timestamp()
        assert set((await times(env, cf)).values()) == {start}
        assert cf.dump("CACHE")["later"]["expiration"] == start + 600
        uploaded = cf.dump("FILES", volatile=True)["b.txt"]["uploaded"]
        assert uploaded == start * 1000
        ages = "SELECT DISTINCT unixepoch(at) AS at FROM notes"
        assert await first(env, ages) == start
        assert cf.dump("ROOM")["attic"]["sql"]["seen"] == [{"at": start}]
"""
    )
    timed.path.joinpath("more.sql").write_text(
        "INSERT INTO notes SELECT 'more', CURRENT_TIMESTAMP;"
    )
    timed.runpytest().assert_outcomes(passed=3)
