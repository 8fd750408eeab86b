from collections.abc import Callable

import pytest

from pytest_cfbindings.javascript.arrays import JsArray
from pytest_cfbindings.javascript.errors import JsError, JsThrow
from pytest_cfbindings.javascript.values import null
from pytest_cfbindings.web.url_classes import URL, URLSearchParams
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


def test_a_urls_query_is_live() -> None:
    url = URL.js_construct("http://a/?x=1")
    params = url.js_get("searchParams")
    assert isinstance(params, URLSearchParams)
    params.append("z", "3 4")
    assert url.js_to_string() == "http://a/?x=1&z=3+4"
    url.js_set("search", "?q=5")
    assert params.get("q") == "5"
    params.delete("q")
    assert url.js_to_string() == "http://a/"
    assert url.js_get("searchParams") is params


def test_a_url_can_be_tried() -> None:
    assert URL.canParse("http://a") is True
    assert URL.canParse("x") is False
    assert URL.parse("x") is null
    parsed = URL.parse("x", "http://a")
    assert isinstance(parsed, URL)
    assert parsed.js_to_string() == "http://a/x"


def test_has_and_delete_may_ask_for_a_value() -> None:
    params = URLSearchParams.js_construct("a=1&a=2")
    assert params.has("a", "2") is True
    assert params.has("a", "3") is False
    params.delete("a", "1")
    assert params.js_to_string() == "a=2"


def test_sort_is_stable_by_name() -> None:
    params = URLSearchParams.js_construct("b=1&a=2&b=0&a=1")
    params.sort()
    assert params.js_to_string() == "a=2&a=1&b=1&b=0"


@pytest.mark.parametrize(
    ("make", "text"),
    [
        (
            lambda: URL.js_construct(),
            "Failed to construct 'URL': constructor parameter 1 is not of type"
            " 'USVString'.",
        ),
        (lambda: URL.js_construct("x", "y"), "Invalid URL string."),
        (
            lambda: URLSearchParams.js_construct(JsArray([JsArray(["a"])])),
            "Invalid URL search params sequence.",
        ),
    ],
)
def test_what_is_no_url_is_refused(make: Callable[[], object], text: str) -> None:
    with pytest.raises(JsThrow) as caught:
        make()
    assert isinstance(caught.value.value, JsError)
    assert caught.value.value.message == text
