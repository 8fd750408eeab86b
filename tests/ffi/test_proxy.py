import copy
import json
from typing import Any

import js
import pytest
from pyodide.ffi import JsException, JsProxy, jsnull

from pytest_cfbindings.ffi.proxy import javascript_name

from .conftest import Function


def parse(text: str) -> Any:
    return js.JSON.parse(text)


@pytest.mark.parametrize(
    ("name", "property_name"),
    [
        ("class_", "class"),
        ("import_", "import"),
        ("from_", "from"),
        ("items_", "items_"),
        ("match_", "match_"),
        ("class", "class"),
        ("_", "_"),
        ("class__", "class__"),
    ],
)
def test_a_trailing_underscore_is_for_keywords_only(
    name: str, property_name: str
) -> None:
    assert javascript_name(name) == property_name


def test_attributes_are_properties() -> None:
    value = parse('{"a": 1, "b": null, "nested": {"x": 1.5}, "class": "k"}')
    assert (value.a, value.b, value.nested.x, value.class_) == (1, jsnull, 1.5, "k")


def test_a_missing_property_is_an_attribute_error() -> None:
    value = parse("{}")
    with pytest.raises(AttributeError, match=r"^zzz$"):
        value.zzz  # noqa: B018
    assert not hasattr(value, "zzz")


def test_a_property_that_is_undefined_is_there() -> None:
    value = js.Object.new()
    value.a = None
    assert value.a is None
    assert hasattr(value, "a")


def test_attributes_can_be_set_and_deleted() -> None:
    value = js.Object.new()
    value.class_ = 1
    value.from_x = jsnull
    assert js.JSON.stringify(value) == '{"class":1,"from_x":null}'
    del value.class_
    del value.nothing
    assert js.JSON.stringify(value) == '{"from_x":null}'


def test_a_property_that_can_only_be_read_is_not_set() -> None:
    with pytest.raises(JsException) as caught:
        js.Response.new("x").status = 5
    assert str(caught.value) == (
        "TypeError: Cannot assign to read only property 'status' of object"
        " '#<Response>'"
    )


def test_a_bad_array_length_is_not_set() -> None:
    with pytest.raises(JsException, match="RangeError: Invalid array length"):
        js.Array.new().length = -1


@pytest.mark.parametrize(
    ("text", "shown"),
    [("{}", "[object Object]"), ("[1, [2, null]]", "1,2,"), ("[]", "")],
)
def test_repr_and_str_are_javascripts_text(text: str, shown: str) -> None:
    assert repr(parse(text)) == str(parse(text)) == f"{parse(text)}" == shown


def test_an_object_without_prototype_has_a_repr() -> None:
    assert repr(js.Object.create(jsnull)) == "[object Object]"


def test_equality_is_identity_in_javascript() -> None:
    holder = parse('{"a": {}, "b": {}}')
    assert holder.a == holder.a
    assert holder.a is not holder.a
    assert holder.a != holder.b
    assert (holder.a == {}) is False
    assert (parse("[1]") == [1]) is False


@pytest.mark.parametrize("text", ["{}", "[]"])
def test_a_proxy_is_unhashable(text: str) -> None:
    with pytest.raises(TypeError, match="unhashable type: 'JsProxy'"):
        hash(parse(text))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (lambda: parse("{}"), True),
        (lambda: parse("[]"), False),
        (lambda: parse("[0]"), True),
        (lambda: js.Map.new(), False),
        (lambda: js.Set.new([0]), True),
        (lambda: js.Set.new(), False),
        (lambda: js.Uint8Array.new(0), False),
        (lambda: js.Uint8Array.new(1), True),
        (lambda: js.ArrayBuffer.new(0), False),
        (lambda: parse('{"size": 0}'), False),
        (lambda: parse('{"size": 1}'), True),
        (lambda: parse('{"length": 0}'), True),
        (lambda: js.Map, True),
        (lambda: js.Error.new(""), True),
    ],
)
def test_some_proxies_are_falsy(value: Any, expected: bool) -> None:
    assert bool(value()) is expected


def test_a_plain_object_is_no_mapping() -> None:
    value = parse('{"a": 1}')
    for use in (
        lambda: value["a"],
        lambda: "a" in value,
        lambda: len(value),
        lambda: iter(value),
        lambda: dict(value),
        lambda: {**value},
    ):
        with pytest.raises(TypeError):
            use()


def test_tools_of_python_refuse_a_proxy() -> None:
    value = parse('{"a": 1}')
    for use in (lambda: copy.copy(value), lambda: json.dumps(value), lambda: value()):
        with pytest.raises(TypeError):
            use()


def test_dir_lists_properties_and_methods() -> None:
    names = dir(parse('{"zeta": 1, "a_b": 2}'))
    assert {"zeta", "a_b", "to_py", "object_keys", "toString", "js_id"} <= set(names)
    assert names == sorted(names)


def test_typeof_names_the_kind() -> None:
    assert (js.JSON.typeof, js.JSON.parse.typeof) == ("object", "function")


def test_object_helpers_are_those_of_object() -> None:
    value = parse('{"b": 1, "a": null, "1": 2}')
    assert list(value.object_keys()) == ["1", "b", "a"]
    assert list(value.object_values()) == [2, 1, jsnull]
    assert value.object_entries().to_py() == [["1", 2], ["b", 1], ["a", jsnull]]


def test_keyword_arguments_become_one_trailing_object(js_function: Function) -> None:
    seen: list[Any] = []
    function = js_function(lambda *arguments: seen.append(arguments))
    function()
    function(1, a=2)
    function(a=None, class_=3)
    function()
    assert [len(arguments) for arguments in seen] == [0, 2, 1, 0]
    assert seen[1][0] == 1
    assert seen[1][1].properties == {"a": 2}
    assert seen[2][0].properties == {"a": None, "class_": 3}


def test_new_takes_keyword_arguments_too() -> None:
    assert js.Response.new("x", status=201).status == 201
    assert js.Error.new("x", cause="c").cause == "c"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("Map", "Constructor Map requires 'new'"),
        ("Uint8Array", "Constructor Uint8Array requires 'new'"),
        (
            "Headers",
            "Failed to construct 'Headers': Please use the 'new' operator, this object"
            " constructor cannot be called as a function.",
        ),
    ],
)
def test_a_class_is_not_called_without_new(name: str, message: str) -> None:
    with pytest.raises(JsException) as caught:
        getattr(js, name)()
    assert str(caught.value) == f"TypeError: {message}"


def test_a_method_is_bound_to_its_object() -> None:
    table = js.Map.new([["a", 1]])
    get = table.has
    assert get("a") is True


def test_a_method_needs_an_object_of_its_class() -> None:
    has = js.Headers.new().has
    with pytest.raises(JsException, match="Illegal invocation"):
        has.call(js.JSON, "a")


def test_a_callback_has_to_be_a_function() -> None:
    with pytest.raises(JsException, match="number 5 is not a function"):
        parse("[1]").map(5)


def test_a_thrown_error_reaches_python(js_function: Function) -> None:
    with pytest.raises(JsException, match="SyntaxError: Unexpected end of JSON input"):
        parse("")


def test_the_global_object_is_a_proxy() -> None:
    assert type(js).__name__ == "JsProxy"
    assert isinstance(js, JsProxy)
    assert js.globalThis == js
    with pytest.raises(AttributeError, match=r"^nothere$"):
        js.nothere  # noqa: B018
    with pytest.raises(ImportError, match="cannot import name 'nothere' from 'js'"):
        from js import nothere  # noqa: F401


def test_new_object_gives_an_object_back() -> None:
    value = parse('{"a": 1}')
    assert js.Object.new(value) == value
    assert js.Object.new({"a": 1}) == {"a": 1}
