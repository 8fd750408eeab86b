"""The storage of Durable Objects as a Worker meets it, on both kinds of class."""

from collections.abc import Callable
from typing import Any

import pytest
from pyodide.ffi import JsException

ObjectOf = Callable[..., Any]


@pytest.fixture(params=["NOTEBOOK", "OLD_NOTEBOOK"])
def book(request: pytest.FixtureRequest, object_of: ObjectOf) -> Any:
    return object_of(request.param)


@pytest.fixture
def notebook(object_of: ObjectOf) -> Any:
    return object_of("NOTEBOOK")


@pytest.fixture
def old_notebook(object_of: ObjectOf) -> Any:
    return object_of("OLD_NOTEBOOK")


async def test_a_missing_key_is_none(book: Any) -> None:
    assert await book.read("k") is None


@pytest.mark.parametrize(
    "value",
    ["text", 5, 1.5, -(2**40), True, None, [1, [2]], {"a": {"b": [1, None]}}, {1, 2}],
)
async def test_a_value_comes_back(book: Any, value: Any) -> None:
    await book.write("k", value)
    assert await book.read("k") == value


async def test_bytes_come_back_as_a_memoryview(book: Any) -> None:
    await book.write("k", b"\x00\xff")
    assert bytes(await book.read("k")) == b"\x00\xff"


async def test_a_dict_puts_its_entries(book: Any) -> None:
    await book.write_many({"b": 2, "a": 1})
    assert dict(await book.read(["b", "a", "x"])) == {"a": 1, "b": 2}


async def test_delete_tells_what_was_there(book: Any) -> None:
    await book.write_many({"a": 1, "b": 2})
    assert await book.tear_out("a") is True
    assert await book.tear_out("a") is False
    assert await book.tear_out(["a", "b"]) == 1


@pytest.mark.parametrize(
    ("options", "keys"),
    [
        ({}, ["a", "b", "ba", "c"]),
        ({"prefix": "b"}, ["b", "ba"]),
        ({"start": "b", "end": "c"}, ["b", "ba"]),
        ({"startAfter": "b"}, ["ba", "c"]),
        ({"reverse": True, "limit": 2}, ["c", "ba"]),
    ],
)
async def test_a_list_is_sorted(
    book: Any, options: dict[str, Any], keys: list[str]
) -> None:
    await book.write_many({"ba": 1, "c": 1, "a": 1, "b": 1})
    assert list(await book.pages(options)) == keys


async def test_delete_all_leaves_nothing(book: Any) -> None:
    await book.write("k", 1)
    await book.clear()
    assert dict(await book.pages({})) == {}


async def test_a_transaction_commits(book: Any) -> None:
    await book.draft("k", "new", "commit")
    assert await book.read("k") == "new"


@pytest.mark.parametrize("end", ["fail", "roll back"])
async def test_a_transaction_can_be_undone(book: Any, end: str) -> None:
    await book.write("k", "old")
    if end == "fail":
        with pytest.raises(JsException, match="no good"):
            await book.draft("k", "new", end)
    else:
        assert await book.draft("k", "new", end) == "old"
    assert await book.read("k") == "old"


@pytest.mark.stricter_than_local(
    "production's limit; locally a KV-backed class is stored in SQLite as well"
)
async def test_kv_backed_values_have_128_kib(old_notebook: Any) -> None:
    with pytest.raises(JsException) as error:
        await old_notebook.write("k", "a" * 131_200)
    assert (
        "RangeError: Values cannot be larger than 131072 bytes."
        " A value of size 131206 was provided."
    ) in str(error.value)


@pytest.mark.stricter_than_local(
    "production's limit; locally a KV-backed class is stored in SQLite as well"
)
async def test_kv_backed_keys_have_2048_bytes(old_notebook: Any) -> None:
    await old_notebook.write("k" * 2048, 1)
    with pytest.raises(JsException, match="Keys cannot be larger than 2048 bytes"):
        await old_notebook.write("k" * 2049, 1)


@pytest.mark.stricter_than_local(
    "production's limit; locally a KV-backed class is stored in SQLite as well"
)
async def test_kv_backed_classes_take_128_keys_at_a_time(old_notebook: Any) -> None:
    keys = [f"k{number}" for number in range(129)]
    await old_notebook.read(keys[:128])
    with pytest.raises(JsException, match="128"):
        await old_notebook.read(keys)


async def test_kv_backed_classes_have_no_sql(old_notebook: Any) -> None:
    with pytest.raises(JsException, match="SQL is not enabled for this Durable Object"):
        await old_notebook.sql()


async def test_sqlite_backed_values_have_two_million_bytes(notebook: Any) -> None:
    await notebook.write("k", "a" * 2_000_000)
    with pytest.raises(JsException, match="string or blob too big: SQLITE_TOOBIG"):
        await notebook.write("l", "a" * 2_300_000)


async def test_the_synchronous_api_shares_the_entries(notebook: Any) -> None:
    assert await notebook.write_at_once("k", {"a": 1}) == {"a": 1}
    await notebook.write("l", 2)
    assert await notebook.keys_at_once({}) == ["k", "l"]
    assert await notebook.keys_at_once({"reverse": True, "limit": 1}) == ["l"]


async def test_a_failed_transaction_sync_leaves_nothing(notebook: Any) -> None:
    await notebook.fail_at_once()
    assert await notebook.keys_at_once({}) == ["after"]
    tables = "SELECT name FROM sqlite_schema WHERE name = 'inside'"
    assert await notebook.query(tables) == []
