import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_cfbindings.config.toml_syntax import TomlProblem, parse_toml


def test_toml_1_1_is_understood() -> None:
    text = 'a = { b = 1,\n  c = "\\x41\\e", }\nt = 10:20'
    value = parse_toml(text)
    assert isinstance(value, dict)
    assert value["a"] == {"b": 1, "c": "A\x1b"}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('a = """one\r\ntwo"""\r\n', "one\r\ntwo"),
        ("a = '''one\r\ntwo'''\r\n", "one\r\ntwo"),
        ('a = """\r\none\r\n"""\r\n', "one\r\n"),
        ('a = """one \\\r\n   two\r\n"""', "one two\r\n"),
        ('# """\r\na = "x"\r\n', "x"),
    ],
)
def test_line_ends_in_texts_stay_what_they_are(text: str, value: str) -> None:
    assert parse_toml(text) == {"a": value}


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("a = 9007199254740993", 1, 4),
        ('x = "9007199254740993"\nb = [1, 0xFFFFFFFFFFFFFFFF]', 2, 8),
        (f"a = 1\nb = {'9' * 5000}", 2, 4),
    ],
    ids=["just too large", "a hexadecimal one", "5,000 digits"],
)
def test_an_integer_that_javascript_cannot_hold_is_refused_at_its_place(
    text: str, line: int, column: int
) -> None:
    with pytest.raises(TomlProblem) as raised:
        parse_toml(text)
    problem = raised.value
    assert problem.message == (
        "Invalid TOML document: integer value cannot be represented losslessly"
    )
    assert problem.location is not None
    assert (problem.location.line, problem.location.column) == (line, column)


def test_the_largest_safe_integer_is_fine() -> None:
    assert parse_toml("a = 9007199254740991") == {"a": 2**53 - 1}


def test_a_mistake_names_its_line_and_column() -> None:
    with pytest.raises(TomlProblem, match="Invalid TOML document: ") as raised:
        parse_toml('ok = 1\nb = "😀" x\n')
    place = raised.value.location
    assert place is not None
    assert (place.line, place.column, place.line_text) == (2, 9, 'b = "😀" x')


@pytest.mark.parametrize(
    "text",
    ["a = " + "[" * 100_000, "a" + ".a" * 100_000 + " = 1", "a = " + "[" * 101],
    ids=["100,000 brackets", "100,000 dots", "101 brackets"],
)
def test_deep_nesting_is_a_mistake_and_no_crash(text: str) -> None:
    with pytest.raises(TomlProblem):
        parse_toml(text)


@given(st.text() | st.text("[]{}=\"'#.,abc019_-:TZ+ \n\r\t\\"))
def test_any_text_is_a_table_or_a_mistake(text: str) -> None:
    with contextlib.suppress(TomlProblem):
        assert isinstance(parse_toml(text), dict)
