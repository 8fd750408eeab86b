import math
from collections.abc import Callable

import pytest

from pytest_cfbindings.javascript.arrays import JsArray
from pytest_cfbindings.javascript.boxed import JsBigIntObject, JsBoolean, JsNumber
from pytest_cfbindings.javascript.buffers import JsArrayBuffer
from pytest_cfbindings.javascript.dates import JsDate
from pytest_cfbindings.javascript.errors import JsError
from pytest_cfbindings.javascript.json_stringify import quote, stringify
from pytest_cfbindings.javascript.maps import JsMap, JsSet
from pytest_cfbindings.javascript.object_functions import create
from pytest_cfbindings.javascript.objects import JsObject, native
from pytest_cfbindings.javascript.strings import JsString
from pytest_cfbindings.javascript.typed_arrays import Uint8Array
from pytest_cfbindings.javascript.values import JsBigInt, null, undefined

from .throws import thrown

CIRCULAR = "TypeError: Converting circular structure to JSON\n    --> starting at "


def test_text_is_quoted_as_v8_quotes_it() -> None:
    assert quote('\0\b\t\n\f\r"\\\x7f\u2028é😀') == (
        '"\\u0000\\b\\t\\n\\f\\r\\"\\\\\x7f\u2028é😀"'
    )


def test_a_lone_surrogate_is_escaped_and_a_pair_is_not() -> None:
    assert quote("\ud800x\udfff") == '"\\ud800x\\udfff"'
    assert quote("\ud800\udc00") == '"𐀀"'


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (null, "null"),
        (True, "true"),
        (-0.0, "0"),
        (1e21, "1e+21"),
        (math.nan, "null"),
        (math.inf, "null"),
        (JsDate(0), '"1970-01-01T00:00:00.000Z"'),
        (JsDate(math.nan), "null"),
        (JsMap([(1, 2)]), "{}"),
        (JsSet([1]), "{}"),
        (JsError("x"), "{}"),
        (JsArrayBuffer(b"ab"), "{}"),
        (Uint8Array.of_bytes(b"\1\2"), '{"0":1,"1":2}'),
        (JsArray([undefined, native(lambda: 1), math.nan]), "[null,null,null]"),
        (JsObject({"a": undefined, "f": native(lambda: 1), "n": null}), '{"n":null}'),
        (JsObject({"b": 1, "2": 2, "1": 3}), '{"1":3,"2":2,"b":1}'),
        (JsObject(), "{}"),
        (JsArray(), "[]"),
    ],
)
def test_a_value_has_v8s_text(value: object, text: str) -> None:
    assert stringify(value) == text


@pytest.mark.parametrize("value", [undefined, native(lambda: 1)])
def test_some_values_have_no_text(value: object) -> None:
    assert stringify(value) is None


@pytest.mark.parametrize("value", [JsBigInt(1), JsArray([JsBigInt(1)])])
def test_a_bigint_is_refused(value: object) -> None:
    assert thrown(stringify, value) == (
        "TypeError: Do not know how to serialize a BigInt"
    )


def test_to_json_gets_the_name_and_decides() -> None:
    tells = JsObject({"toJSON": native(lambda key: f"k:{key}")})
    assert stringify(tells) == '"k:"'
    assert stringify(JsObject({"a": tells})) == '{"a":"k:a"}'
    assert stringify(JsArray([tells])) == '["k:0"]'


def test_to_json_may_leave_a_value_out() -> None:
    nothing = JsObject({"toJSON": native(lambda: undefined)})
    assert stringify(nothing) is None
    assert stringify(JsObject({"a": nothing})) == "{}"
    assert stringify(JsArray([nothing])) == "[null]"


def test_to_json_that_is_no_function_is_a_property() -> None:
    assert stringify(JsObject({"toJSON": 5})) == '{"toJSON":5}'


def test_an_indent_nests() -> None:
    value = JsObject(
        {
            "a": JsArray([1, JsObject({"b": 2})]),
            "c": JsObject(),
            "d": JsArray(),
        }
    )
    assert stringify(value, "  ") == (
        '{\n  "a": [\n    1,\n    {\n      "b": 2\n    }\n  ],'
        '\n  "c": {},\n  "d": []\n}'
    )
    assert stringify(JsArray([1, JsArray([2])]), "--") == (
        "[\n--1,\n--[\n----2\n--]\n]"
    )


def itself() -> object:
    value = JsObject()
    value.js_set("me", value)
    return value


def below() -> object:
    value = JsObject({"a": JsObject({"b": JsObject()})})
    value.js_get("a").js_get("b").js_set("c", value)  # type: ignore[attr-defined]
    return value


def array() -> object:
    value = JsArray()
    value.push(value)
    return value


def array_inside() -> object:
    inner = JsObject()
    items = JsArray([1, inner])
    inner.js_set("x", items)
    return JsObject({"a": items})


def far_below() -> object:
    last = JsObject()
    value = JsObject({"l1": JsObject({"l2": JsObject({"l3": JsObject({"l4": last})})})})
    last.js_set("back", value)
    return value


def three_below() -> object:
    last = JsObject()
    value = JsObject({"a": JsObject({"b": JsObject({"c": last})})})
    last.js_set("top", value)
    return value


def arrays() -> object:
    last = JsArray()
    value = JsArray([JsArray([last])])
    last.push(value)
    return value


def odd_names() -> object:
    value = JsObject({"a b": JsObject()})
    value.js_get("a b").js_set("5", value)  # type: ignore[attr-defined]
    return value


def without_prototype() -> object:
    value = create(null)
    value.js_set("me", value)
    return value


@pytest.mark.parametrize(
    ("make", "text"),
    [
        (itself, "object with constructor 'Object'\n    --- property 'me' closes"),
        (
            below,
            "object with constructor 'Object'"
            "\n    |     property 'a' -> object with constructor 'Object'"
            "\n    |     property 'b' -> object with constructor 'Object'"
            "\n    --- property 'c' closes",
        ),
        (array, "object with constructor 'Array'\n    --- index 0 closes"),
        (
            array_inside,
            "object with constructor 'Array'"
            "\n    |     index 1 -> object with constructor 'Object'"
            "\n    --- property 'x' closes",
        ),
        (
            far_below,
            "object with constructor 'Object'"
            "\n    |     property 'l1' -> object with constructor 'Object'"
            "\n    |     property 'l2' -> object with constructor 'Object'"
            "\n    |     ..."
            "\n    |     property 'l4' -> object with constructor 'Object'"
            "\n    --- property 'back' closes",
        ),
        (
            three_below,
            "object with constructor 'Object'"
            "\n    |     property 'a' -> object with constructor 'Object'"
            "\n    |     property 'b' -> object with constructor 'Object'"
            "\n    |     property 'c' -> object with constructor 'Object'"
            "\n    --- property 'top' closes",
        ),
        (
            arrays,
            "object with constructor 'Array'"
            "\n    |     index 0 -> object with constructor 'Array'"
            "\n    |     index 0 -> object with constructor 'Array'"
            "\n    --- index 0 closes",
        ),
        (
            odd_names,
            "object with constructor 'Object'"
            "\n    |     property 'a b' -> object with constructor 'Object'"
            "\n    --- property '5' closes",
        ),
        (
            without_prototype,
            "object with constructor 'Object'\n    --- property 'me' closes",
        ),
    ],
)
def test_a_circle_is_described(make: Callable[[], object], text: str) -> None:
    assert thrown(stringify, make()) == f"{CIRCULAR}{text} the circle"


def test_an_object_may_occur_twice() -> None:
    shared = JsObject({"a": 1})
    assert stringify(JsArray([shared, shared])) == '[{"a":1},{"a":1}]'


def test_an_object_around_a_primitive_is_written_as_the_primitive() -> None:
    value = JsArray([JsNumber(5), JsNumber(math.nan), JsString("x"), JsBoolean(False)])
    assert stringify(value) == '[5,null,"x",false]'
    assert thrown(stringify, JsBigIntObject(JsBigInt(5))) == (
        "TypeError: Do not know how to serialize a BigInt"
    )
