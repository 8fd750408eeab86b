import pytest

from pytest_cfbindings.web.urls import parse_url


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("http://A.com/../x?q#f", "http://a.com/x?q#f"),
        ("http://a", "http://a/"),
        ("http://a/ b", "http://a/%20b"),
        ("http://user:pw@a/", "http://user:pw@a/"),
        ("ftp://a/", "ftp://a/"),
        ("/p", None),
        ("", None),
        ("null", None),
    ],
)
def test_an_absolute_url_is_parsed_as_browsers_do(text: str, url: str | None) -> None:
    assert parse_url(text) == url
