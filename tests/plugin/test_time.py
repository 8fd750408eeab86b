"""Time in a user's project: the marker, one test after the other, and reports."""

import re

import pytest

SLEEPER = """
import asyncio
from workers import Response, WorkerEntrypoint

class Default(WorkerEntrypoint):
    async def fetch(self, request):
        async def write():
            try:
                await asyncio.sleep(0.02)
                await self.env.CACHE.put("written", "late")
            except asyncio.CancelledError:
                print("cancelled")
                raise
        self.ctx.waitUntil(write())
        return Response("soon")
"""


@pytest.fixture
def sleeper(project: pytest.Pytester) -> pytest.Pytester:
    (project.path / "src" / "entry.py").write_text(SLEEPER)
    return project


def test_the_marker_freezes_a_test_and_its_fixtures(project: pytest.Pytester) -> None:
    project.makepyfile(
        """
        import datetime, time
        import pytest

        pytestmark = pytest.mark.cfbindings(freeze="2026-01-01T00:00:00Z")
        NEXT_YEAR = datetime.datetime(2027, 1, 1)

        @pytest.fixture
        def seeded(cf, env):
            cf.run(env.CACHE.put("k", "v", expirationTtl=60))
            return time.time()

        def test_it(cf, env, seeded):
            assert seeded == time.time() == 1767225600
            assert cf.run(env.CACHE.list())["keys"][0]["expiration"] == 1767225660

        @pytest.mark.cfbindings(freeze=NEXT_YEAR)
        def test_the_nearest_marker_counts(env):
            assert time.time() == 1798761600

        @pytest.mark.cfbindings(freeze=None)
        def test_none_is_real_time(env):
            assert time.time() > 1798761600 or time.time() < 1798761600
            assert type(datetime.datetime.now()) is datetime.datetime

        def test_without_any_fixture():
            assert time.time() == 1767225600
        """
    )
    project.runpytest().assert_outcomes(passed=4)


TIMERS = """
import asyncio
import pytest

@pytest.mark.asyncio{scope}
async def test_leaves_a_timer(cf):
    await cf.fetch("/")
    assert len(cf.due()) == 1

@pytest.mark.asyncio{scope}
async def test_after_it(cf, env):
    assert cf.due() == []
    await asyncio.sleep(0.05)
    assert await env.CACHE.get("written") is None
    await cf.travel(hours=1)
    assert await env.CACHE.get("written") is None
"""


@pytest.mark.parametrize("scope", ["", "(loop_scope='session')"])
def test_timers_of_one_test_never_fire_in_the_next(
    sleeper: pytest.Pytester, scope: str
) -> None:
    sleeper.makepyfile(TIMERS.format(scope=scope))
    result = sleeper.runpytest("-p", "no:randomly", "-s")
    # The first fails for what it leaves to waitUntil; the second is not touched by it.
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(["*cancelled*", "*left to ctx.waitUntil*"])


def test_code_that_sleeps_with_anyio_wakes_by_travel(project: pytest.Pytester) -> None:
    (project.path / "src" / "entry.py").write_text(
        """
import anyio
from workers import Response, WorkerEntrypoint

class Default(WorkerEntrypoint):
    async def fetch(self, request):
        async with anyio.create_task_group() as group:
            group.start_soon(anyio.sleep, 3600)
            with anyio.move_on_after(60) as scope:
                await anyio.sleep_forever()
        return Response(str(scope.cancelled_caught))
"""
    )
    project.makepyfile(
        """
        import anyio
        import pytest

        @pytest.fixture
        def anyio_backend():
            return "asyncio"

        @pytest.mark.anyio
        @pytest.mark.cfbindings(freeze="2026-01-01")
        async def test_it(cf):
            answers = []

            async def ask():
                answers.append(await (await cf.fetch("/")).text())

            with anyio.fail_after(5):
                async with anyio.create_task_group() as group:
                    group.start_soon(ask)
                    await anyio.wait_all_tasks_blocked()
                    await cf.travel(minutes=59)
                    assert answers == []
                    await cf.travel(minutes=1)
                assert answers == ["True"]
        """
    )
    project.runpytest().assert_outcomes(passed=1)


def test_handlers_that_sleep_are_ended_with_the_test(sleeper: pytest.Pytester) -> None:
    sleeper.makepyfile(
        """
        def test_it(cf):
            cf.run(cf.fetch("/"))

        async def test_in_a_loop_of_ours(cf):
            await cf.fetch("/")
        """
    )
    result = sleeper.runpytest("-s")
    result.assert_outcomes(failed=2)
    shown = result.stdout.str()
    assert shown.count("cancelled\n") == 2
    assert shown.count("was left to ctx.waitUntil and still runs") == 2


def test_durations_are_real(project: pytest.Pytester) -> None:
    project.makepyfile(
        """
        import pytest

        @pytest.mark.cfbindings(freeze="2026-01-01")
        def test_it(cf):
            cf.run(cf.travel(days=30))
        """
    )
    result = project.runpytest("--durations=0", "-vv")
    result.assert_outcomes(passed=1)
    shown = re.findall(r"^([\d.]+)s (?:call|setup|teardown)", result.stdout.str(), re.M)
    assert len(shown) == 3
    assert all(float(seconds) < 60 for seconds in shown)
    assert result.duration < 60


FREEZES = """
import time
import pytest

@pytest.mark.cfbindings(freeze="2026-01-01"{config})
def test_it({fixture}):
    assert time.time() == 1767225600
"""
CONFTEST = """
import pathlib, pytest

@pytest.fixture
def cf_config_path():
    return pathlib.Path(__file__).parent / "worker.toml"
"""


@pytest.mark.parametrize(
    ("config", "fixture"),
    [(", config='worker.toml'", ""), (", config='worker.toml'", "cf"), ("", "env")],
    ids=["marker", "marker and fixture", "fixture"],
)
def test_a_configuration_of_the_test_s_own_is_enough_to_freeze(
    project: pytest.Pytester, config: str, fixture: str
) -> None:
    (project.path / "wrangler.toml").rename(project.path / "worker.toml")
    project.makeconftest(CONFTEST)
    project.makepyfile(FREEZES.format(config=config, fixture=fixture))
    project.runpytest().assert_outcomes(passed=1)


def test_freezing_without_a_worker_says_what_is_missing(
    pytester: pytest.Pytester,
) -> None:
    pytester.makepyfile(FREEZES.format(config="", fixture=""))
    result = pytester.runpytest()
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(
        [
            "@pytest.mark.cfbindings freeze= needs a Worker, and none is active for*"
            " Name it with config=, or with pytest --cf-config path/to/wrangler.toml."
        ]
    )


def test_hypothesis_may_travel(project: pytest.Pytester) -> None:
    project.makepyfile(
        """
        from hypothesis import given, settings, strategies, HealthCheck

        @settings(
            max_examples=5,
            suppress_health_check=[HealthCheck.function_scoped_fixture],
        )
        @given(strategies.integers(0, 10**6))
        def test_it(cf, seconds):
            cf.reset()
            cf.freeze("2026-01-01")
            cf.run(cf.travel(seconds))
        """
    )
    project.runpytest("-p", "no:cacheprovider").assert_outcomes(passed=1)


FAILING_ALARM = """
def test_it(cf):
    cf._clock.failures.add("The alarm of ROOM:lobby", LookupError("lost"))
"""


def test_an_alarm_that_failed_for_good_is_told_at_the_end_of_the_test(
    project: pytest.Pytester,
) -> None:
    project.makepyfile(FAILING_ALARM)
    result = project.runpytest(
        "-Wignore::pytest_cfbindings.CompatibilityWarning",
        "-Wdefault::pytest_cfbindings.AlarmFailedWarning",
    )
    result.assert_outcomes(passed=1, warnings=1)
    result.stdout.fnmatch_lines(
        ["*AlarmFailedWarning: The alarm of ROOM:lobby failed for good, with*"]
    )


def test_with_warnings_as_errors_it_fails_the_test(project: pytest.Pytester) -> None:
    project.makepyfile(FAILING_ALARM)
    result = project.runpytest("-Werror::pytest_cfbindings.AlarmFailedWarning")
    result.assert_outcomes(passed=1, errors=1)


def test_a_test_that_looks_at_it_is_not_warned(project: pytest.Pytester) -> None:
    project.makepyfile(
        FAILING_ALARM
        + """
    (failure,) = cf.failed_alarms
    assert failure.what == "The alarm of ROOM:lobby"
    assert isinstance(failure.error, LookupError)

def test_another(cf):
    assert cf.failed_alarms == []
"""
    )
    result = project.runpytest("-Werror::pytest_cfbindings.AlarmFailedWarning")
    result.assert_outcomes(passed=2)


def test_an_error_of_something_due_that_nobody_raised_fails_the_test(
    project: pytest.Pytester,
) -> None:
    project.makepyfile(
        """
        import asyncio

        async def fails():
            raise LookupError("lost")

        async def test_it(cf):
            cf._clock.call_at(cf._clock.now_ms(), fails)
            await asyncio.sleep(0.02)
        """
    )
    result = project.runpytest()
    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(["*LookupError: lost"])


def test_a_worker_imported_while_frozen_is_whole_afterwards(
    project: pytest.Pytester,
) -> None:
    (project.path / "src" / "entry.py").write_text(
        """
import dataclasses
import datetime
from datetime import datetime as moment
from workers import Response, WorkerEntrypoint

@dataclasses.dataclass
class Note:
    at: datetime.datetime = dataclasses.field(default_factory=moment.now)

class Stamp(datetime.datetime):
    pass

class Default(WorkerEntrypoint):
    async def fetch(self, request):
        return Response(f"{moment.now().year} {type(Note().at).__name__}")
"""
    )
    project.makepyfile(
        """
        import datetime
        import pytest

        @pytest.mark.cfbindings(freeze="2001-01-01")
        async def test_frozen(cf):
            assert await (await cf.fetch("/")).text() == "2001 datetime"

        async def test_real(cf):
            year = datetime.datetime.now().year
            assert await (await cf.fetch("/")).text() == f"{year} datetime"
            import entry
            assert entry.Stamp.__mro__[1] is datetime.datetime
        """
    )
    project.runpytest("-p", "no:randomly").assert_outcomes(passed=2)
