"""How large keys and values may be."""

import pytest

from pytest_cfbindings.javascript.arrays import JsArray
from pytest_cfbindings.javascript.buffers import JsArrayBuffer
from pytest_cfbindings.javascript.maps import JsMap
from pytest_cfbindings.javascript.objects import JsObject

from .fakes import Instance, options, refusal, value

TOO_BIG = "Error: string or blob too big: SQLITE_TOOBIG"


def test_a_sqlite_backed_value_has_two_million_bytes(sqlite: Instance) -> None:
    value(sqlite.storage.put("v", JsArrayBuffer(bytes(2_000_000))))
    value(sqlite.storage.put("v", "a" * 2_000_000))
    assert refusal(sqlite.storage.put, "w", "a" * 2_000_035) == TOO_BIG
    assert refusal(sqlite.kv.put, "w", "a" * 2_000_035) == TOO_BIG
    assert sqlite.keys() == ["v"]


def test_the_key_counts_as_well(sqlite: Instance) -> None:
    value(sqlite.storage.put("k" * 1_000_000, "a" * 1_000_000))
    assert refusal(sqlite.storage.put, "k" * 1_000_100, "a" * 1_000_000) == TOO_BIG


def test_a_key_that_nothing_can_have_is_refused_everywhere(sqlite: Instance) -> None:
    long = "k" * 2_000_100
    assert refusal(sqlite.storage.get, long) == TOO_BIG
    assert refusal(sqlite.storage.delete, long) == TOO_BIG
    assert refusal(sqlite.storage.list, options(start=long)) == TOO_BIG
    assert refusal(sqlite.storage.list, options(prefix=long)) == TOO_BIG


def test_sqlite_backed_classes_take_any_number_of_keys(sqlite: Instance) -> None:
    names = [f"k{i:03}" for i in range(200)]
    value(sqlite.storage.put(JsObject(dict.fromkeys(names, 1))))
    assert value(sqlite.storage.delete(JsArray(names))) == 200


def test_a_put_of_many_writes_nothing_if_one_is_too_large(instance: Instance) -> None:
    pairs = JsObject({"a": 1, "b": "x" * 2_100_000})
    assert "Error: " in refusal(instance.storage.put, pairs)
    assert instance.keys() == []


@pytest.mark.parametrize("name", ["get", "delete"])
def test_a_kv_backed_key_has_2048_bytes(key_value: Instance, name: str) -> None:
    text = (
        "RangeError: Keys cannot be larger than 2048 bytes."
        " A key of size 2050 was provided."
    )
    call = getattr(key_value.storage, name)
    value(call("k" * 2048))
    assert refusal(call, "é" * 1025) == text
    assert refusal(call, JsArray(["a", "é" * 1025])) == text
    assert refusal(key_value.storage.put, "é" * 1025, 1) == text


def test_a_kv_backed_list_may_go_on_after_the_longest_key(key_value: Instance) -> None:
    options = JsObject({"startAfter": "k" * 2048, "end": "l" * 3000})
    found = value(key_value.storage.list(options))
    assert isinstance(found, JsMap)
    assert found.items() == []


def test_a_kv_backed_value_has_128_kib_and_what_the_format_adds(
    key_value: Instance,
) -> None:
    most = 131_072 + 34 - 2 - 4  # The header, and the text's tag and length.
    value(key_value.storage.put("v", "a" * most))
    assert refusal(key_value.storage.put, "v", "a" * (most + 1)) == (
        "RangeError: Values cannot be larger than 131072 bytes."
        " A value of size 131107 was provided."
    )


def test_kv_backed_classes_take_128_keys_at_once(key_value: Instance) -> None:
    text = (
        "RangeError: Maximum number of key value pairs is 128. 129 pairs were provided."
    )
    names = [f"k{i}" for i in range(129)]
    value(key_value.storage.put(JsObject(dict.fromkeys(names[:128], 1))))
    assert refusal(key_value.storage.get, JsArray(names)) == text
    assert refusal(key_value.storage.delete, JsArray(names)) == text
    assert refusal(key_value.storage.put, JsObject(dict.fromkeys(names, 1))) == text
