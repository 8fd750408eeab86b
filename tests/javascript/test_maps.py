import math

import pytest

from pytest_cfbindings.javascript.arrays import JsArray
from pytest_cfbindings.javascript.iteration import iterate
from pytest_cfbindings.javascript.maps import JsMap, JsSet
from pytest_cfbindings.javascript.objects import JsObject, native
from pytest_cfbindings.javascript.values import JsBigInt, null, undefined

from .throws import thrown


def test_keys_are_told_apart_as_same_value_zero() -> None:
    table = JsMap(
        [
            *((math.nan, 1), (0, 2), (-0.0, 3), ("0", 4)),
            *((True, 5), (1, 6), (JsBigInt(1), 7), ("1", 8)),
        ]
    )
    assert table.js_get("size") == 7
    assert [
        table.get(key) for key in (math.nan, 0, -0.0, "0", True, 1, 1.0, JsBigInt(1))
    ] == [1, 3, 3, 4, 5, 6, 6, 7]


def test_a_key_minus_zero_becomes_zero() -> None:
    [(key, _)] = JsMap([(-0.0, 1)]).items()
    assert isinstance(key, (int, float))
    assert math.copysign(1, key) == 1


def test_a_set_keeps_zero_for_minus_zero() -> None:
    [member] = JsSet([-0.0]).items()
    assert isinstance(member, (int, float))
    assert math.copysign(1, member) == 1


def test_objects_are_keys_by_identity() -> None:
    one, other = JsObject(), JsObject()
    table = JsMap([(one, 1)])
    assert table.get(one) == 1
    assert table.get(other) is undefined


def test_undefined_and_null_are_keys() -> None:
    table = JsMap([(undefined, 1), (null, 2)])
    assert (table.get(undefined), table.get(null)) == (1, 2)


def test_setting_again_keeps_the_place_and_deleting_loses_it() -> None:
    table = JsMap([("a", 1), ("b", 2), ("c", 3)])
    table.set("a", 9)
    table.delete("b")
    table.set("b", 8)
    assert table.items() == [("a", 9), ("c", 3), ("b", 8)]


def test_set_returns_the_map_and_delete_whether_it_was_there() -> None:
    table = JsMap()
    assert table.set("a", undefined) is table
    assert table.has("a")
    assert table.delete("a") is True
    assert table.delete("a") is False


def test_clear_empties() -> None:
    table, members = JsMap([("a", 1)]), JsSet([1])
    table.clear()
    members.clear()
    assert (table.js_get("size"), members.js_get("size")) == (0, 0)


def test_for_each_gets_value_key_and_map() -> None:
    table, members = JsMap([("a", 1)]), JsSet([7])
    seen: list[object] = []
    table.forEach(native(lambda *arguments: seen.append(arguments)))
    members.forEach(native(lambda *arguments: seen.append(arguments)))
    assert seen == [(1, "a", table), (7, 7, members)]


def test_a_map_iterates_pairs_and_a_set_members() -> None:
    table = JsMap([("a", 1), ("b", 2)])
    pairs = [pair.items for pair in iterate(table) if isinstance(pair, JsArray)]
    assert pairs == [["a", 1], ["b", 2]]
    assert list(iterate(table.keys())) == ["a", "b"]
    assert list(iterate(table.values())) == [1, 2]
    assert list(iterate(JsSet([3, 1, 3, 2]))) == [3, 1, 2]
    doubled = [e.items for e in iterate(JsSet([3]).entries()) if isinstance(e, JsArray)]
    assert doubled == [[3, 3]]


def test_what_is_added_during_iteration_is_seen() -> None:
    table = JsMap([("a", 1)])
    seen = []
    for key in iterate(table.keys()):
        seen.append(key)
        if len(seen) < 4:
            table.set(f"{key}x", 1)
    assert seen == ["a", "ax", "axx", "axxx"]


def test_what_is_deleted_during_iteration_is_not_seen() -> None:
    table = JsMap([("a", 1), ("b", 1)])
    seen = []
    for key in iterate(table.keys()):
        seen.append(key)
        table.delete("b")
    assert seen == ["a"]


def test_a_set_sees_what_is_added_during_iteration() -> None:
    members = JsSet([1])
    seen = []
    for item in iterate(members):
        seen.append(item)
        if item in (1, 2):
            members.add(len(seen) + 1)
    assert seen == [1, 2, 3]


def test_new_takes_any_iterable_of_entries() -> None:
    entry = JsObject({"0": "k", "1": "v"})
    assert JsMap.js_construct(JsArray([entry])).items() == [("k", "v")]
    assert JsMap.js_construct(JsMap([("a", 1)])).items() == [("a", 1)]
    assert JsMap.js_construct(JsArray([JsArray(["a"])])).items() == [("a", undefined)]
    assert JsSet.js_construct("hé😀").items() == ["h", "é", "😀"]


@pytest.mark.parametrize("cls", [JsMap, JsSet])
@pytest.mark.parametrize("nothing", [undefined, null])
def test_new_takes_nothing(cls: type[JsMap | JsSet], nothing: object) -> None:
    assert cls.js_construct(nothing).js_get("size") == 0


@pytest.mark.parametrize(
    ("entry", "shown"), [(1, "1"), ("ab", "ab"), (null, "null"), (True, "true")]
)
def test_an_entry_has_to_be_an_object(entry: object, shown: str) -> None:
    assert thrown(JsMap.js_construct, JsArray([entry])) == (
        f"TypeError: Iterator value {shown} is not an entry object"
    )


@pytest.mark.parametrize("cls", [JsMap, JsSet])
@pytest.mark.parametrize(
    ("value", "shown"),
    [(5, "number 5"), (True, "boolean true"), (JsObject(), "object")],
)
def test_new_refuses_what_is_not_iterable(
    cls: type[JsMap | JsSet], value: object, shown: str
) -> None:
    assert thrown(cls.js_construct, value) == (
        f"TypeError: {shown} is not iterable (cannot read property"
        " Symbol(Symbol.iterator))"
    )
