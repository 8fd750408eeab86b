"""What freezing leaves behind: nothing."""

import asyncio
import copyreg
import datetime
import time
import uuid
from typing import Any

import pytest


def present() -> dict[str, object]:
    return {
        "time": time.time,
        "monotonic": time.monotonic,
        "perf_counter": time.perf_counter,
        "localtime": time.localtime,
        "strftime": time.strftime,
        "datetime": datetime.datetime,
        "date": datetime.date,
        "uuid": uuid._generate_time_safe,
        "loop time": asyncio.BaseEventLoop.time,
        "time of asyncio's loop": asyncio.SelectorEventLoop.time,
        "time module": frozenset(vars(time)),
        # A freezegun of a test's own leaves `time` there.
        "loop class": frozenset(vars(asyncio.SelectorEventLoop)) - {"time"},
        "pickled": frozenset(copyreg.dispatch_table),
    }


REAL = present()


@pytest.fixture
def afterwards(cf: Any) -> Any:
    """Ends the test's time, and says what differs from the start of the session."""

    def end() -> dict[str, object]:
        cf._session.end_test()
        return {name: now for name, now in present().items() if now != REAL[name]}

    return end


def test_python_has_its_own_clocks_back(cf: Any, afterwards: Any) -> None:
    for _ in range(3):
        cf.freeze("2026-01-01")
        assert time.time is not REAL["time"]
        assert afterwards() == {}


async def test_the_loop_has_its_own_methods_back(cf: Any, afterwards: Any) -> None:
    loop = asyncio.get_running_loop()
    attributes = set(vars(loop))
    cf.freeze("2026-01-01")
    await cf.fetch("/now")
    await cf.travel(1)
    assert "time" in vars(loop)
    assert afterwards() == {}
    assert set(vars(loop)) == attributes


def test_a_freezegun_inside_that_outlives_ours_ends_without_a_trace(
    cf: Any, afterwards: Any
) -> None:
    from freezegun import freeze_time

    cf.freeze("2026-01-01")
    theirs = freeze_time("2030-01-01")
    theirs.start()
    cf._session.end_test()
    assert time.time() == 1_893_456_000
    theirs.stop()
    assert abs(time.time() - cf.now().timestamp()) < 60
    assert afterwards() == {}


def test_a_test_that_does_not_freeze_loads_no_freezegun(
    pytester: pytest.Pytester,
) -> None:
    pytester.makefile(
        ".toml",
        wrangler="""
        name = "plain"
        main = "entry.py"
        compatibility_date = "2026-09-15"
        compatibility_flags = ["python_workers"]
        kv_namespaces = [{ binding = "KV", id = "kv" }]
        """,
    )
    pytester.makepyfile(entry="")
    pytester.makepyfile(
        """
        import sys

        def test_it(env, cf):
            cf.run(env.KV.put("k", "v", expirationTtl=60))
            assert cf.now().year >= 2024
            assert cf.due() == []
            assert "freezegun" not in sys.modules
        """
    )
    pytester.runpytest_subprocess("-p", "no:anyio").assert_outcomes(passed=1)
