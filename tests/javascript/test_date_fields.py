import js
import pytest


def test_a_text_is_parsed() -> None:
    assert js.Date.new("2026-01-01T00:00:00Z").getTime() == 1767225600000
    assert js.Date.parse("2026-01-01") == 1767225600000
    assert str(js.Date.new("latest")) == "Invalid Date"


def test_fields_make_a_date_in_utc() -> None:
    date = js.Date.new(2026, 1, 28, 23, 59, 58, 7)
    assert date.toISOString() == "2026-02-28T23:59:58.007Z"
    assert js.Date.UTC(2026, 13) == js.Date.parse("2027-02-01")
    assert js.Date.new(99, 0).getFullYear() == 1999


def test_fields_are_read() -> None:
    date = js.Date.new("2026-02-28T23:59:58.007Z")
    assert (date.getFullYear(), date.getMonth(), date.getDate()) == (2026, 1, 28)
    assert (date.getUTCHours(), date.getMinutes(), date.getSeconds()) == (23, 59, 58)
    assert (date.getMilliseconds(), date.getDay()) == (7, 6)
    assert date.getTimezoneOffset() == 0


@pytest.mark.parametrize(
    ("setter", "values", "changed"),
    [
        ("setDate", (31,), "2026-03-03T00:00:00.000Z"),
        ("setUTCHours", (25, 1, 2, 3), "2026-03-01T01:01:02.003Z"),
        ("setFullYear", (2024, 1, 29), "2024-02-29T00:00:00.000Z"),
        ("setMonth", (-1,), "2025-12-28T00:00:00.000Z"),
    ],
)
def test_fields_are_set_and_may_overflow(
    setter: str, values: tuple[int, ...], changed: str
) -> None:
    date = js.Date.new("2026-02-28")
    assert getattr(date, setter)(*values) == date.getTime()
    assert date.toISOString() == changed


def test_the_fields_of_an_invalid_date_are_no_numbers() -> None:
    date = js.Date.new("latest")
    assert str(date.getFullYear()) == "nan"
    assert date.setFullYear(2026) == js.Date.parse("2026-01-01")


def test_texts_of_a_date() -> None:
    date = js.Date.new("2026-02-28T23:59:58.007Z")
    assert date.toUTCString() == "Sat, 28 Feb 2026 23:59:58 GMT"
    assert date.toDateString() == "Sat Feb 28 2026"
    assert date.toTimeString() == "23:59:58 GMT+0000 (Coordinated Universal Time)"


def test_called_without_new_it_tells_the_time() -> None:
    assert js.Date().endswith("GMT+0000 (Coordinated Universal Time)")
