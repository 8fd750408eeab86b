import pytest

from pytest_cfbindings.javascript.conversions import to_string
from pytest_cfbindings.javascript.objects import JsObject, native
from pytest_cfbindings.javascript.promises import JsPromise
from pytest_cfbindings.javascript.values import null, undefined
from pytest_cfbindings.web.readable_streams import ReadableStream
from pytest_cfbindings.web.request import Request
from tests.javascript.throws import thrown

NO_BODY = "TypeError: Request with a GET or HEAD method cannot have a body."


def request(url: object = "http://a", **values: object) -> Request:
    return Request.js_construct(url, JsObject({**values}))


def posted(body: object = "x", **values: object) -> Request:
    return request(method="POST", body=body, **values)


def test_a_request_is_a_get() -> None:
    made = Request.js_construct("http://A.com/../x?q#f")
    names = ("url", "method", "redirect", "body", "bodyUsed", "fetcher", "integrity")
    assert [made.js_get(name) for name in names] == [
        *("http://a.com/x?q#f", "GET", "follow", null, False, null, "")
    ]
    assert (made.js_get("keepalive"), made.js_get("cf")) == (False, undefined)
    assert made.js_get("cache") is undefined
    assert to_string(made) == "[object Request]"


def test_a_url_may_be_any_value_with_a_text() -> None:
    url = JsObject({"toString": native(lambda: "http://b")})
    assert Request.js_construct(url).js_get("url") == "http://b/"


@pytest.mark.parametrize(
    ("url", "shown"),
    [("/p", "/p"), ("", ""), (null, "null"), (JsObject(), "[object Object]")],
)
def test_a_url_is_absolute(url: object, shown: str) -> None:
    assert thrown(Request.js_construct, url) == f"TypeError: Invalid URL: {shown}"


def test_a_url_is_needed() -> None:
    assert thrown(Request.js_construct) == (
        "TypeError: Failed to construct 'Request': constructor parameter 1 is not of"
        " type 'Request or string'."
    )


@pytest.mark.parametrize("value", [5, "x"])
def test_the_second_argument_is_an_object(value: object) -> None:
    assert thrown(Request.js_construct, "http://a", value) == (
        "TypeError: Failed to construct 'Request': constructor parameter 2 is not of"
        " type 'RequestInitializerDict or Request'."
    )


@pytest.mark.parametrize("value", [null, undefined])
def test_the_second_argument_may_be_nothing(value: object) -> None:
    assert Request.js_construct("http://a", value).js_get("url") == "http://a/"


@pytest.mark.parametrize("method", ["post", "PoSt", "POST"])
def test_a_method_is_upper_case(method: str) -> None:
    assert request(method=method).js_get("method") == "POST"


@pytest.mark.parametrize("method", ["FOO", "", "CONNECT"])
def test_a_method_is_one_of_http(method: str) -> None:
    assert thrown(lambda: request(method=method)) == (
        f"TypeError: Invalid HTTP method string: {method}"
    )


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("body", ["x", ""])
def test_some_methods_have_no_body(method: str, body: str) -> None:
    assert thrown(lambda: request(method=method, body=body)) == NO_BODY


@pytest.mark.parametrize("body", [null, undefined])
def test_nothing_is_no_body(body: object) -> None:
    assert request(body=body).js_get("method") == "GET"


async def test_a_text_brings_its_content_type() -> None:
    made = posted()
    assert made.header_list.get("content-type") == "text/plain;charset=UTF-8"
    assert await made.text() == "x"
    own = posted(headers=JsObject({"Content-Type": "q"}))
    assert own.header_list.get("content-type") == "q"


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        (
            "headers",
            5,
            "Incorrect type for the 'headers' field on 'RequestInitializerDict': the"
            " provided value is not of type 'Headers or Sequence or object'.",
        ),
        (
            "cf",
            5,
            "Incorrect type for the 'cf' field on 'RequestInitializerDict': the"
            " provided value is not of type 'Object'.",
        ),
        (
            "redirect",
            "x",
            'Invalid redirect value, must be one of "follow" or "manual" ("error"'
            " won't be implemented since it does not make sense at the edge; use"
            ' "manual" and check the response status code).',
        ),
    ],
)
def test_an_option_has_its_type(name: str, value: object, message: str) -> None:
    assert thrown(lambda: request(**{name: value})) == f"TypeError: {message}"


def test_options_are_kept() -> None:
    cf = JsObject({"x": 1})
    made = request(redirect="manual", cf=cf, headers=JsObject({"B": "1", "a": "2"}))
    assert made.js_get("redirect") == "manual"
    assert made.js_get("cf") is cf
    assert list(made.header_list.fields()) == [("a", "2"), ("b", "1")]


async def test_a_request_of_a_request_takes_its_body() -> None:
    first = posted()
    second = Request.js_construct(first)
    assert await second.text() == "x"
    assert second.js_get("method") == "POST"
    assert first.js_get("bodyUsed") is True


async def test_a_request_of_a_request_with_another_body_leaves_it_alone() -> None:
    first = posted()
    second = Request.js_construct(first, JsObject({"body": "y"}))
    assert first.js_get("bodyUsed") is False
    assert [await first.text(), await second.text()] == ["x", "y"]


def test_a_request_of_a_request_with_other_headers_has_only_those() -> None:
    first = request(headers=JsObject({"a": "1"}))
    second = Request.js_construct(first, JsObject({"headers": JsObject({"b": "1"})}))
    assert list(second.header_list.fields()) == [("b", "1")]


def test_a_request_can_be_the_options_of_another() -> None:
    first = request(headers=JsObject({"a": "1"}))
    second = Request.js_construct("http://b", first)
    assert second.js_get("url") == "http://b/"
    assert list(second.header_list.fields()) == [("a", "1")]


def test_a_request_with_a_body_does_not_become_a_get() -> None:
    init = JsObject({"method": "GET"})
    assert thrown(Request.js_construct, posted(), init) == NO_BODY


def test_a_used_body_does_not_move() -> None:
    first = posted()
    assert isinstance(first.text(), JsPromise)
    assert thrown(Request.js_construct, first) == (
        "TypeError: Cannot reconstruct a Request with a used body."
    )
    assert thrown(first.clone) == (
        "TypeError: This ReadableStream is currently locked to a reader,"
    )


def test_a_body_in_a_readers_hands_does_not_move() -> None:
    first = posted()
    stream = first.js_get("body")
    assert isinstance(stream, ReadableStream)
    stream.getReader()
    assert thrown(Request.js_construct, first) == (
        "TypeError: The ReadableStream has been locked to a reader."
    )


async def test_a_clone_has_a_body_and_headers_of_its_own() -> None:
    first = posted(headers=JsObject({"a": "1"}))
    clone = first.clone()
    clone.header_list.set("a", "2")
    assert [await first.text(), await clone.text()] == ["x", "x"]
    assert first.header_list.get("a") == "1"
