"""Bookmarks: local workerd only counts them, unless a test asks for more."""

import asyncio
from collections.abc import Iterator

import pytest

from pytest_cfbindings.clock import Clock
from pytest_cfbindings.javascript.values import undefined

from .fakes import Instance, refusal, value

NOT_IMPLEMENTED = (
    "Error: This Durable Object's storage back-end does not implement point-in-time"
    " recovery."
)


def bookmark(number: int) -> str:
    return f"00000000-{number:08x}-00000000-{0:032x}"


def test_local_bookmarks_are_counted(sqlite: Instance) -> None:
    assert value(sqlite.storage.getCurrentBookmark()) == bookmark(0)
    assert value(sqlite.storage.getCurrentBookmark()) == bookmark(1)
    value(sqlite.storage.deleteAll())
    assert value(sqlite.storage.getCurrentBookmark()) == bookmark(0)


def test_local_workerd_goes_back_to_none(sqlite: Instance) -> None:
    assert refusal(sqlite.storage.getBookmarkForTime, 5) == NOT_IMPLEMENTED
    assert refusal(sqlite.storage.onNextSessionRestoreBookmark, "x") == NOT_IMPLEMENTED


def test_arguments_are_checked_first(sqlite: Instance) -> None:
    of = "on 'DurableObjectStorage': parameter 1 is not of type"
    assert refusal(sqlite.storage.getBookmarkForTime, "x") == (
        f"TypeError: Failed to execute 'getBookmarkForTime' {of} 'date'."
    )
    assert refusal(sqlite.storage.onNextSessionRestoreBookmark) == (
        f"TypeError: Failed to execute 'onNextSessionRestoreBookmark' {of} 'string'."
    )


def test_kv_backed_classes_have_no_bookmarks(key_value: Instance) -> None:
    assert refusal(key_value.storage.getCurrentBookmark) == NOT_IMPLEMENTED


@pytest.fixture
def time_travel() -> Clock:
    return Clock()


@pytest.fixture
def recoverable(time_travel: Clock) -> Iterator[Instance]:
    instance = Instance(point_in_time=True, clock=time_travel)
    yield instance
    instance.store.close()


def test_the_next_session_begins_with_the_state_of_a_bookmark(
    recoverable: Instance,
) -> None:
    recoverable.kv.put("k", "old")
    wanted = value(recoverable.storage.getCurrentBookmark())
    recoverable.sql.exec("CREATE TABLE t (a)")
    recoverable.kv.put("k", "new")
    recoverable.end_turn()
    undo = value(recoverable.storage.onNextSessionRestoreBookmark(wanted))
    assert recoverable.kv.get("k") == "new"
    recoverable.start()
    assert recoverable.kv.get("k") == "old"
    assert recoverable.rows("SELECT name FROM sqlite_schema WHERE name = 't'") == []
    value(recoverable.storage.onNextSessionRestoreBookmark(undo))
    recoverable.start()
    assert recoverable.kv.get("k") == "new"


def test_bookmarks_sort_by_their_age(recoverable: Instance) -> None:
    bookmarks = []
    for number in range(3):
        recoverable.kv.put("k", number)
        bookmarks.append(str(value(recoverable.storage.getCurrentBookmark())))
    assert bookmarks == sorted(set(bookmarks))


def test_a_moment_has_the_bookmark_of_its_state(
    recoverable: Instance, time_travel: Clock
) -> None:
    start = time_travel.now_ms()
    asyncio.run(time_travel.advance(1000))
    recoverable.kv.put("k", 1)
    recoverable.end_turn()
    asyncio.run(time_travel.advance(1000))
    before = value(recoverable.storage.getBookmarkForTime(start + 500))
    after = value(recoverable.storage.getBookmarkForTime(start + 1500))
    assert after == value(recoverable.storage.getCurrentBookmark())
    value(recoverable.storage.onNextSessionRestoreBookmark(before))
    recoverable.start()
    assert recoverable.kv.get("k") is undefined


def test_a_moment_is_one_of_the_last_thirty_days(
    recoverable: Instance, time_travel: Clock
) -> None:
    month = 30 * 24 * 3600 * 1000
    for instant in (time_travel.now_ms() - month - 1000, time_travel.now_ms() + 60_000):
        assert "a moment of the last 30 days" in refusal(
            recoverable.storage.getBookmarkForTime, instant
        )


def test_a_bookmark_that_was_never_given_is_refused(recoverable: Instance) -> None:
    assert "'x' is none" in refusal(
        recoverable.storage.onNextSessionRestoreBookmark, "x"
    )
