import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pytest_cfbindings.javascript.json_syntax import find_error

PROPERTY_OR_BRACE = "Expected property name or '}'"
QUOTED = "Expected double-quoted property name"
COLON = "Expected ':' after property name"
COMMA_OR_BRACE = "Expected ',' or '}' after property value"
COMMA_OR_BRACKET = "Expected ',' or ']' after array element"
FRACTION = "Unterminated fractional number"
EXPONENT = "Exponent part is missing a number"
MINUS = "No number after minus sign"
CONTROL = "Bad control character in string literal"
ESCAPE = "Bad Unicode escape"

TREE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@pytest.mark.parametrize(
    ("text", "message", "position"),
    [
        ("{", PROPERTY_OR_BRACE, 1),
        ("{a", PROPERTY_OR_BRACE, 1),
        ("{'a'", PROPERTY_OR_BRACE, 1),
        ("{,", PROPERTY_OR_BRACE, 1),
        ('{"a"', COLON, 4),
        ('{"a" 1', COLON, 5),
        ('{"a":1', COMMA_OR_BRACE, 6),
        ('{"a":1,', QUOTED, 7),
        ('{"a":1,}', QUOTED, 7),
        ('{"a":1 "b"', COMMA_OR_BRACE, 7),
        ("[1", COMMA_OR_BRACKET, 2),
        ("[1 2", COMMA_OR_BRACKET, 3),
        ('["😀" x', COMMA_OR_BRACKET, 6),
        ('"a', "Unterminated string", 2),
        ('"\\x', "Bad escaped character", 2),
        ('"\\u', ESCAPE, 3),
        ('"\\u12', ESCAPE, 5),
        ('"\\u12g4"', ESCAPE, 5),
        ('{"\\u00', ESCAPE, 6),
        ('"\1"', CONTROL, 1),
        ('"\n"', CONTROL, 1),
        ("-", MINUS, 1),
        ("-a", MINUS, 1),
        ("--1", MINUS, 1),
        ("[-]", MINUS, 2),
        ("-Infinity", MINUS, 1),
        ("01", "Unexpected number", 1),
        ("tru1", "Unexpected number", 3),
        ("fals-", "Unexpected number", 4),
        ('tru"', "Unexpected string", 3),
        ("1.", FRACTION, 2),
        ("1.a", FRACTION, 2),
        ("1e", EXPONENT, 2),
        ("1e+", EXPONENT, 3),
        ("1ex", EXPONENT, 2),
    ],
)
def test_v8_says_what_was_expected_and_where(
    text: str, message: str, position: int
) -> None:
    where = f"in JSON at position {position} (line 1 column {position + 1})"
    assert find_error(text) == f"{message} {where}"


@pytest.mark.parametrize(
    ("text", "position"),
    [
        *(("1 2", 2), ("123456789012345678901x", 21), ("truefalse", 4), ('"a"b', 3)),
        *(("{}}", 2), ("[]]", 2), ("nullx", 4), ('true"', 4)),
    ],
)
def test_nothing_follows_the_value(text: str, position: int) -> None:
    assert find_error(text) == (
        "Unexpected non-whitespace character after JSON at position"
        f" {position} (line 1 column {position + 1})"
    )


@pytest.mark.parametrize(
    "text", ["", " ", '{"a":', "[", "[1,", "t", "tru", "nul", '"\\']
)
def test_a_text_can_end_too_early(text: str) -> None:
    assert find_error(text) == "Unexpected end of JSON input"


@pytest.mark.parametrize("text", ["undefined", "NaN", "Infinity", "[object Object]"])
def test_texts_of_values_are_shown_whole(text: str) -> None:
    assert find_error(text) == f'"{text}" is not valid JSON'


@pytest.mark.parametrize(
    ("text", "token", "shown"),
    [
        ("abc", "a", '"abc"'),
        ("trux", "x", '"trux"'),
        ("[1,]", "]", '"[1,]"'),
        ("[,", ",", '"[,"'),
        ('{"a":abc}', "a", '"{"a":abc}"'),
        ("[NaN]", "N", '"[NaN]"'),
        ('{"a":undefined}', "u", '"{"a":undefined}"'),
        ("undefined ", "u", '"undefined "'),
        ("  undefined", "u", '"  undefined"'),
        ("'a'", "'", "\"'a'\""),
        ("\u00a01", "\u00a0", '"\u00a01"'),
        ("\ufeff1", "\ufeff", '"\ufeff1"'),
        ("[\n\n  x", "x", '"[\n\n  x"'),
        ("😀", "\ud83d", '"😀"'),
        ('["😀",x', "x", '"["😀",x"'),
        ("+1", "+", '"+1"'),
        (".5", ".", '".5"'),
        (
            "[1,2,3,4,5,6,7,8,9,x,1,2,3,4,5,6,7,8,9]",
            "x",
            '..."5,6,7,8,9,x,1,2,3,4,"...',
        ),
        ("[1,2,3,4,5,6,7,8,9,10,11,12,x]", "x", '...",10,11,12,x]"'),
        ("[x,1,2,3,4,5,6,7,8,9,10]", "x", '"[x,1,2,3,4,"...'),
    ],
)
def test_a_wrong_character_is_shown_in_its_surroundings(
    text: str, token: str, shown: str
) -> None:
    assert find_error(text) == f"Unexpected token '{token}', {shown} is not valid JSON"


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("1\n2", "at position 2 (line 2 column 1)"),
        ("[\r\n1 2", "at position 5 (line 2 column 3)"),
        ("[\r1 2", "at position 4 (line 2 column 3)"),
        ("[1,\n\n 2 3", "at position 8 (line 3 column 4)"),
    ],
)
def test_lines_end_at_line_feeds_and_carriage_returns(text: str, where: str) -> None:
    message = find_error(text)
    assert message is not None
    assert message.endswith(where)


@given(TREE, st.sampled_from([None, 1, "\t"]))
def test_json_has_no_error(value: object, indent: int | str | None) -> None:
    text = json.dumps(value, indent=indent).replace("NaN", "0").replace("Infinity", "1")
    assert find_error(text) is None


@given(st.text(st.sampled_from('{}[]",:\\u0129.eE+-truefalsn \n\r\ud800😀x')))
@example("[" * 100_000)
def test_any_other_text_has_an_error_and_none_is_a_crash(text: str) -> None:
    message = find_error(text)
    try:
        json.loads(text)
    except ValueError:
        assert message is not None
    except RecursionError:
        assert message == "Unexpected end of JSON input"
    else:
        assert message is None
