"""The section "cf storage" in the report of a failing test."""

import pytest

from .conftest import shown

TITLE = "---------------------------------- cf storage"
LAST = "=========================== short test summary"


def section(shop: pytest.Pytester, code: str, *arguments: str) -> str:
    """What follows the section's title."""
    shop.makepyfile(code)
    result = shop.runpytest("-Wignore", "-p", "no:randomly", *arguments)
    return "\n".join(shown(result, TITLE, LAST).splitlines()[1:-1])


def test_changes_are_told_against_the_seeds_of_the_suite(shop: pytest.Pytester) -> None:
    shop.path.joinpath("cache.json").write_text(
        '[{"key": "a", "value": "1"}, {"key": "b", "value": "2"},'
        ' {"key": "c", "value": "3"}]'
    )
    shop.makeini("[pytest]\ncf_seed = CACHE = cache.json\n")
    told = section(
        shop,
        """
        def test_it(env, cf):
            cf.run(env.CACHE.put("a", "changed", metadata={"by": "me"}))
            cf.run(env.CACHE.delete("b"))
            cf.run(env.SESSIONS.put("new", b"\\xff"))
            assert False
        """,
    )
    assert told == (
        "the test changed:\n"
        "  ~ CACHE['a'].metadata: None -> {'by': 'me'}\n"
        "  ~ CACHE['a'].value: '1' -> 'changed'\n"
        "  - CACHE['b'] = {'value': '2', 'metadata': None, 'expiration': None}\n"
        "  + SESSIONS['new'] = {'value': b'\\xff', 'metadata': None,"
        " 'expiration': None}\n"
        "held at the end:\n"
        "  CACHE: 2 entries\n"
        "    'a': {'value': 'changed', 'metadata': {'by': 'me'}, 'expiration': None}\n"
        "    'c': {'value': '3', 'metadata': None, 'expiration': None}\n"
        "  SESSIONS: 1 entry\n"
        "    'new': {'value': b'\\xff', 'metadata': None, 'expiration': None}"
    )


def test_nothing_stored_and_nothing_changed_is_two_lines(shop: pytest.Pytester) -> None:
    told = section(shop, "def test_it(env): assert False")
    assert told == "the test changed nothing\nevery binding is empty"


MANY = """
    def test_it(env, cf):
        for number in range(20):
            cf.run(env.CACHE.put(f"key:{number:02}", "value " * 20))
        assert False
"""


def test_it_is_cut_to_a_sensible_size(shop: pytest.Pytester) -> None:
    entry = "{'value': '" + "value " * 20
    told = section(shop, MANY)
    assert told.splitlines() == [
        "the test changed:",
        *(f"  + CACHE['key:{n:02}'] = {entry}"[:97] + "..." for n in range(11)),
        "  ... and 9 more (-vv shows all)",
        "held at the end:",
        "  CACHE: 20 entries",
        *(f"    'key:{n:02}': {entry}"[:97] + "..." for n in range(5)),
        "    ... and 15 more (-vv shows all)",
        "  SESSIONS: empty",
    ]


def test_with_vv_nothing_is_cut(shop: pytest.Pytester) -> None:
    told = section(shop, MANY, "-vv").splitlines()
    assert len(told) == 1 + 20 + 1 + 1 + 20 + 1
    assert told[-2] == (
        "    'key:19': {'value': '" + "value " * 20 + "', 'metadata': None,"
        " 'expiration': None}"
    )


def test_a_failing_setup_shows_it_too(shop: pytest.Pytester) -> None:
    told = section(
        shop,
        """
        import pytest

        @pytest.fixture
        def broken(env, cf):
            cf.run(env.CACHE.put("k", "v"))
            raise ValueError

        def test_it(broken): ...
        """,
    )
    assert told.splitlines()[1].startswith("  + CACHE['k'] = {")


def test_a_test_that_only_imports_env_shows_what_it_wrote(
    shop: pytest.Pytester,
) -> None:
    told = section(
        shop,
        """
        import asyncio
        from workers import env

        def test_it():
            asyncio.run(env.CACHE.put("k", "v"))
            assert False
        """,
    )
    assert told.splitlines()[1].startswith("  + CACHE['k'] = {")


@pytest.mark.parametrize(
    "code",
    [
        "def test_it(): assert False",
        "from workers import env\ndef test_it(): assert False",
        "import pytest\ndef test_it(env): pytest.skip()",
        "import pytest\n@pytest.mark.xfail\ndef test_it(env): assert False",
        "def test_it(env): ...",
    ],
)
def test_others_have_no_such_section(shop: pytest.Pytester, code: str) -> None:
    shop.makepyfile(code)
    result = shop.runpytest("-ra")
    result.stdout.no_fnmatch_line("*cf storage*")


def test_it_reaches_the_controller_of_xdist(shop: pytest.Pytester) -> None:
    told = section(shop, MANY, "-n1")
    assert told.splitlines()[0] == "the test changed:"


def test_nothing_is_dumped_until_a_test_fails(shop: pytest.Pytester) -> None:
    shop.makeconftest(
        """
        import pytest
        from pytest_cfbindings.state.kv import KvContents

        @pytest.fixture(autouse=True)
        def no_dump(monkeypatch):
            monkeypatch.delattr(KvContents, "dump")
        """
    )
    shop.makepyfile(
        "def test_it(env, cf):\n    cf.run(env.CACHE.put('k', 'v'))\n    cf.reset()"
    )
    shop.runpytest().assert_outcomes(passed=1)


def test_it_goes_by_pytests_own_option(shop: pytest.Pytester) -> None:
    shop.makepyfile("def test_it(env): assert False")
    result = shop.runpytest("--show-capture=no")
    result.stdout.no_fnmatch_line("*cf storage*")
