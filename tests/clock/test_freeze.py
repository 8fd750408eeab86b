"""Freezing: the bindings, JavaScript and Python's own clocks show one time."""

import asyncio
import datetime
import sys
import threading
import time
import types
import uuid
from typing import Any

import pytest

START = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
T = START.timestamp()
GREGORIAN = 0x01B21DD213814000


def readings() -> dict[str, float]:
    """What each of Python's clocks says, in seconds since the epoch."""
    return {
        "time": time.time(),
        "time_ns": time.time_ns() / 1e9,
        "monotonic": time.monotonic(),
        "monotonic_ns": time.monotonic_ns() / 1e9,
        "gmtime": float(__import__("calendar").timegm(time.gmtime())),
        "now": datetime.datetime.now(datetime.UTC).timestamp(),
        "naive now": datetime.datetime.now().timestamp(),
        "utcnow": datetime.datetime.utcnow().timestamp(),
        "uuid1": (uuid.uuid1().time - GREGORIAN) / 1e7,
    }


def test_the_first_freeze_may_name_any_instant(cf: Any) -> None:
    cf.freeze("2001-02-03T04:05:06Z")
    assert cf.now().isoformat() == "2001-02-03T04:05:06+00:00"


def test_a_naive_datetime_is_utc(cf: Any) -> None:
    cf.freeze(datetime.datetime(2026, 1, 1))
    assert cf.now() == START


def test_without_an_instant_it_freezes_now(cf: Any) -> None:
    before = time.time()
    cf.freeze()
    now = cf.now().timestamp()
    assert 0 <= now - before < 60
    assert time.time() == now


def test_pythons_clocks_agree_with_the_clock(cf: Any) -> None:
    cf.freeze(START)
    assert readings() == dict.fromkeys(readings(), T)
    assert datetime.date.today() == datetime.date(2026, 1, 1)


async def test_they_agree_after_a_journey(cf: Any) -> None:
    cf.freeze(START)
    await cf.travel(hours=1)
    assert readings() == dict.fromkeys(readings(), T + 3600)


async def test_javascript_agrees(cf: Any) -> None:
    from js import Date  # type: ignore[import-not-found]

    cf.freeze(START)
    await cf.travel(milliseconds=1)
    assert Date.now() == T * 1000 + 1
    assert Date.new().toISOString() == "2026-01-01T00:00:00.001Z"


async def test_the_worker_agrees(cf: Any) -> None:
    cf.freeze(START)
    assert await (await cf.fetch("/now")).text() == str(T)


async def test_kv_agrees(cf: Any, env: Any) -> None:
    cf.freeze(START)
    await env.KV.put("k", "v", expirationTtl=60)
    assert (await env.KV.list())["keys"][0]["expiration"] == T + 60
    await cf.travel(59.999)
    assert await env.KV.get("k") == "v"
    await cf.travel(0.001)
    assert await env.KV.get("k") is None


async def test_a_test_that_awaits_does_not_hang(cf: Any) -> None:
    cf.freeze(START)
    await asyncio.wait_for(asyncio.sleep(0.001), 5)
    assert time.time() == T


def test_asyncio_in_another_loop_does_not_hang(cf: Any) -> None:
    cf.freeze(START)
    asyncio.run(asyncio.wait_for(asyncio.sleep(0.001), 5))


def test_what_measures_tests_stays_real(cf: Any) -> None:
    cf.freeze(START)
    before = time.perf_counter()
    while time.perf_counter() == before:
        pass
    assert time.perf_counter() < T


def test_only_forward_after_the_first_freeze(cf: Any) -> None:
    cf.freeze(START)
    cf.freeze(START + datetime.timedelta(days=1))
    with pytest.raises(ValueError, match="time cannot go backwards") as caught:
        cf.freeze(START)
    assert str(caught.value) == (
        "time cannot go backwards: this test is at 2026-01-02T00:00:00Z already, and"
        " 2026-01-01T00:00:00Z is before that. Freeze at the earliest instant first,"
        ' with @pytest.mark.cfbindings(freeze="2026-01-01T00:00:00Z") or with the'
        " test's first cf.freeze(...), and travel from there."
    )


async def test_a_test_that_has_travelled_cannot_freeze_before(cf: Any) -> None:
    await cf.travel(hours=1)
    with pytest.raises(ValueError, match="time cannot go backwards"):
        cf.freeze(datetime.datetime.now(datetime.UTC) - datetime.timedelta(seconds=9))


@pytest.mark.parametrize("at", ["soon", "2026-13-01", 5, datetime.date(2026, 1, 1)])
def test_what_is_no_instant_is_refused(cf: Any, at: Any) -> None:
    with pytest.raises((TypeError, ValueError), match="is no instant"):
        cf.freeze(at)


async def test_without_freezing_time_ticks_on_after_a_journey(cf: Any) -> None:
    before = time.time()
    await cf.travel(days=1)
    first = time.time()
    assert first - before >= 86_400
    while time.time() == first:
        pass
    assert abs(cf.now().timestamp() - time.time()) < 60


async def test_cf_reset_brings_the_time_back_too(cf: Any) -> None:
    cf.freeze(START)
    await cf.travel(days=1)
    cf.reset()
    assert cf.now().timestamp() != T + 86_400
    cf.freeze(START)
    assert cf.now() == START


@pytest.mark.cfbindings(freeze="2026-01-01T00:00:00Z")
async def test_cf_reset_brings_the_instant_of_the_marker_back(cf: Any) -> None:
    await cf.travel(days=1)
    cf.reset()
    assert cf.now() == START
    assert time.time() == T


@pytest.mark.parametrize("name", ["queue_consumer", "github_events", "gi_tools"])
def test_modules_of_any_name_see_it(cf: Any, name: str) -> None:
    module = types.ModuleType(name)
    sys.modules[name] = module
    try:
        exec(
            "import time, datetime\nfrom time import time as now\n"
            "from datetime import datetime as moment\n"
            "def readings():\n"
            "    utc = datetime.timezone.utc\n"
            "    return {now(), time.time(), moment.now(utc).timestamp(),\n"
            "            datetime.datetime.now(utc).timestamp()}\n",
            module.__dict__,
        )
        cf.freeze(START)
        assert module.readings() == {T}
    finally:
        del sys.modules[name]


def test_threads_see_it(cf: Any) -> None:
    cf.freeze(START)
    seen: list[float] = []
    thread = threading.Thread(target=lambda: seen.extend(readings().values()))
    thread.start()
    thread.join(10)
    assert set(seen) == {T}


def test_threads_wait_in_real_time(cf: Any) -> None:
    cf.freeze(START)
    assert threading.Event().wait(0.001) is False


def test_a_module_imported_while_frozen_is_left_without_a_trace(
    cf: Any, pytester: pytest.Pytester
) -> None:
    pytester.makepyfile(imported_while_frozen="from time import time as now")
    pytester.syspathinsert()
    cf.freeze(START)
    import imported_while_frozen as module  # type: ignore[import-not-found]

    assert module.now() == T
    cf._session.end_test()
    assert module.now is time.time
