from typing import Any

import js
import pytest
from pyodide.ffi import (
    JsDoubleProxy,
    JsException,
    create_once_callable,
    create_proxy,
    destroy_proxies,
    to_js,
)

from .conftest import Function

DEBUG = (
    "\nFor more information about the cause of this error, use `pyodide.setDebug(true)`"
)
DESTROYED = f"Error: Object has already been destroyed{DEBUG}"
BORROWED = (
    "Error: This borrowed proxy was automatically destroyed at the end of a function"
    f" call. Try using create_proxy or create_once_callable.{DEBUG}"
)


def message(use: Any) -> str:
    with pytest.raises(JsException) as caught:
        use()
    return str(caught.value)


def test_a_proxy_is_javascripts_view_of_a_python_object() -> None:
    proxy = create_proxy({"a": 1})
    assert isinstance(proxy, JsDoubleProxy)
    assert repr(proxy) == "{'a': 1}"
    assert create_proxy(5).unwrap() == 5


def test_a_proxy_comes_back_as_the_proxy(identity: Any) -> None:
    target = [1]
    proxy = create_proxy(target)
    again = identity(proxy)
    assert isinstance(again, JsDoubleProxy)
    assert again == proxy
    assert again.unwrap() is target


def test_without_roundtrip_the_object_itself_comes_back(identity: Any) -> None:
    target = [1]
    assert identity(create_proxy(target, roundtrip=False)) is target
    assert identity(target) is target


def test_a_proxy_of_a_function_can_be_called(call_it: Any) -> None:
    assert create_proxy(lambda x: x + 1)(2) == 3
    assert call_it(create_proxy(lambda: 4)) == 4


def test_a_destroyed_proxy_is_of_no_use(identity: Any, call_it: Any) -> None:
    proxy = create_proxy(lambda: 1)
    proxy.destroy()
    proxy.destroy()
    assert message(lambda: identity(proxy)) == DESTROYED
    assert message(lambda: call_it(proxy)) == DESTROYED
    assert message(lambda: proxy.unwrap()) == DESTROYED


def test_a_borrowed_proxy_dies_when_the_call_returns(js_function: Function) -> None:
    kept: list[Any] = []
    keep = js_function(kept.append)
    holder = js.Object.new()
    target = [1]
    js_function(lambda value: holder.__js__.js_set("kept", value))(target)
    assert message(lambda: holder.kept) == BORROWED
    keep(len, a=target)
    assert [value.hold.why_destroyed is None for value in kept] == [False]


def test_a_borrowed_proxy_in_a_keyword_dies_too(js_function: Function) -> None:
    holder = js.Object.new()
    js_function(lambda options: holder.__js__.js_set("kept", options.js_get("a")))(
        a=[1]
    )
    assert message(lambda: holder.kept) == BORROWED


async def test_a_borrowed_proxy_lives_until_the_promise_settles(
    js_function: Function,
) -> None:
    from pytest_cfbindings.javascript.promises import JsPromise

    promise, holder = JsPromise(), js.Object.new()

    def keep(value: object) -> JsPromise:
        holder.__js__.js_set("kept", value)
        return promise

    target = [1]
    future = js_function(keep)(target)
    assert holder.kept is target
    promise.resolve(7)
    assert await future == 7
    assert message(lambda: holder.kept) == BORROWED


def test_a_proxy_that_was_made_is_not_borrowed(js_function: Function) -> None:
    holder = js.Object.new()
    proxy = create_proxy([1])
    js_function(lambda value: holder.__js__.js_set("kept", value))(proxy)
    assert holder.kept.unwrap() == [1]


def test_what_is_set_as_a_property_lives_on() -> None:
    holder = js.Object.new()
    target = [1]
    holder.kept = target
    assert holder.kept is target


def test_a_once_callable_is_called_once(call_it: Any) -> None:
    once = create_once_callable(lambda: 1)
    assert call_it(once) == 1
    assert message(lambda: call_it(once)) == (
        "Error: OnceProxy can only be called once"
    )


def test_a_once_callable_that_raises_was_called(call_it: Any) -> None:
    def fail() -> None:
        raise ValueError("boom")

    once = create_once_callable(fail)
    with pytest.raises(ValueError, match="boom"):
        call_it(once)
    assert message(lambda: call_it(once)) == (
        "Error: OnceProxy can only be called once"
    )


def test_proxies_are_destroyed_together() -> None:
    proxies = [create_proxy([1]), create_proxy(len)]
    destroy_proxies(to_js(proxies))
    for proxy in proxies:
        assert message(proxy.unwrap) == DESTROYED
