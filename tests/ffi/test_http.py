import json
from typing import Any

import js
import pytest
from pyodide.http import BodyUsedError, FetchResponse, HttpStatusError, pyfetch

from pytest_cfbindings.javascript.objects import JsObject
from pytest_cfbindings.javascript.promises import JsPromise
from pytest_cfbindings.web.response import Response

from .conftest import Function


def response(body: object = "b", **options: object) -> FetchResponse:
    return FetchResponse("http://u/", js.Response.new(body, **options))


def test_its_attributes_have_pythons_names() -> None:
    made = response(status=201, statusText="Hi")
    assert (made.status, made.status_text, made.ok) == (201, "Hi", True)
    assert (made.redirected, made.type, made.url) == (False, "default", "")
    assert made.headers == {"content-type": "text/plain;charset=UTF-8"}
    assert made.body_used is False


async def test_the_body_is_read_in_many_ways() -> None:
    assert await response("é").text() == "é"
    assert await response().string() == "b"
    assert await response().bytes() == b"b"
    assert bytes(await response().memoryview()) == b"b"
    assert (await response().buffer()).to_bytes() == b"b"
    assert await response('{"a": null}').json() == {"a": None}


async def test_json_is_pythons() -> None:
    made = response("[1.5]")
    assert await made.json(parse_float=lambda text: f"<{text}>") == ["<1.5>"]
    with pytest.raises(json.JSONDecodeError, match="Expecting property name"):
        await response("{").json()


@pytest.mark.parametrize("read", ["text", "bytes", "buffer", "memoryview", "json"])
async def test_a_body_is_read_once(read: str) -> None:
    made = response()
    await made.text()
    assert made.body_used is True
    with pytest.raises(BodyUsedError) as caught:
        await getattr(made, read)()
    assert str(caught.value) == "Response body is already used"
    with pytest.raises(BodyUsedError):
        made.clone()


async def test_a_clone_has_a_body_of_its_own() -> None:
    made = response()
    clone = made.clone()
    assert type(clone) is FetchResponse
    assert [await made.text(), await clone.text()] == ["b", "b"]


@pytest.mark.parametrize(
    ("status", "kind"), [(404, "Client"), (499, "Client"), (500, "Server")]
)
def test_a_failure_can_be_raised(status: int, kind: str) -> None:
    made = response(status=status, statusText="NF")
    with pytest.raises(HttpStatusError) as caught:
        made.raise_for_status()
    assert str(caught.value) == f"{status} {kind} Error: NF for url: "
    assert (caught.value.status, caught.value.status_text) == (status, "NF")


@pytest.mark.parametrize("status", [200, 399])
def test_a_success_raises_nothing(status: int) -> None:
    response(status=status).raise_for_status()


async def test_pyfetch_asks_the_fetcher(js_function: Function) -> None:
    seen: list[Any] = []

    def fetch(url: object, options: JsObject) -> JsPromise:
        seen.append((url, options.properties))
        return JsPromise.resolved(Response.js_construct("answer"))

    answer = await pyfetch("http://u/x", fetcher=js_function(fetch), method="POST")
    assert await answer.text() == "answer"
    [(_, options)] = seen
    assert options["method"] == "POST"


async def test_what_was_fetched_has_a_url() -> None:
    with pytest.raises(AttributeError, match="url"):
        FetchResponse(js.URL.new("http://u/"), js.Response.new("b"))
    made = FetchResponse(js.Request.new("http://u/"), js.Response.new("b"))
    assert await made.clone().text() == "b"
