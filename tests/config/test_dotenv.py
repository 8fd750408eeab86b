import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_cfbindings.config.dotenv import expand, parse_dotenv


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("A=1", {"A": "1"}),
        ("A = padded ", {"A": "padded"}),
        ("export A=1", {"A": "1"}),
        ("A: colon", {"A": "colon"}),
        ("A:nospace", {}),
        ("no assignment", {}),
        ("# A=1", {}),
        ("A=", {"A": ""}),
        ("A=1\nA=2", {"A": "2"}),
        ("A.B=1\nC-D=2", {"A.B": "1", "C-D": "2"}),
        ("A=a#b", {"A": "a"}),
        ('A="a # b" # c', {"A": "a # b"}),
        ('A="a\\nb\\tc"', {"A": "a\nb\\tc"}),
        ("A='a\\nb'", {"A": "a\\nb"}),
        ("A=`x`", {"A": "x"}),
        ('A="two\nlines"', {"A": "two\nlines"}),
        ("A='it\\'s'", {"A": "it\\'s"}),
        ('A="open', {"A": '"open'}),
        ("A=1\r\nB=2\rC=3", {"A": "1", "B": "2", "C": "3"}),
        ("A=$B", {"A": "$B"}),
        ("\ufeffA=1", {"A": "1"}),
        ("A=https://u:p@h/?a=b&c=d", {"A": "https://u:p@h/?a=b&c=d"}),
    ],
)
def test_assignments_are_read_as_dotenv_reads_them(
    text: str, values: dict[str, str]
) -> None:
    assert parse_dotenv(text) == values


@pytest.mark.parametrize(
    ("value", "expanded"),
    [
        ("$X/y", "ex/y"),
        ("${X}", "ex"),
        ("${NONE}", ""),
        ("${NONE:-d}", "d"),
        ("${NONE-d}", "d"),
        ("${EMPTY:-d}", "d"),
        ("${EMPTY-d}", "d"),
        ("${X:-d}", "ex"),
        ("${X:+set}", "set"),
        ("${NONE+set}", ""),
        ("\\$X", "$X"),
        ("\\${X}", "${X}"),
        ("$5 and $", "$5 and $"),
        ("$LATER", ""),
        ("$SELF", ""),
        ("${nullable}", "able"),
    ],
)
def test_references_are_expanded_as_dotenv_expand_does(
    value: str, expanded: str
) -> None:
    given = {"X": "ex", "EMPTY": "", "SELF": value, "LATER": "late"}
    assert expand(given, {})["SELF"] == expanded


def test_the_process_wins_over_a_file() -> None:
    assert expand({"A": "file", "B": "$A"}, {"A": "process"}) == {
        "A": "process",
        "B": "process",
    }


@pytest.mark.parametrize("value", ["x${A}", "x${A}${A}", "${A}-${A}"])
def test_a_value_that_brings_back_its_own_reference_comes_to_an_end(
    value: str,
) -> None:
    assert "A" in expand({"A": "\\${A}\\${A}", "B": value}, {})


@given(st.text() | st.text("AB=:'\"`#$\\{}-+ \n\r\texport"))
def test_any_text_has_values_that_can_be_expanded(text: str) -> None:
    assert expand(parse_dotenv(text), {}).keys() == parse_dotenv(text).keys()
