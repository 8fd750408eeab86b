"""Alarms: what can be set, and what is seen of them in storage."""

import datetime
import math
from typing import Any

import pytest

from .refusals import quiet, refused

AT = 4_102_444_800_000
"""The year 2100."""
INVALID_DATE = (
    "TypeError: The value cannot be converted because it is not a valid Date."
)


def wrong(method: str, number: int, type: str) -> str:
    return (
        f"TypeError: Failed to execute '{method}' on 'DurableObjectStorage': parameter"
        f" {number} is not of type '{type}'."
    )


@pytest.mark.parametrize("at", [AT, AT + 0.9, datetime.datetime(2100, 1, 1)])
async def test_an_alarm_is_set_in_milliseconds_or_by_a_date(
    storage: Any, at: Any
) -> None:
    assert await storage.getAlarm() is None
    assert await storage.setAlarm(at) is None
    assert await storage.getAlarm() == AT


async def test_there_is_one_alarm(storage: Any) -> None:
    await storage.setAlarm(AT)
    await storage.setAlarm(AT + 1)
    assert await storage.getAlarm() == AT + 1


async def test_an_alarm_is_deleted(storage: Any) -> None:
    assert await storage.deleteAlarm() is None
    await storage.setAlarm(AT)
    assert await storage.deleteAlarm() is None
    assert await storage.getAlarm() is None


async def test_an_alarm_is_no_entry(storage: Any) -> None:
    await storage.setAlarm(AT)
    assert await storage.list() == {}


@pytest.mark.parametrize(
    ("at", "message"),
    [
        *[
            (at, "TypeError: setAlarm() cannot be called with an alarm time <= 0")
            for at in (0, -1)
        ],
        *[(at, INVALID_DATE) for at in (math.nan, math.inf, -math.inf)],
        (9_223_372_036_855, "TypeError: This API doesn't support dates after 2189."),
        *[(at, wrong("setAlarm", 1, "date")) for at in (None, "2100", True, 2**60, {})],
    ],
)
async def test_what_is_no_time_for_an_alarm(
    storage: Any, at: Any, message: str
) -> None:
    with refused(message):
        await storage.setAlarm(at)


@pytest.mark.parametrize(
    ("method", "arguments", "message"),
    [
        ("setAlarm", (), wrong("setAlarm", 1, "date")),
        ("setAlarm", (AT, 5), wrong("setAlarm", 2, "SetAlarmOptions")),
        ("getAlarm", (5,), wrong("getAlarm", 1, "GetAlarmOptions")),
        ("deleteAlarm", (5,), wrong("deleteAlarm", 1, "SetAlarmOptions")),
    ],
)
async def test_arguments_that_are_missing_or_of_another_type_are_refused(
    storage: Any, method: str, arguments: tuple[Any, ...], message: str
) -> None:
    with refused(message):
        await getattr(storage, method)(*arguments)


@quiet
@pytest.mark.parametrize("options", [None, {}, {"allowConcurrency": True}])
async def test_options_may_be_none_or_any_object(storage: Any, options: Any) -> None:
    await storage.setAlarm(AT, options)
    assert await storage.getAlarm(options) == AT
    await storage.deleteAlarm(options)


async def test_the_last_alarm_is_that_of_the_year_2262(storage: Any) -> None:
    await storage.setAlarm(9_223_372_036_854)
    assert await storage.getAlarm() == 9_223_372_036_854


async def test_local_development_cannot_go_back_in_time(sqlite: Any) -> None:
    bookmark = await sqlite.getCurrentBookmark()
    assert [len(part) for part in bookmark.split("-")] == [8, 8, 8, 32]
    message = (
        "Error: This Durable Object's storage back-end does not implement point-in-time"
        " recovery."
    )
    with refused(message):
        await sqlite.getBookmarkForTime(AT)
    with refused(message):
        await sqlite.onNextSessionRestoreBookmark(bookmark)
