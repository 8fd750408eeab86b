"""Every test has fresh storage, whether or not it asks for `env`."""

import pytest

TESTS = """
import pytest
from workers import env as module_env

@pytest.mark.parametrize("round", range(4))
async def test_fresh(env, round):
    assert await env.CACHE.get("k") is None
    await env.CACHE.put("k", "v")

@pytest.mark.parametrize("round", range(4))
def test_fresh_without_the_fixture(round):
    import asyncio
    assert asyncio.run(module_env.CACHE.list())["keys"] == []
    asyncio.run(module_env.CACHE.put("k", "v"))
"""


def test_storage_is_fresh_for_each_test(project: pytest.Pytester) -> None:
    project.makepyfile(TESTS)
    project.runpytest("--asyncio-mode=auto").assert_outcomes(passed=8)


def test_storage_is_fresh_for_each_test_under_xdist(project: pytest.Pytester) -> None:
    project.makepyfile(TESTS)
    arguments = ["--asyncio-mode=auto", "-n2", "--cf-config", "wrangler.toml"]
    result = project.runpytest(*arguments)
    result.assert_outcomes(passed=8)


def test_a_conftest_may_define_its_own_env_from_the_sdk(
    project: pytest.Pytester,
) -> None:
    project.makeconftest(
        """
        import pytest
        from workers import env as _env

        @pytest.fixture
        def env():
            return _env
        """
    )
    project.makepyfile(
        """
        import pytest

        @pytest.mark.asyncio
        @pytest.mark.parametrize("round", range(3))
        async def test_fresh(env, round):
            assert await env.CACHE.get("k") is None
            await env.CACHE.put("k", "v")
        """
    )
    project.runpytest().assert_outcomes(passed=3)


def test_bindings_stay_the_same_objects(project: pytest.Pytester) -> None:
    project.makepyfile(
        """
        import pytest

        seen = []

        @pytest.mark.parametrize("round", range(2))
        def test_same(env, round):
            seen.append((env, env.CACHE, env.CACHE.get))
            assert seen[0] == seen[-1]
        """
    )
    project.runpytest().assert_outcomes(passed=2)


def test_cf_reset_brings_the_start_of_the_test_back(project: pytest.Pytester) -> None:
    project.makepyfile(
        """
        def test_it(env, cf):
            cf.run(env.CACHE.put("k", "v"))
            cf.reset()
            assert cf.run(env.CACHE.get("k")) is None
            assert [call.method for call in cf.calls(env.CACHE)] == ["get"]
        """
    )
    project.runpytest().assert_outcomes(passed=1)


def test_calls_are_those_of_this_test(project: pytest.Pytester) -> None:
    project.makepyfile(
        """
        from pytest_cfbindings import Call
        import pytest

        @pytest.mark.parametrize("round", range(2))
        def test_it(env, cf, round):
            cf.run(env.CACHE.put("k", b"v", expirationTtl=60, metadata={"a": 1}))
            cf.run(env.CACHE.get(["k", "x"], "text"))
            assert cf.calls(env.CACHE) == [
                Call("put", ("k", b"v", {"expirationTtl": 60, "metadata": {"a": 1}})),
                Call("get", (["k", "x"], "text")),
            ]

        def test_something_else_is_refused(cf):
            with pytest.raises(TypeError, match="takes a binding such as env.KV"):
                cf.calls({})
        """
    )
    project.runpytest().assert_outcomes(passed=3)
