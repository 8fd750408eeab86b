"""Rate limiters: `env.LIMITER.limit({key})`; texts are those of local workerd."""

from typing import Any

import pytest
from pyodide.ffi import JsException

from pytest_cfbindings import Cf, UnusableBinding
from pytest_cfbindings.calls import Call


@pytest.fixture(autouse=True)
def _frozen(cf: Cf) -> None:
    cf.freeze("2026-01-01T00:00:05Z")


async def successes(limiter: Any, times: int, **options: Any) -> list[bool]:
    return [(await limiter.limit(options)).success for _ in range(times)]


async def test_calls_beyond_the_limit_have_no_success(env: Any) -> None:
    assert await successes(env.LIMITER, 3, key="a") == [True, True, False]


async def test_each_key_is_counted_by_itself(env: Any) -> None:
    await successes(env.LIMITER, 2, key="a")
    assert await successes(env.LIMITER, 1, key="b") == [True]


async def test_bindings_of_one_namespace_count_together(env: Any) -> None:
    await successes(env.LIMITER, 2, key="a")
    assert await successes(env.LIMITER_AGAIN, 1, key="a") == [False]
    assert await successes(env.QUICK, 1, key="a") == [True]


async def test_the_next_period_begins_anew(cf: Cf, env: Any) -> None:
    assert await successes(env.QUICK, 2, key="a") == [True, False]
    await cf.travel(seconds=4.999)
    assert await successes(env.QUICK, 1, key="a") == [False]
    await cf.travel(seconds=0.001)
    assert await successes(env.QUICK, 2, key="a") == [True, False]


async def test_counts_are_gone_in_the_next_test(cf: Cf, env: Any) -> None:
    await successes(env.LIMITER, 2, key="a")
    cf.reset()
    cf.freeze("2026-01-01T00:00:05Z")
    assert await successes(env.LIMITER, 1, key="a") == [True]


async def test_options_may_be_keyword_arguments(env: Any) -> None:
    assert (await env.LIMITER.limit(key="a")).success is True


async def test_a_call_without_a_key_counts_for_the_empty_one(env: Any) -> None:
    await successes(env.LIMITER, 2)
    assert await successes(env.LIMITER, 1, key="") == [False]


async def test_a_call_may_have_its_own_limit_and_period(env: Any) -> None:
    assert await successes(env.LIMITER, 2, key="a", limit=1) == [True, False]
    assert await successes(env.LIMITER, 1, key="a", period=10) == [True]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "invalid rate limit options"),
        ((None,), "invalid rate limit options"),
        (("a",), "invalid rate limit options"),
        ((lambda: 1,), "invalid rate limit options"),
        (([1],), "bad rate limit options: [0]"),
        (({"key": "a", "x": 1, "y": 2},), "bad rate limit options: [x,y]"),
        (({"key": 5},), "invalid key: 5"),
        (({"key": None},), "invalid key: null"),
        (({"key": [1, 2]},), "invalid key: 1,2"),
        (({"key": "a", "limit": "1"},), "limit must be a number: 1"),
        (({"key": "a", "period": "60"},), "period must be a number: 60"),
        (({"key": "a", "period": 20},), "unsupported period: 20"),
    ],
)
async def test_wrong_options_are_refused(
    env: Any, arguments: tuple[Any, ...], message: str
) -> None:
    with pytest.raises(JsException) as caught:
        await env.LIMITER.limit(*arguments)
    assert str(caught.value) == f"Error: {message}"


async def test_calls_are_recorded(cf: Cf, env: Any) -> None:
    await env.LIMITER.limit({"key": "a"})
    assert cf.calls(env.LIMITER) == [Call("limit", ({"key": "a"},))]


def test_it_is_embedded(cf: Cf) -> None:
    with pytest.raises(UnusableBinding, match=r"env\.LIMITER is embedded"):
        cf.provide("LIMITER", object())
