import math

import pytest

from pytest_cfbindings.javascript.arrays import JsArray
from pytest_cfbindings.javascript.dates import JsDate
from pytest_cfbindings.javascript.maps import JsMap
from pytest_cfbindings.javascript.numeric import (
    to_int32_checked,
    to_integer,
    to_number,
)
from pytest_cfbindings.javascript.objects import JsObject, native
from pytest_cfbindings.javascript.values import JsBigInt, null, undefined

from .throws import thrown

OUT_OF_RANGE = (
    "TypeError: Value out of range. Must be between -2147483648 and 2147483647"
    " (inclusive)."
)
NO_BIGINT = "TypeError: Cannot convert a BigInt value to a number"


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (null, 0),
        (True, 1),
        (False, 0),
        ("", 0),
        ("0x10", 16),
        (JsArray(), 0),
        (JsArray([90]), 90),
        (JsArray([JsArray([7])]), 7),
        (JsArray(["0x10"]), 16),
        (JsArray([null]), 0),
        (JsDate(5), 5),
    ],
)
def test_a_value_becomes_a_number(value: object, number: float) -> None:
    assert to_number(value) == number


@pytest.mark.parametrize(
    "value",
    [
        undefined,
        "x",
        JsObject(),
        JsArray([1, 2]),
        JsMap(),
        JsDate(math.nan),
        native(lambda: 1),
    ],
)
def test_a_value_without_a_number_is_nan(value: object) -> None:
    assert math.isnan(to_number(value))


@pytest.mark.parametrize("convert", [to_number, to_integer, to_int32_checked])
def test_a_bigint_is_no_number(convert: object) -> None:
    assert callable(convert)
    assert thrown(convert, JsBigInt(1)) == NO_BIGINT


def test_an_own_value_of_decides() -> None:
    value = JsObject({"valueOf": native(lambda: 7)})
    assert to_number(value) == 7


@pytest.mark.parametrize(
    ("value", "integer"),
    [(1.9, 1), (-1.9, -1), ("7.5", 7), (math.nan, 0), (math.inf, 0), (undefined, 0)],
)
def test_an_integer_loses_its_fraction(value: object, integer: int) -> None:
    assert to_integer(value) == integer


@pytest.mark.parametrize(
    ("value", "integer"),
    [
        (59.9, 59),
        (-59.9, -59),
        (" 90 ", 90),
        (2**31 - 1, 2**31 - 1),
        (-(2**31), -(2**31)),
        (math.nan, 0),
        (math.inf, 0),
        (-math.inf, 0),
        (null, 0),
    ],
)
def test_a_binding_takes_a_signed_32_bit_integer(value: object, integer: int) -> None:
    assert to_int32_checked(value) == integer


@pytest.mark.parametrize("value", [2**31, -(2**31) - 1, 2147483647.5, "1e10"])
def test_the_range_is_checked_before_the_fraction_is_cut(value: object) -> None:
    assert thrown(to_int32_checked, value) == OUT_OF_RANGE
