"""Values as bytes. The sizes are those that workerd counted (measured)."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_cfbindings.javascript.aggregate_error import AggregateError
from pytest_cfbindings.javascript.arrays import JsArray
from pytest_cfbindings.javascript.boxed import JsBigIntObject, JsBoolean, JsNumber
from pytest_cfbindings.javascript.buffers import DataView, JsArrayBuffer, JsView
from pytest_cfbindings.javascript.conversions import to_string
from pytest_cfbindings.javascript.dates import JsDate
from pytest_cfbindings.javascript.errors import JsError, JsTypeError, PythonError
from pytest_cfbindings.javascript.maps import JsMap, JsSet
from pytest_cfbindings.javascript.objects import JsObject, native
from pytest_cfbindings.javascript.regexps import JsRegExp
from pytest_cfbindings.javascript.strings import JsString
from pytest_cfbindings.javascript.typed_arrays import (
    TYPED_ARRAYS,
    Uint8Array,
    Uint16Array,
)
from pytest_cfbindings.javascript.v8_reader import deserialize
from pytest_cfbindings.javascript.v8_writer import serialize, serialized_size
from pytest_cfbindings.javascript.values import JsBigInt, null, undefined
from pytest_cfbindings.web.blobs import Blob
from pytest_cfbindings.web.headers import Headers

from .throws import thrown

HEADER_BYTES = 2


def restored(value: object) -> object:
    return deserialize(serialize(value))


@pytest.mark.parametrize(
    ("value", "size"),
    [
        (undefined, 1),
        (null, 1),
        (True, 1),
        (5, 2),
        (-5, 2),
        (63, 2),
        (64, 3),
        (-64, 2),
        (-65, 3),
        (8191, 3),
        (8192, 4),
        (2**30 - 1, 6),
        (2**30, 9),
        (-(2**30), 6),
        (-(2**30) - 1, 9),
        (1.5, 9),
        (5.0, 2),
        (-0.0, 9),
        (math.nan, 9),
        ("", 2),
        ("abc", 5),
        ("é", 3),
        ("€", 4),
        ("€€", 6),
        ("😀", 6),
        (JsBigInt(0), 2),
        (JsBigInt(1), 10),
        (JsBigInt(-1), 10),
        (JsBigInt(2**64), 18),
        (JsDate(0), 9),
        (JsArray(), 5),
        (JsArray([1, 2, 3]), 11),
        (JsArray([null, "x"]), 9),
        (JsObject(), 3),
        (JsObject({"a": 1}), 8),
        (JsObject({"a": 1, "2": 3}), 12),
        (JsMap(), 3),
        (JsMap([(1, 2)]), 7),
        (JsSet([1]), 5),
        (JsArrayBuffer(bytes(10)), 12),
        (Uint8Array(JsArrayBuffer(bytes(10))), 17),
        (Uint16Array(JsArrayBuffer(bytes(10))), 17),
        (DataView(JsArrayBuffer(bytes(10))), 17),
        (JsRegExp("ab", "g"), 6),
        (JsNumber(1), 9),
        (JsString("ab"), 5),
        (JsBoolean(True), 1),
        (JsBigIntObject(JsBigInt(5)), 10),
    ],
)
def test_the_size_is_the_one_that_workerd_counts(value: object, size: int) -> None:
    assert serialized_size(value) == HEADER_BYTES + size


def test_what_occurs_twice_is_written_once() -> None:
    shared = JsObject()
    assert serialized_size(JsArray([shared, shared])) == HEADER_BYTES + 10
    value = restored(JsArray([shared, shared]))
    assert isinstance(value, JsArray)
    assert value.items[0] is value.items[1]


def test_two_views_of_a_buffer_share_it_afterwards() -> None:
    buffer = JsArrayBuffer(b"abcd")
    source = JsArray([Uint8Array(buffer, 0, 2), buffer, Uint8Array(buffer, 2, 2)])
    value = restored(source)
    assert isinstance(value, JsArray)
    first, whole, second = value.items
    assert isinstance(first, JsView)
    assert isinstance(second, JsView)
    assert first.buffer_object is whole
    assert second.buffer_object is whole
    assert (first.to_bytes(), second.to_bytes()) == (b"ab", b"cd")


def test_a_value_may_contain_itself() -> None:
    cycle = JsObject()
    cycle.properties["me"] = cycle
    value = restored(cycle)
    assert isinstance(value, JsObject)
    assert value.js_get("me") is value


def test_an_invalid_date_and_minus_zero_survive() -> None:
    date, zero = restored(JsDate(math.nan)), restored(-0.0)
    assert isinstance(date, JsDate)
    assert math.isnan(date.milliseconds)
    assert isinstance(zero, float)
    assert math.copysign(1, zero) == -1


def test_half_a_surrogate_pair_survives() -> None:
    assert restored("a\ud800\0b") == "a\ud800\0b"


@pytest.mark.parametrize("cls", [*TYPED_ARRAYS, DataView])
def test_each_kind_of_view_survives(cls: type[JsView]) -> None:
    value = restored(cls(JsArrayBuffer(bytes(range(24))), 8, 8))
    assert type(value) is cls
    assert isinstance(value, JsView)
    assert (value.offset, value.to_bytes()) == (8, bytes(range(8, 16)))


def test_a_regular_expression_survives() -> None:
    value = restored(JsRegExp("a+", "gis"))
    assert isinstance(value, JsRegExp)
    assert (value.source, sorted(value.flags)) == ("a+", ["g", "i", "s"])


def test_an_array_keeps_its_named_properties() -> None:
    source = JsArray([1])
    source.properties["name"] = "x"
    value = restored(source)
    assert isinstance(value, JsArray)
    assert (value.items, value.js_get("name")) == ([1], "x")


def test_an_error_keeps_its_class_and_its_properties() -> None:
    source = JsTypeError("wrong")
    source.properties["code"] = JsArray([1])
    value = restored(source)
    assert isinstance(value, JsTypeError)
    assert to_string(value) == "TypeError: wrong"
    assert to_string(value.js_get("code")) == "1"


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (AggregateError("several"), "AggregateError: several"),
        (JsError("m", name="Mine"), "Mine: m"),
        (PythonError("Traceback"), "PythonError: Traceback"),
    ],
)
def test_an_error_keeps_its_name(error: JsError, text: str) -> None:
    assert to_string(restored(error)) == text


def test_objects_of_the_runtime_are_made_anew() -> None:
    headers = restored(Headers([("a", "1"), ("set-cookie", "2")]))
    assert isinstance(headers, Headers)
    assert list(headers.fields()) == [("a", "1"), ("set-cookie", "2")]
    blob = restored(Blob(b"abc", "text/plain"))
    assert isinstance(blob, Blob)
    assert (blob.data, blob.content_type) == (b"abc", "text/plain")


def test_what_has_no_clone_is_refused() -> None:
    def named() -> None:
        """Nothing."""

    value = JsArray([native(named, "named")])
    assert thrown(serialize, value).startswith("DataCloneError: ")


def test_too_deep_a_value_is_refused() -> None:
    value = JsArray()
    for _ in range(100_000):
        value = JsArray([value])
    assert thrown(serialize, value) == "RangeError: Maximum call stack size exceeded"


primitives = st.one_of(
    st.none(),
    st.just(null),
    st.booleans(),
    st.integers(-(2**53) + 1, 2**53 - 1),
    st.floats(),
    st.text(st.characters(exclude_categories=())),
    st.integers().map(JsBigInt),
)
keys = st.text(max_size=3) | st.integers(0, 2**32).map(str)
values = st.recursive(
    primitives,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4).map(JsArray),
        st.dictionaries(keys, inner, max_size=4).map(lambda named: JsObject({**named})),
        st.lists(st.tuples(inner, inner), max_size=3).map(JsMap),
        st.lists(inner, max_size=3).map(JsSet),
        st.binary(max_size=9).map(JsArrayBuffer),
    ),
    max_leaves=12,
)


def shown(value: object) -> object:
    """The value in a form that can be compared, the order of its names included."""
    match value:
        case JsArray():
            return ["Array", *map(shown, value.items)]
        case JsMap() | JsSet():
            return [value.class_name, *map(shown, value.items())]
        case JsArrayBuffer():
            return value.to_bytes()
        case JsObject():
            return [(name, shown(value.js_get(name))) for name in value.js_keys()]
        case tuple():
            return [*map(shown, value)]
        case str():
            return value.encode("utf-16-le", "surrogatepass")
        case bool() | JsBigInt():
            return (type(value), value)
        case float() | int():
            return ("number", repr(float(value)))
    return value


@given(values)
def test_any_value_comes_back_as_it_was(value: object) -> None:
    assert shown(restored(value)) == shown(value)
