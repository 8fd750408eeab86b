"""D1 migrations: applied by default, once, to a template that each test clones."""

from collections.abc import Callable
from pathlib import Path

import pytest

DATABASE = """
[[d1_databases]]
binding = "DB"
database_id = "one"
"""

Migrate = Callable[..., None]


@pytest.fixture
def migrate(project: pytest.Pytester) -> Migrate:
    """Writes migration files into the project, which has one D1 database."""
    file = project.path / "wrangler.toml"
    file.write_text(
        file.read_text().replace("[env.staging]", f"{DATABASE}[env.staging]")
    )

    def write(**files: str) -> None:
        folder = Path(project.path, "migrations")
        folder.mkdir(exist_ok=True)
        for name, text in files.items():
            (folder / f"{name}.sql").write_text(text)

    return write


def test_they_are_applied_in_the_order_of_wrangler(
    project: pytest.Pytester, migrate: Migrate
) -> None:
    migrate(last="SELECT 1;", _4th="ALTER TABLE t ADD COLUMN c;")
    migrate(**{"2_second": "ALTER TABLE t ADD COLUMN b;", "10_third": "SELECT 1;"})
    migrate(**{"1_first": "CREATE TABLE t (a);"})
    project.makepyfile(
        """
        async def test_it(env):
            sql = "SELECT name FROM d1_migrations ORDER BY id"
            rows = await env.DB.prepare(sql).raw()
            assert [name for (name,) in rows] == [
                "1_first.sql", "2_second.sql", "10_third.sql",
                "_4th.sql", "last.sql",
            ]
        """
    )
    project.runpytest("--asyncio-mode=auto").assert_outcomes(passed=1)


def test_each_test_gets_a_clone(project: pytest.Pytester, migrate: Migrate) -> None:
    migrate(**{"1_first": "CREATE TABLE t (a); INSERT INTO t VALUES (1);"})
    project.makepyfile(
        """
        import pytest

        @pytest.mark.parametrize("n", range(3))
        async def test_it(env, n):
            await env.DB.prepare("INSERT INTO t VALUES (2)").run()
            assert await env.DB.prepare("SELECT count(*) AS n FROM t").first("n") == 2
        """
    )
    project.runpytest("--asyncio-mode=auto").assert_outcomes(passed=3)


def test_the_marker_stops_at_a_migration_or_applies_none(
    project: pytest.Pytester, migrate: Migrate
) -> None:
    migrate(**{"1_a": "CREATE TABLE a (x);", "2_b": "CREATE TABLE b (x);"})
    project.makepyfile(
        """
        import pytest

        async def tables(env):
            sql = "SELECT name FROM sqlite_schema WHERE name IN ('a', 'b')"
            return [name for (name,) in await env.DB.prepare(sql).raw()]

        async def test_all(env):
            assert await tables(env) == ["a", "b"]

        @pytest.mark.cfbindings(migrations="1_a.sql")
        async def test_one(env):
            assert await tables(env) == ["a"]

        @pytest.mark.cfbindings(migrations=False)
        async def test_none(env):
            assert await tables(env) == []
        """
    )
    project.runpytest("--asyncio-mode=auto").assert_outcomes(passed=3)


@pytest.mark.parametrize(
    ("setting", "count"), [("true", 2), ("false", 0), ("1_a.sql", 1)]
)
def test_the_ini_key_decides_for_all_tests(
    project: pytest.Pytester, migrate: Migrate, setting: str, count: int
) -> None:
    migrate(**{"1_a": "CREATE TABLE a (x);", "2_b": "CREATE TABLE b (x);"})
    project.makepyfile(
        f"""
        async def test_it(env):
            sql = "SELECT count(*) AS n FROM sqlite_schema WHERE name IN ('a', 'b')"
            assert await env.DB.prepare(sql).first("n") == {count}
        """
    )
    result = project.runpytest("--asyncio-mode=auto", "-o", f"cf_migrations={setting}")
    result.assert_outcomes(passed=1)


def test_a_failing_migration_fails_what_needs_the_database_and_says_why(
    project: pytest.Pytester, migrate: Migrate
) -> None:
    migrate(
        **{"1_a": "CREATE TABLE a (x);", "2_b": "SELECT 1;\nINSERT INTO b VALUES (1);"}
    )
    project.makepyfile(
        """
        async def test_needs_it(env):
            await env.DB.prepare("SELECT 1").run()

        async def test_needs_it_too(env):
            await env.DB.exec("SELECT 1")

        async def test_does_not_need_it(env):
            assert await env.CACHE.get("k") is None
        """
    )
    result = project.runpytest("--asyncio-mode=auto")
    result.assert_outcomes(passed=1, failed=2)
    result.stdout.fnmatch_lines(
        [
            "*MigrationFailure: The migration *2_b.sql of env.DB failed:"
            " no such table: b: SQLITE_ERROR",
            "*INSERT INTO b VALUES (1)",
        ]
    )


def test_a_name_that_no_database_has_is_refused(
    project: pytest.Pytester, migrate: Migrate
) -> None:
    migrate(**{"1_a": "CREATE TABLE a (x);"})
    project.makepyfile(
        """
        import pytest

        @pytest.mark.cfbindings(migrations="2_b.sql")
        async def test_it(env): ...
        """
    )
    result = project.runpytest("--asyncio-mode=auto")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(
        ["migrations: no D1 database has a migration '2_b.sql'*1_a.sql*"]
    )
    result.stdout.no_fnmatch_line("*runner.py*")


def test_settings_that_contradict_each_other_are_told_in_wranglers_words(
    project: pytest.Pytester, migrate: Migrate
) -> None:
    file = project.path / "wrangler.toml"
    text = file.read_text()
    pattern = 'database_id = "one"\nmigrations_pattern = "other/*.sql"'
    file.write_text(text.replace('database_id = "one"', pattern))
    project.makepyfile("async def test_it(env): env.DB.prepare('SELECT 1')")
    result = project.runpytest("--asyncio-mode=auto")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        ["*have not set `migrations_dir` for this D1 binding.*"]
    )


@pytest.mark.parametrize("value", ["1", "None"])
def test_a_marker_that_says_neither_is_refused(
    project: pytest.Pytester, migrate: Migrate, value: str
) -> None:
    project.makepyfile(
        f"import pytest\n@pytest.mark.cfbindings(migrations=[{value}])\n"
        "def test_it(env): ..."
    )
    result = project.runpytest()
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*takes True, False or the name of a migration*"])
