import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_cfbindings.javascript.date_text import is_readable_date


@pytest.mark.parametrize(
    "text",
    [
        "2026",
        "2026-01",
        "2026-01-02",
        "2026-02-31",
        "2026-01-02T10:20",
        "2026-01-02T10:20:30.123Z",
        "2026-01-02T24:00",
        "2026-01-02T10:20+05:30",
        "2026-01-02T10:20+0530",
        "+002026-01-01",
        "2026/01/02",
        "1/2/26",
        "May 5 2026",
        "5 May",
        "Jan 1, 2026 10:00 pm",
        "Fri May 5 2026 10:20:30 GMT+0200 (CEST)",
        "2026-1-2 10:20 EST",
        "10",
    ],
)
def test_what_v8_reads_is_a_date(text: str) -> None:
    assert is_readable_date(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "latest",
        "2026-13-01",
        "2026-99-99",
        "2026-01-02T25:00",
        "2026-01-02T10",
        "2026-01-02T10:20x",
        "32/13/2026",
        "1 2 3 4",
        "1/2/2026 25:00",
        "1/2/2026 13:00 pm",
        "2026-01-02 foo",
        "-000000",
        "300000",
        "May",
    ],
)
def test_what_v8_cannot_read_is_none(text: str) -> None:
    assert not is_readable_date(text)


@given(st.text() | st.text("0123456789-/:.+ TZjanpmGMT()"))
def test_any_text_has_an_answer(text: str) -> None:
    assert is_readable_date(text) in (True, False)
