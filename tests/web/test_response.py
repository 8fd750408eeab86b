import pytest

from pytest_cfbindings.javascript.arrays import JsArray
from pytest_cfbindings.javascript.conversions import to_string
from pytest_cfbindings.javascript.json_parse import revive
from pytest_cfbindings.javascript.objects import JsObject, ReadOnly, native
from pytest_cfbindings.javascript.promises import JsPromise
from pytest_cfbindings.javascript.typed_arrays import Uint8Array
from pytest_cfbindings.javascript.values import JsBigInt, null, undefined
from pytest_cfbindings.web.readable_streams import ReadableStream
from pytest_cfbindings.web.response import Response, default_phrase
from tests.javascript.throws import thrown

OUT_OF_RANGE = (
    "RangeError: Responses may only be constructed with status codes in the range 200"
    " to 599, inclusive."
)
NULL_BODY = (
    "TypeError: Response with null body status (101, 204, 205, or 304) cannot have a"
    " body."
)


def init(**values: object) -> JsObject:
    return JsObject({**values})


def test_a_response_is_200_and_empty() -> None:
    made = Response.js_construct()
    names = ("status", "statusText", "ok", "body", "type", "url", "redirected")
    assert [made.js_get(name) for name in names] == [
        *(200, "OK", True, null, "default", "", False)
    ]
    assert (made.js_get("webSocket"), made.js_get("cf")) == (null, undefined)
    assert to_string(made) == "[object Response]"


@pytest.mark.parametrize(
    ("status", "code"), [(200.9, 200), ("201", 201), (undefined, 200), (599, 599)]
)
def test_a_status_is_an_integer(status: object, code: int) -> None:
    made = Response.js_construct("x", init(status=status))
    assert made.js_get("status") == code


@pytest.mark.parametrize("status", [5, 101, 199, 600, null, "x", -1])
def test_a_status_is_between_200_and_599(status: object) -> None:
    assert thrown(Response.js_construct, null, init(status=status)) == OUT_OF_RANGE


@pytest.mark.parametrize(
    ("status", "message"),
    [
        (
            2**31,
            "TypeError: Value out of range. Must be between -2147483648 and 2147483647"
            " (inclusive).",
        ),
        (JsBigInt(200), "TypeError: Cannot convert a BigInt value to a number"),
    ],
)
def test_a_status_is_a_32_bit_integer(status: object, message: str) -> None:
    assert thrown(Response.js_construct, "x", init(status=status)) == message


@pytest.mark.parametrize(
    ("status", "phrase"),
    [
        (200, "OK"),
        (203, "Non-Authoritative Information"),
        (205, "Reset Content"),
        (209, "Successful"),
        (299, "Successful"),
        (302, "Found"),
        (306, "Redirection"),
        (308, "Permanent Redirect"),
        (309, "Redirection"),
        (404, "Not Found"),
        (413, "Payload Too Large"),
        (414, "URI Too Long"),
        (416, "Range Not Satisfiable"),
        (418, "I'm a teapot"),
        (419, "Client Error"),
        (422, "Unprocessable Entity"),
        (425, "Client Error"),
        (431, "Request Header Fields Too Large"),
        (451, "Unavailable For Legal Reasons"),
    ],
)
def test_a_status_has_workerds_words(status: int, phrase: str) -> None:
    assert default_phrase(status) == phrase


@pytest.mark.parametrize(("text", "kept"), [("Hi", "Hi"), (5, "5"), ("", "")])
def test_a_status_text_is_kept(text: object, kept: str) -> None:
    made = Response.js_construct("x", init(status=299, statusText=text))
    assert made.js_get("statusText") == kept


@pytest.mark.parametrize("text", ["a\nb", "a\rb", "\0"])
def test_a_status_text_is_one_line(text: str) -> None:
    assert thrown(Response.js_construct, "x", init(statusText=text)) == (
        "TypeError: Invalid statusText"
    )


@pytest.mark.parametrize(("status", "ok"), [(200, True), (299, True), (404, False)])
def test_ok_is_a_status_below_300(status: int, ok: bool) -> None:
    assert Response.js_construct("x", init(status=status)).js_get("ok") is ok


@pytest.mark.parametrize("status", [204, 205, 304])
@pytest.mark.parametrize(
    "body",
    ["x", JsArray(), Uint8Array.of_bytes(b"x"), ReadableStream.of_bytes(b""), 0],
)
def test_some_statuses_have_no_body(status: int, body: object) -> None:
    assert thrown(Response.js_construct, body, init(status=status)) == NULL_BODY


@pytest.mark.parametrize("body", ["", Uint8Array.of_bytes(b""), null, undefined])
def test_nothing_is_no_body(body: object) -> None:
    made = Response.js_construct(body, init(status=204))
    assert made.js_get("body") is null
    assert list(made.header_list.fields()) == []


@pytest.mark.parametrize("value", [5, "x", True])
def test_the_second_argument_is_an_object(value: object) -> None:
    assert thrown(Response.js_construct, "x", value) == (
        "TypeError: Failed to construct 'Response': constructor parameter 2 is not of"
        " type 'InitializerDict or Response'."
    )


@pytest.mark.parametrize("value", [5, null, "x"])
def test_headers_are_an_object(value: object) -> None:
    assert thrown(Response.js_construct, "x", init(headers=value)) == (
        "TypeError: Incorrect type for the 'headers' field on 'InitializerDict': the"
        " provided value is not of type 'Headers or Sequence or object'."
    )


def test_a_content_type_of_ones_own_is_kept() -> None:
    headers = JsObject({"Content-Type": "q"})
    made = Response.js_construct("x", init(headers=headers))
    assert list(made.header_list.fields()) == [("content-type", "q")]


async def test_json_is_written_without_spaces() -> None:
    made = Response.of_json(revive({"a": [1, None]}), init(status=201))
    assert made.js_get("status") == 201
    assert list(made.header_list.fields()) == [("content-type", "application/json")]
    assert await made.text() == '{"a":[1,null]}'


@pytest.mark.parametrize("value", [undefined, native(lambda: 1)])
async def test_json_of_what_has_no_text_is_undefined(value: object) -> None:
    assert await Response.of_json(value).text() == "undefined"


def test_json_keeps_a_content_type_and_refuses_some_values() -> None:
    made = Response.of_json(1, init(headers=JsObject({"content-type": "x"})))
    assert made.header_list.get("content-type") == "x"
    assert thrown(Response.of_json, JsBigInt(1)) == (
        "TypeError: Do not know how to serialize a BigInt"
    )
    assert thrown(Response.of_json) == (
        "TypeError: Failed to execute 'json' on 'Response': parameter 1 is not of type"
        " 'JsValue'."
    )
    assert thrown(Response.of_json, JsObject(), init(status=204)) == NULL_BODY


def test_a_redirect_has_a_location() -> None:
    made = Response.redirect("http://a/ b")
    assert (made.js_get("status"), made.js_get("statusText")) == (302, "Found")
    assert made.js_get("body") is null
    assert made.header_list.get("location") == "http://a/%20b"
    assert Response.redirect("http://a/", "301").js_get("status") == 301


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("/x",), "TypeError: Unable to parse URL: /x"),
        (
            ("http://a/", 500),
            "RangeError: 500 is not a redirect status code."
            " It must be one of: 301, 302, 303, 307, or 308.",
        ),
        (
            ("http://a/", null),
            "RangeError: 0 is not a redirect status code."
            " It must be one of: 301, 302, 303, 307, or 308.",
        ),
        (
            (),
            "TypeError: Failed to execute 'redirect' on 'Response': parameter 1 is not"
            " of type 'string'.",
        ),
    ],
)
def test_a_redirect_needs_a_url_and_a_status(
    arguments: tuple[object, ...], message: str
) -> None:
    assert thrown(Response.redirect, *arguments) == message


async def test_a_clone_has_a_body_and_headers_of_its_own() -> None:
    headers = JsObject({"a": "1"})
    made = Response.js_construct("abc", init(status=201, headers=headers))
    clone = made.clone()
    clone.header_list.set("a", "2")
    assert [await clone.text(), await made.text()] == ["abc", "abc"]
    assert (clone.js_get("status"), clone.js_get("statusText")) == (201, "Created")
    assert made.header_list.get("a") == "1"


async def test_a_used_response_is_not_cloned() -> None:
    made = Response.js_construct("abc")
    promise = made.text()
    assert isinstance(promise, JsPromise)
    assert thrown(made.clone) == (
        "TypeError: This ReadableStream is currently locked to a reader,"
    )


def test_a_response_can_be_read_only() -> None:
    with pytest.raises(ReadOnly, match=r"^status$"):
        Response.js_construct().js_set("status", 5)
