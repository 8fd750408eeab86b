import pytest

from pytest_cfbindings.javascript.arrays import JsArray
from pytest_cfbindings.javascript.conversions import to_string
from pytest_cfbindings.javascript.json_stringify import stringify
from pytest_cfbindings.javascript.maps import JsMap
from pytest_cfbindings.javascript.object_functions import (
    assign,
    create,
    entries,
    from_entries,
    keys,
    values,
)
from pytest_cfbindings.javascript.objects import JsObject, native
from pytest_cfbindings.javascript.typed_arrays import Uint8Array
from pytest_cfbindings.javascript.values import null, undefined

from .throws import thrown


@pytest.mark.parametrize(
    ("value", "names"),
    [
        (JsObject({"b": 1, "2": 2, "a": 3, "1": 4}), ["1", "2", "b", "a"]),
        (JsArray([7, 8]), ["0", "1"]),
        ("ab", ["0", "1"]),
        (5, []),
        (True, []),
        (JsMap([(1, 2)]), []),
        (native(lambda: 1), []),
        (Uint8Array.of_bytes(b"ab"), ["0", "1"]),
    ],
)
def test_keys_are_own_enumerable_names(value: object, names: list[str]) -> None:
    assert keys(value).items == names


def test_values_and_entries_follow_the_keys() -> None:
    value = JsObject({"b": 1, "0": 2})
    assert values(value).items == [2, 1]
    assert stringify(entries(value)) == '[["0",2],["b",1]]'
    assert stringify(entries("ab")) == '[["0","a"],["1","b"]]'


@pytest.mark.parametrize("function", [keys, values, entries, assign])
@pytest.mark.parametrize("value", [undefined, null])
def test_undefined_and_null_are_no_objects(function: object, value: object) -> None:
    assert callable(function)
    assert thrown(function, value) == (
        "TypeError: Cannot convert undefined or null to object"
    )


def test_from_entries_takes_any_iterable_of_pairs() -> None:
    assert stringify(from_entries(JsMap([("x", 1)]))) == '{"x":1}'
    twice = JsArray([JsArray(["a", 1]), JsArray(["a", 2]), JsArray(["b"])])
    made = from_entries(twice)
    assert made.properties == {"a": 2, "b": undefined}


def test_from_entries_makes_names_of_keys() -> None:
    made = from_entries(JsArray([JsArray([1, 2]), JsArray([null, 3])]))
    assert made.js_keys() == ["1", "null"]


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (
            5,
            "number 5 is not iterable (cannot read property Symbol(Symbol.iterator))",
        ),
        (
            JsObject(),
            "object is not iterable (cannot read property Symbol(Symbol.iterator))",
        ),
        (undefined, "undefined is not iterable"),
        (null, "undefined is not iterable"),
        (JsArray([5]), "Iterator value 5 is not an entry object"),
        (JsArray(["ab"]), "Iterator value ab is not an entry object"),
        (JsArray([null]), "Iterator value null is not an entry object"),
    ],
)
def test_from_entries_refuses_anything_else(value: object, message: str) -> None:
    assert thrown(from_entries, value) == f"TypeError: {message}"


def test_assign_copies_own_properties_into_the_target() -> None:
    target = JsObject({"a": 1})
    sources = (null, undefined, 5, "xy", JsObject({"b": 2, "a": 3}))
    assert assign(target, *sources) is target
    assert stringify(target) == '{"0":"x","1":"y","a":3,"b":2}'


def test_assign_into_an_array_sets_its_elements() -> None:
    target = JsArray()
    assign(target, JsArray([1, 2]))
    assert target.items == [1, 2]


def test_create_makes_an_object_without_prototype() -> None:
    made = create(null)
    made.js_set("a", 1)
    assert made.js_keys() == ["a"]
    assert not made.js_has("toString")
    assert thrown(to_string, made) == (
        "TypeError: Cannot convert object to primitive value"
    )


@pytest.mark.parametrize(("value", "shown"), [(5, "5"), (undefined, "undefined")])
def test_a_prototype_is_an_object_or_null(value: object, shown: str) -> None:
    assert thrown(create, value) == (
        f"TypeError: Object prototype may only be an Object or null: {shown}"
    )
