import js
import pytest
from pyodide.ffi import JsException, to_js


def test_elements_are_moved_and_replaced() -> None:
    array = to_js([1, 2, 3, 4])
    assert (array.shift(), array.unshift(9, 8)) == (1, 5)
    assert list(array.splice(1, 2, "x")) == [8, 2]
    assert list(array) == [9, "x", 3, 4]
    assert list(array.copyWithin(0, 2)) == [3, 4, 3, 4]
    assert list(array.fill(0, 1, 3)) == [3, 0, 0, 4]


def test_what_is_undefined_is_sorted_last() -> None:
    assert list(to_js([None, 10, 9, 1]).sort()) == [1, 10, 9, None]
    assert list(to_js([1, 3, 2]).toSorted(lambda a, b: b - a)) == [3, 2, 1]


def test_elements_are_searched() -> None:
    array = to_js([1, 2, float("nan"), 2])
    assert (array.indexOf(2), array.lastIndexOf(2), array.indexOf("2")) == (1, 3, -1)
    assert (array.includes(float("nan")), array.indexOf(float("nan"))) == (True, -1)
    assert array.find(lambda item, *_: item > 1) == 2
    assert array.findLastIndex(lambda item, *_: item == 1) == 0


def test_elements_are_reduced() -> None:
    add = js.Array.of(1, 2, 3)
    assert add.reduce(lambda sum_, item, *_: sum_ + item) == 6
    assert add.reduceRight(lambda text, item, *_: text + str(item), "") == "321"
    with pytest.raises(JsException, match="Reduce of empty array with no initial"):
        js.Array.new().reduce(lambda *_: 1)


def test_arrays_are_flattened() -> None:
    nested = to_js([1, [2, [3]]])
    assert nested.flat(2).to_py() == [1, 2, 3]
    assert to_js([1]).flatMap(lambda item, *_: to_js([item, item])).to_py() == [1, 1]


def test_a_typed_array_keeps_its_type() -> None:
    array = js.Float64Array.of(2.5, 1)
    doubled = array.map(lambda item, *_: item * 2)
    assert (doubled.constructor.name, list(doubled)) == ("Float64Array", [5, 2])
    assert list(js.Int8Array.from_([3, 11]).sort()) == [3, 11]
    assert (array.join("-"), js.Int16Array.BYTES_PER_ELEMENT) == ("2.5-1", 2)


def test_a_data_view_reads_and_writes_either_way_round() -> None:
    view = js.DataView.new(js.ArrayBuffer.new(8))
    view.setUint16(0, 513, True)
    assert (view.getUint16(0, True), view.getUint16(0)) == (513, 258)
    view.setFloat64(0, 1.5)
    assert view.getFloat64(0) == 1.5
    with pytest.raises(JsException, match="Offset is outside the bounds"):
        view.getInt32(6)


def test_json_leaves_out_what_is_not_asked_for() -> None:
    value = to_js({"a": 1, "b": {"a": 2, "c": 3}})
    assert js.JSON.stringify(value, to_js(["a", "b"])) == '{"a":1,"b":{"a":2}}'
    doubled = js.JSON.stringify(
        to_js([1, "x"]), lambda _key, item: item * 2 if item == 1 else item
    )
    assert doubled == '[2,"x"]'


def test_json_is_revived_from_the_inside() -> None:
    parsed = js.JSON.parse(
        '{"a": [1, 2]}', lambda key, value: None if key == "0" else value
    )
    assert parsed.a[1] == 2
    assert parsed.a[0] is None


def test_an_object_is_made_of_a_primitive() -> None:
    assert str(js.Object(5)) == "5"
    assert list(js.Object("ab")) == ["a", "b"]
    assert str(js.Object(None)) == "[object Object]"
    assert js.Object(js.JSON) == js.JSON


def test_a_function_is_applied_to_an_array() -> None:
    assert js.Math.max.apply(None, to_js([1, 3])) == 3
