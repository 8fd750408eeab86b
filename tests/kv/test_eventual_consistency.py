"""What a location sees of the writes of others, and when."""

from typing import Any

import pytest

from pytest_cfbindings.control import Cf

pytestmark = pytest.mark.cfbindings(
    kv_consistency="eventual", freeze="2026-01-01T00:00:00Z"
)


async def at(cf: Cf, place: str, key: str, **options: Any) -> Any:
    with cf.location(place):
        return await cf.env.KV.get(key, **options)


async def test_two_locations_disagree_for_sixty_seconds(env: Any, cf: Cf) -> None:
    await env.KV.put("k", "old")
    assert await at(cf, "fra", "k") == "old"
    await env.KV.put("k", "new")
    assert await env.KV.get("k") == "new"
    await cf.travel(seconds=59, milliseconds=999)
    assert await at(cf, "fra", "k") == "old"
    await cf.travel(milliseconds=1)
    assert await at(cf, "fra", "k") == "new"


async def test_that_a_key_is_absent_is_cached_too(env: Any, cf: Cf) -> None:
    assert await at(cf, "fra", "k") is None
    await env.KV.put("k", "v")
    assert await at(cf, "fra", "k") is None
    await cf.travel(seconds=60)
    assert await at(cf, "fra", "k") == "v"


async def test_a_deleted_value_lives_on_elsewhere(env: Any, cf: Cf) -> None:
    await env.KV.put("k", "v")
    assert await at(cf, "fra", "k") == "v"
    await env.KV.delete("k")
    assert await env.KV.get("k") is None
    assert await at(cf, "fra", "k") == "v"


async def test_what_a_location_never_read_it_fetches(env: Any, cf: Cf) -> None:
    await env.KV.put("k", "v")
    assert await at(cf, "fra", "k") == "v"


async def test_the_reader_chooses_how_long_it_is_kept(env: Any, cf: Cf) -> None:
    await env.KV.put("k", "old")
    assert await at(cf, "fra", "k", cacheTtl=3600) == "old"
    await env.KV.put("k", "new")
    await cf.travel(seconds=3599)
    assert await at(cf, "fra", "k", cacheTtl=3600) == "old"
    await cf.travel(seconds=1)
    assert await at(cf, "fra", "k", cacheTtl=3600) == "new"


async def test_a_reader_in_a_hurry_fetches_what_another_would_still_keep(
    env: Any, cf: Cf
) -> None:
    await env.KV.put("k", "old")
    assert await at(cf, "fra", "k", cacheTtl=3600) == "old"
    await env.KV.put("k", "new")
    await cf.travel(seconds=30)
    assert await at(cf, "fra", "k", cacheTtl=30) == "new"
    assert await at(cf, "fra", "k", cacheTtl=3600) == "new"


async def test_a_cached_value_dies_with_its_entry(env: Any, cf: Cf) -> None:
    await env.KV.put("k", "v", expirationTtl=60)
    assert await at(cf, "fra", "k", cacheTtl=3600) == "v"
    await cf.travel(seconds=60)
    assert await at(cf, "fra", "k", cacheTtl=3600) is None


async def test_the_last_write_wins_wherever_it_was(env: Any, cf: Cf) -> None:
    await env.KV.put("k", "home")
    with cf.location("fra"):
        await env.KV.put("k", "fra")
    assert await env.KV.get("k") == "home"
    await cf.travel(seconds=60)
    assert await env.KV.get("k") == "fra"


async def test_all_ways_to_read_share_what_is_cached(env: Any, cf: Cf) -> None:
    await env.KV.put("k", "old", metadata=1)
    with cf.location("fra"):
        assert await env.KV.get(["k"]) == {"k": "old"}
    await env.KV.put("k", "new", metadata=2)
    with cf.location("fra"):
        found = await env.KV.getWithMetadata("k")
        assert (found.value, found.metadata) == ("old", 1)


async def test_list_shows_the_changes_of_others_after_sixty_seconds(
    env: Any, cf: Cf
) -> None:
    async def listed(place: str) -> list[str]:
        with cf.location(place):
            return [key["name"] for key in (await env.KV.list())["keys"]]

    await env.KV.put("a", "1")
    await cf.travel(seconds=60)
    await env.KV.put("b", "2")
    await env.KV.delete("a")
    assert await listed("home") == ["b"]
    assert await listed("fra") == ["a"]
    await cf.travel(seconds=60)
    assert await listed("fra") == ["b"]


async def test_list_shows_metadata_as_of_then_and_no_expired_key(
    env: Any, cf: Cf
) -> None:
    await env.KV.put("a", "1", metadata="old")
    await env.KV.put("b", "1", expirationTtl=90)
    await cf.travel(seconds=60)
    await env.KV.put("a", "2", metadata="new")
    with cf.location("fra"):
        shown = (await env.KV.list())["keys"]
        assert [(key["name"], key.get("metadata")) for key in shown] == [
            ("a", "old"),
            ("b", None),
        ]
    await cf.travel(seconds=30)
    with cf.location("fra"):
        assert [key["name"] for key in (await env.KV.list())["keys"]] == ["a"]


async def test_pages_of_a_late_list_follow_one_another(env: Any, cf: Cf) -> None:
    for name in ("a", "b", "c"):
        await env.KV.put(name, "1")
    await cf.travel(seconds=60)
    await env.KV.delete("b")
    with cf.location("fra"):
        first = await env.KV.list(limit=2)
        assert [key["name"] for key in first["keys"]] == ["a", "b"]
        rest = await env.KV.list(cursor=first.cursor)
        assert [key["name"] for key in rest["keys"]] == ["c"]


async def test_bindings_of_one_namespace_share_it_and_others_do_not(
    env: Any, cf: Cf
) -> None:
    assert await at(cf, "fra", "k") is None
    await env.KV_AGAIN.put("k", "v")
    with cf.location("fra"):
        assert await env.KV_AGAIN.get("k") is None
        assert await env.KV2.get("k") is None
        await env.KV2.put("k", "two")
        assert await env.KV2.get("k") == "two"


async def test_the_worker_runs_where_it_is_asked(env: Any, cf: Cf) -> None:
    await env.KV.put("page", "old")
    with cf.location("fra"):
        assert await (await cf.fetch("/")).text() == "old"
    await env.KV.put("page", "new")
    with cf.location("fra"):
        assert await (await cf.fetch("/")).text() == "old"
    assert await (await cf.fetch("/")).text() == "new"


async def test_an_object_stays_where_it_was_first_asked_for(env: Any, cf: Cf) -> None:
    with cf.location("fra"):
        stub = env.COUNTER.getByName("one")
        await stub.increment()
        assert await env.KV.get("k") is None
    await env.KV.put("k", "v")

    async def read(_instance: Any) -> Any:
        return await env.KV.get("k")

    assert await cf.run_in(stub, read) is None
    assert await env.KV.get("k") == "v"


async def test_dumps_show_what_is_stored_and_reset_forgets_what_is_cached(
    env: Any, cf: Cf
) -> None:
    assert await at(cf, "fra", "k") is None
    await env.KV.put("k", "v")
    assert cf.dump(env.KV)["k"]["value"] == "v"
    assert await at(cf, "fra", "k") is None
    cf.reset()
    cf.seed(env.KV, {"k": "seeded"})
    assert await at(cf, "fra", "k") == "seeded"


def test_a_location_has_a_name(cf: Cf) -> None:
    with pytest.raises(ValueError, match="a name such as 'fra', not ''"):
        cf.location("")


async def test_the_name_of_a_location_is_written_as_one_likes(env: Any, cf: Cf) -> None:
    assert await at(cf, "FRA", "k") is None
    await env.KV.put("k", "v")
    assert await at(cf, "fra", "k") is None


@pytest.mark.cfbindings(kv_consistency="strong")
def test_without_eventual_consistency_there_is_but_one_location(cf: Cf) -> None:
    with pytest.raises(RuntimeError, match="needs KV's eventual consistency"):
        cf.location("fra")
