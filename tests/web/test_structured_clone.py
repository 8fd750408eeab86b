"""What structuredClone makes of the web platform's objects (measured on workerd)."""

import pytest

from pytest_cfbindings.javascript.arrays import JsArray
from pytest_cfbindings.javascript.buffers import JsArrayBuffer
from pytest_cfbindings.javascript.maps import JsSet
from pytest_cfbindings.javascript.objects import JsObject
from pytest_cfbindings.javascript.structured_clone import structured_clone
from pytest_cfbindings.javascript.values import null, undefined
from pytest_cfbindings.web.blobs import Blob, File
from pytest_cfbindings.web.form_data import FormData
from pytest_cfbindings.web.global_functions import clone
from pytest_cfbindings.web.headers import Headers
from pytest_cfbindings.web.readable_streams import ReadableStream
from pytest_cfbindings.web.request import Request
from pytest_cfbindings.web.response import Response
from pytest_cfbindings.web.url_classes import URL, URLSearchParams
from tests.javascript.throws import thrown

STREAM = "DataCloneError: ReadableStream can only be serialized for RPC."


def test_headers_are_copied() -> None:
    value = Headers([("a", "1"), ("set-cookie", "x"), ("set-cookie", "y")])
    copy = structured_clone(value)
    value.append("b", "2")
    assert isinstance(copy, Headers)
    assert list(copy.fields()) == [("a", "1"), ("set-cookie", "x"), ("set-cookie", "y")]


def test_a_blob_is_copied() -> None:
    copy = structured_clone(Blob(b"abc", "text/x"))
    assert isinstance(copy, Blob)
    assert (copy.data, copy.content_type) == (b"abc", "text/x")


@pytest.mark.parametrize(
    "value", [Request.js_construct("http://x/"), Response.js_construct(null)]
)
def test_a_message_without_a_body_is_copied(value: Request | Response) -> None:
    value.header_list.append("a", "1")
    copy = structured_clone(value)
    assert isinstance(copy, (Request, Response))
    assert copy.js_get("url") == value.js_get("url")
    assert copy.header_list.get("a") == "1"


@pytest.mark.parametrize(
    "value",
    [
        ReadableStream.of_bytes(b""),
        Response.js_construct("x"),
        Request.js_construct("http://x/", JsObject({"method": "PUT", "body": "x"})),
    ],
)
def test_a_body_is_not_cloned(value: JsObject) -> None:
    assert thrown(structured_clone, value) == STREAM


@pytest.mark.parametrize(
    "value",
    [
        *(URL.js_construct("http://x/"), URLSearchParams.js_construct("a=b")),
        *(FormData(), File(b"", "name")),
    ],
)
def test_other_objects_of_the_platform_are_refused(value: JsObject) -> None:
    assert thrown(structured_clone, value) == (
        f'DataCloneError: Could not serialize object of type "{value.class_name}".'
        " This type does not support serialization."
    )


def wrong(index: int, kind: str) -> str:
    return (
        "TypeError: Failed to execute 'structuredClone' on 'ServiceWorkerGlobalScope':"
        f" parameter {index} is not of type '{kind}'."
    )


def test_a_value_has_to_be_given() -> None:
    assert thrown(clone) == wrong(1, "JsValue")
    assert clone(undefined) is undefined


@pytest.mark.parametrize("options", [2, "x", True])
def test_options_are_an_object(options: object) -> None:
    assert thrown(clone, 1, options) == wrong(2, "StructuredCloneOptions")


@pytest.mark.parametrize(
    "options", [null, undefined, JsObject(), JsArray(), JsObject({"transfer": None})]
)
def test_options_may_say_nothing(options: object) -> None:
    assert clone(1, options) == 1


@pytest.mark.parametrize("transfer", [null, 5, "ab", JsObject(), JsSet()])
def test_transfer_is_an_array(transfer: object) -> None:
    assert thrown(clone, 1, JsObject({"transfer": transfer})) == (
        "TypeError: Incorrect type for the 'transfer' field on"
        " 'StructuredCloneOptions': the provided value is not of type 'Array'."
    )


def test_transfer_takes_the_bytes_along() -> None:
    buffer = JsArrayBuffer(b"abc")
    copy = clone(buffer, JsObject({"transfer": JsArray([buffer])}))
    assert isinstance(copy, JsArrayBuffer)
    assert (copy.to_bytes(), buffer.to_bytes()) == (b"abc", b"")
