"""What a test asks of production: marker keywords, ini keys, and limits."""

from collections.abc import Callable

import pytest


def test_ini_keys_ask_for_every_test_and_a_marker_for_one(
    project: pytest.Pytester,
) -> None:
    project.makeini(
        """
        [pytest]
        asyncio_mode = auto
        asyncio_default_fixture_loop_scope = function
        cf_kv_consistency = eventual
        cf_kv_write_rate = true
        cf_random_seed = 5
        """
    )
    project.makepyfile(
        """
        import pytest

        async def test_both_from_the_file(cf, env):
            await env.CACHE.put("k", "v")
            with cf.location("fra"), pytest.raises(Exception, match="429 Too Many"):
                await env.CACHE.put("k", "w")
            drawn = {await env.CACHE.get("k") for _ in range(40)}
            assert drawn == {None, "v"}

        @pytest.mark.cfbindings(random_seed=None)
        async def test_without_chance(cf, env):
            await env.CACHE.put("k", "v")
            assert {await env.CACHE.get("k") for _ in range(40)} == {"v"}

        @pytest.mark.cfbindings(kv_consistency="strong", kv_write_rate=False)
        async def test_neither(cf, env):
            await env.CACHE.put("k", "v")
            await env.CACHE.put("k", "w")
            assert await env.CACHE.get("k") == "w"
            with pytest.raises(RuntimeError, match="cf_kv_consistency"):
                cf.location("fra")
        """
    )
    project.runpytest("-Wignore").assert_outcomes(passed=3)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (
            "cf_kv_consistency = late",
            "*cf_kv_consistency takes strong or eventual*",
        ),
        ("cf_random_seed = x", "*cf_random_seed takes a whole number, not 'x'."),
        ("cf_kv_write_rate = x", "*cf_kv_write_rate: invalid truth value 'x'"),
    ],
)
def test_an_ini_key_that_cannot_be_obeyed_is_refused(
    project: pytest.Pytester, line: str, message: str
) -> None:
    project.makeini(f"[pytest]\n{line}\n")
    result = project.runpytest()
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines([f"*{message}*"])


@pytest.mark.parametrize(
    ("marker", "message"),
    [
        (
            "kv_consistency='late'",
            "takes 'strong' or 'eventual' as kv_consistency=, not 'late'.",
        ),
        ("kv_write_rate=1", "takes True or False as kv_write_rate=."),
        ("random_seed='x'", "takes a whole number or None as random_seed=, not 'x'."),
        ("limits=5", "limits: a dict of names and numbers, not 5."),
        (
            "limits={'kv.value_size': 5}",
            "limits: there is no limit 'kv.value_size'; did you mean kv.value_bytes*",
        ),
        (
            "limits={'kv.value_bytes': 10**9}",
            "limits: kv.value_bytes is 26214400 in production, and cannot be 1000000000"
            " here: a limit can be lowered, or switched off with None (bytes).",
        ),
        (
            "limits={'kv.value_bytes': True}",
            "limits: kv.value_bytes is a number of bytes, or None for off, not True.",
        ),
    ],
)
def test_a_marker_that_cannot_be_obeyed_fails_the_test(
    fails_for_its_marker: Callable[[str, str], None], marker: str, message: str
) -> None:
    fails_for_its_marker(marker, message)


def test_changed_limits_are_those_of_one_test(project: pytest.Pytester) -> None:
    project.makepyfile(
        """
        import pytest

        @pytest.mark.cfbindings(limits={"kv.value_bytes": 3})
        async def test_lowered(env):
            await env.CACHE.put("k", "123")
            with pytest.raises(Exception, match="length of 4 exceeds limit of 3"):
                await env.CACHE.put("k", "1234")

        async def test_as_documented(env):
            await env.CACHE.put("k", "1234")
            with pytest.raises(Exception, match="TTL must be at least 60"):
                await env.CACHE.put("k", "1", expirationTtl=1)

        @pytest.mark.cfbindings(limits={"kv.expiration_seconds": None})
        async def test_off(env):
            await env.CACHE.put("k", "1", expirationTtl=1)
        """
    )
    project.runpytest("-Wignore", "--asyncio-mode=auto").assert_outcomes(passed=3)


D1 = """
[[d1_databases]]
binding = "DB"
database_id = "db"
"""


def test_migrations_and_seeds_are_stored_under_the_documented_limits(
    project: pytest.Pytester,
) -> None:
    toml = project.path / "wrangler.toml"
    toml.write_text(toml.read_text().replace("[env.staging]", D1 + "[env.staging]"))
    migration = project.mkdir("migrations") / "0001_table.sql"
    migration.write_text("CREATE TABLE t (a, b, c);")
    project.makeini(
        "[pytest]\nasyncio_mode = auto\ncf_seed = CACHE = seed.json\n"
        "asyncio_default_fixture_loop_scope = function"
    )
    (project.path / "seed.json").write_text('[{"key": "k", "value": "seeded"}]')
    project.makepyfile(
        """
        import pytest

        LIMITS = {"sql.columns": 2, "kv.value_bytes": 2}

        @pytest.mark.cfbindings(limits=LIMITS)
        async def test_first(env):
            assert await env.CACHE.get("k") == "seeded"
            await env.DB.prepare("INSERT INTO t (a) VALUES (1)").run()
            with pytest.raises(Exception, match="too many columns"):
                await env.DB.prepare("CREATE TABLE u (a, b, c)").run()
        """
    )
    project.runpytest("-Wignore").assert_outcomes(passed=1)
