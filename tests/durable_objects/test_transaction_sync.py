"""storage.transactionSync; the answers are workerd's (measured 2026-07-30)."""

from typing import Any

import pytest

from pytest_cfbindings.javascript.errors import JsThrow, error

from .fakes import Instance, callback, plain, refusal, value


def fails() -> None:
    raise error("boom")


def test_it_gives_what_the_callback_gives(sqlite: Instance) -> None:
    def body() -> int:
        sqlite.kv.put("a", 1)
        return 5

    assert sqlite.storage.transactionSync(callback(body)) == 5
    assert sqlite.keys() == ["a"]


def test_an_exception_undoes_all_that_it_did(sqlite: Instance) -> None:
    sqlite.kv.put("before", 1)

    def body() -> None:
        sqlite.kv.put("a", 1)
        value(sqlite.storage.put("b", 1))
        value(sqlite.storage.setAlarm(4_000_000_000_000))
        sqlite.sql.exec("CREATE TABLE t (a)")
        raise error("boom")

    assert refusal(sqlite.storage.transactionSync, callback(body)) == "Error: boom"
    assert sqlite.keys() == ["before"]
    assert plain(value(sqlite.storage.getAlarm())) == "null"
    assert sqlite.rows("SELECT name FROM sqlite_schema WHERE name = 't'") == []


def test_an_exception_of_python_passes_as_it_is(sqlite: Instance) -> None:
    def body() -> None:
        sqlite.kv.put("a", 1)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        sqlite.storage.transactionSync(callback(body))
    assert sqlite.keys() == []


def test_they_nest(sqlite: Instance) -> None:
    def inner() -> None:
        sqlite.kv.put("inner", 1)
        raise error("boom")

    def outer() -> None:
        sqlite.kv.put("outer", 1)
        with pytest.raises(JsThrow):
            sqlite.storage.transactionSync(callback(inner))

    sqlite.storage.transactionSync(callback(outer))
    assert sqlite.keys() == ["outer"]


def test_it_is_part_of_the_turn(sqlite: Instance) -> None:
    sqlite.storage.transactionSync(callback(lambda: sqlite.kv.put("a", 1)))
    sqlite.store.rollback()
    assert sqlite.keys() == []


def test_the_callback_is_a_function(sqlite: Instance) -> None:
    assert refusal(sqlite.storage.transactionSync) == (
        "TypeError: Failed to execute 'transactionSync' on 'DurableObjectStorage':"
        " parameter 1 is not of type 'function'."
    )


def test_delete_all_is_refused_within_it(sqlite: Instance) -> None:
    # Not by a rejection, which nobody could wait for.
    with pytest.raises(JsThrow) as thrown:
        sqlite.storage.transactionSync(callback(sqlite.storage.deleteAll))
    text = "Error: Cannot call deleteAll() within a transaction"
    assert thrown.value.value.js_to_string() == text


def test_kv_backed_classes_do_not_have_it(key_value: Instance) -> None:
    assert refusal(key_value.storage.transactionSync, callback(fails)) == (
        "Error: Durable Object is not backed by SQL."
    )


@pytest.mark.parametrize("throws", [True, False], ids=["it throws", "it ends"])
def test_it_cannot_end_while_written_rows_are_unread(
    sqlite: Instance, throws: bool
) -> None:
    def body() -> None:
        cursors.append(sqlite.sql.exec("INSERT INTO t VALUES (1), (2) RETURNING a"))
        if throws:
            raise error("boom")

    cursors: list[Any] = []
    sqlite.sql.exec("CREATE TABLE t (a)")
    text = refusal(sqlite.storage.transactionSync, callback(body))
    assert text.startswith("Error: internal error")
    assert "RETURNING has rows that nobody read" in text
    assert sqlite.rows("SELECT * FROM t") == []
    # The rows can be read even so, and then everything goes on.
    assert plain(cursors[0].toArray()) == [{"a": 1}, {"a": 2}]
    insert = callback(lambda: sqlite.sql.exec("INSERT INTO t VALUES (3)") and None)
    sqlite.storage.transactionSync(insert)
    sqlite.end_turn()
    assert sqlite.rows("SELECT * FROM t") == [{"a": 3}]


def test_a_statement_that_rolls_everything_back_resets_the_object(
    sqlite: Instance,
) -> None:
    sqlite.sql.exec("CREATE TABLE t (a UNIQUE); INSERT INTO t VALUES (1)")
    sqlite.end_turn()

    def body() -> None:
        assert "use OR ABORT" in refusal(
            sqlite.sql.exec, "INSERT OR ROLLBACK INTO t VALUES (1)"
        )
        fails()

    assert refusal(sqlite.storage.transactionSync, callback(body)) == "Error: boom"
    assert sqlite.gate.reason is not None
