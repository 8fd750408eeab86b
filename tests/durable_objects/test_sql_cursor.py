"""Cursors of sql.exec; the answers are workerd's (measured 2026-07-30)."""

import pytest

from pytest_cfbindings.javascript.errors import error
from pytest_cfbindings.javascript.iteration import iterate
from pytest_cfbindings.javascript.objects import JsObject
from pytest_cfbindings.javascript.values import undefined

from .fakes import Instance, callback, plain, refusal, value

DONE = {"done": True, "value": undefined}
LOCKED = "Error: database table is locked: SQLITE_LOCKED"


@pytest.fixture
def rows(sqlite: Instance) -> Instance:
    """An object with a table of three rows."""
    sqlite.sql.exec("CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT)")
    sqlite.sql.exec("INSERT INTO t VALUES (1, 'a'), (2, 'b'), (3, 'c')")
    return sqlite


def row(number: int, text: str) -> dict[str, object]:
    return {"id": number, "v": text}


def test_next_gives_row_by_row(rows: Instance) -> None:
    cursor = rows.sql.exec("SELECT * FROM t WHERE id < 3")
    assert plain(cursor.next()) == {"done": False, "value": row(1, "a")}
    assert plain(cursor.next()) == {"done": False, "value": row(2, "b")}
    assert plain(cursor.next()) == DONE
    assert plain(cursor.next()) == DONE


def test_to_array_gives_the_rest(rows: Instance) -> None:
    cursor = rows.sql.exec("SELECT * FROM t")
    cursor.next()
    assert plain(cursor.toArray()) == [row(2, "b"), row(3, "c")]
    assert plain(cursor.toArray()) == []


def test_raw_shares_the_place(rows: Instance) -> None:
    cursor = rows.sql.exec("SELECT * FROM t")
    raw = cursor.raw()
    assert plain(raw.next()) == {"value": [1, "a"], "done": False}
    assert plain(cursor.next()) == {"done": False, "value": row(2, "b")}
    assert plain(raw.toArray()) == [[3, "c"]]
    assert plain(cursor.next()) == DONE


def test_iterating_can_be_left_and_taken_up(rows: Instance) -> None:
    cursor = rows.sql.exec("SELECT * FROM t")
    assert plain(next(iterate(cursor))) == row(1, "a")
    assert [plain(item) for item in iterate(cursor)] == [row(2, "b"), row(3, "c")]


def test_one_is_exactly_one(rows: Instance) -> None:
    one = "SELECT * FROM t WHERE id "
    assert plain(rows.sql.exec(one + "= 1").one()) == row(1, "a")
    text = "Error: Expected exactly one result from SQL query, but got "
    assert refusal(rows.sql.exec(one + "= 9").one) == text + "no results."
    cursor = rows.sql.exec("SELECT * FROM t")
    assert refusal(cursor.one) == text + "multiple results."
    assert plain(cursor.toArray()) == []


def test_column_names_keep_duplicates_and_rows_do_not(sqlite: Instance) -> None:
    cursor = sqlite.sql.exec("SELECT 1 AS a, 2 AS a, 3 AS A")
    assert cursor.columnNames() is cursor.columnNames()
    assert plain(cursor.columnNames()) == ["a", "a", "A"]
    assert plain(cursor.next()) == {"done": False, "value": {"a": 2, "A": 3}}


def test_statements_without_a_result_have_no_columns(sqlite: Instance) -> None:
    assert plain(sqlite.sql.exec("CREATE TABLE t (a)").columnNames()) == []


def test_names_like_indices_come_first(sqlite: Instance) -> None:
    found = sqlite.sql.exec("SELECT 1 AS b, 2 AS '1', 3 AS '0', 4 AS '__proto__'").one()
    assert found.js_keys() == ["0", "1", "b"]


def test_a_statement_runs_without_its_cursor(sqlite: Instance) -> None:
    sqlite.sql.exec("CREATE TABLE t (a)")
    sqlite.sql.exec("INSERT INTO t VALUES (1), (2)")
    assert sqlite.rows("SELECT count(*) AS n FROM t") == [{"n": 2}]


def test_two_cursors_of_one_text_are_independent(rows: Instance) -> None:
    first, second = (rows.sql.exec("SELECT * FROM t") for _ in range(2))
    first.next()
    assert len(second.toArray().items) == 3
    assert len(first.toArray().items) == 2


def test_a_cursor_sees_what_is_written_meanwhile(rows: Instance) -> None:
    rows.end_turn()
    cursor = rows.sql.exec("SELECT id FROM t")
    cursor.next()
    rows.sql.exec("INSERT INTO t VALUES (4, 'd')")
    rows.end_turn()
    rows.sql.exec("DELETE FROM t WHERE id = 3")
    assert plain(cursor.toArray()) == [{"id": 2}, {"id": 4}]


def test_an_open_cursor_locks_every_table(rows: Instance) -> None:
    rows.sql.exec("CREATE TABLE u (a); CREATE INDEX i ON t (v)")
    cursor = rows.sql.exec("SELECT * FROM t")
    for statement in ("DROP TABLE t", "DROP TABLE u", "DROP INDEX i"):
        assert refusal(rows.sql.exec, statement) == LOCKED
    cursor.toArray()
    rows.sql.exec("DROP INDEX i; DROP TABLE u; DROP TABLE t")


def test_a_cursor_that_was_dropped_goes_on_locking(rows: Instance) -> None:
    rows.sql.exec("SELECT * FROM t").next()
    assert refusal(rows.sql.exec, "DROP TABLE t") == LOCKED


def test_the_last_row_frees_the_statement(rows: Instance) -> None:
    rows.sql.exec("SELECT * FROM t WHERE id = 1").next()
    rows.sql.exec("DROP TABLE t")


def test_a_new_instance_finds_no_cursors_of_the_old_one(rows: Instance) -> None:
    rows.end_turn()
    rows.sql.exec("SELECT * FROM t").next()
    rows.start()
    rows.sql.exec("DROP TABLE t")


def test_delete_all_cancels_cursors(rows: Instance) -> None:
    cursor = rows.sql.exec("SELECT * FROM t")
    value(rows.storage.deleteAll())
    text = "Error: SQLite query was canceled because the database was deleted."
    assert refusal(cursor.next) == text
    assert refusal(cursor.toArray) == text
    assert plain(cursor.columnNames()) == ["id", "v"]


def test_a_rollback_aborts_cursors_over_a_schema_that_it_undoes(
    rows: Instance,
) -> None:
    rows.end_turn()
    cursor = rows.sql.exec("SELECT * FROM t")

    def body() -> None:
        rows.sql.exec("CREATE TABLE u (a)")
        raise error("undo")

    refusal(rows.storage.transactionSync, callback(body))
    assert refusal(cursor.toArray) == (
        "Error: abort due to ROLLBACK: SQLITE_ABORT (extended: SQLITE_ABORT_ROLLBACK)"
    )


def test_a_rollback_of_rows_leaves_cursors_alone(rows: Instance) -> None:
    rows.end_turn()
    cursor = rows.sql.exec("SELECT id FROM t")
    cursor.next()

    def body() -> None:
        rows.sql.exec("INSERT INTO t VALUES (4, 'd')")
        raise error("undo")

    refusal(rows.storage.transactionSync, callback(body))
    assert plain(cursor.toArray()) == [{"id": 2}, {"id": 3}]


def test_an_error_on_the_way_takes_the_row_before_it(rows: Instance) -> None:
    cursor = rows.sql.exec(
        "SELECT id, json(CASE id WHEN 3 THEN 'bad' ELSE '1' END) AS j FROM t"
    )
    assert plain(cursor.next()) == {"done": False, "value": {"id": 1, "j": "1"}}
    text = "Error: malformed JSON: SQLITE_ERROR"
    assert refusal(cursor.next) == text
    assert refusal(cursor.next) == text
    rows.sql.exec("DROP TABLE t")


def test_returning_writes_at_once_and_gives_rows(rows: Instance) -> None:
    cursor = rows.sql.exec("UPDATE t SET v = v || '!' WHERE id < 3 RETURNING v")
    assert rows.rows("SELECT v FROM t WHERE id = 2") == [{"v": "b!"}]
    assert plain(cursor.toArray()) == [{"v": "a!"}, {"v": "b!"}]
    assert rows.end_turn() is True


def test_its_repr_says_its_state(rows: Instance) -> None:
    cursor = rows.sql.exec("SELECT * FROM t")
    assert repr(cursor) == "<Cursor 'id,v': open>"
    cursor.toArray()
    assert repr(cursor) == "<Cursor 'id,v': finished>"


def test_a_cursor_cannot_be_stored(rows: Instance) -> None:
    cursor = rows.sql.exec("SELECT 1")
    for given, kind in (
        (cursor, "Cursor"),
        (cursor.raw(), "RawIterator"),
        (rows.kv.list(), "ListIterator"),
        (rows.sql, "SqlStorage"),
        (rows.storage, "DurableObjectStorage"),
    ):
        assert refusal(rows.storage.put, "k", JsObject({"a": given})) == (
            f'DataCloneError: Could not serialize object of type "{kind}".'
            " This type does not support serialization."
        )
