"""Sizes of values as workerd stored them in a Durable Object (measured 2026-07-30)."""

import math

import pytest

from pytest_cfbindings.javascript.arrays import JsArray
from pytest_cfbindings.javascript.boxed import JsBigIntObject, JsBoolean, JsNumber
from pytest_cfbindings.javascript.buffers import DataView, JsArrayBuffer
from pytest_cfbindings.javascript.dates import JsDate
from pytest_cfbindings.javascript.maps import JsMap, JsSet
from pytest_cfbindings.javascript.objects import JsObject
from pytest_cfbindings.javascript.regexps import JsRegExp
from pytest_cfbindings.javascript.strings import JsString
from pytest_cfbindings.javascript.typed_arrays import Float64Array, Uint8Array
from pytest_cfbindings.javascript.v8_writer import serialized_size
from pytest_cfbindings.javascript.values import JsBigInt, null, undefined

EURO = "\u20ac"


@pytest.mark.parametrize("value", [undefined, null, True, False])
def test_a_constant_takes_one_byte_after_the_two_of_the_header(value: object) -> None:
    assert serialized_size(value) == 3


@pytest.mark.parametrize(
    ("number", "size"),
    [
        *((0, 4), (1, 4), (-1, 4), (63, 4), (64, 5), (-64, 4), (-65, 5), (5.0, 4)),
        *((2**30 - 1, 8), (-(2**30), 8), (2**30, 11), (-(2**30) - 1, 11)),
        *((-0.0, 11), (1.5, 11), (math.nan, 11), (math.inf, 11), (2**53, 11)),
    ],
)
def test_a_number_is_a_small_integer_or_a_double(number: float, size: int) -> None:
    assert serialized_size(number) == size


@pytest.mark.parametrize(
    ("number", "size"),
    [(0, 4), (-5, 12), (2**64 - 1, 12), (2**64, 20), (-(2**70), 20), (2**512, 77)],
)
def test_a_bigint_takes_eight_bytes_for_64_bits(number: int, size: int) -> None:
    assert serialized_size(JsBigInt(number)) == size
    assert serialized_size(JsBigIntObject(JsBigInt(number))) == size


@pytest.mark.parametrize(
    ("text", "size"),
    [
        *(("", 4), ("abc", 7), ("\xe9", 5), ("x" * 127, 131), ("x" * 128, 133)),
        *((EURO, 6), ("\ud800", 6), ("\U0001f600", 8), (EURO * 63, 130)),
    ],
)
def test_a_text_takes_one_or_two_bytes_a_unit(text: str, size: int) -> None:
    assert serialized_size(text) == size


def test_two_byte_text_begins_at_an_even_place() -> None:
    assert serialized_size(EURO * 64) == 134
    assert serialized_size(JsObject({"a": EURO})) == 12
    assert serialized_size(JsObject({"ab": EURO})) == 14
    assert serialized_size(JsObject({"a": 1, EURO: 1})) == 16
    assert serialized_size(JsArray([JsDate(1), EURO])) == 21


@pytest.mark.parametrize(
    ("value", "size"),
    [
        (JsObject(), 5),
        (JsObject({"a": 1}), 10),
        (JsObject({"a": undefined}), 9),
        (JsObject({"b": 1, "a": 2, "2": 3, "1": 4}), 23),
        (JsObject({"4294967295": 1, "-1": 2, "01": 3}), 31),
        (JsObject({"1073741824": 1, "1073741823": 2, "4294967294": 3}), 35),
        (JsArray(), 7),
        (JsArray([1, 2]), 11),
        (JsArray(["a", "b"]), 13),
        (JsArray([JsArray([JsArray()])]), 17),
        (JsArray(JsObject() for _ in range(130)), 399),
        (JsMap(), 5),
        (JsMap([(1, 2)]), 9),
        (JsMap([(EURO, 1)]), 12),
        (JsSet([1, "a", JsObject()]), 13),
        (JsDate(5), 11),
        (JsNumber(5), 11),
        (JsBoolean(True), 3),
        (JsString(EURO), 8),
        (JsRegExp("a", "gi"), 7),
        (JsRegExp("a", "dgimsy"), 8),
        (JsArrayBuffer(bytes(3)), 7),
        (Uint8Array.of_bytes(bytes(3)), 12),
        (Uint8Array(JsArrayBuffer(bytes(8)), 2, 3), 17),
        (Float64Array.of_bytes(bytes(8)), 17),
        (DataView(JsArrayBuffer(bytes(4)), 1, 2), 13),
    ],
)
def test_an_object_takes_what_it_contains_and_its_frame(
    value: JsObject, size: int
) -> None:
    assert serialized_size(value) == size


def test_an_array_with_another_property_names_it() -> None:
    value = JsArray([1])
    value.properties["x"] = 2
    assert serialized_size(value) == 14


def test_numbers_in_front_with_a_fraction_among_them_are_all_doubles() -> None:
    assert serialized_size(JsArray([0.5, 1, 1.5])) == 34
    assert serialized_size(JsArray([0.5, 1, "a"])) == 28
    assert serialized_size(JsArray(["a", 0.5, 1])) == 21


def test_undefined_among_numbers_makes_an_array_sparse() -> None:
    assert serialized_size(JsArray([undefined])) == 10
    assert serialized_size(JsArray([undefined, 1])) == 14
    assert serialized_size(JsArray([0.5, undefined, 1])) == 25
    assert serialized_size(JsArray(["a", undefined])) == 11


def test_what_occurs_again_is_a_reference() -> None:
    shared = JsObject()
    assert serialized_size(JsArray([shared, shared, shared])) == 14
    many = [JsObject() for _ in range(130)]
    assert serialized_size(JsArray([*many, many[129], many[5]])) == 404
    shared.js_set("me", shared)
    assert serialized_size(shared) == 11


def test_views_of_one_buffer_hold_it_once() -> None:
    buffer = JsArrayBuffer(bytes(4))
    views = [Uint8Array(buffer, 1), Uint8Array(buffer)]
    assert serialized_size(JsArray([buffer, *views])) == 27
    assert serialized_size(JsArray([*views, buffer])) == 27
