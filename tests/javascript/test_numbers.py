import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_cfbindings.javascript.numbers import (
    narrow,
    number_to_text,
    text_to_number,
    widen,
)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (1.0, "1"),
        (1e21, "1e+21"),
        (1e-6, "0.000001"),
        (1e-7, "1e-7"),
        (123456789012345680000.0, "123456789012345680000"),
        (0.1 + 0.2, "0.30000000000000004"),
        (-0.0, "0"),
        (5e-324, "5e-324"),
        (1.7976931348623157e308, "1.7976931348623157e+308"),
        (100.0, "100"),
        (1e300, "1e+300"),
        (-1.5e-10, "-1.5e-10"),
        (123e-20, "1.23e-18"),
        (4.35, "4.35"),
        (1e20, "100000000000000000000"),
        (999999999999999900000.0, "999999999999999900000"),
        (2**53, "9007199254740992"),
        (2**53 + 1, "9007199254740992"),
        (10**21, "1e+21"),
        (-(2**53), "-9007199254740992"),
        (0.000001234, "0.000001234"),
        (1234.5678, "1234.5678"),
        (math.nan, "NaN"),
        (math.inf, "Infinity"),
        (-math.inf, "-Infinity"),
    ],
)
def test_a_number_has_javascripts_text(number: float, text: str) -> None:
    assert number_to_text(number) == text


@given(st.floats(allow_nan=False))
def test_the_text_of_a_number_reads_back_as_that_number(number: float) -> None:
    assert text_to_number(number_to_text(number)) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("", 0),
        ("  12  ", 12),
        ("0x3c", 60),
        ("0X3C", 60),
        ("0b101", 5),
        ("0o17", 15),
        ("6e1", 60),
        (".5", 0.5),
        ("5.", 5),
        ("+5", 5),
        ("Infinity", math.inf),
        ("-Infinity", -math.inf),
        ("+Infinity", math.inf),
        ("\u00a0\ufeff7\u2028", 7),
        ("1e1000", math.inf),
        ("0x" + "f" * 300, math.inf),
    ],
)
def test_a_text_reads_as_a_number(text: str, number: float) -> None:
    assert text_to_number(text) == number


@pytest.mark.parametrize(
    "text",
    [
        *("-0x3c", "60s", "--5", "1_000", "infinity", "NaN", "nan", "inf", "0x", "1e"),
        *("e5", ".", "0b2", "\u0661", "1 2", "\u180e7", "\u00857", "\x1c7"),
    ],
)
def test_other_text_is_not_a_number(text: str) -> None:
    assert math.isnan(text_to_number(text))


@pytest.mark.parametrize("text", ["-0", " -0 ", "-0.0", "-1e-400"])
def test_minus_zero_keeps_its_sign(text: str) -> None:
    assert math.copysign(1, text_to_number(text)) == -1


@pytest.mark.parametrize(
    ("number", "narrowed"),
    [(2.0, 2), (-0.0, 0), (float(2**53 - 1), 2**53 - 1), (3, 3)],
)
def test_a_safe_integral_number_narrows_to_an_int(
    number: float, narrowed: float
) -> None:
    assert narrow(number) == narrowed
    assert type(narrow(number)) is int


@pytest.mark.parametrize("number", [1.5, 2.0**53, math.inf, -(2.0**53)])
def test_another_number_stays_a_float(number: float) -> None:
    assert narrow(number) == number
    assert type(narrow(number)) is float


@pytest.mark.parametrize(
    ("number", "widened"),
    [
        (2**53 - 1, 2**53 - 1),
        (2**53 + 1, 2.0**53),
        (-(2**53) - 1, -(2.0**53)),
        (10**400, math.inf),
        (-(10**400), -math.inf),
    ],
)
def test_an_integer_beyond_the_safe_range_widens_to_a_double(
    number: int, widened: float
) -> None:
    assert widen(number) == widened
    assert type(widen(number)) is type(widened)
