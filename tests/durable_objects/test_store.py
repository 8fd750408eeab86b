"""Turns, resets, and what the database of an object goes through."""

import pytest

from pytest_cfbindings.javascript.errors import JsThrow
from pytest_cfbindings.javascript.objects import JsObject
from pytest_cfbindings.javascript.values import undefined

from .fakes import Instance, plain, refusal, value


def reset_text(instance: Instance) -> str:
    """What the end of the turn raises."""
    with pytest.raises(JsThrow) as caught:
        instance.end_turn()
    text = caught.value.value.message  # type: ignore[attr-defined]
    assert isinstance(text, str)
    return text


def test_all_writes_of_a_turn_are_one_transaction(instance: Instance) -> None:
    value(instance.storage.put("a", 1))
    value(instance.storage.put("b", 1))
    value(instance.storage.setAlarm(4_000_000_000_000))
    assert instance.gate.writes == 1
    assert instance.end_turn() is True
    assert instance.end_turn() is False


def test_reading_opens_no_transaction(instance: Instance) -> None:
    value(instance.storage.get("a"))
    value(instance.storage.list())
    value(instance.storage.getAlarm())
    assert instance.gate.writes == 0
    assert not instance.store.touched


def test_a_reset_forgets_the_turn(instance: Instance) -> None:
    value(instance.storage.put("a", 1))
    instance.end_turn()
    value(instance.storage.put(JsObject({"a": 2, "b": 2})))
    value(instance.storage.setAlarm(4_000_000_000_000))
    instance.store.rollback()
    assert plain(value(instance.storage.list())) == {"a": 1}
    assert plain(value(instance.storage.getAlarm())) == "null"
    assert instance.end_turn() is False


def test_the_first_write_of_all_can_be_undone(instance: Instance) -> None:
    value(instance.storage.put("a", 1))
    instance.store.rollback()
    assert instance.keys() == []
    value(instance.storage.put("b", 1))
    assert instance.keys() == ["b"]


def test_the_next_instance_finds_what_was_stored(instance: Instance) -> None:
    value(instance.storage.put("a", 1))
    instance.end_turn()
    instance.start()
    assert value(instance.storage.get("a")) == 1


def test_a_deferred_constraint_is_checked_at_the_end_of_the_turn(
    sqlite: Instance,
) -> None:
    sqlite.sql.exec(
        "CREATE TABLE p (id INTEGER PRIMARY KEY);"
        "CREATE TABLE c (p REFERENCES p (id) DEFERRABLE INITIALLY DEFERRED)"
    )
    sqlite.end_turn()
    sqlite.sql.exec("INSERT INTO c VALUES (1)")
    sqlite.kv.put("a", 1)
    assert reset_text(sqlite) == (
        "Durable Object was reset and rolled back to its last known good state because"
        " the application left the database in a state where constraints were violated:"
        " FOREIGN KEY constraint failed: SQLITE_CONSTRAINT"
        " (extended: SQLITE_CONSTRAINT_FOREIGNKEY)"
    )
    assert sqlite.rows("SELECT * FROM c") == []
    assert sqlite.keys() == []


def test_unread_rows_of_a_write_keep_the_turn_from_being_committed(
    sqlite: Instance,
) -> None:
    sqlite.sql.exec("CREATE TABLE t (a)")
    sqlite.end_turn()
    sqlite.sql.exec("INSERT INTO t VALUES (1), (2) RETURNING a").next()
    assert "RETURNING has rows that nobody read" in reset_text(sqlite)
    assert sqlite.rows("SELECT * FROM t") == []


@pytest.mark.parametrize(
    "statement",
    ["INSERT OR ROLLBACK INTO t VALUES (1)", "INSERT INTO t VALUES (5)"],
)
def test_sql_that_rolls_the_turn_back_resets_the_object(
    sqlite: Instance, statement: str
) -> None:
    sqlite.sql.exec(
        "CREATE TABLE t (a UNIQUE); INSERT INTO t VALUES (1);"
        "CREATE TRIGGER g BEFORE INSERT ON t WHEN new.a = 5"
        " BEGIN SELECT RAISE(ROLLBACK, 'no five'); END"
    )
    sqlite.end_turn()
    sqlite.kv.put("a", 1)
    assert "use OR ABORT or RAISE(ABORT)" in refusal(sqlite.sql.exec, statement)
    assert sqlite.gate.reason is not None
    assert sqlite.store.has("_cf_KV") is False


def test_delete_all_deletes_everything(instance: Instance) -> None:
    value(instance.storage.put("a", 1))
    value(instance.storage.setAlarm(4_000_000_000_000))
    instance.end_turn()
    assert value(instance.storage.deleteAll()) is undefined
    assert instance.keys() == []
    assert plain(value(instance.storage.getAlarm())) == "null"
    assert instance.end_turn() is True
    value(instance.storage.put("b", 1))
    assert instance.keys() == ["b"]


def test_delete_all_deletes_tables_and_the_writes_of_the_turn(
    sqlite: Instance,
) -> None:
    sqlite.sql.exec("CREATE TABLE t (a)")
    sqlite.end_turn()
    sqlite.sql.exec("INSERT INTO t VALUES (1)")
    value(sqlite.storage.deleteAll())
    assert sqlite.rows("SELECT name FROM sqlite_schema") == []
    sqlite.store.rollback()
    assert sqlite.rows("SELECT name FROM sqlite_schema") == []


def test_before_2026_02_24_delete_all_keeps_the_alarm() -> None:
    instance = Instance(delete_all_deletes_alarm=False)
    value(instance.storage.put("a", 1))
    value(instance.storage.setAlarm(4_000_000_000_000))
    value(instance.storage.deleteAll())
    assert value(instance.storage.getAlarm()) == 4_000_000_000_000
    assert instance.keys() == []
    instance.store.close()


def test_delete_all_takes_options(instance: Instance) -> None:
    assert refusal(instance.storage.deleteAll, 5) == (
        "TypeError: Failed to execute 'deleteAll' on 'DurableObjectStorage': parameter"
        " 1 is not of type 'PutOptions'."
    )


def test_sync_resolves(instance: Instance) -> None:
    assert value(instance.storage.sync()) is undefined


def test_its_repr_says_what_it_holds(sqlite: Instance) -> None:
    assert repr(sqlite.store) == "<ObjectStore: empty>"
    sqlite.kv.put("a", 1)
    sqlite.sql.exec("CREATE TABLE t (a)")
    assert (
        repr(sqlite.storage)
        == "<DurableObjectStorage: <ObjectStore: 1 keys, 1 tables>>"
    )
    assert repr(sqlite.sql) == "<SqlStorage: <ObjectStore: 1 keys, 1 tables>>"
    assert repr(sqlite.kv) == "<SyncKvStorage: <ObjectStore: 1 keys, 1 tables>>"
