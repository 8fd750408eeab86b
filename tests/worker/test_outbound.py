"""Outgoing fetch: blocked, unless the test says who answers."""

from typing import Any
from unittest.mock import AsyncMock

import httpx
import pytest
from js import fetch as js_fetch
from pyodide.ffi import JsException
from pyodide.http import AbortError, pyfetch
from workers import Request, Response, fetch

from pytest_cfbindings import Cf

BLOCKED = r"fetch of https://api\.example/x \(GET\) was blocked.*cf\.outbound"


async def test_every_way_to_fetch_is_blocked_and_names_the_url(cf: Cf) -> None:
    with pytest.raises(JsException, match=BLOCKED):
        await js_fetch("https://api.example/x")
    for send in (fetch, pyfetch):
        with pytest.raises((AbortError, JsException), match=BLOCKED):
            await send("https://api.example/x")


async def test_a_handler_answers_what_the_worker_fetches(cf: Cf) -> None:
    async def handler(request: Request) -> Response:
        text = f"{request.method} {request.url} {await request.text()}"
        return Response(text, status=201)

    cf.outbound(handler)
    response = await cf.fetch("/fetches")
    assert response.status == 201
    assert await response.text() == "POST https://api.example/users?q=1 x"


async def test_a_handler_need_not_be_async(cf: Cf) -> None:
    cf.outbound(lambda request: Response(request.url))
    response = await js_fetch("https://api.example/x")
    assert await response.text() == response.url == "https://api.example/x"


async def test_a_mock_is_a_handler(cf: Cf) -> None:
    handler = AsyncMock(return_value=Response("ok"))
    cf.outbound(handler)
    await js_fetch("https://api.example/x")
    [call] = handler.await_args_list
    assert call.args[0].url == "https://api.example/x"


async def test_the_next_test_is_blocked_again(cf: Cf) -> None:
    cf.outbound(lambda request: Response("ok"))
    cf.reset()
    with pytest.raises(JsException, match=BLOCKED):
        await js_fetch("https://api.example/x")


async def test_what_a_handler_raises_is_an_error_of_fetch(cf: Cf) -> None:
    def handler(request: Request) -> Response:
        raise ConnectionError("Network connection lost.")

    cf.outbound(handler)
    with pytest.raises(JsException) as caught:
        await js_fetch("https://api.example/x")
    assert str(caught.value) == "Error: Network connection lost."


def redirecting(request: Request) -> Response:
    status = {"/302": 302, "/308": 308, "/loop": 302}
    path = request.url.removeprefix("https://api.example")
    if path in status:
        to = path if path == "/loop" else "/end"
        return Response(None, status=status[path], headers={"location": to})
    return Response(f"{request.method} {request.headers.get('x-kept')}")


async def test_redirects_are_followed(cf: Cf) -> None:
    cf.outbound(redirecting)
    response = await js_fetch("https://api.example/302", method="POST", body="x")
    assert (response.url, response.redirected) == ("https://api.example/end", True)
    assert await response.text() == "GET None"
    kept = {"x-kept": "yes"}
    response = await fetch("https://api.example/308", method="POST", headers=kept)
    assert await response.text() == "POST yes"


async def test_redirects_are_not_followed_by_hand(cf: Cf) -> None:
    cf.outbound(redirecting)
    response = await js_fetch("https://api.example/302", redirect="manual")
    assert response.status == 302


async def test_a_circle_of_redirects_ends(cf: Cf) -> None:
    cf.outbound(redirecting)
    with pytest.raises(JsException, match=r"TypeError: Too many redirects\.https"):
        await js_fetch("https://api.example/loop")


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (
            (),
            "TypeError: Failed to execute 'fetch' on 'ServiceWorkerGlobalScope':"
            " parameter 1 is not of type 'Request or string'.",
        ),
        (("/x",), "TypeError: Invalid URL: /x"),
        (("ftp://o/x",), "TypeError: Fetch API cannot load: ftp://o/x"),
    ],
)
async def test_what_cannot_be_fetched(
    cf: Cf, arguments: tuple[str, ...], text: str
) -> None:
    with pytest.raises(JsException) as caught:
        await js_fetch(*arguments)
    assert str(caught.value) == text


def answer(request: httpx.Request) -> httpx.Response:
    if request.url.path == "/empty":
        return httpx.Response(204)
    text = f"{request.method} {request.headers['x']} {request.content!r}"
    return httpx.Response(202, text=text, headers=[("set-cookie", "a=1")])


async def test_a_transport_of_httpx_answers(cf: Cf) -> None:
    cf.outbound(httpx.MockTransport(answer))
    response = await fetch(
        "https://api.example/x", method="PUT", headers={"X": "1"}, body="abc"
    )
    assert (response.status, response.status_text) == (202, "Accepted")
    assert await response.text() == "PUT 1 b'abc'"
    assert response.headers.get("set-cookie") == "a=1"
    assert (await js_fetch("https://api.example/empty")).status == 204


async def test_a_sync_transport_answers(cf: Cf) -> None:
    class Transport(httpx.BaseTransport):
        def handle_request(self, request: httpx.Request) -> httpx.Response:
            return httpx.Response(200, text="sync")

    cf.outbound(Transport())
    assert await (await js_fetch("https://api.example/x")).text() == "sync"


def test_anything_else_is_refused(cf: Cf) -> None:
    wrong: Any = 5
    with pytest.raises(TypeError, match="takes a handler, or a transport of httpx"):
        cf.outbound(wrong)
