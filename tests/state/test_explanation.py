"""What pytest shows when an assertion on a dump fails."""

import pytest

from .conftest import shown


def explanation(shop: pytest.Pytester, code: str, *arguments: str) -> str:
    """The lines that begin with E, without it."""
    shop.makepyfile(code)
    result = shop.runpytest(*arguments)
    result.assert_outcomes(failed=1)
    lines = [line[1:].strip() for line in result.outlines if line.startswith("E ")]
    return "\n".join(lines)


STORED = """
    def test_it(env, cf):
        cf.run(env.CACHE.put("session:1", "alice", metadata={"seen": 3}))
        cf.run(env.CACHE.put("session:3", "carol"))
"""


def test_counts_come_first_then_a_line_for_each_leaf_and_entry(
    shop: pytest.Pytester,
) -> None:
    told = explanation(
        shop,
        STORED
        + """
        assert cf.dump(env.CACHE) == {
            "session:1": {"value": "bob", "metadata": {"seen": 3}, "expiration": None},
            "session:2": {"value": "carol", "metadata": None, "expiration": None},
        }
""",
    )
    assert told == (
        "AssertionError: assert storage differs: 1 changed, 1 missing, 1 unexpected"
        " (expected -> stored)\n"
        "~ CACHE['session:1'].value: 'bob' -> 'alice'\n"
        "- CACHE['session:2'] = {'value': 'carol', 'metadata': None,"
        " 'expiration':...\n"
        "+ CACHE['session:3'] = {'value': 'carol', 'metadata': None,"
        " 'expiration':..."
    )


def test_the_dump_may_stand_on_either_side_and_be_a_part_of_another(
    shop: pytest.Pytester,
) -> None:
    told = explanation(
        shop,
        STORED
        + """
        stored = cf.dump()
        stored["CACHE"].pop("session:3")
        assert {"session:1": {"value": "x"}} == stored["CACHE"]
""",
    )
    assert told == (
        "AssertionError: assert storage differs: 1 changed, 2 unexpected"
        " (expected -> stored)\n"
        "~ CACHE['session:1'].value: 'x' -> 'alice'\n"
        "+ CACHE['session:1'].expiration = None\n"
        "+ CACHE['session:1'].metadata = {'seen': 3}"
    )


def test_two_dumps_are_before_and_after(shop: pytest.Pytester) -> None:
    told = explanation(
        shop,
        """
        def test_it(env, cf):
            cf.run(env.CACHE.put("k", "old"))
            before = cf.dump()
            cf.run(env.CACHE.put("k", "new"))
            assert cf.dump() == before
        """,
    )
    assert told == (
        "AssertionError: assert storage differs: 1 changed (expected -> stored)\n"
        "~ CACHE['k'].value: 'old' -> 'new'"
    )


MANY = """
    def test_it(env, cf):
        for number in range(20):
            cf.run(env.CACHE.put(f"key:{number:02}", "value " * 20))
        assert cf.dump(env.CACHE) == {}
"""


def test_it_keeps_to_the_eight_lines_that_pytest_shows(shop: pytest.Pytester) -> None:
    entry = "{'value': 'value value value value value value value value..."
    told = explanation(shop, MANY).splitlines()
    assert told == [
        "AssertionError: assert storage differs: 20 unexpected (expected -> stored)",
        *(f"+ CACHE['key:{number:02}'] = {entry}"[:73] + "..." for number in range(6)),
        "... and 14 more (-vv shows all)",
    ]


def test_with_vv_all_of_it_is_shown_uncut(shop: pytest.Pytester) -> None:
    told = explanation(shop, MANY, "-vv").splitlines()
    assert len(told) == 21
    assert told[20] == (
        "+ CACHE['key:19'] = {'value': '" + "value " * 20 + "', 'metadata': None,"
        " 'expiration': None}"
    )


def test_pytests_own_limit_of_lines_is_kept(shop: pytest.Pytester) -> None:
    told = explanation(shop, MANY, "-o", "truncation_limit_lines=4").splitlines()
    assert len(told) == 4
    assert told[-1] == "... and 18 more (-vv shows all)"


@pytest.mark.parametrize(
    "code",
    [
        "assert cf.dump(env.CACHE) != {}",
        "cf.dump(); assert {'a': 1} == {'a': 2}",
        "assert cf.dump(env.CACHE) == []",
        "assert {'a': 1} == {'a': 2}",
    ],
)
def test_everything_else_is_left_to_pytest(shop: pytest.Pytester, code: str) -> None:
    told = explanation(shop, f"def test_it(env, cf): {code}")
    assert "storage differs" not in told


def test_a_dump_of_another_test_is_an_ordinary_dict(shop: pytest.Pytester) -> None:
    shop.makepyfile(
        """
        dumps = []

        def test_first(env, cf):
            cf.run(env.CACHE.put("k", "v"))
            dumps.append(cf.dump())

        def test_second(env, cf):
            cf.dump()
            assert dumps[0] == {}
        """
    )
    result = shop.runpytest("-p", "no:randomly")
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.no_fnmatch_line("*storage differs*")


def test_the_whole_report_of_a_failed_comparison(shop: pytest.Pytester) -> None:
    shop.makepyfile(
        """
        def test_it(env, cf):
            cf.run(env.CACHE.put("session:1", "alice"))
            assert cf.dump(env.CACHE) == {}
        """
    )
    result = shop.runpytest("-Wignore")
    assert shown(result, "    def test_it", "====") == (
        "    def test_it(env, cf):\n"
        '        cf.run(env.CACHE.put("session:1", "alice"))\n'
        ">       assert cf.dump(env.CACHE) == {}\n"
        "E       AssertionError: assert storage differs: 1 unexpected"
        " (expected -> stored)\n"
        "E         + CACHE['session:1'] = {'value': 'alice', 'metadata': None,"
        " 'expiration':...\n"
        "\n"
        "test_the_whole_report_of_a_failed_comparison.py:3: AssertionError\n"
        "---------------------------------- cf storage"
        " ----------------------------------\n"
        "the test changed:\n"
        "  + CACHE['session:1'] = {'value': 'alice', 'metadata': None,"
        " 'expiration': None}\n"
        "held at the end:\n"
        "  CACHE: 1 entry\n"
        "    'session:1': {'value': 'alice', 'metadata': None, 'expiration': None}\n"
        "  SESSIONS: empty\n"
        "=========================== short test summary info"
        " ============================"
    )
