import math

import pytest
from freezegun import freeze_time

from pytest_cfbindings.clock import Clock
from pytest_cfbindings.javascript.conversions import to_string
from pytest_cfbindings.javascript.global_object import new_global
from pytest_cfbindings.javascript.json_parse import revive
from pytest_cfbindings.javascript.objects import JsConstructor, JsFunction, JsObject
from pytest_cfbindings.javascript.values import null, undefined

from .throws import thrown


def call(value: object, name: str, *arguments: object) -> object:
    assert isinstance(value, JsObject)
    function = value.js_get(name)
    assert isinstance(function, JsFunction)
    return function.invoke(value, arguments)


def new(cls: str, *arguments: object, clock: Clock | None = None) -> JsObject:
    constructor = new_global(clock or Clock()).js_get(cls)
    assert isinstance(constructor, JsConstructor)
    made = constructor.construct(arguments)
    assert isinstance(made, JsObject)
    return made


def test_the_global_object_is_its_own_property() -> None:
    made = new_global(Clock())
    assert made.js_get("globalThis") is made
    assert made.js_has("undefined")
    assert made.js_get("undefined") is undefined
    assert made.js_get("Infinity") == math.inf


@pytest.mark.parametrize(
    "name",
    [
        *("Object", "Array", "Map", "Set", "Promise", "Error", "TypeError", "Date"),
        *("ArrayBuffer", "DataView", "Uint8Array", "BigUint64Array", "DOMException"),
    ],
)
def test_classes_are_there_under_their_names(name: str) -> None:
    constructor = new_global(Clock()).js_get(name)
    assert isinstance(constructor, JsConstructor)
    assert constructor.js_get("name") == name


async def test_dates_follow_the_clock() -> None:
    clock = Clock()
    with freeze_time("2026-01-01"):
        await clock.advance(5)
        assert call(new("Date", clock=clock), "getTime") == 1767225600005
        now = new_global(clock).js_get("Date")
        assert call(now, "now") == 1767225600005


@pytest.mark.parametrize(("value", "time"), [(7, 7), (null, 0), (True, 1), (1.9, 1)])
def test_a_date_is_made_of_milliseconds(value: object, time: int) -> None:
    assert call(new("Date", value), "getTime") == time


def test_a_date_is_made_of_a_date() -> None:
    assert call(new("Date", new("Date", 7)), "getTime") == 7


def test_undefined_is_an_invalid_date() -> None:
    assert to_string(new("Date", undefined)) == "Invalid Date"


@pytest.mark.parametrize(
    ("value", "text"), [(null, "null"), (5, "5"), ("[1]", "[1]"), (True, "true")]
)
def test_json_parses_the_text_of_a_value(value: object, text: str) -> None:
    json = new_global(Clock()).js_get("JSON")
    assert call(json, "stringify", call(json, "parse", value)) == text


def test_json_parses_no_undefined() -> None:
    json = new_global(Clock()).js_get("JSON")
    assert thrown(call, json, "parse") == ('SyntaxError: "undefined" is not valid JSON')
    assert thrown(call, json, "parse", JsObject()) == (
        'SyntaxError: "[object Object]" is not valid JSON'
    )


@pytest.mark.parametrize(
    ("space", "text"),
    [
        (11, "[\n          1\n]"),
        ("abcdefghijkl", "[\nabcdefghij1\n]"),
        (1.9, "[\n 1\n]"),
        (0, "[1]"),
        (-1, "[1]"),
        ("", "[1]"),
        (True, "[1]"),
        (null, "[1]"),
        (math.nan, "[1]"),
    ],
)
def test_json_indents_by_ten_at_most(space: object, text: str) -> None:
    json = new_global(Clock()).js_get("JSON")
    assert call(json, "stringify", revive([1]), null, space) == text


def test_json_has_a_name() -> None:
    assert to_string(new_global(Clock()).js_get("JSON")) == "[object JSON]"
