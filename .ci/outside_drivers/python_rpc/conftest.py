"""PythonRpc is the Worker's own entrypoint; JsRpc is `worker.js`, redone in Python."""

import pytest


class JsRpcTester:
    """The class of this name in `worker.js`."""

    async def noArgs(self):
        return "hello from js"

    async def oneArg(self, a):
        return f"{a}"

    async def identity(self, x):
        return x

    async def handleResponse(self, response):
        assert response.js_object.constructor.name == "Response"
        return response

    async def handleRequest(self, request):
        assert request.js_object.constructor.name == "Request"
        return request

    async def newCounter(self):
        value = 0

        def count(amount=0):
            nonlocal value
            value += amount
            return value

        return count

    async def useCounter(self, counter):
        return await counter(10)


@pytest.fixture(autouse=True)
async def ctx(cf):
    import worker
    from workers import wait_until

    class Ctx:
        waitUntil = staticmethod(wait_until)

    cf.provide("JsRpc", JsRpcTester())
    cf.provide("PythonRpc", worker.PythonRpcTester(Ctx(), cf.env))
    yield Ctx()
    await cf.settle()
