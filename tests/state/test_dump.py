"""cf.dump: what the bindings hold, as plain Python."""

import hashlib
import json
from typing import Any

import pytest

from pytest_cfbindings import Cf
from pytest_cfbindings.clock import Clock


def entry(value: object, metadata: object = None, expiration: int | None = None) -> Any:
    return {"value": value, "metadata": metadata, "expiration": expiration}


def test_empty_bindings_are_there_and_empty(cf: Cf) -> None:
    assert cf.dump() == {
        "KV": {},
        "KV2": {},
        "KV_AGAIN": {},
        "DB": {},
        "ROOM": {},
        "FILES": {},
    }


async def test_an_entry_has_value_metadata_and_expiration(env: Any, cf: Cf) -> None:
    await env.KV.put("k", "v", expiration=2147483640, metadata={"a": [1, None]})
    assert cf.dump(env.KV) == {"k": entry("v", {"a": [1, None]}, 2147483640)}


async def test_bindings_of_one_store_show_the_same(env: Any, cf: Cf) -> None:
    await env.KV.put("k", "v")
    dump = cf.dump()
    assert dump["KV"] == dump["KV_AGAIN"] == {"k": entry("v")}
    assert dump["KV2"] == {}


def test_one_binding_gives_its_contents_and_several_a_dict_by_name(
    env: Any, cf: Cf
) -> None:
    cf.run(env.KV2.put("k", "v"))
    assert cf.dump(env.KV2) == cf.dump("KV2") == {"k": entry("v")}
    assert cf.dump(env.KV, "KV2") == {"KV": {}, "KV2": {"k": entry("v")}}


@pytest.mark.parametrize("thing", ["NOPE", None, {}, 5])
def test_what_is_no_binding_is_refused(cf: Cf, thing: object) -> None:
    with pytest.raises(TypeError, match=r"cf\.dump\(\) takes a binding such as env.KV"):
        cf.dump(thing)


def test_a_var_has_no_storage(cf: Cf) -> None:
    with pytest.raises(TypeError, match="GREETING has no storage that can be dumped"):
        cf.dump("GREETING")


async def test_expired_entries_are_absent(env: Any, cf: Cf, clock: Clock) -> None:
    await env.KV.put("k", "v", expirationTtl=60)
    await clock.advance(60_000)
    assert cf.dump(env.KV) == {}


async def test_the_order_is_that_of_listing(env: Any, cf: Cf) -> None:
    for key in ("b", "ä", "a", "😀", "B", "\uffff"):
        await env.KV.put(key, "v")
    listed = [key["name"] for key in (await env.KV.list())["keys"]]
    assert list(cf.dump(env.KV)) == listed == ["B", "a", "b", "ä", "\uffff", "😀"]


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("text ☃", "text ☃"),
        ('{"a": 1}', '{"a": 1}'),
        ("", ""),
        ("long " * 100, "long " * 100),
        (b"text, too", "text, too"),
        (b"\xff" * 64, b"\xff" * 64),
        (
            b"\xff" * 65,
            {"sha256": hashlib.sha256(b"\xff" * 65).hexdigest(), "size": 65},
        ),
    ],
)
async def test_text_is_str_and_never_parsed_other_bytes_are_bytes_or_their_digest(
    env: Any, cf: Cf, stored: Any, shown: object
) -> None:
    await env.KV.put("k", stored)
    assert cf.dump(env.KV) == {"k": entry(shown)}


async def test_a_full_dump_is_json_by_binding_and_keeps_all_bytes(
    env: Any, cf: Cf
) -> None:
    await env.KV.put("k", b"\xff" * 65)
    dump = cf.dump(env.KV, full=True)
    assert dump == {"KV": {"k": entry({"$bytes": "ff" * 65})}}
    assert json.loads(json.dumps(dump)) == dump


async def test_it_is_made_of_exact_builtins(env: Any, cf: Cf) -> None:
    await env.KV.put("k", "v", metadata={"n": 1, "x": 1.5, "t": True, "l": [None]})
    found: set[type] = set()

    def walk(value: Any) -> None:
        found.add(type(value))
        if isinstance(value, dict):
            assert all(type(key) is str for key in value)
            value = list(value.values())
        for item in value if isinstance(value, list) else ():
            walk(item)

    walk(cf.dump())
    assert found == {dict, str, int, float, bool, list, type(None)}


async def test_a_dump_is_no_call_of_the_worker(env: Any, cf: Cf) -> None:
    await env.KV.put("k", "v")
    cf.dump()
    assert [call.method for call in cf.calls(env.KV)] == ["put"]
