"""One scenario, read at ten instants: it is the same however one gets there.

A KV entry with a TTL, an alarm that sets itself again, a sleeping task of the Worker,
and the time that SQL sees.
"""

import datetime
import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies

# In the future, so that a test that does not freeze can travel there too. Instants are
# in minutes, and none is within half a minute of where anything happens, so that real
# time may pass in between.
START = datetime.datetime(2040, 1, 1, tzinfo=datetime.UTC)
INSTANTS = (0, 29, 31, 59, 61, 74, 76, 122, 289, 299.5)
AFTER = {
    0: ([], ["long", "short"], 0),
    29: ([], ["long", "short"], 1),
    31: (["after 30 at 30"], ["after 30", "long", "short"], 1),
    59: (["after 30 at 30"], ["after 30", "long", "short"], 2),
    61: (["after 30 at 30"], ["after 30", "long"], 3),
    74: (["after 30 at 30"], ["after 30", "long"], 3),
    76: (["after 30 at 30", "after 45 at 75"], ["after 30", "after 45", "long"], 3),
    122: (
        ["after 30 at 30", "after 45 at 75", "after 15 at 90"],
        ["after 15", "after 45", "long"],
        6,
    ),
    289: (
        ["after 30 at 30", "after 45 at 75", "after 15 at 90"],
        ["long"],
        14,
    ),
    299.5: (
        ["after 30 at 30", "after 45 at 75", "after 15 at 90", "after 200 at 290"],
        ["after 200", "long"],
        14,
    ),
}
ALARM_MINUTES = 20.25

Answer = tuple[list[str], list[str], int]


class Scenario:
    """Begins at the present, and can be read."""

    def __init__(self, cf: Any) -> None:
        self.cf = cf
        self.start_ms = 0

    async def begin(self) -> None:
        await self.cf.fetch("/writes_for_hours")
        self.start_ms = self.cf._clock.now_ms()
        self.bell = self.cf.env.BELLS.getByName("bell")
        await self.bell.ring_every(ALARM_MINUTES * 60_000)

    async def read(self) -> Answer:
        env = self.cf.env
        query = env.DB.prepare("SELECT what, unixepoch(at) AS at FROM notes")
        rows = (await query.all())["results"]
        start = self.start_ms / 1000
        notes = [f"{row.what} at {round((row.at - start) / 60)}" for row in rows]
        names = [key["name"] for key in (await env.KV.list())["keys"]]
        return notes, names, await self.bell.rings()


@pytest.mark.parametrize("frozen", [True, False], ids=["frozen", "ticking"])
async def test_in_many_steps(cf: Any, frozen: bool) -> None:
    await cf.travel_to(START)
    if frozen:
        cf.freeze()
    scenario = Scenario(cf)
    await scenario.begin()
    seen = {}
    passed = 0.0
    for instant in INSTANTS:
        await cf.travel(minutes=instant - passed)
        passed = instant
        seen[instant] = await scenario.read()
    assert seen == AFTER


@pytest.mark.parametrize("frozen", [True, False], ids=["frozen", "ticking"])
@pytest.mark.parametrize("instant", INSTANTS)
async def test_in_one_step(cf: Any, frozen: bool, instant: float) -> None:
    await cf.travel_to(START)
    if frozen:
        cf.freeze()
    scenario = Scenario(cf)
    await scenario.begin()
    await cf.travel(minutes=instant)
    assert await scenario.read() == AFTER[instant]
    await cf.travel(hours=5)
    await cf.settle()


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(strategies.lists(strategies.integers(0, 15_000_000_000), max_size=8))
def test_any_partition_of_a_duration_leads_to_the_same(
    cf: Any, steps: list[int]
) -> None:
    """Steps in microseconds, and whatever is left of 300 minutes as the last one."""
    cf.reset()
    cf.freeze(START)
    scenario = Scenario(cf)
    cf.run(scenario.begin())
    left = 18_000_000_000
    for step in steps:
        part = datetime.timedelta(microseconds=min(step, left))
        left -= part // datetime.timedelta(microseconds=1)
        cf.run(cf.travel(part))
    cf.run(cf.travel(datetime.timedelta(microseconds=left)))
    notes, names, rings = cf.run(scenario.read())
    assert (notes, names, rings) == (AFTER[299.5][0], ["after 200"], 14)
    assert cf.now() == START + datetime.timedelta(minutes=300)
    assert json.dumps([str(due.at - START) for due in cf.due()]) == '["5:03:45"]'
