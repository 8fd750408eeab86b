"""storage.kv; the answers are workerd's (measured 2026-07-30)."""

import pytest

from pytest_cfbindings.javascript.arrays import JsArray
from pytest_cfbindings.javascript.errors import JsThrow
from pytest_cfbindings.javascript.objects import JsObject
from pytest_cfbindings.javascript.values import undefined

from .fakes import Instance, options, plain, refusal, value

INVALIDATED = (
    "Error: kv.list() iterator was invalidated because a new call to kv.list() was"
    " started. Only one kv.list() iterator can exist at a time."
)
DONE = {"value": undefined, "done": True}


def entry(key: str, stored: object) -> dict[str, object]:
    """What `next` gives for an entry."""
    return {"value": [key, stored], "done": False}


def test_it_shares_its_entries_with_the_asynchronous_api(sqlite: Instance) -> None:
    sqlite.kv.put("a", JsArray([1]))
    assert plain(value(sqlite.storage.get("a"))) == [1]
    value(sqlite.storage.put("b", 2))
    assert sqlite.kv.get("b") == 2
    assert sqlite.kv.delete("b") is True
    assert sqlite.kv.delete("b") is False
    assert sqlite.kv.get("b") is undefined


def test_undefined_is_a_value_here(sqlite: Instance) -> None:
    sqlite.kv.put("a", undefined)
    assert sqlite.keys() == ["a"]
    assert sqlite.kv.get("a") is undefined
    assert sqlite.kv.delete("a") is True


def test_arrays_of_keys_are_texts(sqlite: Instance) -> None:
    sqlite.kv.put(JsArray(["n"]), 1)
    assert sqlite.kv.get("n") == 1


def test_missing_arguments_are_refused(sqlite: Instance) -> None:
    of = "on 'SyncKvStorage': parameter"
    assert refusal(sqlite.kv.get) == (
        f"TypeError: Failed to execute 'get' {of} 1 is not of type 'string'."
    )
    assert refusal(sqlite.kv.put, "k") == (
        f"TypeError: Failed to execute 'put' {of} 2 is not of type 'JsValue'."
    )
    assert refusal(sqlite.kv.list, 5) == (
        f"TypeError: Failed to execute 'list' {of} 1 is not of type 'ListOptions'."
    )


def test_a_list_is_an_iterator_of_entries(sqlite: Instance) -> None:
    value(sqlite.storage.put(JsObject({"b": 2, "a": 1, "c": 3})))
    chosen = sqlite.kv.list(options(reverse=True, limit=2))
    assert plain(chosen.next()) == entry("c", 3)
    assert plain(chosen.next()) == entry("b", 2)
    assert plain(chosen.next()) == DONE
    assert plain(chosen.next()) == DONE


def test_an_iterator_sees_what_is_written_meanwhile(sqlite: Instance) -> None:
    value(sqlite.storage.put(JsObject({"a": 1, "b": 2, "c": 3})))
    entries = sqlite.kv.list()
    assert plain(entries.next()) == entry("a", 1)
    sqlite.kv.put("aa", 9)
    sqlite.kv.delete("b")
    sqlite.end_turn()
    assert plain(entries.next()) == entry("aa", 9)
    assert plain(entries.next()) == entry("c", 3)


@pytest.mark.parametrize("synchronous", [True, False])
def test_another_list_ends_an_iterator(sqlite: Instance, synchronous: bool) -> None:
    value(sqlite.storage.put(JsObject({"a": 1, "b": 2})))
    first = sqlite.kv.list()
    first.next()
    if synchronous:
        sqlite.kv.list()
    else:
        value(sqlite.storage.list())
    assert refusal(first.next) == INVALIDATED
    assert refusal(first.next) == INVALIDATED


def test_an_iterator_that_was_read_to_its_end_stays_so(sqlite: Instance) -> None:
    sqlite.kv.put("a", 1)
    first = sqlite.kv.list()
    assert plain(first.toArray()) == [["a", 1]]
    sqlite.kv.list()
    assert plain(first.next()) == DONE


def test_an_open_iterator_keeps_tables_from_being_dropped(sqlite: Instance) -> None:
    value(sqlite.storage.put(JsObject({"a": 1, "b": 2})))
    sqlite.sql.exec("CREATE TABLE t (a)")
    entries = sqlite.kv.list()
    entries.next()
    locked = "Error: database table is locked: SQLITE_LOCKED"
    assert refusal(sqlite.sql.exec, "DROP TABLE t") == locked
    entries.next()
    entries.next()
    sqlite.sql.exec("DROP TABLE t")


def test_an_iterator_does_not_survive_the_database(sqlite: Instance) -> None:
    value(sqlite.storage.put(JsObject({"a": 1, "b": 2})))
    entries = sqlite.kv.list()
    value(sqlite.storage.deleteAll())
    assert refusal(entries.next) == (
        "Error: SQLite query was canceled because the database was deleted."
    )
    assert plain(sqlite.kv.list().toArray()) == []


@pytest.mark.parametrize("call", ["get", "put", "delete", "list"])
def test_kv_backed_classes_do_not_have_it(key_value: Instance, call: str) -> None:
    arguments = {"put": ("k", 1), "list": ()}.get(call, ("k",))
    with pytest.raises(JsThrow) as caught:
        getattr(key_value.kv, call)(*arguments)
    text = caught.value.value.message  # type: ignore[attr-defined]
    assert text.startswith("The storage.kv (synchronous KV) API is only available for")
