"""Service bindings to a handler or an object that the test gives."""

from typing import Any

import pytest
from pyodide.ffi import JsException
from workers import Request, Response

from pytest_cfbindings import Cf, UnusableBinding


class Users:
    def __init__(self) -> None:
        self.got: list[Any] = []

    async def fetch(self, request: Request) -> Response:
        text = f"{request.method} {request.url} {await request.text()}"
        return Response(text, status=202)

    async def find(self, query: Any) -> Any:
        self.got.append(query)
        query["seen"] = True
        return {"name": "Ada", "tags": ["a"]}

    async def fail(self) -> None:
        raise ValueError("no such user")

    async def call_back(self, function: Any) -> Any:
        return await function(20)


@pytest.fixture
def users(cf: Cf) -> Users:
    made = Users()
    cf.provide("SVC", made)
    return made


async def test_fetch_reaches_the_objects_fetch(users: Users, env: Any) -> None:
    response = await env.SVC.fetch("https://svc/x", method="POST", body="b")
    assert (response.status, await response.text()) == (202, "POST https://svc/x b")


async def test_a_function_is_a_fetch_handler(cf: Cf, env: Any) -> None:
    cf.provide("SVC", lambda request: Response(request.url))
    response = await env.SVC.fetch("https://svc/y")
    assert await response.text() == "https://svc/y"


async def test_methods_are_called_over_rpc_with_copies(users: Users, env: Any) -> None:
    query = {"id": 1}
    assert await env.SVC.find(query) == {"name": "Ada", "tags": ["a"]}
    assert query == {"id": 1}
    assert users.got == [{"id": 1, "seen": True}]


async def test_functions_are_sent_by_reference(users: Users, env: Any) -> None:
    assert await env.SVC.call_back(lambda number: number + 1) == 21


async def test_what_cannot_be_cloned_is_refused(users: Users, env: Any) -> None:
    with pytest.raises(JsException, match="DataCloneError"):
        await env.SVC.find(frozenset((1,)))


async def test_an_exception_arrives_as_production_sends_it(
    users: Users, env: Any
) -> None:
    with pytest.raises(JsException) as caught:
        await env.SVC.fail()
    assert caught.value.name == "PythonError"
    assert caught.value.message.endswith("ValueError: no such user\n")


async def test_a_method_that_is_not_there(users: Users, env: Any) -> None:
    with pytest.raises(JsException, match="TypeError: Method nope does not exist"):
        await env.SVC.nope()


async def test_without_anything_behind_it_a_service_is_refused(env: Any) -> None:
    with pytest.raises(UnusableBinding, match=r"cf\.provide\(\"SVC\", fake\)"):
        await env.SVC.fetch("https://svc/")
