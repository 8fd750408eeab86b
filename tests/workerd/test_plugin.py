"""One suite under both options, and what the real runtime cannot offer."""

import pytest

from .conftest import Project


@pytest.mark.parametrize("backend", ["embedded", "workerd"])
def test_a_users_suite_passes_under_both(project: Project, backend: str) -> None:
    pytester = project("quickstart")
    result = pytester.runpytest_subprocess(f"--cf-backend={backend}", "-Wignore")
    result.assert_outcomes(passed=7)
    like = "on" if backend == "workerd" else "like"
    result.stdout.fnmatch_lines([f"cfbindings: wrangler.* {like} workerd *"])


def test_d1_migrations_are_applied(project: Project) -> None:
    pytester = project("d1_migrations")
    result = pytester.runpytest_subprocess("--cf-backend=workerd", "-Wignore", "-rs")
    result.assert_outcomes(passed=10, skipped=2)
    result.stdout.fnmatch_lines(["*no cf.sqlite: *"])


SKIPPED = """
import pytest

async def test_travel(cf):
    await cf.travel(hours=1)

async def test_swallowed(cf, env):
    try:
        cf.freeze()
    except BaseException:
        pass
    assert await env.CACHE.get("k") is None

@pytest.mark.cfbindings(freeze="2026-01-01T00:00:00Z")
async def test_marker(env):
    pass

def test_restore(cf):
    cf.restore(cf.dump("CACHE", full=True))

async def test_what_is_there(cf, env):
    await cf.settle()
    await env.CACHE.put("k", "v")
    cf.reset()
    assert await env.CACHE.get("k") is None
    assert [call.method for call in cf.calls(env.CACHE)] == ["get"]
"""


def test_what_cannot_be_had_skips_with_the_reason(project: Project) -> None:
    pytester = project("quickstart")
    pytester.makepyfile(SKIPPED)
    result = pytester.runpytest_subprocess(
        *("--cf-backend=workerd", "-rs", "-Wignore"),
        "test_what_cannot_be_had_skips_with_the_reason.py",
    )
    result.assert_outcomes(passed=1, skipped=4)
    result.stdout.fnmatch_lines_random(
        [
            "*no cf.travel: the time of workerd is the real one*",
            "*no cf.freeze: *",
            "*no frozen time*",
            "*no cf.restore: what workerd stores is seen by the bindings alone*",
        ]
    )
