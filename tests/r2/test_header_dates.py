"""Dates in headers, as workerd reads them (measured)."""

import pytest

from pytest_cfbindings.r2.header_dates import header_date


@pytest.mark.parametrize(
    ("text", "milliseconds"),
    [
        ("Wed, 21 Oct 2015 07:28:00 GMT", 1445412480000),
        ("Wed, 21 Oct 2015 07:28:00", 1445412480000),
        ("Wed, 21 Oct 2015 07:28:00 +0200", 1445405280000),
        ("Wed, 21 Oct 2015 07:28:00 PDT", 1445437680000),
        ("Wednesday, 21-Oct-15 07:28:00 GMT", 1445412480000),
        ("Wed Oct 21 07:28:00 2015", 1445412480000),
        ("Oct 21, 2015 7:28 PM", 1445455680000),
        ("Wed, 21 Oct 2015 12:00 AM EST", 1445403600000),
        ("Wed, 21 Oct 2015 24:00:00 GMT", 1445472000000),
        ("2020-01-01", 1577836800000),
        ("2020-01-01T10:00:00.123456Z", 1577872800123),
        ("2020-01-01T10:00:00+02:00", 1577865600000),
        ("2015-02-30", 1425254400000),
        ("2015-10", 1443657600000),
        ("10/21/2015", 1445385600000),
        ("1/2/70", 86400000),
        ("-1", 978307200000),
        ("49", 2493072000000),
        ("50", -631152000000),
    ],
)
def test_what_javascript_reads_is_that_instant(text: str, milliseconds: int) -> None:
    assert header_date(text) == milliseconds


@pytest.mark.parametrize("text", ["", "garbage", "12:30", "21", "1e3"])
def test_what_is_no_date_is_the_epoch(text: str) -> None:
    assert header_date(text) == 0


@pytest.mark.parametrize(
    ("text", "milliseconds"),
    [("100", -3671226978871), ("+010000-01-01", -4852116231933)],
)
def test_what_nanoseconds_cannot_hold_wraps_around(
    text: str, milliseconds: int
) -> None:
    assert header_date(text) == milliseconds
