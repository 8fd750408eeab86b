"""create_proxy's results have the protocols of what JavaScript sees."""

import js
import pytest
from pyodide.ffi import (
    JsArray,
    JsCallable,
    JsDoubleProxy,
    JsIterator,
    JsMap,
    JsMutableMap,
    create_once_callable,
    create_proxy,
    to_js,
)


@pytest.mark.parametrize(
    ("value", "kinds"),
    [
        ({"a": 1}, (JsArray, JsMap, JsMutableMap)),
        ([1], (JsArray, JsMap, JsMutableMap)),
        ((1,), (JsArray, JsMap)),
        ("s", (JsArray, JsMap)),
        ({1}, (JsArray,)),
        (iter([1]), (JsIterator,)),
        (len, (JsCallable,)),
        (object(), ()),
    ],
)
def test_its_protocols_are_those_of_the_object(
    value: object, kinds: tuple[type, ...]
) -> None:
    proxy = create_proxy(value)
    every = (JsArray, JsMap, JsMutableMap, JsIterator, JsCallable)
    assert isinstance(proxy, JsDoubleProxy)
    assert tuple(kind for kind in every if isinstance(proxy, kind)) == kinds


def test_a_list_is_indexed_and_iterates_its_indices() -> None:
    proxy = create_proxy([5, 6])
    assert (proxy[0], proxy[-1], len(proxy), list(proxy)) == (5, 6, 2, [0, 1])
    proxy[0] = 9
    assert proxy.unwrap() == [9, 6]


def test_a_dict_takes_items_and_has_no_way_to_read_them() -> None:
    proxy = create_proxy({"a": 1})
    proxy["b"] = 2
    assert proxy.unwrap() == {"a": 1, "b": 2}
    assert (proxy.get("a"), proxy.get("a", 7)) == (None, 7)
    with pytest.raises(TypeError, match="list indices must be integers or slices"):
        proxy["a"]


def test_attributes_are_those_of_the_object() -> None:
    proxy = create_proxy([1])
    proxy.append(2)
    assert (proxy.type, proxy.unwrap()) == ("list", [1, 2])


async def test_a_coroutine_can_be_awaited() -> None:
    async def five() -> int:
        return 5

    assert await create_proxy(five()) == 5


def test_a_string_object_is_like_an_array() -> None:
    text = js.String.new("abc")
    assert isinstance(text, JsArray)
    assert (text[0], text[-1], list(text), len(text)) == ("a", "c", ["a", "b", "c"], 3)
    with pytest.raises(IndexError):
        text[5]


def test_a_function_for_one_call_is_no_proxy() -> None:
    function = create_once_callable(lambda: 5)
    assert not isinstance(function, JsDoubleProxy)
    assert function() == 5
    with pytest.raises(Exception, match="OnceProxy can only be called once"):
        function()


def test_to_js_takes_one_object() -> None:
    with pytest.raises(TypeError, match="takes exactly 1 positional argument"):
        to_js()
