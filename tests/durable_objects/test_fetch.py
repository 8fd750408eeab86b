"""fetch on a stub: what the object sees of the request (measured on workerd)."""

from typing import Any

import js
import pytest
from pyodide.ffi import to_js
from pyodide.http import AbortError
from workers import Request, Response


@pytest.fixture(autouse=True)
def _shows_headers(monkeypatch: pytest.MonkeyPatch) -> None:
    import objects  # type: ignore[import-not-found]

    async def fetch(_self: Any, request: Any) -> Any:
        headers = {name: request.headers[name] for name in request.headers}
        return Response.json([headers, await request.text()])

    monkeypatch.setattr(objects.Counter, "fetch", fetch)


async def seen(stub: Any, *arguments: Any, **options: Any) -> Any:
    answer = await stub.fetch(*(arguments or ("https://room/",)), **options)
    return await answer.json()


TEXT = {"content-type": "text/plain;charset=UTF-8"}


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        ("hällo", {"content-length": "6", **TEXT}),
        ("", {"content-length": "0", **TEXT}),
        (b"\x01\x02", {"content-length": "2"}),
        (None, {}),
    ],
)
async def test_a_body_has_its_length(stub: Any, body: Any, headers: Any) -> None:
    given = {} if body is None else {"body": body}
    text = body.decode() if isinstance(body, bytes) else body or ""
    assert await seen(stub, method="POST", **given) == [headers, text]


async def test_a_request_that_is_passed_on_has_it_too(stub: Any) -> None:
    request = Request("https://room/", method="POST", body="abc")
    assert await seen(stub, request) == [{"content-length": "3", **TEXT}, "abc"]


async def test_a_stream_whose_length_nobody_knows_comes_in_chunks(stub: Any) -> None:
    chunks = getattr(js.ReadableStream, "from")(to_js([b"ab", b"c"]))
    headers = {"transfer-encoding": "chunked"}
    assert await seen(stub, method="POST", body=chunks) == [headers, "abc"]


@pytest.mark.parametrize("name", ["content-length", "transfer-encoding"])
async def test_a_header_of_the_callers_own_is_left_alone(stub: Any, name: str) -> None:
    headers, _ = await seen(stub, method="POST", body="abc", headers={name: "99"})
    assert headers == {name: "99", **TEXT}


async def test_user_names_and_fragments_stay_behind(
    stub: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    import objects

    async def fetch(_self: Any, request: Any) -> Any:
        return Response(request.url)

    monkeypatch.setattr(objects.Counter, "fetch", fetch)
    answer = await stub.fetch("https://user:secret@room:81/a?b=@#part")
    assert await answer.text() == "https://room:81/a?b=@"


async def test_only_http_is_fetched(stub: Any) -> None:
    with pytest.raises(AbortError, match="Fetch API cannot load: ftp://room/"):
        await stub.fetch("ftp://room/")


@pytest.mark.parametrize("answer", [None, "text", {"a": 1}])
async def test_the_answer_is_a_response(
    stub: Any, answer: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    import objects

    monkeypatch.setattr(objects.Counter, "fetch", lambda _self, _request: answer)
    with pytest.raises(AbortError, match="the Promise did not resolve to 'Response'"):
        await stub.fetch("https://room/")


async def test_a_url_of_javascript_is_no_request(stub: Any) -> None:
    with pytest.raises(AttributeError, match=r"^url$"):
        await stub.fetch(js.URL.new("https://room/"))
    assert await seen(stub, js.URL.new("https://room/").href) == [{}, ""]
