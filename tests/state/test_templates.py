"""What every test begins with: the ini key cf_seed, and a module's own seeds."""

from pathlib import Path

import pytest

from .conftest import shown

INI = "[pytest]\nasyncio_default_fixture_loop_scope = function\ncf_seed ="

TWICE = """
    import pytest

    @pytest.mark.parametrize("round", range(3))
    def test_it(env, cf, round):
        assert {key: entry["value"] for key, entry in cf.dump("CACHE").items()} == {
            "a": "1", "b": "2"
        }
        cf.run(env.CACHE.put("a", "changed"))
        cf.run(env.CACHE.delete("b"))
        assert list(cf.dump("CACHE")) == ["a"]
        cf.reset()
        assert cf.run(env.CACHE.get("b")) == "2"
        cf.run(env.CACHE.delete("b"))
"""


@pytest.fixture
def seeded(shop: pytest.Pytester) -> pytest.Pytester:
    """A project whose suite begins with two keys."""
    folder = shop.mkdir("seeds")
    folder.joinpath("cache.json").write_text(
        '[{"key": "a", "value": "1"}, {"key": "b", "value": "2"}]'
    )
    shop.makeini(f"{INI} CACHE = seeds/cache.json\n")
    return shop


def test_every_test_begins_with_the_suites_seeds(seeded: pytest.Pytester) -> None:
    seeded.makepyfile(TWICE)
    seeded.runpytest().assert_outcomes(passed=3)


def test_the_same_under_xdist(seeded: pytest.Pytester) -> None:
    seeded.makepyfile(TWICE)
    seeded.runpytest("-n1").assert_outcomes(passed=3)


def test_a_test_that_only_imports_env_begins_with_them(
    seeded: pytest.Pytester,
) -> None:
    seeded.makepyfile(
        """
        import asyncio
        import pytest
        from workers import env

        @pytest.mark.parametrize("round", range(2))
        def test_it(round):
            assert asyncio.run(env.CACHE.get("a")) == "1"
            asyncio.run(env.CACHE.delete("a"))
        """
    )
    seeded.runpytest().assert_outcomes(passed=2)


def test_the_file_is_read_once(seeded: pytest.Pytester) -> None:
    seeded.makepyfile(
        TWICE
        + """
        import pathlib
        pathlib.Path("seeds/cache.json").unlink(missing_ok=True)
"""
    )
    seeded.runpytest().assert_outcomes(passed=3)


def test_several_lines_seed_several_bindings(seeded: pytest.Pytester) -> None:
    seeded.path.joinpath("other.json").write_text('[{"key": "s", "value": "9"}]')
    seeded.makeini(f"{INI}\n  CACHE = seeds/cache.json\n  SESSIONS = other.json\n")
    seeded.makepyfile(
        "def test_it(cf): assert [list(held) for held in cf.dump().values()]"
        " == [['a', 'b'], ['s']]"
    )
    seeded.runpytest().assert_outcomes(passed=1)


def test_an_environment_gets_the_seeds_of_the_bindings_it_has(
    seeded: pytest.Pytester,
) -> None:
    seeded.makepyfile(
        """
        import pytest

        @pytest.mark.cfbindings(env="staging")
        def test_it(cf):
            assert cf.dump() == {"STAGED": {}}
        """
    )
    seeded.runpytest().assert_outcomes(passed=1)


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (
            "CACHE = seeds/none.json",
            "cf_seed: seeds/none.json: there is no such file or folder: *none.json",
        ),
        (
            "CACHES = seeds/cache.json",
            "cf_seed: CACHES is no binding with storage (there are: CACHE, SESSIONS)",
        ),
        (
            "seeds",
            "cf_seed: seeds: no storage of `wrangler dev`, which is in .wrangler/state;"
            " for anything else, name the binding: BINDING = path",
        ),
        ("CACHE = seeds", "cf_seed: seeds: cannot be read: *Is a directory*"),
    ],
)
def test_a_bad_line_is_told_without_a_traceback(
    seeded: pytest.Pytester, line: str, problem: str
) -> None:
    seeded.makeini(f"{INI} {line}\n")
    seeded.makepyfile(
        """
        import pytest

        @pytest.mark.parametrize("round", range(2))
        def test_it(env, round): ...
        """
    )
    result = seeded.runpytest("-Wignore", "-p", "no:randomly")
    result.assert_outcomes(errors=2)
    result.stdout.fnmatch_lines([problem.replace("[", "[[]")] * 2)
    result.stdout.no_fnmatch_line("*Traceback*")


MODULE = """
    import pytest
    from workers import env as module_env

    @pytest.fixture(scope="module", autouse=True)
    def sessions(cf_template):
        cf_template.seed("SESSIONS", {"s": "1"})
        cf_template.seed(module_env.CACHE, "more.json")

    @pytest.mark.parametrize("round", range(3))
    def test_it(env, cf, round):
        assert list(cf.dump("SESSIONS")) == ["s"]
        assert list(cf.dump("CACHE")) == ["a", "b", "c"]
        cf.run(env.SESSIONS.put("other", "v"))
        cf.run(env.CACHE.delete("a"))
"""


def test_a_module_adds_its_own_to_them_and_no_other_module_sees_it(
    seeded: pytest.Pytester,
) -> None:
    seeded.path.joinpath("more.json").write_text('[{"key": "c", "value": "3"}]')
    seeded.makepyfile(test_a=TWICE, test_b=MODULE, test_c=TWICE)
    seeded.runpytest("-p", "no:randomly").assert_outcomes(passed=9)


def test_a_modules_seeds_hold_for_every_environment_it_uses(
    shop: pytest.Pytester,
) -> None:
    shop.makepyfile(
        """
        import pytest

        @pytest.fixture(scope="module", autouse=True)
        def staged(cf_template):
            cf_template.seed("STAGED", {"k": "v"})

        pytestmark = pytest.mark.cfbindings(env="staging")

        def test_it(cf):
            assert list(cf.dump("STAGED")) == ["k"]

        @pytest.mark.cfbindings(env="")
        def test_in_another_environment(cf): ...
        """
    )
    result = shop.runpytest("-p", "no:randomly")
    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(["*STAGED is no binding with storage*CACHE, SESSIONS*"])


def test_a_bad_seed_of_a_module_is_raised_where_it_stands(
    shop: pytest.Pytester,
) -> None:
    shop.makepyfile(
        """
        import pytest
        from pytest_cfbindings import SeedError

        @pytest.fixture(scope="module", autouse=True)
        def sessions(cf_template):
            with pytest.raises(SeedError, match="seed of CACHE, key 'k': 5 is neither"):
                cf_template.seed("CACHE", {"k": 5})

        def test_it(cf):
            assert cf.dump("CACHE") == {}
        """
    )
    shop.runpytest().assert_outcomes(passed=1)


def test_a_template_is_for_module_scoped_fixtures(shop: pytest.Pytester) -> None:
    shop.makepyfile(
        """
        import pytest

        @pytest.fixture(scope="session")
        def sessions(cf_template): ...

        def test_it(sessions): ...
        """
    )
    result = shop.runpytest()
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*ScopeMismatch*"])


D1 = """
name = "shop"
main = "src/entry.py"
compatibility_date = "2026-09-15"
compatibility_flags = ["python_workers"]
[[d1_databases]]
binding = "DB"
database_id = "db"
"""
USERS = """
    import pytest

    @pytest.mark.parametrize("round", range(3))
    def test_it(env, cf, round):
        assert [row["name"] for row in cf.dump("DB")["users"]] == {names}
        cf.run(env.DB.prepare("DELETE FROM users").run())
        cf.reset()
        found = cf.run(env.DB.prepare("SELECT count(*) AS n FROM users").first())
        assert found["n"] == {n}
        cf.run(env.DB.prepare("DROP TABLE users").run())
"""


@pytest.fixture
def migrated(shop: pytest.Pytester) -> pytest.Pytester:
    """A project with a D1 database, its migrations, and a seed that needs them."""
    shop.makefile(".toml", wrangler=D1)
    migrations = shop.mkdir("migrations")
    migrations.joinpath("0001_users.sql").write_text(
        "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);"
    )
    migrations.joinpath("0002_roles.sql").write_text(
        "ALTER TABLE users ADD COLUMN role TEXT DEFAULT 'guest';"
    )
    shop.path.joinpath("users.sql").write_text(
        "INSERT INTO users (name) VALUES ('ada'), ('grace');"
    )
    shop.makeini(f"{INI} DB = users.sql\n")
    return shop


def test_a_d1_seed_stands_on_the_migrations(migrated: pytest.Pytester) -> None:
    migrated.makepyfile(USERS.format(names=["ada", "grace"], n=2))
    migrated.runpytest().assert_outcomes(passed=3)


def test_a_module_adds_rows_and_no_other_module_sees_them(
    migrated: pytest.Pytester,
) -> None:
    two, three = (["ada", "grace"], 2), (["ada", "grace", "hedy"], 3)
    own = """
    @pytest.fixture(scope="module", autouse=True)
    def hedy(cf_template):
        cf_template.seed("DB", {"users": [{"name": "hedy"}]})
"""
    migrated.makepyfile(
        test_a=USERS.format(names=two[0], n=two[1]),
        test_b=USERS.format(names=three[0], n=three[1]) + own,
        test_c=USERS.format(names=two[0], n=two[1]),
    )
    migrated.runpytest("-p", "no:randomly").assert_outcomes(passed=9)


def test_each_choice_of_migrations_has_a_template_of_its_own(
    migrated: pytest.Pytester,
) -> None:
    migrated.makepyfile(
        """
        import pytest

        @pytest.mark.parametrize("round", range(2))
        def test_all(cf, round):
            assert [row["role"] for row in cf.dump("DB")["users"]] == ["guest"] * 2

        @pytest.mark.cfbindings(migrations="0001_users.sql")
        @pytest.mark.parametrize("round", range(2))
        def test_the_first(cf, round):
            assert list(cf.dump("DB")["users"][0]) == ["id", "name"]
        """
    )
    migrated.runpytest("-p", "no:randomly").assert_outcomes(passed=4)


def test_a_seed_that_the_migrations_refuse_is_told(migrated: pytest.Pytester) -> None:
    migrated.path.joinpath("users.sql").write_text("INSERT INTO user VALUES (1);")
    migrated.makepyfile("def test_it(env): ...")
    result = migrated.runpytest("-Wignore")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(
        ["cf_seed: users.sql, statement 1: no such table: user: SQLITE_ERROR"]
    )


def test_the_report_tells_rows_by_their_key(migrated: pytest.Pytester) -> None:
    migrated.makepyfile(
        """
        def test_it(env, cf):
            cf.run(env.DB.prepare("UPDATE users SET role = 'admin' WHERE id = 2").run())
            assert False
        """
    )
    result = migrated.runpytest("-Wignore")
    assert shown(result, "the test changed", "=====").splitlines()[:-1] == [
        "the test changed:",
        "  ~ DB.users[id=2].role: 'guest' -> 'admin'",
        "held at the end:",
        "  DB: 1 table",
        "    users: 2 rows",
        "      {'id': 1, 'name': 'ada', 'role': 'guest'}",
        "      {'id': 2, 'name': 'grace', 'role': 'admin'}",
    ]


def test_a_database_that_cannot_be_migrated_is_told_in_the_report(
    migrated: pytest.Pytester,
) -> None:
    migrated.makeini("[pytest]\nasyncio_default_fixture_loop_scope = function\n")
    migrated.path.joinpath("migrations", "0003_bad.sql").write_text("NONSENSE;")
    migrated.makepyfile(
        "def test_it(env, cf): cf.run(env.DB.prepare('SELECT 1').run())"
    )
    result = migrated.runpytest("-Wignore")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            "*- cf storage -*",
            "DB cannot be shown: The migration *0003_bad.sql of env.DB*",
        ]
    )


R2 = """
name = "shop"
main = "src/entry.py"
compatibility_date = "2026-09-15"
compatibility_flags = ["python_workers"]
[[r2_buckets]]
binding = "FILES"
bucket_name = "files"
"""


def test_an_r2_seed_is_a_folder_and_every_test_has_a_copy(
    shop: pytest.Pytester,
) -> None:
    shop.makefile(".toml", wrangler=R2)
    folder = shop.mkdir("files")
    folder.joinpath("a.txt").write_text("a")
    folder.joinpath("b.txt").write_text("b")
    shop.makeini(f"{INI} FILES = files\n")
    shop.makepyfile(
        """
        import pytest

        @pytest.mark.parametrize("round", range(3))
        def test_it(env, cf, round):
            assert cf.run(env.FILES.head("a.txt")).size == 1
            listed = cf.run(env.FILES.list()).objects
            assert [found.key for found in listed] == ["a.txt", "b.txt"]
            cf.run(env.FILES.delete("a.txt"))
            cf.run(env.FILES.put("b.txt", "changed"))
            assert [found["body"] for found in cf.dump("FILES").values()] == ["changed"]
            cf.reset()
            assert [found["body"] for found in cf.dump("FILES").values()] == ["a", "b"]
            cf.run(env.FILES.delete(["a.txt", "b.txt"]))
            assert cf.dump("FILES") == {}
        """
    )
    shop.runpytest().assert_outcomes(passed=3)


ROOMS = """
name = "rooms"
main = "src/chat.py"
compatibility_date = "2026-09-15"
compatibility_flags = ["python_workers"]
durable_objects.bindings = [{ name = "ROOM", class_name = "Room" }]
migrations = [{ tag = "v1", new_sqlite_classes = ["Room"] }]
"""


def test_objects_can_be_seeded_for_a_suite_and_a_module(shop: pytest.Pytester) -> None:
    shop.makefile(".toml", wrangler=ROOMS)
    worker = Path(__file__).parent / "src" / "rooms.py"
    shop.path.joinpath("src", "chat.py").write_text(worker.read_text())
    shop.path.joinpath("rooms.json").write_text(
        '{"lobby": {"storage": {"topic": "weather", "since": {"$date": 0}}}}'
    )
    shop.makeini(f"{INI} ROOM = rooms.json\n")
    test = """
        import pytest

        @pytest.mark.parametrize("round", range(3))
        async def test_it(env, cf, round):
            assert list(cf.dump("ROOM")) == {names}
            room = env.ROOM.getByName("lobby")
            assert await room.get("topic") == "weather"
            await room.put("topic", "other")
            await env.ROOM.getByName("new").put("k", 1)
            assert len(cf.dump("ROOM")) == {n}
    """
    own = """
        @pytest.fixture(scope="module", autouse=True)
        def attic(cf_template):
            cf_template.seed("ROOM", {"attic": {"alarm": 4102444800000}})
    """
    shop.makepyfile(
        test_a=test.format(names=["lobby"], n=2),
        test_b=test.format(names=["attic", "lobby"], n=3) + own,
        test_c=test.format(names=["lobby"], n=2),
    )
    result = shop.runpytest("--asyncio-mode=auto", "-p", "no:randomly", "-Wignore")
    result.assert_outcomes(passed=9)


def test_a_seeded_alarm_goes_off_in_every_test(shop: pytest.Pytester) -> None:
    shop.makefile(".toml", wrangler=ROOMS)
    worker = Path(__file__).parent / "src" / "rooms.py"
    shop.path.joinpath("src", "chat.py").write_text(worker.read_text())
    shop.makepyfile(
        """
        import pytest
        import time

        SOON = int(time.time() * 1000) + 3_600_000

        @pytest.fixture(scope="module", autouse=True)
        def attic(cf_template):
            cf_template.seed("ROOM", {"attic": {"alarm": SOON}})

        @pytest.mark.parametrize("round", range(2))
        async def test_it(env, cf, round):
            assert cf.dump("ROOM")["attic"]["alarm"] == SOON
            await cf._session.runtime().clock.advance(3_700_000)
            held = cf.dump("ROOM")["attic"]
            assert held["storage"] == {"woken": True} and held["alarm"] is None
        """
    )
    result = shop.runpytest("--asyncio-mode=auto", "-p", "no:randomly", "-Wignore")
    result.assert_outcomes(passed=2)
