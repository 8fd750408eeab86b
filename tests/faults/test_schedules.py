"""Which of the calls fail, and what the test is told of it."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyodide.ffi import JsException

from pytest_cfbindings.control import Cf
from pytest_cfbindings.faults.schedule import Progress, Schedule


async def outcomes(env: Any, times: int) -> str:
    """A letter for each put: `x` failed, `.` passed."""
    found = ""
    for number in range(times):
        try:
            await env.KV.put(f"k{number}", "v")
            found += "."
        except JsException:
            found += "x"
    return found


@pytest.mark.parametrize(
    ("schedule", "expected"),
    [
        ({}, "x....."),
        ({"times": 2}, "xx...."),
        ({"every": 1}, "xxxxxx"),
        ({"every": 2}, ".x.x.x"),
        ({"every": 2, "times": 1}, ".x...."),
        ({"after": 2}, "..x..."),
        ({"after": 2, "times": 2}, "..xx.."),
        ({"after": 1, "every": 2}, "..x.x."),
        ({"probability": 1}, "xxxxxx"),
    ],
)
async def test_a_schedule_says_which_calls_fail(
    env: Any, cf: Cf, schedule: dict[str, Any], expected: str
) -> None:
    cf.fail(env.KV, "put", **schedule)
    assert await outcomes(env, 6) == expected


async def test_chance_draws_the_same_for_the_same_seed(env: Any, cf: Cf) -> None:
    drawn = []
    for seed in (1, 1, 2):
        fault = cf.fail(env.KV, "put", probability=0.5, seed=seed)
        drawn.append(await outcomes(env, 30))
        fault.disarm()
    assert drawn[0] == drawn[1] != drawn[2]
    assert set(drawn[0]) == {"x", "."}


@pytest.mark.cfbindings(random_seed=2)
async def test_the_seed_of_the_marker_is_that_of_faults(env: Any, cf: Cf) -> None:
    fault = cf.fail(env.KV, "put", probability=0.5)
    by_marker = await outcomes(env, 30)
    fault.disarm()
    cf.fail(env.KV, "put", probability=0.5, seed=2)
    assert await outcomes(env, 30) == by_marker


async def test_a_disarmed_fault_lets_calls_pass(env: Any, cf: Cf) -> None:
    fault = cf.fail(env.KV, "put", every=1)
    assert await outcomes(env, 2) == "xx"
    fault.disarm()
    assert await outcomes(env, 2) == ".."
    assert fault.fired == 2


async def test_of_two_that_are_due_the_first_happens(env: Any, cf: Cf) -> None:
    first = cf.fail(env.KV, "put", error=429)
    second = cf.fail(env.KV, "put", error=500)
    with pytest.raises(JsException, match="429"):
        await env.KV.put("k", "v")
    assert (first.fired, second.fired) == (1, 0)
    with pytest.raises(JsException, match="500"):
        await env.KV.put("k", "v")


async def test_what_happened_is_listed_in_order(env: Any, cf: Cf) -> None:
    cf.fail(env.KV, "put", error=429, after=1)
    cf.fail(env.DB, "first", after_effect=True)
    await outcomes(env, 3)
    with pytest.raises(JsException):
        await env.DB.prepare("SELECT 1").first()
    put, first = cf.faults()
    assert (put.binding, put.method, put.error) == ("KV", "put", "too many requests")
    assert (put.call, put.after_effect) == (2, False)
    assert (first.binding, first.method, first.call) == ("DB", "first", 1)
    assert first.after_effect is True


async def test_calls_that_failed_are_calls(env: Any, cf: Cf) -> None:
    cf.fail(env.KV, "put")
    await outcomes(env, 2)
    assert [call.method for call in cf.calls(env.KV)] == ["put", "put"]


async def test_reset_disarms_and_forgets(env: Any, cf: Cf) -> None:
    cf.fail(env.KV, "put", every=1)
    await outcomes(env, 1)
    cf.reset()
    assert cf.faults() == []
    assert await outcomes(env, 2) == ".."


async def test_a_binding_can_be_named(env: Any, cf: Cf) -> None:
    cf.fail("KV", "put")
    assert await outcomes(env, 2) == "x."


@pytest.mark.parametrize(
    ("arguments", "options", "message"),
    [
        (
            ("KV", "putt"),
            {},
            "KV has no method 'putt' that can fail; did you mean 'put'",
        ),
        (("DB", "prepare"), {}, "D1 has no method 'prepare' that can fail"),
        (("KV", "put"), {"error": "to many requests"}, "did you mean 'too many reque"),
        (("KV", "put"), {"error": 418}, "KV has no error 418; there are 'internal"),
        (("KV", "put"), {"error": 429, "after_effect": True}, "turns a call away"),
        (("KV", "put"), {"times": 0}, "times= is a whole number from 1, not 0"),
        (("KV", "put"), {"every": 0}, "every= is a whole number from 1, not 0"),
        (("KV", "put"), {"after": -1}, "after= is a whole number from 0, not -1"),
        (("KV", "put"), {"probability": 0}, "above 0 and at most 1, not 0"),
        (("KV", "put"), {"probability": 1.5}, "above 0 and at most 1, not 1.5"),
        (("KV", "put"), {"seed": "x"}, "seed= is a whole number, not 'x'"),
        (("KV", "put"), {"turn": 2}, "'internal error' does not reset it there"),
        (("COUNTER", "alarm"), {}, "is called by the platform alone"),
        (("COUNTER", 5), {}, "takes the name of a method, not 5"),
        (("COUNTER", "x"), {"turn": 0}, "turn= counts from 1, and is 0"),
        (
            ("COUNTER", "x"),
            {"error": "failed commit", "after_effect": True},
            "loses what a call wrote",
        ),
    ],
)
def test_what_cannot_be_armed_is_refused(
    cf: Cf, arguments: tuple[str, Any], options: dict[str, Any], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        cf.fail(*arguments, **options)


def test_a_binding_without_faults_is_refused(env: Any, cf: Cf) -> None:
    with pytest.raises(TypeError, match="takes a KV, D1, R2 or Durable Object binding"):
        cf.fail(env.QUEUE, "send")


@given(
    times=st.none() | st.integers(1, 5),
    every=st.integers(1, 5),
    after=st.integers(0, 5),
    calls=st.integers(0, 30),
)
def test_a_schedule_takes_what_it_says(
    times: int | None, every: int, after: int, calls: int
) -> None:
    progress = Progress(Schedule(times, every, after))
    taken = [number for number in range(1, calls + 1) if progress.take()]
    expected = list(range(after + every, calls + 1, every))
    assert taken == expected[:times]
