import math

import pytest

from pytest_cfbindings.javascript.conversions import to_string
from pytest_cfbindings.javascript.dates import JsDate
from pytest_cfbindings.javascript.values import null

from .throws import thrown

UTC = "GMT+0000 (Coordinated Universal Time)"


@pytest.mark.parametrize(
    ("milliseconds", "text"),
    [
        (0, "1970-01-01T00:00:00.000Z"),
        (-1, "1969-12-31T23:59:59.999Z"),
        (1577934245678, "2020-01-02T03:04:05.678Z"),
        (-62135596800000, "0001-01-01T00:00:00.000Z"),
        (253402300800000, "+010000-01-01T00:00:00.000Z"),
        (-62198755200000, "-000001-01-01T00:00:00.000Z"),
        (8.64e15, "+275760-09-13T00:00:00.000Z"),
        (-8.64e15, "-271821-04-20T00:00:00.000Z"),
    ],
)
def test_iso_text(milliseconds: float, text: str) -> None:
    assert JsDate(milliseconds).toISOString() == text


@pytest.mark.parametrize(
    ("milliseconds", "text"),
    [
        (0, f"Thu Jan 01 1970 00:00:00 {UTC}"),
        (-1, f"Wed Dec 31 1969 23:59:59 {UTC}"),
        (8.64e15, f"Sat Sep 13 275760 00:00:00 {UTC}"),
        (-62198755200000, f"Fri Jan 01 -0001 00:00:00 {UTC}"),
        (-8.64e15, f"Tue Apr 20 -271821 00:00:00 {UTC}"),
        (-62135596800000, f"Mon Jan 01 0001 00:00:00 {UTC}"),
        (math.nan, "Invalid Date"),
    ],
)
def test_text(milliseconds: float, text: str) -> None:
    assert to_string(JsDate(milliseconds)) == text


@pytest.mark.parametrize(
    ("milliseconds", "kept"), [(1.9, 1), (-1.9, -1), (8.64e15, 8.64e15)]
)
def test_milliseconds_are_integral(milliseconds: float, kept: float) -> None:
    date = JsDate(milliseconds)
    assert date.getTime() == date.valueOf() == kept


@pytest.mark.parametrize("milliseconds", [math.nan, math.inf, 8.64e15 + 1])
def test_a_date_beyond_the_range_is_invalid(milliseconds: float) -> None:
    date = JsDate(milliseconds)
    assert math.isnan(date.getTime())
    assert date.toJSON() is null
    assert thrown(date.toISOString) == "RangeError: Invalid time value"
