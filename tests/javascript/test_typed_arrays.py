import math

import pytest

from pytest_cfbindings.javascript.objects import JsObject
from pytest_cfbindings.javascript.typed_array_class import JsTypedArray
from pytest_cfbindings.javascript.typed_arrays import (
    TYPED_ARRAYS,
    BigInt64Array,
    BigUint64Array,
    Float32Array,
    Float64Array,
    Int8Array,
    Int16Array,
    Int32Array,
    Uint8Array,
    Uint8ClampedArray,
    Uint16Array,
    Uint32Array,
)
from pytest_cfbindings.javascript.values import JsBigInt, null, undefined

from .throws import thrown


@pytest.mark.parametrize(
    ("cls", "items", "stored"),
    [
        (
            Uint8Array,
            [256, -1, 1.9, "7", null, undefined, math.nan, math.inf, True],
            [0, 255, 1, 7, 0, 0, 0, 0, 1],
        ),
        (
            Uint8ClampedArray,
            [256, -1, 1.5, 2.5, 0.5, math.nan, math.inf],
            [255, 0, 2, 2, 0, 0, 255],
        ),
        (Int8Array, [128, 255, -129], [-128, -1, 127]),
        (Uint16Array, [65537], [1]),
        (Int16Array, [40000], [-25536]),
        (Uint32Array, [-1, 2**32], [2**32 - 1, 0]),
        (Int32Array, [2**31], [-(2**31)]),
        (Float32Array, [0.1, 1e40, -1e40], [0.10000000149011612, math.inf, -math.inf]),
        (Float64Array, [0.1, "1.5"], [0.1, 1.5]),
        (BigInt64Array, [JsBigInt(2**63), JsBigInt(-1)], [-(2**63), -1]),
        (BigUint64Array, [JsBigInt(-1)], [2**64 - 1]),
        (BigInt64Array, ["5", True], [5, 1]),
    ],
)
def test_an_element_is_narrowed_to_its_type(
    cls: type[JsTypedArray], items: list[object], stored: list[float]
) -> None:
    assert cls.of_items(items).elements() == stored


def test_a_bigint_array_gives_bigints() -> None:
    [element] = BigInt64Array.of_items([JsBigInt(5)]).elements()
    assert type(element) is JsBigInt
    assert type(BigInt64Array.of_items([JsBigInt(5)]).js_get("0")) is JsBigInt


def test_a_number_is_no_bigint() -> None:
    assert thrown(BigInt64Array.of_items, [1]) == (
        "TypeError: Cannot convert 1 to a BigInt"
    )


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (undefined, "TypeError: Cannot convert undefined to a BigInt"),
        (null, "TypeError: Cannot convert null to a BigInt"),
        (1.5, "TypeError: Cannot convert 1.5 to a BigInt"),
        ("x", "SyntaxError: Cannot convert x to a BigInt"),
        (JsObject(), "SyntaxError: Cannot convert [object Object] to a BigInt"),
    ],
)
def test_few_values_become_bigints(value: object, message: str) -> None:
    assert thrown(BigInt64Array.of_items, [value]) == message


@pytest.mark.parametrize(
    ("text", "number"), [("0x10", 16), ("", 0), (" 7 ", 7), ("-3", -3), ("007", 7)]
)
def test_text_reads_as_a_bigint(text: str, number: int) -> None:
    assert BigInt64Array.of_items([text]).elements() == [number]


def test_a_bigint_is_no_number() -> None:
    assert thrown(Uint8Array.of_items, [JsBigInt(1)]) == (
        "TypeError: Cannot convert a BigInt value to a number"
    )


@pytest.mark.parametrize("cls", TYPED_ARRAYS)
def test_the_bytes_are_as_many_as_the_elements_need(cls: type[JsTypedArray]) -> None:
    array = cls.js_construct(3)
    assert array.js_get("byteLength") == 3 * cls.item_size()
    assert array.js_get("length") == 3
