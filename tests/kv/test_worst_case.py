"""The worst that eventual consistency allows, by the seed of a test."""

from typing import Any

import pytest

from pytest_cfbindings.clock import Clock
from pytest_cfbindings.control import Cf
from pytest_cfbindings.kv.store import Entry, Store
from pytest_cfbindings.kv.worst_case import WorstCase

pytestmark = pytest.mark.cfbindings(
    kv_consistency="eventual", random_seed=1, freeze="2026-01-01T00:00:00Z"
)


async def reads(env: Any, times: int = 30) -> list[Any]:
    return [await env.KV.get("k") for _ in range(times)]


async def test_not_even_the_writer_is_sure_to_see_what_it_wrote(env: Any) -> None:
    await env.KV.put("k", "v")
    assert set(await reads(env)) == {None, "v"}


async def test_what_was_seen_can_be_gone_again(env: Any) -> None:
    await env.KV.put("k", "v")
    found = await reads(env)
    assert None in found[found.index("v") :]


async def test_after_sixty_seconds_everybody_agrees(env: Any, cf: Cf) -> None:
    await env.KV.put("k", "old")
    await cf.travel(seconds=60)
    await env.KV.put("k", "new")
    assert set(await reads(env)) == {"old", "new"}
    await cf.travel(seconds=60)
    assert set(await reads(env)) == {"new"}


async def test_a_reader_in_a_hurry_is_promised_more(env: Any, cf: Cf) -> None:
    await env.KV.put("k", "old")
    await cf.travel(seconds=60)
    await env.KV.put("k", "new")
    await cf.travel(seconds=30)
    assert {await env.KV.get("k", cacheTtl=30) for _ in range(30)} == {"new"}
    assert set(await reads(env)) == {"old", "new"}


async def test_the_same_seed_draws_the_same_answers(env: Any, cf: Cf) -> None:
    await env.KV.put("k", "v")
    first = await reads(env)
    cf.reset()
    await env.KV.put("k", "v")
    assert await reads(env) == first


def test_another_seed_draws_others() -> None:
    def answers(seed: int) -> list[Entry | None]:
        clock = Clock()
        eventual = WorstCase(Store(clock), clock, seed)
        eventual.put("k", Entry(b"v"))
        return [eventual.get("k", None) for _ in range(64)]

    assert answers(2) == answers(2)
    assert answers(2) != answers(3)


async def test_a_deleted_name_takes_a_place_on_its_page_for_sixty_seconds(
    env: Any, cf: Cf
) -> None:
    await env.KV.put("a", "1")
    await env.KV.put("b", "1")
    await cf.travel(seconds=60)
    await env.KV.delete("a")
    pages = [await env.KV.list(limit=1) for _ in range(30)]
    shown = {tuple(key["name"] for key in page["keys"]) for page in pages}
    assert shown == {("a",), ()}
    assert not any(page.list_complete for page in pages)
    await cf.travel(seconds=60)
    page = await env.KV.list(limit=1)
    assert [key["name"] for key in page["keys"]] == ["b"]


async def test_an_expired_name_takes_a_place_as_well(env: Any, cf: Cf) -> None:
    await env.KV.put("a", "1", expirationTtl=90)
    await env.KV.put("b", "1")
    await cf.travel(seconds=90)
    page = await env.KV.list(limit=1)
    assert page["keys"] == []
    assert page.list_complete is False
    rest = await env.KV.list(cursor=page.cursor)
    assert [key["name"] for key in rest["keys"]] == ["b"]


async def test_a_seed_of_the_test_is_no_write(env: Any, cf: Cf) -> None:
    cf.seed(env.KV, {"k": "seeded"})
    assert set(await reads(env)) == {"seeded"}
