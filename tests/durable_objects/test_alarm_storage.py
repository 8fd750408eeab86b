"""setAlarm, getAlarm and deleteAlarm; the answers are workerd's (measured)."""

import math

import pytest

from pytest_cfbindings.javascript.boxed import JsNumber
from pytest_cfbindings.javascript.dates import JsDate
from pytest_cfbindings.javascript.objects import JsObject
from pytest_cfbindings.javascript.values import JsBigInt, null, undefined

from .fakes import Instance, options, plain, refusal, value

LAST = 9_223_372_036_854


def alarm(instance: Instance) -> object:
    return plain(value(instance.storage.getAlarm()))


@pytest.mark.parametrize(
    ("given", "stored"),
    [(4e12 + 0.9, 4_000_000_000_000), (JsDate(4e12), 4_000_000_000_000), (LAST, LAST)],
)
def test_a_moment_is_kept_in_whole_milliseconds(
    instance: Instance, given: object, stored: int
) -> None:
    assert alarm(instance) == "null"
    assert value(instance.storage.setAlarm(given)) is undefined
    assert alarm(instance) == stored


def test_there_is_one_alarm(instance: Instance) -> None:
    value(instance.storage.setAlarm(4_000_000_000_000))
    value(instance.storage.setAlarm(4_000_000_000_001))
    assert alarm(instance) == 4_000_000_000_001
    value(instance.storage.deleteAlarm())
    assert alarm(instance) == "null"


def test_an_alarm_that_does_not_change_is_no_write(instance: Instance) -> None:
    value(instance.storage.deleteAlarm())
    assert instance.gate.writes == 0
    value(instance.storage.setAlarm(4_000_000_000_000))
    instance.end_turn()
    value(instance.storage.setAlarm(4_000_000_000_000))
    assert instance.end_turn() is False


NOT_A_DATE = (
    "TypeError: Failed to execute 'setAlarm' on 'DurableObjectStorage': parameter 1 is"
    " not of type 'date'."
)
INVALID = "TypeError: The value cannot be converted because it is not a valid Date."
TOO_LATE = "TypeError: This API doesn't support dates after 2189."
TOO_EARLY = "TypeError: This API doesn't support dates before 1687."
NOT_POSITIVE = "TypeError: setAlarm() cannot be called with an alarm time <= 0"


@pytest.mark.parametrize(
    ("given", "text"),
    [
        (null, NOT_A_DATE),
        (undefined, NOT_A_DATE),
        ("4000000000000", NOT_A_DATE),
        (True, NOT_A_DATE),
        (JsBigInt(4), NOT_A_DATE),
        (JsNumber(4), NOT_A_DATE),
        (JsObject(), NOT_A_DATE),
        (math.nan, INVALID),
        (math.inf, INVALID),
        (JsDate(math.nan), INVALID),
        (LAST + 0.5, TOO_LATE),
        (JsDate(8.64e15), TOO_LATE),
        (-LAST - 1, TOO_EARLY),
        (0, NOT_POSITIVE),
        (-0.0, NOT_POSITIVE),
        (0.5, NOT_POSITIVE),
        (JsDate(-5), NOT_POSITIVE),
    ],
)
def test_anything_else_is_refused(instance: Instance, given: object, text: str) -> None:
    assert refusal(instance.storage.setAlarm, given) == text
    assert alarm(instance) == "null"


def test_options_are_objects_or_nothing(instance: Instance) -> None:
    storage, of = instance.storage, "on 'DurableObjectStorage': parameter"
    value(storage.setAlarm(4e12, options(allowUnconfirmed=True)))
    assert refusal(storage.setAlarm, 4e12, 5) == (
        f"TypeError: Failed to execute 'setAlarm' {of} 2 is not of type"
        " 'SetAlarmOptions'."
    )
    assert refusal(storage.getAlarm, 5) == (
        f"TypeError: Failed to execute 'getAlarm' {of} 1 is not of type"
        " 'GetAlarmOptions'."
    )
    assert refusal(storage.deleteAlarm, 5) == (
        f"TypeError: Failed to execute 'deleteAlarm' {of} 1 is not of type"
        " 'SetAlarmOptions'."
    )
