"""The whole Worker answers a request: `cf.fetch`."""

from typing import Any

import pytest
from pyodide.ffi import JsException
from workers import Request, Response

from pytest_cfbindings import Cf


async def test_a_path_reaches_the_default_entrypoint(cf: Cf, env: Any) -> None:
    await env.KV.put("page", "hello")
    response = await cf.fetch("/")
    assert isinstance(response, Response)
    assert response.status == 200
    assert await response.text() == "hello"


async def test_method_headers_and_body_arrive(cf: Cf) -> None:
    response = await cf.fetch("/echo", method="PUT", headers={"X": "1"}, body="text")
    assert response.status == 201
    assert response.headers["x-made-by"] == "echo"
    assert await response.json() == {
        "method": "PUT",
        "type": "text/plain;charset=UTF-8",
        "x": "1",
        "body": "text",
    }


async def test_json_is_posted_as_json(cf: Cf) -> None:
    answer = await (await cf.fetch("/echo", json={"a": [1, None]})).json()
    assert answer["method"] == "POST"
    assert answer["type"] == "application/json"
    assert answer["body"] == '{"a": [1, null]}'


async def test_a_url_and_a_request_are_taken_as_they_are(cf: Cf) -> None:
    import entry  # type: ignore[import-not-found]

    await cf.fetch("https://example.com/?q=1")
    await cf.fetch(Request("https://example.com/echo", method="POST", body="x"))
    assert [request.url for request in entry.requests[-2:]] == [
        "https://example.com/?q=1",
        "https://example.com/echo",
    ]


async def test_a_test_that_imports_the_main_module_gets_the_workers_own(
    cf: Cf,
) -> None:
    import entry

    before = len(entry.requests)
    await cf.fetch("/")
    assert len(entry.requests) == before + 1
    assert entry.loaded_at == "sibling"


async def test_what_a_handler_raises_reaches_the_test(cf: Cf) -> None:
    with pytest.raises(ValueError, match="broken") as caught:
        await cf.fetch("/fails")
    assert caught.traceback[-1].name == "fails"


async def test_a_result_that_is_no_response_is_a_type_error(cf: Cf) -> None:
    with pytest.raises(JsException) as caught:
        await cf.fetch("/no_response")
    assert str(caught.value) == (
        "TypeError: Incorrect type for Promise: the Promise did not resolve to"
        " 'Response'."
    )


async def test_settle_waits_for_what_was_left_behind(cf: Cf, env: Any) -> None:
    response = await cf.fetch("/later")
    assert await response.text() == "soon"
    await cf.settle()
    assert await env.KV.get("later") == "done"
    assert await env.KV.get("later too") == "done"


async def test_settle_raises_what_was_raised_there(cf: Cf) -> None:
    await cf.fetch("/fails_later")
    with pytest.raises(LookupError, match="too late"):
        await cf.settle()
    await cf.settle()


async def test_wait_until_takes_nothing_but_promises_and_coroutines(cf: Cf) -> None:
    with pytest.raises(JsException, match="parameter 1 is not of type 'Promise'"):
        await cf.fetch("/wrong_wait")


def test_a_sync_test_fetches_with_run(cf: Cf) -> None:
    response = cf.run(cf.fetch("/"))
    assert cf.run(response.text()) == "nothing"
