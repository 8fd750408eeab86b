"""Async and sync tests, with and without an async plugin."""

import pytest

from .conftest import INI

ASYNC_TEST = """
async def test_it(env):
    await env.CACHE.put("k", "v")
    assert await env.CACHE.get("k") == "v"
"""


@pytest.mark.parametrize("plugin", ["asyncio", "anyio", "asyncio and anyio"])
def test_an_unmarked_async_test_runs_where_no_plugin_claims_it(
    project: pytest.Pytester, plugin: str
) -> None:
    switched_off = [f"-pno:{name}" for name in plugin.split(" and ")]
    project.makeini(INI + "")
    project.makepyfile(ASYNC_TEST)
    result = project.runpytest_subprocess(*switched_off, "-Wignore")
    result.assert_outcomes(passed=1)


def test_it_runs_with_pytest_asyncio_in_auto_mode(project: pytest.Pytester) -> None:
    project.makepyfile(ASYNC_TEST)
    project.runpytest("--asyncio-mode=auto").assert_outcomes(passed=1)


def test_it_runs_with_pytest_asyncio_in_strict_mode(project: pytest.Pytester) -> None:
    project.makepyfile("import pytest\n@pytest.mark.asyncio" + ASYNC_TEST)
    project.runpytest("--asyncio-mode=strict").assert_outcomes(passed=1)


def test_it_runs_with_anyio_on_asyncio(project: pytest.Pytester) -> None:
    project.makeconftest(
        "import pytest\n@pytest.fixture\ndef anyio_backend(): return 'asyncio'"
    )
    project.makepyfile("import pytest\n@pytest.mark.anyio" + ASYNC_TEST)
    project.runpytest("--asyncio-mode=strict").assert_outcomes(passed=1)


def test_anyio_on_trio_is_refused(project: pytest.Pytester) -> None:
    project.makepyfile(
        """
        import pytest

        @pytest.mark.parametrize("anyio_backend", ["trio"])
        @pytest.mark.anyio
        async def test_it(env, anyio_backend):
            await env.CACHE.get("k")
        """
    )
    result = project.runpytest("--asyncio-mode=strict")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*runs on trio, but the Workers runtime is asyncio*"])


def test_an_async_fixture_without_its_plugin_is_refused_by_the_missing_marker(
    project: pytest.Pytester,
) -> None:
    project.makepyfile(
        """
        import pytest_asyncio

        @pytest_asyncio.fixture
        async def seeded(env):
            await env.CACHE.put("k", "v")

        async def test_it(env, seeded):
            assert await env.CACHE.get("k") == "v"
        """
    )
    result = project.runpytest("--asyncio-mode=strict")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(
        ["*asks for the async fixture 'seeded'*@pytest.mark.asyncio*"]
    )


def test_an_async_test_without_our_fixtures_is_not_ours(
    project: pytest.Pytester,
) -> None:
    project.makepyfile("async def test_it(): ...")
    result = project.runpytest("--asyncio-mode=strict")
    result.stdout.fnmatch_lines(["*async def functions are not natively supported*"])


def test_a_sync_test_waits_with_cf_run(project: pytest.Pytester) -> None:
    project.makepyfile(
        """
        import asyncio

        def test_it(env, cf):
            cf.run(env.CACHE.put("k", "v"))
            assert cf.run(env.CACHE.get("k")) == "v"
            assert cf.env is env

        def test_one_loop_serves_the_whole_test(cf):
            async def loop(): return asyncio.get_running_loop()
            first = cf.run(loop())
            assert cf.run(loop()) is first
            test_one_loop_serves_the_whole_test.loop = first

        def test_and_is_closed_at_its_end():
            assert test_one_loop_serves_the_whole_test.loop.is_closed()
        """
    )
    project.runpytest("-p", "no:randomly").assert_outcomes(passed=3)


def test_cf_run_inside_an_async_test_is_refused(project: pytest.Pytester) -> None:
    project.makepyfile("async def test_it(env, cf): cf.run(env.CACHE.get('k'))")
    result = project.runpytest("--asyncio-mode=auto")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*RuntimeError: cf.run() is for tests that are not*"])


def test_work_that_a_sync_fixture_left_pending_fails_an_async_test(
    project: pytest.Pytester,
) -> None:
    project.makepyfile(
        """
        import asyncio
        import pytest

        async def later(): await asyncio.sleep(60)

        @pytest.fixture
        def started(cf):
            async def start(): cf.task = asyncio.get_running_loop().create_task(later())
            cf.run(start())

        async def test_it(env, started): ...
        """
    )
    result = project.runpytest("--asyncio-mode=auto")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*left work pending in cf.run(): later.*"])


def test_a_call_can_be_made_before_a_loop_runs(project: pytest.Pytester) -> None:
    project.makepyfile(
        """
        import asyncio

        def test_it(env):
            asyncio.run(env.CACHE.put("k", "v"))
            assert asyncio.run(env.CACHE.get("k")) == "v"
        """
    )
    project.runpytest().assert_outcomes(passed=1)
