"""Structured clone; the answers are workerd's (measured 2026-07-30)."""

import math

import pytest

from pytest_cfbindings.javascript.aggregate_error import AggregateError
from pytest_cfbindings.javascript.arrays import JsArray, JsIterator
from pytest_cfbindings.javascript.boxed import JsBigIntObject, JsBoolean, JsNumber
from pytest_cfbindings.javascript.buffers import DataView, JsArrayBuffer
from pytest_cfbindings.javascript.conversions import to_string
from pytest_cfbindings.javascript.dates import JsDate
from pytest_cfbindings.javascript.errors import (
    DOMException,
    JsError,
    JsRangeError,
    JsTypeError,
    PythonError,
    error,
)
from pytest_cfbindings.javascript.maps import JsMap, JsSet
from pytest_cfbindings.javascript.object_functions import NullPrototypeObject
from pytest_cfbindings.javascript.objects import (
    ITERATOR,
    Accessor,
    JsFunction,
    JsObject,
    native,
)
from pytest_cfbindings.javascript.promises import JsPromise
from pytest_cfbindings.javascript.regexps import JsRegExp
from pytest_cfbindings.javascript.strings import JsString
from pytest_cfbindings.javascript.structured_clone import Cloning, structured_clone
from pytest_cfbindings.javascript.typed_arrays import (
    TYPED_ARRAYS,
    Uint8Array,
    Uint16Array,
)
from pytest_cfbindings.javascript.values import JsBigInt, null, undefined

from .throws import thrown


def copy_of(value: JsObject) -> JsObject:
    copy = structured_clone(value)
    assert isinstance(copy, JsObject)
    assert copy is not value
    return copy


@pytest.mark.parametrize(
    "value",
    [undefined, null, True, False, 0, 1.5, -math.inf, "", "\ud800", "a\U0001f600"],
)
def test_primitives_are_their_own_clones(value: object) -> None:
    assert structured_clone(value) is value


def test_minus_zero_nan_and_bigints_stay_what_they_are() -> None:
    copy = structured_clone(JsArray([-0.0, math.nan, JsBigInt(2**70)]))
    assert isinstance(copy, JsArray)
    zero, nan, big = copy.items
    assert isinstance(zero, float)
    assert math.copysign(1, zero) == -1
    assert nan is math.nan
    assert type(big) is JsBigInt


def test_an_object_is_copied_all_the_way_down() -> None:
    inner = JsArray([1, "a"])
    copy = copy_of(JsObject({"b": inner, "2": null, "a": undefined, "1": True}))
    assert copy.js_keys() == ["1", "2", "b", "a"]
    array = copy.js_get("b")
    assert isinstance(array, JsArray)
    assert array is not inner
    assert array.items == [1, "a"]


def test_a_getter_becomes_the_value_that_it_gave() -> None:
    copy = copy_of(JsObject({"a": Accessor(lambda _: 5)}))
    assert copy.properties == {"a": 5}


def test_what_a_getter_throws_is_thrown() -> None:
    def read(_this: JsObject) -> object:
        raise error("boom")

    value = JsObject({"a": Accessor(read)})
    assert thrown(structured_clone, value) == "Error: boom"


def test_a_property_that_a_getter_deletes_is_left_out() -> None:
    def read(this: JsObject) -> int:
        this.js_delete("b")
        return 1

    copy = copy_of(JsObject({"a": Accessor(read), "b": 2, "c": 3}))
    assert copy.properties == {"a": 1, "c": 3}


def test_properties_named_by_symbols_are_left_out() -> None:
    assert copy_of(JsObject({ITERATOR: 1, "a": 1})).properties == {"a": 1}


def test_an_object_without_a_prototype_gets_one() -> None:
    assert type(copy_of(NullPrototypeObject({"a": 1}))) is JsObject


class Point(JsObject):
    """What a JavaScript program defines as `class Point`."""

    class_name = "Point"

    def js_clone(self, cloning: Cloning) -> object:
        return cloning.instance(self)


def test_an_instance_of_a_class_loses_its_class() -> None:
    point = Point({"x": 1})
    point.properties["me"] = point
    copy = copy_of(point)
    assert type(copy) is JsObject
    assert copy.js_get("x") == 1
    assert copy.js_get("me") is copy


def test_an_array_keeps_its_other_properties_and_a_map_and_a_set_do_not() -> None:
    array, table, members = JsArray([1]), JsMap([(1, 2)]), JsSet([1])
    for value in (array, table, members):
        value.properties["x"] = 2
    assert copy_of(array).properties == {"x": 2}
    assert copy_of(table).properties == copy_of(members).properties == {}


def test_keys_and_members_are_copied_as_well() -> None:
    key = JsObject({"a": 1})
    table, members = copy_of(JsMap([(key, key)])), copy_of(JsSet([key]))
    assert isinstance(table, JsMap)
    assert isinstance(members, JsSet)
    [(one, other)] = table.items()
    [member] = members.items()
    assert one is other
    assert isinstance(one, JsObject)
    assert isinstance(member, JsObject)
    assert one is not key
    assert one.properties == member.properties == {"a": 1}


def test_what_occurs_twice_occurs_twice_in_the_copy() -> None:
    shared = JsDate(1)
    copy = copy_of(JsArray([shared, shared, JsDate(1)]))
    assert isinstance(copy, JsArray)
    assert copy.items[0] is copy.items[1]
    assert copy.items[0] is not copy.items[2]


@pytest.mark.parametrize("value", [JsObject(), JsArray(), JsMap(), JsSet()])
def test_what_contains_itself_does_so_in_the_copy(value: JsObject) -> None:
    if isinstance(value, JsMap):
        value.set(value, value)
    elif isinstance(value, JsSet):
        value.add(value)
    else:
        value.js_set("0", value)
    copy = copy_of(value)
    if isinstance(copy, JsMap):
        assert copy.items() == [(copy, copy)]
    elif isinstance(copy, JsSet):
        assert copy.items() == [copy]
    else:
        assert copy.js_get("0") is copy


@pytest.mark.parametrize(
    "value",
    [
        *(JsDate(5), JsDate(math.nan), JsNumber(5), JsString("\u20ac")),
        *(JsBoolean(False), JsBigIntObject(JsBigInt(5)), JsRegExp("a", "gi")),
    ],
    ids=to_string,
)
def test_other_objects_of_the_language_keep_their_class(value: JsObject) -> None:
    value.properties["lost"] = 1
    copy = copy_of(value)
    assert type(copy) is type(value)
    assert to_string(copy) == to_string(value)
    assert copy.properties == {}


def test_a_regular_expression_starts_anew() -> None:
    pattern = JsRegExp("a", "g")
    pattern.js_set("lastIndex", 3)
    assert copy_of(pattern).js_get("lastIndex") == 0


@pytest.mark.parametrize("cls", TYPED_ARRAYS, ids=lambda cls: cls.class_name)
def test_a_typed_array_keeps_its_class(cls: type[Uint8Array]) -> None:
    copy = copy_of(cls.of_bytes(bytes(range(8))))
    assert type(copy) is cls
    assert copy.to_bytes() == bytes(range(8))


@pytest.mark.parametrize("cls", [Uint8Array, DataView])
def test_a_view_brings_a_copy_of_its_whole_buffer(
    cls: type[Uint8Array] | type[DataView],
) -> None:
    buffer = JsArrayBuffer(bytes(range(8)))
    copy = copy_of(cls(buffer, 2, 3))
    assert isinstance(copy, cls)
    assert (copy.offset, copy.to_bytes()) == (2, b"\2\3\4")
    assert copy.buffer_object is not buffer
    assert copy.buffer_object.to_bytes() == bytes(range(8))


def test_views_of_one_buffer_go_on_sharing_it() -> None:
    buffer = JsArrayBuffer(bytes(4))
    copy = copy_of(JsArray([Uint8Array(buffer, 1), Uint16Array(buffer), buffer]))
    assert isinstance(copy, JsArray)
    bytes_, words, whole = copy.items
    assert isinstance(bytes_, Uint8Array)
    assert isinstance(words, Uint16Array)
    assert bytes_.buffer_object is words.buffer_object is whole
    bytes_.js_set("0", 255)
    assert (words.to_bytes(), buffer.to_bytes()) == (b"\0\xff\0\0", bytes(4))


@pytest.mark.parametrize(
    ("value", "cls"),
    [
        (JsTypeError("m"), JsTypeError),
        (JsError("m", "RangeError"), JsRangeError),
        (JsTypeError("m", "Error"), JsError),
        (JsTypeError("m", "Mine"), JsError),
        (JsError("m", "AggregateError"), AggregateError),
        (JsError("m", "DOMException"), JsError),
        (PythonError("m"), JsError),
        (DOMException("m", "AbortError"), DOMException),
    ],
)
def test_an_error_is_of_the_class_that_its_name_says(
    value: JsError, cls: type[JsError]
) -> None:
    copy = copy_of(value)
    assert type(copy) is cls
    assert to_string(copy) == to_string(value)


def test_an_error_keeps_cause_and_properties_but_none_that_look_like_indices() -> None:
    value = JsError("m")
    value.properties.update({"cause": JsTypeError("in"), "code": 2, "1": 1})
    copy = copy_of(value)
    assert list(copy.properties) == ["cause", "code"]
    assert type(copy.js_get("cause")) is JsTypeError


def test_a_dom_exception_keeps_name_and_message_only() -> None:
    value = DOMException("m", "AbortError")
    value.properties["x"] = 1
    assert copy_of(value).properties == {}


def test_a_name_that_is_no_text_is_kept() -> None:
    value = JsError("m")
    value.name = 5
    assert copy_of(value).js_get("name") == 5


@pytest.mark.parametrize("message", [undefined, 5])
def test_an_error_whose_message_is_no_text_is_refused(message: object) -> None:
    value = JsError()
    value.message = message
    assert thrown(structured_clone, value) == (
        "DataCloneError: Deserialization failed: error message is not a string"
    )


def test_an_error_that_leads_back_to_itself_is_refused() -> None:
    value = JsError("m")
    value.properties["cause"] = JsObject({"error": value})
    assert thrown(structured_clone, value) == (
        "Error: Unable to deserialize cloned data."
    )
    holder = JsObject({"twice": JsArray([JsError("m")] * 2)})
    assert copy_of(holder).js_get("twice")


def source(text: str) -> JsFunction:
    class Function(JsFunction):
        def js_source(self) -> str:
            return text

    return Function(lambda _this: undefined)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (source("() => {}"), "() => {}"),
        (native(lambda: 1, "max"), "function max() { [native code] }"),
        (ITERATOR, "Symbol(Symbol.iterator)"),
        (JsPromise(), "#<Promise>"),
        (JsIterator(iter(()), "Array Iterator"), "[object Array Iterator]"),
        (JsMap.constructor, "function Map() { [native code] }"),
    ],
)
def test_what_has_no_clone_is_refused_wherever_it_is(value: object, shown: str) -> None:
    refused = f"DataCloneError: {shown} could not be cloned."
    for whole in (value, JsObject({"a": JsArray([value])}), JsMap([(value, 1)])):
        assert thrown(structured_clone, whole) == refused


def test_a_promise_with_a_text_of_its_own_is_shown_by_its_tag() -> None:
    promise = JsPromise()
    promise.properties["toString"] = native(lambda: "mine", "toString")
    assert thrown(structured_clone, promise) == (
        "DataCloneError: [object Promise] could not be cloned."
    )


def test_an_object_of_the_runtime_is_refused_by_its_class() -> None:
    class Cursor(JsObject):
        class_name = "Cursor"

    assert thrown(structured_clone, JsArray([Cursor()])) == (
        'DataCloneError: Could not serialize object of type "Cursor".'
        " This type does not support serialization."
    )


def test_what_is_nested_too_deeply_is_a_range_error() -> None:
    value = JsArray()
    for _ in range(100_000):
        value = JsArray([value])
    assert thrown(structured_clone, value) == (
        "RangeError: Maximum call stack size exceeded"
    )


def test_a_transferred_buffer_is_empty_afterwards_and_its_views_are() -> None:
    buffer = JsArrayBuffer(b"abc")
    view = Uint8Array(buffer, 1)
    copy = structured_clone(view, [buffer])
    assert isinstance(copy, Uint8Array)
    assert copy.to_bytes() == b"bc"
    assert (buffer.js_get("byteLength"), buffer.js_get("detached")) == (0, True)
    lengths = [view.js_get(n) for n in ("length", "byteLength", "byteOffset", "0")]
    assert lengths == [0, 0, 0, undefined]


def test_a_view_is_transferred_with_its_buffer() -> None:
    view = Uint8Array.of_bytes(b"abc")
    structured_clone(1, [view])
    assert view.buffer_object.is_detached


def test_nothing_is_transferred_if_the_value_cannot_be_cloned() -> None:
    buffer = JsArrayBuffer(b"abc")
    thrown(structured_clone, JsArray([buffer, JsPromise()]), [buffer])
    assert buffer.js_get("byteLength") == 3


@pytest.mark.parametrize("item", [1, JsObject(), null])
def test_only_buffers_can_be_transferred(item: object) -> None:
    assert thrown(structured_clone, JsPromise(), [item]) == (
        "TypeError: Object is not transferable"
    )


@pytest.mark.parametrize("view", [False, True])
def test_a_detached_buffer_is_not_cloned(view: bool) -> None:
    buffer = JsArrayBuffer(b"abc")
    value = Uint8Array(buffer) if view else buffer
    buffer.detach()
    assert thrown(structured_clone, value) == (
        "DataCloneError: An ArrayBuffer is detached and could not be cloned."
    )


@pytest.mark.parametrize(
    ("use", "operation"),
    [
        (JsArrayBuffer.slice, "ArrayBuffer.prototype.slice"),
        (Uint8Array.js_construct, "Construct"),
        (DataView.js_construct, "DataView constructor"),
    ],
)
def test_a_detached_buffer_is_not_used(use: object, operation: str) -> None:
    buffer = JsArrayBuffer(b"abc")
    buffer.detach()
    assert callable(use)
    assert thrown(use, buffer) == (
        f"TypeError: Cannot perform {operation} on a detached ArrayBuffer"
    )
