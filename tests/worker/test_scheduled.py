"""Cron triggers: `cf.scheduled`."""

from datetime import UTC, datetime
from typing import Any

import pytest

from pytest_cfbindings import Cf


def seen() -> list[Any]:
    import handlers  # type: ignore[import-not-found]

    found: list[Any] = handlers.seen
    return found


async def test_the_handler_gets_expression_and_moment(cf: Cf, env: Any) -> None:
    moment = datetime(2026, 1, 2, 3, tzinfo=UTC)
    await cf.scheduled("*/5 * * * *", time=moment)
    assert seen()[-1] == ("*/5 * * * *", 1767322800000)
    assert await env.KV.get("cron") == "*/5 * * * *"


@pytest.mark.usefixtures("far_from_utc")
@pytest.mark.parametrize("moment", [datetime(2026, 1, 2, 3), "2026-01-02T03:00:00"])
async def test_a_naive_moment_is_in_utc(cf: Cf, moment: Any) -> None:
    await cf.scheduled(time=moment)
    assert seen()[-1][1] == 1767322800000


@pytest.mark.cfbindings(freeze="2026-01-01T00:00:00Z")
async def test_without_one_it_is_the_clock_s(cf: Cf) -> None:
    await cf.travel(hours=1, milliseconds=1)
    await cf.scheduled()
    assert seen()[-1][1] == 1767229200001


async def test_the_first_configured_expression_is_the_default(cf: Cf) -> None:
    await cf.scheduled()
    assert seen()[-1][0] == "0 * * * *"


async def test_no_retry_is_told(cf: Cf) -> None:
    assert await cf.scheduled("* * * * *") is True
    assert await cf.scheduled("once") is False


async def test_what_it_raises_reaches_the_test(cf: Cf) -> None:
    with pytest.raises(ValueError, match="no such day") as caught:
        await cf.scheduled("broken")
    assert caught.traceback[-1].name == "scheduled"


async def test_it_can_leave_work_behind(cf: Cf, env: Any) -> None:
    await cf.scheduled("later")
    await cf.settle()
    assert await env.KV.get("cron later") == "done"
