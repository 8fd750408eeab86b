import math

import pytest

from pytest_cfbindings.javascript.arrays import JsArray
from pytest_cfbindings.javascript.buffers import DataView, JsArrayBuffer
from pytest_cfbindings.javascript.conversions import to_string, truthy, typeof
from pytest_cfbindings.javascript.dates import JsDate
from pytest_cfbindings.javascript.errors import JsError, JsTypeError
from pytest_cfbindings.javascript.maps import JsMap, JsSet
from pytest_cfbindings.javascript.object_functions import NullPrototypeObject
from pytest_cfbindings.javascript.objects import JsObject, native
from pytest_cfbindings.javascript.promises import JsPromise
from pytest_cfbindings.javascript.typed_arrays import Uint8Array
from pytest_cfbindings.javascript.values import JsBigInt, null, undefined

from .throws import thrown


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("a\ud800", "a\ud800"),
        (undefined, "undefined"),
        (null, "null"),
        (True, "true"),
        (False, "false"),
        (1.0, "1"),
        (-0.0, "0"),
        (math.nan, "NaN"),
        (JsBigInt(12345678901234567890), "12345678901234567890"),
        (JsObject(), "[object Object]"),
        (JsArray([1, JsArray([2, JsArray([3])]), null, undefined]), "1,2,3,,"),
        (JsArray(), ""),
        (JsArray([JsObject()]), "[object Object]"),
        (JsMap(), "[object Map]"),
        (JsSet(), "[object Set]"),
        (JsMap().entries(), "[object Map Iterator]"),
        (JsSet().values(), "[object Set Iterator]"),
        (JsArray().values(), "[object Array Iterator]"),
        (JsArrayBuffer(b"a"), "[object ArrayBuffer]"),
        (DataView(JsArrayBuffer(b"a")), "[object DataView]"),
        (Uint8Array.of_bytes(b"ab"), "97,98"),
        (JsError("m"), "Error: m"),
        (JsTypeError(""), "TypeError"),
        (JsPromise.resolved(1), "[object Promise]"),
        (JsDate(0), "Thu Jan 01 1970 00:00:00 GMT+0000 (Coordinated Universal Time)"),
        (native(lambda: 1, "f"), "function f() { [native code] }"),
        (JsMap.constructor, "function Map() { [native code] }"),
    ],
)
def test_a_value_has_javascripts_text(value: object, text: str) -> None:
    assert to_string(value) == text


def test_an_own_to_string_decides() -> None:
    assert to_string(JsObject({"toString": native(lambda: "me")})) == "me"


def test_an_own_to_string_may_return_another_primitive() -> None:
    assert to_string(JsObject({"toString": native(lambda: 5)})) == "5"


def test_an_object_without_prototype_has_no_text() -> None:
    assert thrown(to_string, NullPrototypeObject()) == (
        "TypeError: Cannot convert object to primitive value"
    )


@pytest.mark.parametrize(
    "value", [undefined, null, False, 0, -0.0, "", math.nan, JsBigInt(0)]
)
def test_few_values_are_falsy(value: object) -> None:
    assert truthy(value) is False


@pytest.mark.parametrize(
    "value", [True, 1, "0", " ", JsBigInt(1), JsObject(), JsArray(), JsMap(), math.inf]
)
def test_everything_else_is_truthy(value: object) -> None:
    assert truthy(value) is True


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (undefined, "undefined"),
        (null, "object"),
        (True, "boolean"),
        (1, "number"),
        (1.5, "number"),
        (JsBigInt(1), "bigint"),
        ("", "string"),
        (JsObject(), "object"),
        (JsArray(), "object"),
        (native(lambda: 1), "function"),
        (JsMap.constructor, "function"),
    ],
)
def test_typeof_names_the_kind(value: object, kind: str) -> None:
    assert typeof(value) == kind
