import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_cfbindings.javascript.arrays import JsArray
from pytest_cfbindings.javascript.json_parse import parse, revive
from pytest_cfbindings.javascript.json_stringify import stringify
from pytest_cfbindings.javascript.objects import JsObject
from pytest_cfbindings.javascript.values import null

from .throws import thrown

SAFE = st.integers(-(2**53) + 1, 2**53 - 1)
SCALARS = (
    st.none()
    | st.booleans()
    | SAFE
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text()
)
TREES = st.recursive(
    SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
)


def plain(value: object) -> object:
    """A JavaScript value as Python's json module would have read it."""
    if value is null:
        return None
    if isinstance(value, JsArray):
        return [plain(item) for item in value.items]
    if isinstance(value, JsObject):
        return {key: plain(item) for key, item in value.properties.items()}
    return value


@given(TREES)
def test_json_reads_as_python_reads_it(value: object) -> None:
    text = json.dumps(value)
    assert plain(parse(text)) == json.loads(text)


@given(TREES)
def test_what_is_written_reads_back(value: object) -> None:
    written = stringify(revive(value))
    assert written is not None
    assert plain(parse(written)) == value


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("9007199254740993", 2.0**53),
        ("12345678901234567890", 12345678901234567890.0),
        ("1e400", math.inf),
        ("-1e400", -math.inf),
        ("1" * 400, math.inf),
        ("-" + "1" * 400, -math.inf),
        ("1" * 5000, math.inf),
        ("1.0", 1),
        ("1E2", 100),
    ],
)
def test_numbers_are_doubles(text: str, number: float) -> None:
    assert parse(text) == number


@pytest.mark.parametrize("text", ["-0", "[-0]", "-0.0", '{"a":-0}', "-0e1"])
def test_minus_zero_keeps_its_sign(text: str) -> None:
    value = parse(text)
    if isinstance(value, JsObject):
        value = value.js_get(value.js_keys()[0])
    assert isinstance(value, float)
    assert math.copysign(1, value) == -1


def test_the_last_of_equal_names_wins() -> None:
    assert stringify(parse('{"a":1,"b":2,"a":3}')) == '{"a":3,"b":2}'


def test_integer_like_names_come_first() -> None:
    value = parse('{"b":1,"2":2,"1":3}')
    assert isinstance(value, JsObject)
    assert value.js_keys() == ["1", "2", "b"]


def test_escapes_make_one_character_of_a_pair() -> None:
    assert parse('"\\ud83d\\ude00"') == "😀"
    assert parse('"\\ud800"') == "\ud800"


def test_null_is_null() -> None:
    assert parse("null") is null
    value = parse("[null]")
    assert isinstance(value, JsArray)
    assert value.items == [null]


def test_white_space_of_json_is_skipped() -> None:
    assert parse(" \t\r\n1 \t\r\n") == 1


@pytest.mark.parametrize("text", ["NaN", "[Infinity]", "\u00a01", "\ufeff1", "1\v"])
def test_what_only_python_would_read_is_refused(text: str) -> None:
    assert thrown(parse, text).startswith("SyntaxError: ")


def test_an_error_is_v8s() -> None:
    assert thrown(parse, "{") == (
        "SyntaxError: Expected property name or '}' in JSON at position 1"
        " (line 1 column 2)"
    )


@pytest.mark.parametrize("depth", [500, 5_000, 200_000])
def test_deep_nesting_is_read(depth: int) -> None:
    assert isinstance(parse("[" * depth + "]" * depth), JsArray)


def test_deep_nesting_that_does_not_close_is_a_syntax_error() -> None:
    assert thrown(parse, "[" * 200_000) == "SyntaxError: Unexpected end of JSON input"


def test_a_deep_value_goes_away_without_a_crash() -> None:
    value = parse('{"a":' * 50_000 + "1" + "}" * 50_000)
    assert isinstance(value, JsObject)
    del value
