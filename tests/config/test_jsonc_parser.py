import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_cfbindings.config.jsonc_parser import parse_jsonc
from pytest_cfbindings.config.jsonc_scanner import JsoncError


def test_comments_and_trailing_commas_are_passed_over() -> None:
    text = '// one\n{ "a": [1, 2,], /* two */ "b": { "c": null, }, }\n// end'
    assert parse_jsonc(text) == {"a": [1, 2], "b": {"c": None}}


def test_a_repeated_key_takes_its_last_value() -> None:
    assert parse_jsonc('{"a": 1, "b": 2, "a": 3}') == {"a": 3, "b": 2}


def test_a_url_in_a_text_is_no_comment() -> None:
    assert parse_jsonc('{"u": "https://a/*b*/"}') == {"u": "https://a/*b*/"}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.0", 1),
        ("-0", 0),
        ("1e3", 1000),
        ("0.5", 0.5),
        ("9007199254740993", 9007199254740992.0),
        ("1e999", float("inf")),
    ],
)
def test_numbers_are_those_of_javascript(text: str, value: float) -> None:
    parsed = parse_jsonc(text)
    assert parsed == value
    assert type(parsed) is type(value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (r'"\n\t\"\\\/\b\f\r"', '\n\t"\\/\b\f\r'),
        (r'"\u00e9"', "é"),
        (r'"\ud83d\ude00"', "😀"),
        (r'"\ud83d"', "\ufffd"),
    ],
)
def test_escapes_are_resolved(text: str, value: str) -> None:
    assert parse_jsonc(text) == value


@pytest.mark.parametrize(
    ("text", "code", "start", "end"),
    [
        ("", "ValueExpected", 0, 0),
        ("{", "CloseBraceExpected", 1, 1),
        ("[1", "CloseBracketExpected", 2, 2),
        ("{1:2}", "PropertyNameExpected", 1, 2),
        ('{"a" 1}', "ColonExpected", 5, 6),
        ('{"a":}', "ValueExpected", 5, 6),
        ('{"a":1 "b":2}', "CommaExpected", 7, 10),
        ("{,}", "ValueExpected", 1, 2),
        ('{"a":1,,}', "PropertyNameExpected", 7, 8),
        ("[1,,2]", "ValueExpected", 3, 4),
        ("1 2", "EndOfFileExpected", 2, 3),
        ("nope", "InvalidSymbol", 0, 4),
        ("-x", "InvalidSymbol", 0, 1),
        ("1.", "UnexpectedEndOfNumber", 0, 2),
        ("1e+", "UnexpectedEndOfNumber", 0, 3),
        ('"abc', "UnexpectedEndOfString", 0, 4),
        ('"a\n"', "UnexpectedEndOfString", 0, 2),
        ('"\\', "UnexpectedEndOfString", 0, 2),
        ('"\\q"', "InvalidEscapeCharacter", 0, 4),
        ('"\\u12"', "InvalidUnicode", 0, 6),
        ('"\x01"', "InvalidCharacter", 0, 3),
        ("/* x", "UnexpectedEndOfComment", 0, 4),
        ("/*", "UnexpectedEndOfComment", 0, 3),
        ("/* x\r\n", "UnexpectedEndOfComment", 0, 7),
    ],
)
def test_the_first_mistake_has_wranglers_code_and_place(
    text: str, code: str, start: int, end: int
) -> None:
    with pytest.raises(JsoncError) as raised:
        parse_jsonc(text)
    error = raised.value
    assert (error.code, error.start, error.end) == (code, start, end)


def test_deep_nesting_is_a_mistake_and_no_crash() -> None:
    with pytest.raises(JsoncError, match="NestedTooDeeply"):
        parse_jsonc("[" * 100_000)


@given(st.text() | st.text('{}[]",:/*\\ \n\r\t0123456789.eEtrufalsn-'))
def test_any_text_is_a_value_or_a_mistake(text: str) -> None:
    with contextlib.suppress(JsoncError):
        parse_jsonc(text)
