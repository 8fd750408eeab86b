import collections
from typing import Any

import js
import pytest
from pyodide.ffi import create_proxy

from pytest_cfbindings.ffi.pyproxy import is_pyproxy, wrap
from pytest_cfbindings.javascript.arrays import JsArray
from pytest_cfbindings.javascript.conversions import to_string, typeof
from pytest_cfbindings.javascript.iteration import iterate
from pytest_cfbindings.javascript.json_stringify import stringify
from pytest_cfbindings.javascript.objects import JsFunction, JsObject
from pytest_cfbindings.javascript.values import JsBigInt, undefined


class Thing:
    a = 5

    def greet(self, name: str) -> str:
        return f"hello {name}"

    def __str__(self) -> str:
        return "a thing"


@pytest.mark.parametrize(
    ("value", "kind"), [([1], "object"), ({}, "object"), (len, "function")]
)
def test_javascript_sees_an_object_or_a_function(value: object, kind: str) -> None:
    proxy = wrap(value)
    assert typeof(proxy) == kind
    assert is_pyproxy(proxy)
    assert not JsArray.isArray(proxy)


def test_attributes_are_properties() -> None:
    thing = Thing()
    proxy = wrap(thing)
    assert proxy.js_get("a") == 5
    assert proxy.js_get("zzz") is undefined
    assert (proxy.js_has("a"), proxy.js_has("zzz")) == (True, False)
    proxy.js_set("b", JsArray([1]))
    assert list(thing.b) == [1]  # type: ignore[attr-defined]
    greet = proxy.js_get("greet")
    assert isinstance(greet, JsFunction)
    assert greet.invoke(proxy, ("you",)) == "hello you"


def test_items_of_a_dict_are_properties() -> None:
    proxy = wrap({"a": 1, 3: 4})
    assert (proxy.js_get("a"), proxy.js_get("3")) == (1, 4)
    assert proxy.js_has("a")
    assert proxy.js_keys() == ["a", "3"]


def test_attributes_hide_the_items_of_a_dict() -> None:
    assert typeof(wrap({"keys": 2}).js_get("keys")) == "function"


def test_items_of_another_mapping_are_no_properties() -> None:
    assert wrap(collections.ChainMap({"a": 1})).js_get("a") is undefined


def test_items_of_a_sequence_are_elements() -> None:
    proxy = wrap([7, 2**60])
    assert proxy.js_get("0") == 7
    assert proxy.js_get("1") == JsBigInt(2**60)
    assert proxy.js_get("2") is undefined
    assert proxy.js_get("length") == 2


@pytest.mark.parametrize(
    ("value", "items"),
    [([1, 2], [1, 2]), ({"a": 1}, ["a"]), (range(2), [0, 1]), (b"ab", [97, 98])],
)
def test_iterables_are_iterable(value: object, items: list[object]) -> None:
    assert list(iterate(wrap(value))) == items


def test_text_and_json_are_pythons() -> None:
    assert to_string(wrap(Thing())) == "a thing"
    assert to_string(wrap(["a"])) == "['a']"
    assert stringify(wrap([1, "a", None])) == '[1,"a",null]'
    assert stringify(JsObject({"r": wrap(range(3))})) == '{"r":[0,1,2]}'
    assert stringify(wrap({"a": 1})) == '{"a":1}'


def test_a_function_gets_and_returns_converted_values() -> None:
    seen: list[Any] = []
    function = wrap(lambda *arguments: seen.append(arguments) or 2**60)
    assert isinstance(function, JsFunction)
    result = function.invoke(undefined, (JsObject({"a": 1}), 2.0, undefined))
    assert result == JsBigInt(2**60)
    [(first, second, third)] = seen
    assert (first.a, second, third) == (1, 2, None)


def test_a_coroutine_function_starts_at_the_call_and_returns_a_promise() -> None:
    steps = []

    async def work() -> int:
        steps.append("started")
        return 5

    function = wrap(work)
    assert isinstance(function, JsFunction)
    proxy = function.invoke(undefined, ())
    assert steps == ["started"]
    assert isinstance(proxy, JsObject)
    promise = proxy.hold.promise  # type: ignore[attr-defined]
    assert (promise.state, promise.outcome) == ("fulfilled", 5)


def test_bytes_show_their_buffer() -> None:
    view = create_proxy(b"abc").getBuffer()
    assert (bytes(view.data), view.nbytes) == (b"abc", 3)
    view.release()


def test_only_bytes_have_a_buffer() -> None:
    assert not hasattr(create_proxy([1]), "getBuffer")


def test_a_python_callback_serves_javascript() -> None:
    assert list(js.Array.of(1, 2).map(lambda item, *_: item * 2)) == [2, 4]
