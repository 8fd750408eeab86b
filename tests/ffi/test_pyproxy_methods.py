"""What JavaScript can do with a Python object."""

import array
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest

from pytest_cfbindings.ffi.pyproxy import is_pyproxy, wrap
from pytest_cfbindings.javascript.arrays import JsArray
from pytest_cfbindings.javascript.conversions import to_string
from pytest_cfbindings.javascript.iteration import iterate
from pytest_cfbindings.javascript.maps import JsMap
from pytest_cfbindings.javascript.objects import JsFunction, JsObject, native
from pytest_cfbindings.javascript.promises import promise_of
from pytest_cfbindings.javascript.typed_array_class import JsTypedArray
from pytest_cfbindings.javascript.values import undefined

from ..javascript.throws import thrown


def send(proxy: object, name: str, *arguments: object) -> Any:
    """proxy.name(...arguments)"""
    assert isinstance(proxy, JsObject)
    method = proxy.js_get(name)
    assert isinstance(method, JsFunction), name
    return method.invoke(proxy, arguments)


def entries(value: object) -> dict[Any, object]:
    assert isinstance(value, JsObject)
    return dict(value.properties)


def test_a_dict_has_the_methods_of_a_map() -> None:
    target: dict[str, object] = {"a": 1}
    proxy = wrap(target)
    assert send(proxy, "has", "a") is True
    assert (send(proxy, "get", "a"), send(proxy, "get", "b")) == (1, undefined)
    send(proxy, "set", "k", 2)
    send(proxy, "delete", "a")
    assert target == {"k": 2}
    with pytest.raises(KeyError, match="zz"):
        send(proxy, "delete", "zz")


def test_properties_of_a_dict_are_set_and_deleted() -> None:
    target: dict[object, object] = {"a": 1}
    proxy = wrap(target)
    proxy.js_set("b", 2)
    proxy.js_set("7", 3)
    proxy.js_delete("a")
    assert target == {"b": 2, 7: 3}


def test_a_list_has_the_methods_of_an_array() -> None:
    target = [1, 2, 3]
    proxy = wrap(target)
    assert (send(proxy, "push", 4), send(proxy, "shift"), send(proxy, "pop")) == (
        *(4, 1),
        4,
    )
    assert target == [2, 3]
    assert send(proxy, "join", "-") == "2-3"
    assert send(proxy, "map", native(lambda n: n * 2)).items == [4, 6]
    assert send(proxy, "reverse") is proxy
    assert target == [3, 2]


def test_a_tuple_has_none_that_would_change_it() -> None:
    assert wrap((1,)).js_get("push") is undefined
    assert send(wrap((1, 2)), "indexOf", 2) == 1


def test_elements_of_a_list_are_set_where_there_are_any() -> None:
    target = [1]
    proxy = wrap(target)
    proxy.js_set("0", 7)
    proxy.js_set("3", 8)
    proxy.js_set("length", 0)
    assert target == [7]


def test_a_dollar_asks_for_the_attribute() -> None:
    assert send(wrap({1: 2}), "$get", 1) == 2
    assert send(wrap([1, 2]), "$pop") == 2


def test_to_js_converts() -> None:
    converted = send(wrap([1, {"a": (2, None)}]), "toJs")
    assert converted.items[0] == 1
    inner = converted.items[1].js_get("a")
    assert inner.items == [2, undefined]


def test_to_js_takes_options_of_javascript() -> None:
    shallow = send(wrap([[1]]), "toJs", JsObject({"depth": 1}))
    assert is_pyproxy(shallow.items[0])
    to_map = native(lambda pairs: JsMap.js_construct(pairs))
    made = send(wrap({"a": 1}), "toJs", JsObject({"dict_converter": to_map}))
    assert isinstance(made, JsMap)
    assert made.get("a") == 1
    lent = JsArray()
    send(wrap([object()]), "toJs", JsObject({"pyproxies": lent}))
    assert len(lent.items) == 1


def test_a_callable_is_called_in_several_ways() -> None:
    proxy = wrap(lambda y=0, x=0: y + x)
    assert send(proxy, "call", None, 1) == 1
    assert send(proxy, "apply", None, JsArray([1, 2])) == 3
    assert send(proxy, "bind", None, 3).invoke(None, ()) == 3
    assert send(proxy, "callKwargs", 1, JsObject({"x": 4})) == 5
    assert send(proxy, "callRelaxed", 1, 2, 3) == 3
    options = JsObject({"relaxed": True, "kwargs": True})
    assert send(proxy, "callWithOptions", options, 1, JsObject({"x": 2})) == 3


def test_keywords_have_to_be_an_object() -> None:
    proxy = wrap(lambda: 1)
    assert thrown(send, proxy, "callKwargs", 1) == (
        "TypeError: kwargs argument is not an object"
    )
    assert thrown(send, proxy, "callKwargs").startswith(
        "TypeError: callKwargs requires at least one argument"
    )


def test_this_can_be_the_first_argument() -> None:
    captured = send(wrap(lambda this, y: this.z + y), "captureThis")
    assert captured.invoke(JsObject({"z": 3}), (4,)) == 7


def test_a_function_shows_its_own_attributes() -> None:
    def function() -> None:
        pass

    function.x = 4  # type: ignore[attr-defined]
    proxy = wrap(function)
    assert (proxy.js_get("x"), proxy.js_get("name")) == (4, undefined)


def test_a_copy_outlives_what_it_was_copied_from() -> None:
    proxy = wrap([1])
    copy = send(proxy, "copy")
    send(proxy, "destroy")
    assert to_string(copy) == "[1]"
    assert thrown(to_string, proxy).startswith(
        "Error: Object has already been destroyed"
    )


def test_a_proxy_can_be_destroyed_with_a_message() -> None:
    proxy = wrap([])
    send(proxy, "destroy", JsObject({"message": "gone!"}))
    assert thrown(send, proxy, "toString").startswith("Error: gone!")


def test_proxies_of_attributes_are_kept_and_die_with_their_owner() -> None:
    class Thing:
        def __init__(self) -> None:
            self.items = [1]

    proxy = wrap(Thing())
    items = proxy.js_get("items")
    assert proxy.js_get("items") is items
    send(proxy, "destroy")
    assert "borrowed attribute proxy" in thrown(send, items, "toString")


def test_what_an_iterable_lends_dies_when_it_is_exhausted() -> None:
    items = list(iterate(wrap([[1], 2])))
    assert items[1] == 2
    assert "when an iterator was exhausted" in thrown(send, items[0], "toString")


def test_what_it_lends_lives_if_the_iteration_is_left() -> None:
    assert send(next(iterate(wrap([[1], [2]]))), "toString") == "[1]"


def test_an_iterator_lends_for_good() -> None:
    items = list(iterate(wrap(iter([[1]]))))
    assert send(items[0], "toString") == "[1]"


def test_a_generator_is_one_in_javascript() -> None:
    def counting() -> Iterator[Any]:
        received = yield 1
        yield received
        return 5

    proxy = wrap(counting())
    assert entries(send(proxy, "next")) == {"done": False, "value": 1}
    assert entries(send(proxy, "next", 7)) == {"done": False, "value": 7}
    assert entries(send(proxy, "next")) == {"done": True, "value": 5}
    assert entries(send(wrap(counting()), "return", 3)) == {"done": True, "value": 3}


async def test_an_asynchronous_generator_steps_by_promises() -> None:
    async def counting() -> AsyncIterator[int]:
        yield 1

    proxy = wrap(counting())
    assert entries(await send(proxy, "next")) == {"done": False, "value": 1}
    assert entries(await send(proxy, "next")) == {"done": True, "value": undefined}


async def test_a_coroutine_is_a_promise_that_uses_the_proxy_up() -> None:
    async def five() -> int:
        return 5

    proxy = wrap(five())
    assert await promise_of(proxy) == 5
    assert await send(proxy, "then", native(lambda n: n + 1)) == 6
    assert thrown(proxy.js_get, "type").startswith("Error: Object has already")


def test_a_buffer_shows_what_is_written_to_it() -> None:
    target = bytearray(b"abc")
    view = send(wrap(target), "getBuffer")
    assert (view.js_get("readonly"), view.js_get("nbytes")) == (0, 3)
    view.js_get("data").js_set("0", 7)
    assert target == b"\x07bc"


def test_a_buffer_has_the_type_of_its_elements_or_another() -> None:
    doubles = send(wrap(array.array("d", [1.5])), "getBuffer").js_get("data")
    assert isinstance(doubles, JsTypedArray)
    assert (doubles.class_name, doubles.elements()) == ("Float64Array", [1.5])
    shorts = send(wrap(array.array("h", [1])), "getBuffer", "u8").js_get("data")
    assert shorts.elements() == [1, 0]
