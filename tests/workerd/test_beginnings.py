"""What tests begin with on the real runtime: the bindings store it for each test."""

import time
from pathlib import Path

import pytest

from pytest_cfbindings import SeedError
from pytest_cfbindings.state.contents import Shape
from pytest_cfbindings.state.local_state import LocalState
from pytest_cfbindings.workerd.environment import RemoteEnvironment

from .conftest import Project, Skipped

CACHE = """[
  {"key": "a", "value": "one", "metadata": {"n": 1}},
  {"key": "short", "value": "x", "expiration_ttl": 60},
  {"key": "past", "value": "x", "expiration": 1}
]"""

SUITE = """
async def test_every_test_begins_with_it(cf, env):
    assert list(cf.dump(env.PRICES)) == ["a", "short"]
    assert (await env.PRICES.getWithMetadata("a"))["metadata"] == {"n": 1}
    assert cf.dump(env.DB) == {"books": [{"id": 7, "title": "Atlas", "stock": 1}]}
    assert [call.method for call in cf.calls(env.PRICES)] == ["getWithMetadata"]
    await env.PRICES.delete("a")
    await env.DB.exec("DELETE FROM books")

async def test_no_test_sees_another_one(cf, env):
    before = cf.dump()
    assert list(before["PRICES"]) == ["a", "short"]
    await env.PRICES.delete("a")
    await env.DB.exec("DELETE FROM books")
    cf.reset()
    assert list(cf.dump(env.PRICES)) == ["a", "short"]
    assert cf.dump(env.DB) == before["DB"]
"""

REFUSED = """
import pytest

@pytest.fixture(scope="module")
def far(cf_template):
    cf_template.seed("PRICES", {"far": {"value": "v", "expiration": 2**32}})

def test_it_is_asked_for(cf, far):
    pass

def test_it_is_there_from_then_on(cf):
    pass
"""


def test_every_test_begins_with_the_suites_seeds(project: Project) -> None:
    pytester = project("module_scope_seed")
    pytester.makefile(".ini", pytest="[pytest]\ncf_seed =\n  PRICES=a.json\n  DB=a.sql")
    pytester.makefile(".json", a=CACHE)
    pytester.makefile(".sql", a="INSERT INTO books VALUES (7, 'Atlas', 1)")
    pytester.makepyfile(test_suite=SUITE, test_refused=REFUSED)
    result = pytester.runpytest_subprocess(
        *("--cf-backend=workerd", "-Wignore", "-rs", "test_refused.py"),
        "test_suite.py",
    )
    result.assert_outcomes(passed=2, skipped=2)
    result.stdout.fnmatch_lines(["*cannot store the seed of PRICES: *out of range*"])


def test_every_test_begins_with_its_modules_seeds(project: Project) -> None:
    pytester = project("module_scope_seed")
    result = pytester.runpytest_subprocess("--cf-backend=workerd", "-Wignore")
    result.assert_outcomes(passed=6)


def test_the_life_of_an_entry_begins_with_the_test(remote: RemoteEnvironment) -> None:
    held = remote.contents()["KV"]
    earliest = int(time.time()) + 60
    held.draft().seed({"k": {"value": "v", "expiration_ttl": 60}}, "seed")
    expiration = held.dump(Shape())["k"]["expiration"]
    assert earliest <= expiration <= int(time.time()) + 60


def test_an_entry_whose_moment_has_passed_is_not_there(
    remote: RemoteEnvironment,
) -> None:
    held = remote.contents()["KV"]
    held.draft().seed({"a": "1", "b": "2"}, "seed")
    held.draft().seed({"b": {"value": "gone", "expiration": 1}}, "seed")
    assert list(held.dump(Shape())) == ["a"]


def test_nothing_is_stored_of_a_bad_seed(remote: RemoteEnvironment) -> None:
    held = remote.contents()["KV"]
    with pytest.raises(SeedError, match="Metadata length"):
        held.draft().seed({"a": "1", "k": {"value": "v", "metadata": "m" * 1023}}, "s")
    assert held.dump(Shape()) == {}


def test_objects_cannot_be_begun_with(remote: RemoteEnvironment) -> None:
    held = remote.contents()["NOTEBOOK"]
    with pytest.raises(Skipped, match="no seeds of Durable Objects"):
        held.draft().seed({"one": {"storage": {"k": 1}}}, "seed")


@pytest.mark.parametrize("name", ["KV", "DB", "BUCKET"])
def test_what_wrangler_keeps_cannot_be_begun_with(
    remote: RemoteEnvironment, name: str, tmp_path: Path
) -> None:
    with pytest.raises(Skipped, match=r"no seeds from \.wrangler/state"):
        remote.contents()[name].draft().seed_local_state(LocalState(tmp_path))


def test_what_the_binding_refuses_skips(remote: RemoteEnvironment) -> None:
    far = {"k": {"value": "v", "expiration": 2**32}}
    with pytest.raises(Skipped, match=r"cannot store the seed: .* Value out of range"):
        remote.contents()["KV"].draft().seed(far, "seed")


def test_a_bucket_begins_with_objects(remote: RemoteEnvironment) -> None:
    held = remote.contents()["BUCKET"]
    held.draft().seed({"a.txt": {"body": "text", "custom_metadata": {"by": "b"}}}, "s")
    assert held.dump(Shape())["a.txt"]["custom_metadata"] == {"by": "b"}
