"""The synchronous entries of SQLite-backed classes: `storage.kv`."""

from typing import Any

import pytest

from .refusals import INT32, quiet, refused


@pytest.fixture
def kv(sqlite: Any) -> Any:
    return sqlite.kv


async def test_they_are_the_entries_of_the_storage(sqlite: Any, kv: Any) -> None:
    kv.put("k", {"a": [1, None]})
    assert kv.get("k") == await sqlite.get("k") == {"a": [1, None]}
    await sqlite.put("l", 2)
    assert kv.get("l") == 2


def test_delete_tells_whether_it_was_there(kv: Any) -> None:
    assert kv.put("k", 1) is None
    assert kv.delete("k") is True
    assert kv.delete("k") is False
    assert kv.get("k") is None


@quiet
@pytest.mark.parametrize(("key", "text"), [(["n"], "n"), (5, "5"), (None, "null")])
def test_a_key_is_one_whatever_it_is(kv: Any, key: Any, text: str) -> None:
    kv.put(key, 1)
    assert [*kv.list()] == [[text, 1]]
    assert kv.delete(key) is True


@pytest.mark.parametrize(
    ("options", "keys"),
    [
        ({}, ["a", "b", "ba", "c"]),
        ({"prefix": "b"}, ["b", "ba"]),
        ({"start": "b", "end": "c"}, ["b", "ba"]),
        ({"startAfter": "b"}, ["ba", "c"]),
        ({"reverse": True, "limit": 2}, ["c", "ba"]),
        ({"start": "c", "end": "a"}, []),
    ],
)
def test_a_list_gives_pairs(kv: Any, options: dict[str, Any], keys: list[str]) -> None:
    for key in ("c", "ba", "a", "b"):
        kv.put(key, key)
    assert [*kv.list(options)] == [[key, key] for key in keys]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"limit": 0}, "TypeError: List limit must be positive."),
        ({"limit": 2**31}, INT32),
        (
            {"start": "a", "startAfter": "b"},
            "TypeError: list() cannot be called with both start and startAfter values.",
        ),
    ],
)
def test_what_list_refuses(kv: Any, options: dict[str, Any], message: str) -> None:
    with refused(message):
        kv.list(options)


@pytest.mark.parametrize(
    ("method", "arguments", "number", "type"),
    [
        ("get", (), 1, "string"),
        ("put", (), 1, "string"),
        ("put", ("k",), 2, "JsValue"),
        ("delete", (), 1, "string"),
        ("list", (5,), 1, "ListOptions"),
    ],
)
def test_arguments_that_are_missing_or_of_another_type_are_refused(
    kv: Any, method: str, arguments: tuple[Any, ...], number: int, type: str
) -> None:
    with refused(
        f"TypeError: Failed to execute '{method}' on 'SyncKvStorage': parameter"
        f" {number} is not of type '{type}'."
    ):
        getattr(kv, method)(*arguments)


def test_a_list_sees_what_is_written_meanwhile(kv: Any) -> None:
    for key in ("a", "b", "d"):
        kv.put(key, 1)
    pairs = iter(kv.list())
    assert next(pairs)[0] == "a"
    kv.put("c", 1)
    assert [key for key, _ in pairs] == ["b", "c", "d"]


def test_one_list_is_open_at_a_time(kv: Any) -> None:
    kv.put("a", 1)
    kv.put("b", 1)
    older = iter(kv.list())
    next(older)
    kv.list()
    with refused(
        "Error: kv.list() iterator was invalidated because a new call to kv.list() was"
        " started. Only one kv.list() iterator can exist at a time."
    ):
        next(older)
