"""Calls between objects: what crosses, and what is said of what does not (measured).

Measured with Python Workers on workerd; `tests/conformance` has the main cases.
"""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from pyodide.ffi import JsException

from pytest_cfbindings.control import Cf

NOT_SENT = (
    "DataCloneError: Proxy could not be serialized because it is not a valid RPC"
    " receiver type. The Proxy must emulate either a plain object or an RpcTarget, as"
    " indicated by the Proxy's prototype chain."
)


@pytest.fixture
def method(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[..., Any]], None]:
    """Gives the object's class a method `method`."""
    import objects  # type: ignore[import-not-found]

    def give(function: Callable[..., Any]) -> None:
        monkeypatch.setattr(objects.Counter, "method", function, raising=False)

    return give


@pytest.mark.parametrize(
    "value", [object(), range(3), iter([1]), (n for n in [1]), 1j, frozenset()]
)
async def test_a_python_object_is_not_sent(stub: Any, value: Any, method: Any) -> None:
    with pytest.raises(JsException) as error:
        await stub.echo(value)
    assert str(error.value) == NOT_SENT
    method(lambda _self: {"in": value})
    with pytest.raises(JsException) as error:
        await stub.method()
    assert str(error.value) == NOT_SENT


async def test_a_stub_cannot_be_stored(stub: Any, cf: Cf) -> None:
    with pytest.raises(JsException, match="ServiceStub cannot be serialized in this"):
        await cf.storage(stub).put("stub", stub)


@pytest.mark.parametrize("name", ["ctx", "env"])
async def test_what_the_instance_itself_has_is_hidden(stub: Any, name: str) -> None:
    with pytest.raises(JsException) as error:
        await getattr(stub, name)()
    text = f'TypeError: The RPC receiver does not implement the method "{name}".'
    assert str(error.value) == text


async def test_a_reserved_name_is_refused_over_there(stub: Any) -> None:
    with pytest.raises(JsException, match="'alarm' is a reserved method") as error:
        await stub.alarm()
    assert error.value.remote is True


async def test_what_a_returned_function_raises_is_remote(
    stub: Any, method: Any
) -> None:
    def fails() -> None:
        raise ValueError("later")

    method(lambda _self: fails)
    function = await stub.method()
    with pytest.raises(JsException, match="ValueError: later") as error:
        await function()
    assert error.value.remote is True


@pytest.mark.parametrize(
    "raised",
    [
        asyncio.CancelledError("stop"),
        BaseException("odd"),
        SystemExit(3),
        pytest.fail.Exception("failed"),
    ],
    ids=lambda raised: type(raised).__name__,
)
async def test_an_exception_that_is_no_exception_arrives_too(
    stub: Any, method: Any, raised: BaseException
) -> None:
    async def fails(_self: Any) -> None:
        raise raised

    method(fails)
    with pytest.raises(JsException) as error:
        await stub.method()
    assert error.value.name == "PythonError"
    assert error.value.__cause__ is raised
    assert await stub.remember() == 1


@pytest.mark.parametrize("outcome", [pytest.fail, pytest.skip, pytest.xfail])
async def test_run_in_passes_on_what_ends_a_test(
    stub: Any, cf: Cf, outcome: Any
) -> None:
    with pytest.raises(outcome.Exception, match="as it is"):
        await cf.run_in(stub, lambda counter: outcome("as it is"))


async def test_an_exception_of_any_kind_ends_a_critical_section(
    stub: Any, cf: Cf
) -> None:
    def fails() -> None:
        raise BaseException("odd")

    await stub.remember()
    with pytest.raises(BaseException, match="odd"):
        await cf.run_in(stub, lambda counter, ctx: ctx.blockConcurrencyWhile(fails))
    with pytest.raises(JsException, match="odd") as error:
        await stub.remember()
    assert error.value.durableObjectReset is True


async def test_a_function_ends_with_the_instance_that_sent_it(
    stub: Any, method: Any, cf: Cf
) -> None:
    method(lambda self: self.remember)
    function = await stub.method()
    assert await function() == 1
    await cf.evict(stub)
    with pytest.raises(JsException) as error:
        await function()
    text = "The execution context which hosts this callback is no longer running."
    assert str(error.value) == f"Error: {text}"
    assert await stub.remember() == 1
    with pytest.raises(JsException, match="no longer running"):
        await function()
