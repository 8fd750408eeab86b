import enum
import math
from http import HTTPStatus
from typing import Any

import pytest
from pyodide.ffi import JsBigInt, JsException, JsProxy, jsnull

from pytest_cfbindings.ffi.crossing import (
    is_javascript,
    thrown_to_python,
    to_javascript,
    to_python,
)
from pytest_cfbindings.javascript.arrays import JsArray
from pytest_cfbindings.javascript.conversions import to_string
from pytest_cfbindings.javascript.dates import JsDate
from pytest_cfbindings.javascript.errors import JsError, JsTypeError
from pytest_cfbindings.javascript.maps import JsMap
from pytest_cfbindings.javascript.object_functions import NullPrototypeObject
from pytest_cfbindings.javascript.objects import JsObject, native
from pytest_cfbindings.javascript.typed_arrays import Uint8Array
from pytest_cfbindings.javascript.values import null, undefined


class Colour(enum.IntEnum):
    RED = 3


class Name(enum.StrEnum):
    A = "a"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (2.0, 2),
        (-0.0, 0),
        (float(2**53 - 1), 2**53 - 1),
        (2.0**53, 2.0**53),
        (1.5, 1.5),
        (math.inf, math.inf),
        ("\ud800x", "\ud800x"),
        (True, True),
        (undefined, None),
        (null, jsnull),
        (JsBigInt(5), JsBigInt(5)),
    ],
)
def test_a_primitive_comes_to_python(value: object, expected: object) -> None:
    converted = to_python(value)
    assert converted == expected
    assert type(converted) is type(expected)


@pytest.mark.parametrize(
    "value", [JsObject(), JsArray(), native(lambda: 1), JsMap.constructor]
)
def test_an_object_comes_to_python_as_a_proxy(value: object) -> None:
    converted = to_python(value)
    assert isinstance(converted, JsProxy)
    assert type(converted).__name__ == "JsProxy"
    assert to_javascript(converted) is value


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, undefined),
        (jsnull, null),
        (True, True),
        (1.5, 1.5),
        (2.0, 2.0),
        (7, 7),
        (2**53 - 2, 2**53 - 2),
        (2**53 - 1, JsBigInt(2**53 - 1)),
        (-(2**53) + 1, JsBigInt(-(2**53) + 1)),
        (-(2**53) + 2, -(2**53) + 2),
        (JsBigInt(5), JsBigInt(5)),
        ("é\ud83d\ude00", "é😀"),
        (Colour.RED, 3),
        (HTTPStatus.OK, 200),
        (Name.A, "a"),
        (float(2**60), float(2**60)),
    ],
)
def test_a_scalar_goes_to_javascript(value: object, expected: object) -> None:
    converted = to_javascript(value)
    assert converted == expected
    assert type(converted) is type(expected)


@pytest.mark.parametrize(
    "value", [b"x", [1], {"a": 1}, (1,), {1}, object(), len, 1j, range(3)]
)
def test_anything_else_goes_to_javascript_and_back(value: object) -> None:
    converted = to_javascript(value)
    assert isinstance(converted, JsObject)
    assert converted.class_name == "PyProxy"
    assert to_python(converted) is value


def test_only_proxies_are_javascript() -> None:
    assert is_javascript(to_python(JsObject()))
    assert not any(map(is_javascript, (1, "a", None, jsnull, {}, JsBigInt(1))))


def test_a_bigint_stays_one_on_the_left_of_an_operator() -> None:
    five: Any = JsBigInt(5)
    stays = (five + 1, five - 1, five * 2, five // 2, five % 2, five**2, five & 1)
    leaves = (1 + five, 7 - five, 2**five, int(five), round(five), divmod(five, 2)[0])
    assert [type(value) for value in (*stays, -five, +five, ~five, abs(five))] == [
        *(JsBigInt, JsBigInt, int, JsBigInt, JsBigInt, JsBigInt, JsBigInt),
        *(JsBigInt, JsBigInt, JsBigInt, JsBigInt),
    ]
    assert {type(value) for value in leaves} == {int}
    assert type(five + 1.5) is type(five / 2) is float


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (JsTypeError("bad"), "TypeError: bad"),
        (JsError(""), "Error"),
        ("just text", "Error: just text"),
    ],
)
def test_an_error_or_text_is_thrown_as_it_is(value: object, text: str) -> None:
    thrown = thrown_to_python(value)
    assert isinstance(thrown, JsException)
    assert not isinstance(thrown, TypeError)
    assert str(thrown) == text


@pytest.mark.parametrize(
    ("value", "kind", "tag"),
    [
        (5, "number", "Number"),
        (True, "boolean", "Boolean"),
        (JsBigInt(5), "bigint", "BigInt"),
        (JsObject({"a": 1}), "object", "Object"),
        (JsArray([1, 2]), "object", "Array"),
        (JsMap(), "object", "Map"),
        (Uint8Array.of_bytes(b"\0\0"), "object", "Uint8Array"),
        (JsDate(0), "object", "Date"),
        (native(lambda: 1, "f"), "function", "Function"),
        (JsObject({"toString": native(lambda: "me")}), "object", "Object"),
    ],
)
def test_any_other_value_is_explained(value: object, kind: str, tag: str) -> None:
    text = to_string(value)
    assert str(thrown_to_python(value)) == (
        f"Error: A value of type {kind} with tag [object {tag}] was thrown as an"
        f' error!\nString interpolation of the thrown value gives """{text}""".\n'
        f'The thrown value\'s toString method returns """{text}""".'
    )


@pytest.mark.parametrize(
    ("value", "kind", "tag", "text"),
    [
        (null, "object", "Null", 'gives """null"""'),
        (undefined, "undefined", "Undefined", 'gives """undefined"""'),
        (NullPrototypeObject(), "object", "Object", "fails"),
    ],
)
def test_a_value_without_a_to_string_method_is_explained(
    value: object, kind: str, tag: str, text: str
) -> None:
    assert str(thrown_to_python(value)) == (
        f"Error: A value of type {kind} with tag [object {tag}] was thrown as an"
        f" error!\nString interpolation of the thrown value {text}.\n"
        "The thrown value's toString method fails."
    )
