"""A fault that was armed and never happened."""

import pytest


def test_it_fails_its_test_unless_told_otherwise(project: pytest.Pytester) -> None:
    project.makepyfile(
        """
        import pytest

        async def test_never(cf, env):
            cf.fail(env.CACHE, "put", error=429, after=1)
            await env.CACHE.put("k", "v")

        def test_not_even_asked(cf, env):
            cf.fail(env.CACHE, "get")

        def test_forgotten_by_reset(cf, env):
            cf.fail(env.CACHE, "delete")
            cf.reset()

        def test_may_or_may_not(cf, env):
            cf.fail(env.CACHE, "get", must_fire=False)

        async def test_happened(cf, env):
            cf.fail(env.CACHE, "get")
            with pytest.raises(Exception, match="500"):
                await env.CACHE.get("k")

        def test_fails_for_another_reason(cf, env):
            cf.fail(env.CACHE, "get")
            assert 1 == 2

        async def test_nothing_is_armed_any_more(cf, env):
            assert await env.CACHE.get("k") is None
            assert cf.faults() == []
        """
    )
    result = project.runpytest("-Wignore", "--asyncio-mode=auto")
    result.assert_outcomes(passed=3, failed=4)
    result.stdout.fnmatch_lines(
        [
            "A fault was armed and never happened:",
            "  cf.fail(CACHE, 'put', error='too many requests'): 1 call of its kind",
            "The test has not seen what it is about.*",
            "  cf.fail(CACHE, 'get', error='internal error'): no calls of its kind",
            "  cf.fail(CACHE, 'delete', error='internal error'): no calls of its kind",
            "*assert 1 == 2",
        ]
    )
