import pytest

from pytest_cfbindings.javascript.arrays import JsArray
from pytest_cfbindings.javascript.buffers import DataView, JsArrayBuffer
from pytest_cfbindings.javascript.conversions import to_string
from pytest_cfbindings.javascript.maps import JsSet
from pytest_cfbindings.javascript.objects import JsObject
from pytest_cfbindings.javascript.typed_arrays import Uint8Array, Uint16Array
from pytest_cfbindings.javascript.values import null, undefined

from .throws import thrown


def four() -> JsArrayBuffer:
    return JsArrayBuffer(b"\1\2\3\4")


def test_a_buffer_is_a_copy() -> None:
    source = bytearray(b"ab")
    buffer = JsArrayBuffer(source)
    source[0] = 0
    assert buffer.to_bytes() == b"ab"


@pytest.mark.parametrize(("length", "size"), [(2.7, 2), ("3", 3), (undefined, 0)])
def test_a_new_buffer_is_zeros(length: object, size: int) -> None:
    assert JsArrayBuffer.js_construct(length).to_bytes() == bytes(size)


def test_a_buffer_has_no_negative_length() -> None:
    assert thrown(JsArrayBuffer.js_construct, -1) == (
        "RangeError: Invalid array buffer length"
    )


@pytest.mark.parametrize(
    ("bounds", "data"),
    [((), b"\1\2\3\4"), ((-2,), b"\3\4"), ((1, -1), b"\2\3"), ((3, 1), b"")],
)
def test_slice_copies(bounds: tuple[object, ...], data: bytes) -> None:
    part = four().slice(*bounds)
    assert part.to_bytes() == data


def test_views_are_views_and_buffers_are_not() -> None:
    assert JsArrayBuffer.isView(Uint8Array.of_bytes(b""))
    assert JsArrayBuffer.isView(DataView(four()))
    assert not JsArrayBuffer.isView(four())
    assert not JsArrayBuffer.isView(JsArray())


def test_views_of_one_buffer_share_its_bytes() -> None:
    buffer = four()
    whole = Uint8Array.js_construct(buffer)
    part = Uint8Array.js_construct(buffer, 1, 2)
    part.js_set("0", 9)
    assert whole.to_bytes() == b"\1\x09\3\4"
    assert part.js_get("buffer") is buffer
    assert part.js_get("byteOffset") == 1
    assert part.js_get("byteLength") == 2
    assert part.js_get("length") == 2


def test_a_view_of_a_view_copies() -> None:
    first = Uint8Array.of_bytes(b"ab")
    second = Uint8Array.js_construct(first)
    second.js_set("0", 0)
    assert first.to_bytes() == b"ab"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((3, 0), "byte length of Uint16Array should be a multiple of 2"),
        ((4, 1), "start offset of Uint16Array should be a multiple of 2"),
        ((4, 6), "Start offset 6 is outside the bounds of the buffer"),
        ((4, 2, 5), "Invalid typed array length: 5"),
    ],
)
def test_a_view_stays_inside_its_buffer(
    arguments: tuple[int, ...], message: str
) -> None:
    size, *rest = arguments
    buffer = JsArrayBuffer(bytes(size))
    assert thrown(Uint16Array.js_construct, buffer, *rest) == f"RangeError: {message}"


@pytest.mark.parametrize(
    ("rest", "message"),
    [
        ((5,), "Start offset 5 is outside the bounds of the buffer"),
        ((1, 5), "Invalid DataView length 5"),
    ],
)
def test_a_data_view_stays_inside_its_buffer(
    rest: tuple[int, ...], message: str
) -> None:
    assert thrown(DataView.js_construct, four(), *rest) == f"RangeError: {message}"


def test_a_data_view_needs_a_buffer() -> None:
    assert thrown(DataView.js_construct, 5) == (
        "TypeError: First argument to DataView constructor must be an ArrayBuffer"
    )


@pytest.mark.parametrize(
    ("source", "data"),
    [
        (1.9, b"\0"),
        ("3", b"\0\0\0"),
        (null, b""),
        (undefined, b""),
        (JsArray([1, 2]), b"\1\2"),
        (JsSet([1, 2]), b"\1\2"),
        (JsObject({"length": 2, "0": 5}), b"\5\0"),
        (JsObject(), b""),
    ],
)
def test_a_typed_array_is_made_of_a_length_or_of_items(
    source: object, data: bytes
) -> None:
    assert Uint8Array.js_construct(source).to_bytes() == data


def test_a_typed_array_has_no_negative_length() -> None:
    assert thrown(Uint8Array.js_construct, -1) == (
        "RangeError: Invalid typed array length: -1"
    )


def test_elements_are_properties() -> None:
    array = Uint16Array.of_items([1, 500])
    assert array.js_get("1") == 500
    assert array.js_get("2") is undefined
    assert array.js_has("1")
    assert not array.js_has("2")
    assert array.js_keys() == ["0", "1"]
    assert to_string(array) == "1,500"


def test_assigning_beyond_the_end_does_nothing() -> None:
    array = Uint8Array.of_bytes(b"ab")
    array.js_set("5", 1)
    assert array.to_bytes() == b"ab"
    assert array.js_keys() == ["0", "1"]


@pytest.mark.parametrize(
    ("bounds", "data"),
    [((1, 3), b"\2\3"), ((-2,), b"\3\4"), ((5,), b""), ((3, 1), b"")],
)
def test_subarray_shares_and_slice_copies(
    bounds: tuple[object, ...], data: bytes
) -> None:
    array = Uint8Array.of_bytes(b"\1\2\3\4")
    assert array.subarray(*bounds).to_bytes() == data
    assert array.slice(*bounds).to_bytes() == data
    assert array.subarray(*bounds).buffer_object is array.buffer_object
    assert array.slice(*bounds).buffer_object is not array.buffer_object


def test_set_copies_into_the_array() -> None:
    array = Uint8Array.of_bytes(bytes(3))
    array.set(JsArray([1, 2]), 1)
    assert array.to_bytes() == b"\0\1\2"


@pytest.mark.parametrize("offset", [1, -1])
def test_set_stays_inside_the_array(offset: int) -> None:
    array = Uint8Array.of_bytes(bytes(2))
    assert thrown(array.set, JsArray([1, 2]), offset) == (
        "RangeError: offset is out of bounds"
    )
