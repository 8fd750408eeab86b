"""What every test begins with: the ini key cf_seed, and a module's own seeds."""

import pytest

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
    seeded.runpytest("-n2").assert_outcomes(passed=3)


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
