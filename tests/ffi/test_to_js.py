import array
import collections
import decimal
from collections.abc import Callable
from typing import Any

import js
import pytest
from pyodide.ffi import ConversionError, JsDoubleProxy, JsProxy, jsnull, to_js

from pytest_cfbindings.javascript.objects import JsObject


def kind(value: Any) -> str:
    """The class JavaScript sees."""
    behind = value.__js__
    assert isinstance(behind, JsObject)
    return behind.class_name


@pytest.mark.parametrize("value", [None, jsnull, True, 5, 5.0, "a", 2**70])
def test_a_scalar_stays_what_it_is(value: object) -> None:
    assert to_js(value) is value


def test_a_proxy_stays_what_it_is() -> None:
    assert to_js(js.JSON) == js.JSON


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ([1, (2, [3])], "[1,[2,[3]]]"),
        ({"a": {"b": [None, jsnull]}, "c": None}, '{"a":{"b":[null,null]}}'),
        ({"b": 1, "2": 2, "1": 3}, '{"1":3,"2":2,"b":1}'),
        ({None: 3, 1.5: 2, True: 1, jsnull: 4, 7: 5}, None),
        (collections.OrderedDict(a=1), '{"a":1}'),
        (collections.namedtuple("P", "x y")(1, 2), "[1,2]"),
        ([], "[]"),
        ({}, "{}"),
    ],
)
def test_containers_are_converted_all_the_way_down(
    value: object, text: str | None
) -> None:
    expected = text or '{"7":5,"undefined":3,"1.5":2,"true":1,"null":4}'
    assert js.JSON.stringify(to_js(value)) == expected


def test_a_set_becomes_a_set() -> None:
    assert kind(to_js({1})) == "Set"
    assert set(to_js({1, "a", None})) == {1, "a", None}


@pytest.mark.parametrize(
    ("value", "name"),
    [
        (b"ab", "Uint8Array"),
        (bytearray(b"ab"), "Uint8Array"),
        (memoryview(b"ab"), "Uint8Array"),
        (array.array("d", [1.5]), "Float64Array"),
        (array.array("h", [1]), "Int16Array"),
        (array.array("b", [1]), "Int8Array"),
        (array.array("f", [1]), "Float32Array"),
        (array.array("q", [1]), "BigInt64Array"),
    ],
)
def test_bytes_become_a_typed_array_with_a_copy(value: object, name: str) -> None:
    converted = to_js(value)
    assert kind(converted) == name
    assert converted.to_bytes() == bytes(memoryview(value))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "value",
    [frozenset([1]), range(3), decimal.Decimal(1), 1j, len, iter([]), {}.keys()],
)
def test_anything_else_becomes_a_proxy_of_itself(value: object) -> None:
    converted = to_js(value)
    assert isinstance(converted, JsDoubleProxy)
    assert converted.unwrap() is value
    assert to_js([value])[0] is value


@pytest.mark.parametrize(
    ("value", "container"),
    [
        ({(1, 2): 3}, "Map"),
        ({frozenset([1]): 3}, "Map"),
        ({b"a": 3}, "Map"),
        ({len: 3}, "Map"),
        ({(1, 2)}, "Set"),
        ({len}, "Set"),
    ],
)
def test_a_key_is_a_scalar(value: Any, container: str) -> None:
    [key] = value
    with pytest.raises(ConversionError) as caught:
        to_js(value)
    assert str(caught.value) == (
        f"Cannot use {key!r} as a key for a Javascript {container}"
    )


def test_what_occurs_twice_stays_one() -> None:
    shared = [1]
    converted = to_js([shared, shared])
    assert converted[0] == converted[1]
    circular: list[Any] = []
    circular.append(circular)
    converted = to_js(circular)
    assert converted[0] == converted


@pytest.mark.parametrize(
    ("depth", "kinds"), [(0, "list"), (1, "Array list"), (2, "Array Array")]
)
def test_depth_is_a_limit(depth: int, kinds: str) -> None:
    converted = to_js([[1]], depth=depth)
    if depth == 0:
        assert type(converted.unwrap()).__name__ == kinds
        return
    inner = converted[0]
    shown = kind(inner) if isinstance(inner, JsProxy) else type(inner).__name__
    assert f"{kind(converted)} {shown}" == kinds


def test_a_dict_converter_gets_the_entries_of_every_dict() -> None:
    converted = to_js({"a": {"b": 1}}, dict_converter=js.Map.new)
    assert (kind(converted), kind(converted["a"])) == ("Map", "Map")
    plain = to_js({"a": {"b": 1}}, dict_converter=js.Object.fromEntries)
    assert js.JSON.stringify(plain) == '{"a":{"b":1}}'


def test_a_default_converter_is_asked_for_what_has_no_conversion() -> None:
    asked: list[object] = []

    def convert(value: Any, _convert: object, _cache: object) -> str:
        asked.append(value)
        return "x"

    source = [1, "a", None, b"b", {"k": 1j}, len, {1}]
    converted = to_js(source, default_converter=convert)
    assert asked == [1j, len]
    assert converted[5] == "x"


def test_a_default_converter_can_convert_and_remember() -> None:
    class Pair:
        def __init__(self, first: object) -> None:
            self.first = first

    def convert(value: Pair, convert: Any, cache: Any) -> Any:
        made = js.Array.new()
        cache(value, made)
        made.push(convert(value.first))
        return made

    pair = Pair(None)
    pair.first = [pair]
    converted = to_js(pair, default_converter=convert)
    assert converted[0][0] == converted


def test_an_eager_converter_is_asked_for_everything_but_scalars() -> None:
    asked: list[object] = []

    def convert(value: Any, convert: Any, _cache: object) -> Any:
        asked.append(value)
        return convert(value)

    converted = to_js([1, {"a": "x"}], eager_converter=convert)
    assert asked == [[1, {"a": "x"}], {"a": "x"}]
    assert js.JSON.stringify(converted) == '[1,{"a":"x"}]'


def fail(*_arguments: object) -> object:
    raise KeyError("nope")


@pytest.mark.parametrize(
    "convert",
    [
        lambda: to_js([1j], default_converter=fail),
        lambda: to_js({"a": 1}, dict_converter=fail),
        lambda: to_js([1], eager_converter=fail),
    ],
)
def test_a_converter_that_raises_is_a_conversion_error(
    convert: Callable[[], object],
) -> None:
    with pytest.raises(ConversionError) as caught:
        convert()
    assert str(caught.value) == "Conversion from python to javascript failed"
    assert isinstance(caught.value.__cause__, KeyError)


def test_proxies_can_be_forbidden() -> None:
    with pytest.raises(ConversionError, match=r"^No conversion known for x\.$"):
        to_js([1j], create_pyproxies=False)
    assert js.JSON.stringify(to_js([1], create_pyproxies=False)) == "[1]"


def test_proxies_can_be_collected() -> None:
    made = to_js([])
    to_js([1j, [2j]], pyproxies=made)
    assert list(made) == [1j, 2j]
    with pytest.raises(TypeError, match="Expected a JsArray for the pyproxies"):
        to_js([1j], pyproxies=[])
