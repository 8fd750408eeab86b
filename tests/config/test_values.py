import math
from datetime import UTC, date, datetime, time

import pytest

from pytest_cfbindings.config.values import (
    MISSING,
    Value,
    as_json,
    english_list,
    in_javascript_order,
    javascript_number,
    json_text,
    member,
    members,
    number_text,
    template_text,
    type_name,
    utf16_length,
)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (3, "3"),
        (0.5, "0.5"),
        (1e21, "1e+21"),
        (1e20, "100000000000000000000"),
        (0.000001, "0.000001"),
        (1e-7, "1e-7"),
        (-1.25e-6, "-0.00000125"),
        (1.5e300, "1.5e+300"),
        (12345678901234567890.0, "12345678901234567168"),
    ],
)
def test_numbers_are_written_as_javascript_writes_them(
    number: float, text: str
) -> None:
    assert number_text(number) == text


def test_a_number_without_a_fraction_is_an_integer() -> None:
    assert repr(javascript_number(3.0)) == "3"
    assert repr(javascript_number(-0.0)) == "0"
    assert repr(javascript_number(0.5)) == "0.5"
    assert math.isinf(javascript_number(math.inf))


def test_json_is_compact_and_keeps_unicode() -> None:
    value: Value = {"a": [1, "é", None], "b": True}
    assert json_text(value) == '{"a":[1,"é",null],"b":true}'


def test_json_can_be_indented() -> None:
    value: Value = {"a": {"b": [1, {}]}, "c": []}
    assert json_text(value, indent=2) == (
        '{\n  "a": {\n    "b": [\n      1,\n      {}\n    ]\n  },\n  "c": []\n}'
    )


def test_what_is_missing_is_undefined() -> None:
    assert json_text(MISSING) == "undefined"
    assert type_name(MISSING) == "undefined"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (date(2026, 1, 2), '"2026-01-02"'),
        (datetime(2026, 1, 2, 3, 4), '"2026-01-02T03:04:00.000"'),
        (datetime(2026, 1, 2, 3, 4, tzinfo=UTC), '"2026-01-02T03:04:00.000Z"'),
        (time(10, 20, 30, 500_000), '"10:20:30.500"'),
        (math.nan, "null"),
    ],
)
def test_dates_and_impossible_numbers_have_a_json_form(value: Value, text: str) -> None:
    assert json_text(value) == text


def test_keys_that_are_array_indexes_come_first() -> None:
    ordered = in_javascript_order({"b": 1, "10": 2, "2": 3, "01": 4, "a": 5})
    assert list(ordered) == ["2", "10", "b", "01", "a"]


def test_lists_and_texts_have_members_by_index() -> None:
    assert members(["x", "y"]) == {"0": "x", "1": "y"}
    assert members("ab") == {"0": "a", "1": "b"}
    assert member(5, "x") is MISSING


def test_a_var_becomes_what_json_can_carry() -> None:
    value: Value = {"when": [date(2026, 1, 2)], "big": math.inf, "n": 1.5}
    assert as_json(value) == {"when": ["2026-01-02"], "big": None, "n": 1.5}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "true"),
        ([1, None, "a"], "1,,a"),
        ({}, "[object Object]"),
        (math.inf, "Infinity"),
        (-math.inf, "-Infinity"),
        (math.nan, "NaN"),
        (MISSING, "undefined"),
    ],
)
def test_templates_write_values_as_javascript_does(value: Value, text: str) -> None:
    assert template_text(value) == text


@pytest.mark.parametrize(
    ("names", "text"),
    [
        ([], ""),
        (["A"], "A"),
        (["A", "B"], "A and B"),
        (["A", "B", "C"], "A, B, and C"),
    ],
)
def test_lists_of_names_read_as_english(names: list[str], text: str) -> None:
    assert english_list(names) == text


def test_a_character_beyond_the_first_plane_counts_twice() -> None:
    assert utf16_length("a😀b") == 4
