"""`env` itself, and what the SDK makes of all bindings alike."""

from typing import Any

import pytest
from pyodide.ffi import JsException, JsProxy


def test_vars_are_on_env(env: Any) -> None:
    assert env.GREETING == "hello"
    assert env.LIMITS.daily == 5
    assert env.LIMITS.ratio == 0.5


def test_a_var_of_json_is_javascripts_own_object(env: Any) -> None:
    assert isinstance(env.LIMITS, JsProxy)
    with pytest.raises(TypeError, match="not subscriptable"):
        env.LIMITS["daily"]
    assert env.LIMITS.to_py() == {"daily": 5, "ratio": 0.5}


def test_a_binding_that_is_not_there_is_an_attribute_error(env: Any) -> None:
    with pytest.raises(AttributeError, match="NOTHING"):
        _ = env.NOTHING
    assert getattr(env, "NOTHING", None) is None


def test_env_is_no_container(env: Any) -> None:
    with pytest.raises(TypeError):
        env["KV"]
    with pytest.raises(TypeError):
        _ = "KV" in env
    with pytest.raises(TypeError):
        iter(env)


BINDINGS = ["KV", "DB", "BUCKET", "COUNTER"]


@pytest.mark.parametrize("name", BINDINGS)
def test_a_binding_is_always_the_same(env: Any, name: str) -> None:
    assert getattr(env, name) is getattr(env, name)


@pytest.mark.parametrize("name", BINDINGS)
def test_a_binding_is_true_and_cannot_be_called(env: Any, name: str) -> None:
    binding = getattr(env, name)
    assert bool(binding) is True
    with pytest.raises(TypeError, match="not callable"):
        binding()


@pytest.mark.parametrize(
    "call",
    [
        lambda env: env.KV.get("k"),
        lambda env: env.DB.prepare("SELECT 1").all(),
        lambda env: env.BUCKET.head("k"),
    ],
    ids=["KV", "D1", "R2"],
)
async def test_what_a_call_gives_is_awaited_once(env: Any, call: Any) -> None:
    pending = call(env)
    await pending
    with pytest.raises(RuntimeError, match="cannot reuse already awaited coroutine"):
        await pending


@pytest.mark.parametrize(
    "call",
    [
        lambda env: env.KV.get("", "text"),
        lambda env: env.DB.prepare("SELEC").all(),
        lambda env: env.BUCKET.list(limit=0),
    ],
    ids=["KV", "D1", "R2"],
)
async def test_errors_are_exceptions_of_javascript(env: Any, call: Any) -> None:
    with pytest.raises(JsException) as caught:
        await call(env)
    error = caught.value
    assert str(error) == f"{error.name}: {error.message}"
    assert isinstance(error, Exception)
    assert not isinstance(error, (TypeError, ValueError, RuntimeError))
    assert isinstance(error.stack, str)


@pytest.mark.parametrize("value", [(1,), bytearray(b"x"), [{"a": (1,)}]])
@pytest.mark.parametrize(
    "call",
    [
        lambda env, value: env.KV.put("k", value),
        lambda env, value: env.KV.put("k", "v", metadata=value),
        lambda env, value: env.DB.prepare("SELECT ?").bind(value),
        lambda env, value: env.BUCKET.put("k", "v", customMetadata={"a": value}),
    ],
    ids=["KV value", "KV metadata", "D1", "R2"],
)
def test_tuples_and_bytearrays_cannot_be_sent_at_any_depth(
    env: Any, call: Any, value: Any
) -> None:
    with pytest.raises(TypeError, match=r"cannot be sent over RPC\."):
        call(env, value)
