from collections.abc import Mapping, MutableMapping, MutableSequence
from typing import Any

import js
import pytest
from pyodide.ffi import (
    JsArray,
    JsAsyncGenerator,
    JsAsyncIterable,
    JsBuffer,
    JsCallable,
    JsIterable,
    JsIterator,
    JsMap,
    JsMutableMap,
    JsTypedArray,
    jsnull,
    to_js,
)

from pytest_cfbindings.ffi.crossing import to_python

from .conftest import Function


def array(*items: object) -> Any:
    return js.Array.of(*items)


def text(value: Any) -> Any:
    return js.JSON.stringify(value)


def test_an_array_is_indexed_like_a_list() -> None:
    value = array(10, 20, 30)
    assert (value[0], value[-1], len(value)) == (10, 30, 3)
    with pytest.raises(IndexError, match=r"^3$"):
        value[3]
    for index in ("a", 1.0):
        with pytest.raises(TypeError, match="list indices must be integers or slices"):
            value[index]


def test_slices_copy() -> None:
    value = array(1, 2, 3, 4)
    part = value[1:3]
    part[0] = 9
    assert text(part) == "[9,3]"
    assert text(value[::-1]) == "[4,3,2,1]"
    assert text(value) == "[1,2,3,4]"


def test_slices_can_be_assigned_and_deleted() -> None:
    value = array(1, 2, 3, 4)
    value[1:3] = [9]
    assert text(value) == "[1,9,4]"
    del value[::2]
    assert text(value) == "[9]"


def test_assigning_beyond_the_end_grows_the_array() -> None:
    value = array(1)
    value[2] = 3
    value[-9] = 4
    assert text(value) == "[1,null,3]"
    with pytest.raises(TypeError, match="list indices must be integers or slices"):
        value["a"] = 1


def test_deleting_needs_an_item() -> None:
    value = array(1, 2)
    del value[0]
    assert text(value) == "[2]"
    with pytest.raises(IndexError, match=r"^5$"):
        del value[5]


def test_an_array_has_the_methods_of_a_list() -> None:
    value = array(1, 2)
    value.append(None)
    value.extend([3])
    value.insert(-1, 5)
    assert text(value) == "[1,2,null,5,3]"
    assert (value.pop(), value.pop(0), value.index(5), value.count(2)) == (3, 1, 2, 1)
    value.remove(2)
    value.reverse()
    assert text(value) == "[5,null]"
    assert value.push(7) == 3


def test_clear_and_copy_are_left_out() -> None:
    assert not hasattr(array(1), "clear")
    assert not hasattr(array(1), "copy")


@pytest.mark.parametrize(
    ("use", "kind", "message"),
    [
        (lambda value: value.pop(9), IndexError, "pop index out of range"),
        (lambda value: value[:0].pop(), IndexError, "pop from empty list"),
        (lambda value: value.remove(5), ValueError, "5 is not in list"),
        (lambda value: value.index("q"), ValueError, "'q' is not in list"),
    ],
)
def test_errors_have_the_texts_of_a_list(
    use: Any, kind: type[Exception], message: str
) -> None:
    with pytest.raises(kind) as caught:
        use(array(1, 2))
    assert str(caught.value) == message


def test_an_array_is_iterated_searched_and_joined() -> None:
    value = array(1, None, jsnull)
    assert list(value) == [1, None, jsnull]
    assert list(reversed(value)) == [jsnull, None, 1]
    assert (None in value, jsnull in value, 2 in value) == (True, True, False)
    assert [*value, 5] == [1, None, jsnull, 5]
    assert list(value * 2) == [1, None, jsnull] * 2


def test_an_array_is_a_sequence_and_a_map_a_mapping() -> None:
    assert isinstance(array(), MutableSequence)
    assert isinstance(js.Map.new(), MutableMapping)
    assert not isinstance(js.Set.new(), Mapping)
    assert isinstance(array(), JsArray)
    assert isinstance(js.Map.new(), JsMutableMap)
    assert issubclass(JsMutableMap, JsMap)


def test_patterns_match_arrays_and_maps() -> None:
    found = []
    for value in (array(3, 1), js.Map.new([["k", "v"]]), js.Object.new()):
        match value:
            case [first, *_]:
                found.append(first)
            case {"k": item}:
                found.append(item)
            case _:
                found.append("none")
    assert found == [3, "v", "none"]


def test_a_map_is_indexed_by_its_keys() -> None:
    table = js.Map.new([["a", 1], ["b", jsnull], ["u", None]])
    assert (table["a"], table["b"], table["u"], len(table)) == (1, jsnull, None, 3)
    assert ("a" in table, "z" in table) == (True, False)
    table["c"] = 5
    del table["a"]
    assert dict(table) == {"b": jsnull, "u": None, "c": 5}
    for use in (lambda: table["z"], lambda: table.pop("z")):
        with pytest.raises(KeyError, match="'z'"):
            use()
    with pytest.raises(KeyError, match="'z'"):
        del table["z"]


def test_a_map_has_the_methods_of_a_dict() -> None:
    table = js.Map.new([["a", 1]])
    assert (list(table.keys()), list(table.values())) == (["a"], [1])
    assert list(table.items()) == [("a", 1)]
    assert (table.get("a"), table.get("z"), table.get("z", 5)) == (1, None, 5)
    assert (table.setdefault("a", 9), table.setdefault("b", 8)) == (1, 8)
    table.update({"a": 2}, d=4)
    assert {**table} == {"a": 2, "b": 8, "d": 4}
    assert (table.pop("b"), table.pop("z", 7), table.popitem()) == (8, 7, ("a", 2))
    table.clear()
    assert len(table) == 0
    with pytest.raises(KeyError):
        table.popitem()


def test_a_set_is_counted_iterated_and_searched() -> None:
    members = js.Set.new([1, "a"])
    assert (len(members), list(members), 1 in members) == (2, [1, "a"], True)
    with pytest.raises(TypeError, match="not subscriptable"):
        members[0]


def test_a_get_method_makes_an_object_subscriptable(js_function: Function) -> None:
    value = to_js({"get": js_function(lambda key=None: f"v-{key}")})
    assert value["k"] == "v-k"
    with pytest.raises(TypeError):
        len(value)


def test_undefined_that_has_denies_is_a_key_error(js_function: Function) -> None:
    nothing = js_function(lambda key=None: None)
    assert to_js({"get": nothing})["k"] is None
    has = js_function(lambda key=None: key == "u")
    value = to_js({"get": nothing, "has": has})
    assert value["u"] is None
    with pytest.raises(KeyError, match="'k'"):
        value["k"]
    assert ("u" in value, "k" in value) == (True, False)


def test_size_counts_before_length() -> None:
    assert len(to_js({"length": 4})) == 4
    assert len(to_js({"length": 4, "size": 3})) == 3


def test_a_negative_length_is_an_error() -> None:
    value = to_js({"length": -1})
    with pytest.raises(ValueError, match="length -1 of object is negative"):
        len(value)


def test_protocols_are_those_of_the_moment_a_proxy_is_made() -> None:
    value = js.Object.new()
    value.length = 4
    with pytest.raises(TypeError):
        len(value)
    assert len(js.Object.new(value)) == 4


def test_an_iterator_is_stepped() -> None:
    iterator = js.Map.new([["a", 1]]).entries()
    assert isinstance(iterator, JsIterator)
    assert list(next(iterator)) == ["a", 1]
    with pytest.raises(StopIteration):
        next(iterator)


def test_headers_iterate_pairs() -> None:
    headers = js.Headers.new([["b", "1"], ["a", "2"]])
    assert isinstance(headers, JsIterable)
    assert not isinstance(headers, JsMap)
    assert [tuple(pair) for pair in headers] == [("a", "2"), ("b", "1")]
    assert headers["a"] == "2"


async def test_a_stream_is_iterated_asynchronously() -> None:
    stream = js.Response.new("abc").body
    assert isinstance(stream, JsAsyncIterable)
    assert [chunk.to_bytes() async for chunk in stream] == [b"abc"]


async def test_an_async_generator_is_sent_values_thrown_errors_and_closed(
    js_function: Function,
) -> None:
    seen: list[Any] = []

    def step(name: str, done: bool) -> Any:
        def call(value: Any = None) -> Any:
            seen.append((name, getattr(to_python(value), "name", value)))
            return to_js({"value": name, "done": done}).__js__

        return js_function(call)

    value = to_js(
        {name: step(name, name == "return") for name in ("next", "return", "throw")}
    )
    itself = js_function(lambda: value.__js__)
    js.Reflect.set(value, js.Symbol.asyncIterator, itself)
    generator = js.Object.new(value)
    assert isinstance(generator, JsAsyncGenerator)
    assert await generator.asend(5) == "next"
    assert await generator.athrow(ValueError("x")) == "throw"
    await generator.aclose()
    assert seen == [("next", 5), ("throw", "PythonError"), ("return", None)]


def test_a_class_is_callable() -> None:
    assert isinstance(js.Map, JsCallable)
    assert callable(js.JSON.parse)
    assert not callable(js.JSON)


def test_a_typed_array_is_indexed_and_iterated() -> None:
    value = js.Uint8Array.new([1, 2, 3])
    assert isinstance(value, JsTypedArray)
    assert (value[0], value[-1], len(value), list(value)) == (1, 3, 3, [1, 2, 3])
    value[0] = 300
    value[-1] = 7
    value[9] = 1
    assert value.to_bytes() == bytes([44, 2, 7])
    with pytest.raises(IndexError, match=r"^3$"):
        value[3]
    with pytest.raises(TypeError, match="list indices must be integers"):
        value["a"]
    with pytest.raises(NotImplementedError, match="Slice subscripting isn't"):
        value[0:2]
    with pytest.raises(TypeError):
        del value[0]


def test_a_buffer_gives_copies_of_its_bytes() -> None:
    value = js.Float64Array.new([1.5])
    view = value.to_memoryview()
    assert (view.format, view.readonly, view.tolist()) == ("d", False, [1.5])
    view[0] = 2.5
    assert value[0] == 1.5
    assert js.Uint8Array.new([1, 2, 3]).subarray(1).to_bytes() == b"\2\3"


def test_an_array_buffer_is_neither_counted_nor_iterated() -> None:
    buffer = js.ArrayBuffer.new(2)
    assert isinstance(buffer, JsBuffer)
    assert (buffer.to_bytes(), buffer.byteLength) == (b"\0\0", 2)
    for use in (lambda: len(buffer), lambda: buffer[0], lambda: iter(buffer)):
        with pytest.raises(TypeError):
            use()


def test_bytes_are_read_as_text() -> None:
    value = to_js(b"\xe9")
    assert value.to_string("latin1") == "é"
    with pytest.raises(
        ValueError, match="Failed to decode Javascript TypedArray as utf8"
    ):
        value.to_string()
    assert to_js(b"\xef\xbb\xbfA").to_string() == "\ufeffA"


def test_bytes_are_copied_in_and_out() -> None:
    value = js.Uint8Array.new(2)
    value.assign(b"ab")
    target = bytearray(2)
    value.assign_to(target)
    assert target == b"ab"


def test_copies_have_the_same_length() -> None:
    value = js.Uint8Array.new(2)
    with pytest.raises(
        ValueError,
        match="cannot assign to TypedArray of length 3 from buffer of length 2",
    ):
        value.assign(b"abc")
    with pytest.raises(
        ValueError,
        match="cannot assign from TypedArray of length 2 to buffer of length 3",
    ):
        value.assign_to(bytearray(3))
