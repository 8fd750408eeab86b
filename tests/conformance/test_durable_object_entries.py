"""Entries of an object's storage: get, put, delete and list, on both kinds of class."""

import datetime
import math
from decimal import Decimal
from typing import Any

import pytest
from pyodide.ffi import JsException

from .refusals import INT32, quiet, refused


def wrong(method: str, number: int, type: str) -> str:
    return (
        f"TypeError: Failed to execute '{method}' on 'DurableObjectStorage': parameter"
        f" {number} is not of type '{type}'."
    )


async def fill(storage: Any, *keys: str) -> None:
    await storage.put(dict.fromkeys(keys, 1))


async def test_a_missing_key_is_none(storage: Any) -> None:
    assert await storage.get("k") is None


async def test_many_keys_are_a_dictionary_in_the_order_of_bytes(storage: Any) -> None:
    await fill(storage, "b", "a", "é", "\uffff", "😀")
    found = await storage.get(["😀", "\uffff", "b", "a", "b", "missing", "é"])
    assert list(found) == ["a", "b", "é", "\uffff", "😀"]
    assert await storage.get([]) == {}


async def test_a_put_gives_nothing_and_replaces(storage: Any) -> None:
    assert await storage.put("k", "first") is None
    assert await storage.put("k", "second") is None
    assert await storage.get("k") == "second"


async def test_none_is_a_value(storage: Any) -> None:
    await storage.put("k", None)
    assert await storage.get(["k"]) == {"k": None}


@pytest.mark.parametrize("entries", [{}, {"a": 1, "5": 2}])
async def test_a_dictionary_puts_its_entries(storage: Any, entries: Any) -> None:
    assert await storage.put(entries) is None
    assert await storage.list() == entries


async def test_an_entry_that_cannot_be_kept_keeps_all_others_out(storage: Any) -> None:
    with pytest.raises(JsException):
        await storage.put({"a": 1, "b": lambda: 1, "c": 2})
    assert await storage.list() == {}


async def test_delete_tells_what_was_there(storage: Any) -> None:
    await fill(storage, "a", "b", "c")
    assert await storage.delete("a") is True
    assert await storage.delete("a") is False
    assert await storage.delete(["a", "b", "b", "c"]) == 2
    assert await storage.delete([]) == 0


@pytest.mark.parametrize(
    ("key", "text"),
    [
        *[("", ""), ("\0", "\0"), (5, "5"), (3.0, "3"), (1e21, "1e+21")],
        *[(None, "null"), (True, "true"), (2**60, str(2**60))],
        *[("\ud800", "\ufffd" * 3), ("__proto__", "__proto__")],
    ],
)
async def test_a_key_is_any_text_or_turned_into_one(
    storage: Any, key: Any, text: str
) -> None:
    await storage.put(key, "v")
    assert await storage.list() == {text: "v"}
    assert await storage.get(key) == "v"
    assert await storage.get([key]) == {text: "v"}
    assert await storage.delete(key) is True


@pytest.mark.parametrize(
    ("method", "arguments", "message"),
    [
        ("get", (), wrong("get", 1, "string or Array")),
        ("delete", (), wrong("delete", 1, "string or Array")),
        ("put", (), wrong("put", 1, "string or object")),
        ("put", ("k",), "TypeError: put() called with undefined value."),
        ("get", ("k", 5), wrong("get", 2, "GetOptions")),
        ("get", (["k"], "x"), wrong("get", 2, "GetOptions")),
        ("put", ("k", 1, 5), wrong("put", 3, "PutOptions")),
        ("delete", ("k", 5), wrong("delete", 2, "PutOptions")),
        ("list", (5,), wrong("list", 1, "ListOptions")),
        ("list", ("x",), wrong("list", 1, "ListOptions")),
        ("deleteAll", (5,), wrong("deleteAll", 1, "PutOptions")),
        (
            "put",
            ({"a": 1}, "x"),
            "TypeError: put() may only be called with a single key-value pair and"
            " optional options as put(key, value, options) or with multiple key-value"
            " pairs and optional options as put(entries, options)",
        ),
    ],
)
async def test_arguments_that_are_missing_or_of_another_type_are_refused(
    storage: Any, method: str, arguments: tuple[Any, ...], message: str
) -> None:
    with refused(message):
        await getattr(storage, method)(*arguments)


@quiet
@pytest.mark.parametrize(
    "options", [None, {}, [], {"noCache": 1, "allowConcurrency": "x", "unknown": 1}]
)
async def test_options_may_be_none_or_any_object(storage: Any, options: Any) -> None:
    await storage.put("a", 1, options)
    await storage.put({"b": 2}, options)
    assert await storage.get("a", options) == 1
    assert await storage.get(["b"], options) == {"b": 2}
    assert await storage.list(options) == {"a": 1, "b": 2}
    assert await storage.delete("a", options) is True
    assert await storage.deleteAll(options) is None


@pytest.mark.parametrize(
    ("options", "keys"),
    [
        ({}, ["a", "b", "ba", "bb", "c"]),
        ({"prefix": "b"}, ["b", "ba", "bb"]),
        ({"prefix": ""}, ["a", "b", "ba", "bb", "c"]),
        ({"prefix": "B"}, []),
        ({"start": "b", "end": "c"}, ["b", "ba", "bb"]),
        ({"start": "aa"}, ["b", "ba", "bb", "c"]),
        ({"startAfter": "b"}, ["ba", "bb", "c"]),
        ({"end": "b"}, ["a"]),
        ({"prefix": "b", "start": "ba"}, ["ba", "bb"]),
        ({"prefix": "b", "end": "ba"}, ["b"]),
        ({"prefix": "b", "startAfter": "c"}, []),
        ({"start": "c", "end": "a"}, []),
        ({"start": "b", "end": "b"}, []),
        ({"limit": 2}, ["a", "b"]),
        ({"limit": 1.9}, ["a"]),
        ({"limit": "2"}, ["a", "b"]),
        ({"limit": True}, ["a"]),
        ({"limit": 99}, ["a", "b", "ba", "bb", "c"]),
        ({"reverse": True}, ["c", "bb", "ba", "b", "a"]),
        ({"reverse": "no"}, ["c", "bb", "ba", "b", "a"]),
        ({"reverse": None}, ["a", "b", "ba", "bb", "c"]),
        ({"reverse": True, "limit": 2}, ["c", "bb"]),
        ({"reverse": True, "start": "b", "end": "c"}, ["bb", "ba", "b"]),
        ({"start": None}, []),
        ({"end": None}, ["a", "b", "ba", "bb", "c"]),
        ({"prefix": ["b"]}, ["b", "ba", "bb"]),
    ],
)
async def test_what_is_listed(
    storage: Any, options: dict[str, Any], keys: list[str]
) -> None:
    await fill(storage, "ba", "c", "a", "bb", "b")
    found = await storage.list(options)
    assert list(found) == keys
    assert type(found).__name__ == "JsDict"


NOT_POSITIVE = "TypeError: List limit must be positive."


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (
            {"start": "a", "startAfter": "b"},
            "TypeError: list() cannot be called with both start and startAfter values.",
        ),
        *[
            ({"limit": limit}, NOT_POSITIVE)
            for limit in (0, -1, 0.5, None, "x", math.nan, math.inf)
        ],
        ({"limit": 0, "start": "b", "end": "a"}, NOT_POSITIVE),
        ({"limit": 2**31}, INT32),
    ],
)
async def test_what_list_refuses(
    storage: Any, options: dict[str, Any], message: str
) -> None:
    with refused(message):
        await storage.list(options)


@pytest.mark.parametrize(
    "value",
    [
        *(
            "text",
            "",
            "\0",
            "é😀",
            5,
            -5,
            0,
            1.5,
            2**53 - 2,
            -(2**40),
            True,
            False,
            None,
        ),
        *(math.inf, -math.inf, 2**53, -(2**60), 2**70, [], [1, [None, "x"]], {}),
        *({"a": {"b": [1, None]}, "1": 2, "0": 3}, set(), {1, "x"}),
        *(datetime.datetime(2026, 1, 2, 3, 4, 5, 678000), float(2**53)),
    ],
)
async def test_a_value_comes_back(storage: Any, value: Any) -> None:
    await storage.put("k", value)
    found = await storage.get("k")
    assert found == value
    if not isinstance(value, (int, dict)):
        assert type(found) is type(value)


@pytest.mark.parametrize(
    ("value", "found"), [(3.0, 3), (-0.0, 0), ({5: "x"}, {"5": "x"})]
)
async def test_a_value_comes_back_as_javascript_has_it(
    storage: Any, value: Any, found: Any
) -> None:
    await storage.put("k", value)
    back = await storage.get("k")
    assert (back, isinstance(back, type(found))) == (found, True)


async def test_nan_comes_back(storage: Any) -> None:
    await storage.put("k", [math.nan])
    assert math.isnan((await storage.get("k"))[0])


async def test_names_of_objects_are_in_javascripts_order(storage: Any) -> None:
    await storage.put("k", {"b": 1, "10": 2, "2": 3})
    found = await storage.get("k")
    assert list(found) == ["2", "10", "b"]
    assert found.b == 1


@pytest.mark.parametrize("value", [b"\x00\xff", b"", memoryview(b"abcd")[1:3]])
async def test_bytes_come_back_as_a_memoryview(storage: Any, value: Any) -> None:
    await storage.put("k", value)
    found = await storage.get("k")
    assert (type(found), bytes(found)) == (memoryview, bytes(value))


async def test_what_was_put_is_a_copy(storage: Any) -> None:
    value = {"a": [1]}
    await storage.put("k", value)
    value["a"].append(2)
    found = await storage.get("k")
    found["a"].append(3)
    assert await storage.get("k") == {"a": [1]}


async def test_an_exception_comes_back_as_one(storage: Any) -> None:
    await storage.put("k", ValueError("no"))
    found = await storage.get("k")
    assert isinstance(found, Exception)
    assert "no" in str(found)


@pytest.mark.parametrize(
    "value", [lambda: 1, len, Decimal("1"), frozenset({1}), datetime.date(2026, 1, 2)]
)
async def test_what_cannot_be_cloned_is_refused(storage: Any, value: Any) -> None:
    with pytest.raises(JsException) as caught:
        await storage.put("k", value)
    assert caught.value.name == "DataCloneError"
    assert caught.value.message.endswith(("could not be cloned.", "serialization."))


@pytest.mark.parametrize("value", [(1, 2), bytearray(b"x"), [{"a": (1,)}]])
def test_what_cannot_be_sent_fails_at_the_call(storage: Any, value: Any) -> None:
    with pytest.raises(TypeError, match=r"cannot be sent over RPC\."):
        storage.put("k", value)


async def test_the_runtimes_own_objects_cannot_be_kept(sqlite: Any) -> None:
    with refused(
        'DataCloneError: Could not serialize object of type "SqlStorage".'
        " This type does not support serialization."
    ):
        await sqlite.put("k", sqlite.sql)


async def test_delete_all_leaves_nothing(storage: Any) -> None:
    await fill(storage, "a", "b")
    assert await storage.deleteAll() is None
    assert await storage.list() == {}


async def test_delete_all_deletes_the_alarm(storage: Any) -> None:
    await storage.setAlarm(4_102_444_800_000)
    await storage.deleteAll()
    assert await storage.getAlarm() is None


async def test_sync_waits_for_what_was_written(storage: Any) -> None:
    storage.put("k", 1).close()
    assert await storage.sync() is None
    assert await storage.get("k") == 1


@pytest.mark.parametrize("name", ["set_alarm", "getAll", "query"])
def test_there_are_no_other_methods(storage: Any, name: str) -> None:
    with pytest.raises(AttributeError, match=f"^{name}$"):
        getattr(storage, name)


async def test_sqlite_backed_entries_may_be_large(sqlite: Any) -> None:
    await sqlite.put("k", "a" * 1_999_000)
    with refused("Error: string or blob too big: SQLITE_TOOBIG"):
        await sqlite.put("l", "a" * 2_300_000)


@pytest.mark.stricter_than_local(
    "documented; locally an entry may be larger by a tenth"
)
async def test_sqlite_backed_entries_have_two_million_bytes(sqlite: Any) -> None:
    with refused("Error: string or blob too big: SQLITE_TOOBIG"):
        await sqlite.put("k", "a" * 2_000_100)


async def test_sqlite_backed_classes_take_any_number_of_keys(sqlite: Any) -> None:
    keys = [f"k{number}" for number in range(200)]
    await sqlite.put(dict.fromkeys(keys, 1))
    assert len(await sqlite.get(keys)) == await sqlite.delete(keys) == 200
