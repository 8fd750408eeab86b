from collections.abc import Callable
from typing import Any

import js
import pytest
from pyodide.ffi import JsException, JsProxy, jsnull


def parse(text: str) -> Any:
    return js.JSON.parse(text)


def test_objects_and_arrays_are_converted_all_the_way_down() -> None:
    value = parse('{"a": [1, 1.5, "x", true, null, {"b": {}}]}')
    assert value.to_py() == {"a": [1, 1.5, "x", True, jsnull, {"b": {}}]}


def test_maps_and_sets_are_converted() -> None:
    table = js.Map.new([["a", js.Set.new([1, None])], [2, parse("[3]")]])
    assert table.to_py() == {"a": {1, None}, 2: [3]}


def test_an_object_without_prototype_is_a_dict() -> None:
    value = js.Object.create(jsnull)
    value.a = 1
    assert value.to_py() == {"a": 1}


@pytest.mark.parametrize(
    ("name", "items", "code"),
    [("Uint8Array", [1], "B"), ("Uint16Array", [1], "H"), ("Float64Array", [1], "d")],
)
def test_a_buffer_becomes_a_writable_copy(
    name: str, items: list[int], code: str
) -> None:
    value = getattr(js, name).new(items)
    view = value.to_py()
    assert (view.format, view.readonly, view.tolist()) == (code, False, items)
    view[0] = 9
    assert value[0] == 1


def test_an_array_buffer_becomes_bytes() -> None:
    view = js.ArrayBuffer.new(2).to_py()
    assert (view.format, view.tobytes()) == ("B", b"\0\0")


@pytest.mark.parametrize(
    "make",
    [
        lambda: js.Date.new(5),
        lambda: js.Headers.new(),
        lambda: js.Error.new("x"),
        lambda: js.JSON.parse,
        lambda: js.Map,
        lambda: js.Response.new("x"),
    ],
)
def test_anything_else_stays_a_proxy(make: Callable[[], Any]) -> None:
    assert isinstance(make().to_py(), JsProxy)
    assert isinstance(js.Array.of(make()).to_py()[0], JsProxy)


def test_depth_is_a_limit() -> None:
    value = parse('{"a": {"b": {}}}')
    assert isinstance(value.to_py(depth=0), JsProxy)
    assert isinstance(value.to_py(depth=1)["a"], JsProxy)
    assert isinstance(value.to_py(depth=2)["a"]["b"], JsProxy)


def test_what_occurs_twice_stays_one() -> None:
    value = js.Object.new()
    value.me = value
    value.a = value.b = js.Array.new()
    converted = value.to_py()
    assert converted["me"] is converted
    assert converted["a"] is converted["b"]


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: js.Map.new([[parse("{}"), 1]]), "Object as a key to a Python dict"),
        (lambda: js.Map.new([[js.Date.new(0), 1]]), "Date as a key to a Python dict"),
        (lambda: js.Set.new([parse("{}")]), "Object as a key to a Python set"),
        (lambda: js.Set.new([parse("[]")]), "Array as a key to a Python set"),
        (lambda: js.Set.new([js.JSON.parse]), "Function as a key to a Python set"),
    ],
)
def test_an_object_is_no_key(make: Callable[[], Any], message: str) -> None:
    with pytest.raises(JsException) as caught:
        make().to_py()
    assert str(caught.value) == f"Error: Cannot use key of type {message}"


def test_a_default_converter_is_asked_for_what_has_no_conversion() -> None:
    value = js.Array.of(js.Date.new(5), js.Map.new([["d", js.Date.new(6)]]), 7)
    converted = value.to_py(default_converter=lambda date, *_: date.getTime())
    assert converted == [5, {"d": 6}, 7]


def test_what_a_default_converter_raises_goes_through() -> None:
    def fail(*_arguments: object) -> None:
        raise KeyError("nope")

    with pytest.raises(KeyError, match="nope"):
        js.Array.of(js.Date.new(5)).to_py(default_converter=fail)
