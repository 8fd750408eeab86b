"""get, put and delete; the answers are workerd's (measured 2026-07-30)."""

import pytest

from pytest_cfbindings.javascript.arrays import JsArray
from pytest_cfbindings.javascript.maps import JsMap
from pytest_cfbindings.javascript.objects import JsObject, native
from pytest_cfbindings.javascript.promises import JsPromise
from pytest_cfbindings.javascript.typed_arrays import Uint8Array
from pytest_cfbindings.javascript.values import null, undefined

from .fakes import Instance, options, plain, refusal, value


def test_a_missing_key_is_undefined(instance: Instance) -> None:
    assert value(instance.storage.get("k")) is undefined


def test_a_value_comes_back(instance: Instance) -> None:
    assert value(instance.storage.put("k", JsObject({"a": 1}))) is undefined
    assert plain(value(instance.storage.get("k"))) == {"a": 1}


def test_null_is_a_value_and_undefined_is_none(instance: Instance) -> None:
    value(instance.storage.put("k", null))
    assert value(instance.storage.get("k")) is null
    text = "TypeError: put() called with undefined value."
    assert refusal(instance.storage.put, "k", undefined) == text
    assert refusal(instance.storage.put, "k") == text


def test_values_are_copied_in_and_out(instance: Instance) -> None:
    given = JsArray([1])
    value(instance.storage.put("k", given))
    given.push(2)
    taken = value(instance.storage.get("k"))
    assert isinstance(taken, JsArray)
    taken.push(3)
    assert plain(value(instance.storage.get("k"))) == [1]


def test_many_keys_give_a_map_in_the_order_of_their_bytes(instance: Instance) -> None:
    value(instance.storage.put(JsObject({"b": 2, "a": 1, "é": 3, "😀": 4, "￿": 5})))
    found = value(instance.storage.get(JsArray(["😀", "￿", "b", "é", "x", "a", "a"])))
    assert isinstance(found, JsMap)
    assert found.items() == [("a", 1), ("b", 2), ("é", 3), ("￿", 5), ("😀", 4)]


def test_fields_that_are_undefined_are_not_put(instance: Instance) -> None:
    value(instance.storage.put(JsObject({"a": undefined, "b": null})))
    assert instance.keys() == ["b"]


def test_the_entries_of_other_objects_are_put_too(instance: Instance) -> None:
    value(instance.storage.put(Uint8Array.of_bytes(b"\x07\x08")))
    assert plain(value(instance.storage.list())) == {"0": 7, "1": 8}
    value(instance.storage.put(JsMap([("m", 1)])))
    assert instance.keys() == ["0", "1"]


def test_nothing_is_put_when_one_value_cannot_be(instance: Instance) -> None:
    entries = JsObject({"a": 1, "b": native(lambda: None, "f")})
    assert refusal(instance.storage.put, entries).startswith("DataCloneError: ")
    assert instance.keys() == []


def test_delete_tells_whether_it_was_there(instance: Instance) -> None:
    value(instance.storage.put("a", 1))
    assert value(instance.storage.delete("a")) is True
    assert value(instance.storage.delete("a")) is False


def test_deleting_many_counts_each_once(instance: Instance) -> None:
    value(instance.storage.put(JsObject({"a": 1, "b": 2})))
    assert value(instance.storage.delete(JsArray(["a", "a", "x", "b"]))) == 2
    assert value(instance.storage.delete(JsArray())) == 0


@pytest.mark.parametrize(
    ("key", "text"),
    [
        (5, "5"),
        (3.0, "3"),
        (1e21, "1e+21"),
        (null, "null"),
        (undefined, "undefined"),
        (True, "true"),
        ("", ""),
        ("a\0b", "a\0b"),
    ],
)
def test_keys_are_turned_into_text(instance: Instance, key: object, text: str) -> None:
    value(instance.storage.put(key, 1))
    assert instance.keys() == [text]
    assert value(instance.storage.get(key)) == 1


def test_an_array_is_a_key_to_put_and_several_to_get(instance: Instance) -> None:
    value(instance.storage.put(JsArray(["x", "y"]), 1))
    assert value(instance.storage.get("x,y")) == 1
    assert plain(value(instance.storage.get(JsArray(["x,y"])))) == {"x,y": 1}


def test_half_a_surrogate_pair_is_a_key_that_reads_as_three_others(
    instance: Instance,
) -> None:
    value(instance.storage.put("\ud800", 1))
    assert value(instance.storage.get("\ud800")) == 1
    assert value(instance.storage.get("\ufffd")) is undefined
    assert instance.keys() == ["\ufffd\ufffd\ufffd"]


def test_missing_arguments_are_refused(instance: Instance) -> None:
    storage, of = instance.storage, "on 'DurableObjectStorage': parameter 1 is not of"
    assert refusal(storage.get) == (
        f"TypeError: Failed to execute 'get' {of} type 'string or Array'."
    )
    assert refusal(storage.put) == (
        f"TypeError: Failed to execute 'put' {of} type 'string or object'."
    )
    assert refusal(storage.delete) == (
        f"TypeError: Failed to execute 'delete' {of} type 'string or Array'."
    )


def test_delete_throws_what_others_reject_with(instance: Instance) -> None:
    assert isinstance(instance.storage.get("k", 5), JsPromise)
    text = "Failed to execute 'delete' on 'DurableObjectStorage': parameter 2 is not"
    with pytest.raises(Exception, match="JsTypeError") as caught:
        instance.storage.delete("k", 5)
    assert text in caught.value.value.message  # type: ignore[attr-defined]


def test_options_are_objects_or_nothing(instance: Instance) -> None:
    storage = instance.storage
    for accepted in (undefined, null, options(noCache=True), JsArray()):
        value(storage.put("k", 1, accepted))
        assert value(storage.get("k", accepted)) == 1
        value(storage.put(JsObject({"k": 1}), accepted))
        assert value(storage.delete("k", accepted)) is True
    of = "on 'DurableObjectStorage': parameter"
    assert refusal(storage.get, "k", 5) == (
        f"TypeError: Failed to execute 'get' {of} 2 is not of type 'GetOptions'."
    )
    assert refusal(storage.put, "k", 1, "x") == (
        f"TypeError: Failed to execute 'put' {of} 3 is not of type 'PutOptions'."
    )


def test_entries_and_a_value_do_not_go_together(instance: Instance) -> None:
    text = (
        "TypeError: put() may only be called with a single key-value pair and optional"
        " options as put(key, value, options) or with multiple key-value pairs and"
        " optional options as put(entries, options)"
    )
    assert refusal(instance.storage.put, JsObject({"a": 1}), "v") == text


def test_a_misspelled_option_is_pointed_out(instance: Instance) -> None:
    with pytest.warns(UserWarning, match="it is spelled 'allowUnconfirmed'"):
        value(instance.storage.put("k", 1, options(allow_unconfirmed=True)))


def test_storage_of_an_instance_that_is_gone_is_no_longer_accessible(
    instance: Instance,
) -> None:
    instance.gate.reset(Exception("gone"))
    text = "Error: Durable Object storage is no longer accessible."
    for call in (instance.storage.get, instance.storage.delete, instance.kv.get):
        assert refusal(call, "k") == text
    assert refusal(instance.sql.exec, "SELECT 1") == text
