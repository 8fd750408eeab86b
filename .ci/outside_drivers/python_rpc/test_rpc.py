"""`Default.test` of `worker.py`, and the default export of `worker.js` in Python.

JavaScript's values come and go through the raw binding, without the SDK's conversions.
"""

import pytest
from js import Map, Object, Request, Response
from pyodide.ffi import jsnull, to_js


@pytest.fixture
def rpc(env):
    return env.PythonRpc._binding


async def test_worker_py(ctx, env):
    import worker

    await worker.Default(ctx, env).test()


@pytest.mark.parametrize("value", [1, "test", 42, 1.2345, False, True], ids=repr)
async def test_a_primitive_comes_back(rpc, value):
    received = await rpc.identity(value)
    assert (type(received), received) == (type(value), value)


async def test_an_array_comes_back(rpc):
    received = await rpc.identity(to_js([1, 2, 3]))
    assert received.constructor.name == "Array"
    assert received.to_py() == [1, 2, 3]


async def test_a_map_comes_back_as_an_object(rpc):
    received = await rpc.identity(Map.new([["key", 42]]))
    assert received.constructor.name == "Object"
    assert received.to_py() == {"key": 42}


async def test_null_and_undefined_come_back_as_null(rpc):
    assert await rpc.supports_jsnull() is True
    assert await rpc.identity(jsnull) is jsnull
    assert await rpc.identity(None) is jsnull
    given = {"a": 1, "b": jsnull, "c": {"d": jsnull}}
    nested = await rpc.identity(to_js(given, dict_converter=Object.fromEntries))
    assert (nested.a, nested.b, nested.c.d) == (1, jsnull, jsnull)


async def test_a_response_comes_back(rpc):
    received = await rpc.handle_response(Response.new("this is a response"))
    assert await received.text() == "this is a response"
    assert received.constructor.name == "Response"


async def test_a_request_comes_back(rpc):
    init = to_js({"method": "POST"}, dict_converter=Object.fromEntries)
    received = await rpc.handle_request(Request.new("https://test.com", init))
    assert received.method == "POST"
    assert received.constructor.name == "Request"


async def test_a_function_keeps_its_state(rpc):
    counter = await rpc.new_counter()
    assert [await counter(amount) for amount in (2, 1, -5)] == [2, 3, -2]


async def test_a_function_can_be_sent_on(rpc):
    assert await rpc.use_counter(await rpc.new_counter()) == 10
