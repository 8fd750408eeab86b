"""Foreign keys of D1."""

from typing import Any

import pytest

from .refusals import refused

FAILED = (
    "Error: D1_ERROR: FOREIGN KEY constraint failed: SQLITE_CONSTRAINT (extended:"
    " SQLITE_CONSTRAINT_FOREIGNKEY)"
)
FAILED_AT_THE_END = (
    "Error: Durable Object was reset and rolled back to its last known good state"
    " because the application left the database in a state where constraints were"
    " violated: FOREIGN KEY constraint failed: SQLITE_CONSTRAINT (extended:"
    " SQLITE_CONSTRAINT_FOREIGNKEY)"
)


@pytest.fixture
async def database(env: Any) -> Any:
    """A database with a parent table and two kinds of children."""
    await env.DB.exec(
        "CREATE TABLE p (id INTEGER PRIMARY KEY)\n"
        "CREATE TABLE c (p REFERENCES p)\n"
        "CREATE TABLE later (p REFERENCES p DEFERRABLE INITIALLY DEFERRED)"
    )
    return env.DB


async def test_they_are_enforced(database: Any) -> None:
    with refused(FAILED):
        await database.prepare("INSERT INTO c VALUES (1)").run()


async def test_a_parent_that_is_referred_to_stays(database: Any) -> None:
    await database.exec("INSERT INTO p VALUES (1)\nINSERT INTO c VALUES (1)")
    with refused(FAILED):
        await database.prepare("DELETE FROM p").run()


async def test_they_cannot_be_switched_off(database: Any) -> None:
    await database.prepare("PRAGMA foreign_keys = off").run()
    with refused(FAILED):
        await database.prepare("INSERT INTO c VALUES (1)").run()


async def test_a_deferred_one_is_checked_when_the_request_ends(database: Any) -> None:
    with refused(FAILED_AT_THE_END):
        await database.prepare("INSERT INTO later VALUES (1)").run()
    assert await database.prepare("SELECT * FROM later").raw() == []


async def test_a_batch_may_violate_them_on_its_way(database: Any) -> None:
    defer = database.prepare("PRAGMA defer_foreign_keys = on")
    child = database.prepare("INSERT INTO c VALUES (1)")
    parent = database.prepare("INSERT INTO p VALUES (1)")
    with refused(FAILED_AT_THE_END):
        await database.batch([defer, child])
    await database.batch([defer, child, parent])
    assert await database.prepare("SELECT p FROM c").raw() == [[1]]


async def test_deferring_ends_with_the_request(database: Any) -> None:
    await database.prepare("PRAGMA defer_foreign_keys = on").run()
    assert await database.prepare("PRAGMA defer_foreign_keys").raw() == [[0]]
    with refused(FAILED):
        await database.prepare("INSERT INTO c VALUES (1)").run()


async def test_exec_defers_them_too(database: Any) -> None:
    await database.exec(
        "PRAGMA defer_foreign_keys = on\n"
        "INSERT INTO c VALUES (1)\nINSERT INTO p VALUES (1)"
    )
    with refused(FAILED_AT_THE_END):
        await database.exec("PRAGMA defer_foreign_keys = on\nINSERT INTO c VALUES (2)")


@pytest.mark.parametrize("value", ["1", "NULL"])
async def test_a_parent_table_has_to_be_there(env: Any, value: str) -> None:
    await env.DB.exec("CREATE TABLE c (p REFERENCES p)")
    with refused("Error: D1_ERROR: no such table: main.p: SQLITE_ERROR"):
        await env.DB.prepare(f"INSERT INTO c VALUES ({value})").run()


async def test_deferring_that_is_switched_off_again_forgets_violations(
    database: Any,
) -> None:
    sql = ("PRAGMA defer_foreign_keys = on", "INSERT INTO c VALUES (1)")
    await database.batch(
        [database.prepare(text) for text in (*sql, "PRAGMA defer_foreign_keys = off")]
    )
    assert await database.prepare("SELECT p FROM c").raw() == [[1]]
