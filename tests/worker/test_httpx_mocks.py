"""What mocks httpx answers a Worker's outgoing fetch, through a transport of httpx."""

import httpx
import pytest
import respx
from pyodide.http import AbortError
from pytest_httpx import HTTPXMock
from workers import fetch

from pytest_cfbindings import Cf

URL = "https://api.example/users"


@pytest.fixture(params=[httpx.AsyncHTTPTransport, httpx.HTTPTransport])
def _transport(request: pytest.FixtureRequest, cf: Cf) -> None:
    cf.outbound(request.param())


@pytest.mark.usefixtures("_transport")
async def test_respx_answers(respx_mock: respx.MockRouter) -> None:
    route = respx_mock.post(URL, json={"name": "Ada"})
    route.respond(201, json={"id": 1}, headers={"x-made-by": "respx"})
    response = await fetch(
        URL, method="POST", headers={"content-type": "x/y"}, body='{"name": "Ada"}'
    )
    assert (response.status, await response.json()) == (201, {"id": 1})
    assert response.headers["x-made-by"] == "respx"
    assert route.calls.last.request.headers["content-type"] == "x/y"


@pytest.mark.usefixtures("_transport")
async def test_an_error_of_respx_is_one_of_fetch(respx_mock: respx.MockRouter) -> None:
    respx_mock.get(URL).mock(side_effect=httpx.ConnectError("no route to host"))
    with pytest.raises(AbortError, match="no route to host"):
        await fetch(URL)


@pytest.mark.usefixtures("_transport")
async def test_pytest_httpx_answers(httpx_mock: HTTPXMock) -> None:
    httpx_mock.add_response(method="GET", url=f"{URL}?q=1", text="Ada", status_code=202)
    response = await fetch(f"{URL}?q=1")
    assert (response.status, await response.text()) == (202, "Ada")
    [request] = httpx_mock.get_requests()
    assert request.method == "GET"


async def test_a_router_of_respx_can_be_the_transport(cf: Cf) -> None:
    router = respx.Router()
    router.get(URL).respond(text="Ada")
    cf.outbound(httpx.MockTransport(router.async_handler))
    assert await (await fetch(URL)).text() == "Ada"
