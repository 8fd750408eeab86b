import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_cfbindings.config.globs import matches, may_hold_matches


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("*.sql", "a.sql"),
        ("**/*.sql", "a.sql"),
        ("**/*.sql", "x/y/a.sql"),
        ("**", "x/y"),
        ("*/migration.sql", "1/migration.sql"),
        ("?.sql", "a.sql"),
        ("[0-9]*.sql", "1_a.sql"),
        ("[!a]*.sql", "b.sql"),
        ("{a,b}.sql", "b.sql"),
        (".hid*", ".hidden"),
        (r"\[x\].sql", "[x].sql"),
        ("[x.sql", "[x.sql"),
    ],
)
def test_these_fit(pattern: str, path: str) -> None:
    assert matches(pattern, path)


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("*.sql", "a.SQL"),
        ("*.sql", "x/a.sql"),
        ("*.sql", ".a.sql"),
        ("**/*.sql", ".x/a.sql"),
        ("**", ".x/a"),
        ("*/migration.sql", "migration.sql"),
        ("[!a]*.sql", "a.sql"),
    ],
)
def test_these_do_not_fit(pattern: str, path: str) -> None:
    assert not matches(pattern, path)


@pytest.mark.parametrize(
    ("pattern", "folder", "may"),
    [
        ("*.sql", "x", False),
        ("*/a.sql", "x", True),
        ("*/a.sql", "x/y", False),
        ("**/a.sql", "x/y", True),
        ("**/a.sql", ".x", False),
        ("x/*.sql", "y", False),
    ],
)
def test_folders_that_cannot_hold_a_match_are_known(
    pattern: str, folder: str, may: bool
) -> None:
    assert may_hold_matches(pattern, folder) is may


@given(st.text(max_size=30), st.text(min_size=1, max_size=30))
def test_any_pattern_has_an_answer(pattern: str, path: str) -> None:
    assert matches(pattern, path) in (True, False)
