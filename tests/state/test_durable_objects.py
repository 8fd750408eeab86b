"""Durable Objects in dumps, seeds and restored dumps."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_cfbindings import Cf, RestoreError, SeedError
from pytest_cfbindings.clock import Clock
from pytest_cfbindings.state.durable_objects import ObjectContents

from .restoring import FOR_EACH_EXAMPLE, check_restored


async def test_an_object_has_entries_tables_and_an_alarm(env: Any, cf: Cf) -> None:
    room = env.ROOM.getByName("lobby")
    await room.say("hello")
    await room.wake(4102444800000)
    assert cf.dump(env.ROOM) == {
        "lobby": {
            "storage": {"last": "hello"},
            "sql": {"messages": [{"id": 1, "text": "hello"}]},
            "alarm": 4102444800000,
        }
    }


async def test_an_objects_sockets_are_shown_the_oldest_first(cf: Cf) -> None:
    async with cf.websocket("/?tag=ada&tag=mod&name=Ada"), cf.websocket("/"):
        assert cf.dump("ROOM") == {
            "lobby": {
                "storage": {},
                "sql": {"messages": []},
                "alarm": None,
                "sockets": [
                    {"tags": ["ada", "mod"], "attachment": {"name": "Ada"}},
                    {"tags": [], "attachment": None},
                ],
            }
        }


async def test_sockets_hibernate_and_are_gone_when_they_are_cut(
    env: Any, cf: Cf
) -> None:
    async with cf.websocket("/?tag=ada"):
        before = cf.dump()
        await cf.evict(env.ROOM.getByName("lobby"))
        assert cf.dump() == before
        await env.ROOM.getByName("lobby").texts()
        await cf.evict(env.ROOM.getByName("lobby"), websockets="close")
        assert cf.diff(before, cf.dump()) == [
            "- ROOM['lobby'].sockets = [{'tags': ['ada'], 'attachment': None}]"
        ]


async def test_when_a_socket_was_last_answered_is_there_on_request(cf: Cf) -> None:
    cf.freeze("2030-01-01")
    async with cf.websocket("/") as socket:
        [shown] = cf.dump("ROOM", volatile=True)["lobby"]["sockets"]
        assert shown == {"tags": [], "attachment": None, "auto_response": None}
        await socket.send("ping")
        assert await socket.receive() == "pong"
        [shown] = cf.dump("ROOM", volatile=True)["lobby"]["sockets"]
        assert shown["auto_response"] == 1893456000000


async def test_a_full_dump_has_what_can_be_put_back_and_no_sockets(
    env: Any, cf: Cf
) -> None:
    async with cf.websocket("/"):
        dump = cf.dump(full=True)
        assert list(dump["ROOM"]["lobby"]) == ["storage", "sql", "alarm"]
        cf.restore(dump)
        assert list(cf.dump(env.ROOM)["lobby"]) == ["storage", "sql", "alarm"]


async def test_objects_are_by_name_in_order_and_unnamed_ones_numbered(
    env: Any, cf: Cf
) -> None:
    unique = env.ROOM.newUniqueId()
    for room in (
        env.ROOM.get(unique),
        env.ROOM.getByName("b"),
        env.ROOM.getByName("a"),
    ):
        await room.say("hello")
    assert list(cf.dump(env.ROOM)) == ["#1", "a", "b"]
    assert str(unique) in cf.dump(env.ROOM, volatile=True)


async def test_rows_in_a_diff_are_told_apart_by_their_primary_key(
    env: Any, cf: Cf
) -> None:
    room = env.ROOM.getByName("lobby")
    await room.say("hello")
    before = cf.dump()
    await room.say("bye")
    assert cf.diff(before, cf.dump()) == [
        "~ ROOM['lobby'].storage.last: 'hello' -> 'bye'",
        "+ ROOM['lobby'].sql.messages[id=2] = {'id': 2, 'text': 'bye'}",
    ]


def test_values_that_python_has_not_are_tagged(cf: Cf) -> None:
    storage = {
        "map": {"$map": [["a", 1], [2, {"$undefined": True}]]},
        "set": {"$set": [1, "x"]},
        "date": {"$date": 86400000},
        "bigint": {"$bigint": "123456789012345678901234567890"},
        "bytes": b"\x01\xff",
        "buffer": {"$buffer": b"\x00"},
        "dollar": {"$object": {"$bytes": "ff"}},
        "nested": {"a": [1, 2.5, None, True, {"b": "c"}]},
    }
    cf.seed("ROOM", {"lobby": {"storage": storage}})
    assert cf.dump("ROOM")["lobby"]["storage"] == storage


def test_a_full_dump_has_tags_for_bytes_and_odd_numbers(cf: Cf) -> None:
    cf.seed(
        "ROOM",
        {"lobby": {"storage": {"b": b"\xff" * 65, "n": float("nan"), "i": -1e999}}},
    )
    assert cf.dump("ROOM", full=True)["ROOM"]["lobby"]["storage"] == {
        "b": {"$bytes": "ff" * 65},
        "i": {"$number": "-Infinity"},
        "n": {"$number": "NaN"},
    }
    assert cf.dump("ROOM")["lobby"]["storage"]["b"]["size"] == 65


async def test_a_seeded_object_finds_it_when_it_is_constructed(
    env: Any, cf: Cf
) -> None:
    cf.seed(
        env.ROOM,
        {
            "lobby": {
                "storage": {"since": datetime(2026, 1, 1, tzinfo=UTC)},
                "sql": "CREATE TABLE messages (id INTEGER PRIMARY KEY, text TEXT);"
                " INSERT INTO messages (text) VALUES ('welcome');",
            }
        },
    )
    room = env.ROOM.getByName("lobby")
    await room.say("hello")
    assert list(await room.texts()) == ["welcome", "hello"]
    assert cf.dump(env.ROOM)["lobby"]["storage"]["since"] == {"$date": 1767225600000}


async def test_a_seeded_alarm_goes_off(env: Any, cf: Cf, clock: Clock) -> None:
    cf.seed(env.ROOM, {"lobby": {"alarm": clock.now_ms() + 60_000}})
    await clock.advance(61_000)
    assert cf.dump(env.ROOM)["lobby"]["storage"] == {"woken": True}


async def test_a_running_object_cannot_be_seeded(env: Any, cf: Cf) -> None:
    await env.ROOM.getByName("lobby").say("hello")
    with pytest.raises(SeedError) as raised:
        cf.seed(env.ROOM, {"lobby": {"storage": {"k": 1}}})
    assert str(raised.value) == (
        "seed of ROOM, object 'lobby': it is running, so it would not see it"
    )


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (5, "seed of ROOM: Durable Objects are seeded with a dict of objects by"),
        ({"a": 5}, "seed of ROOM, object 'a': an object is a dict with storage"),
        (
            {"a": {"kv": {}}},
            "seed of ROOM, object 'a': unexpected 'kv'; it has storage",
        ),
        ({"a": {"alarm": 1.5}}, "seed of ROOM, object 'a': alarm is 1.5: no whole"),
        ({"a": {"storage": 5}}, "seed of ROOM, object 'a': storage is 5, which is no"),
        (
            {"a": {"storage": {"k": object}}},
            "seed of ROOM, object 'a'.storage['k']: <class 'object'> has no form",
        ),
        (
            {"a": {"storage": {"k": 2**53}}},
            "seed of ROOM, object 'a'.storage['k']: 9007199254740992 is no number of",
        ),
        (
            {"a": {"storage": {"k": "x" * 2_000_035}}},
            "seed of ROOM, object 'a': string or blob too big: SQLITE_TOOBIG",
        ),
        (
            {"a": {"sql": "INSERT INTO none VALUES (1)"}},
            "seed of ROOM, object 'a', statement 1: no such table: none",
        ),
        ({"a": {"sql": {"t": []}}}, "seed of ROOM, object 'a': sql is a text of SQL"),
        (
            {"a": {"sockets": [{}]}},
            "seed of ROOM, object 'a': its sockets are connections, which nobody",
        ),
    ],
)
def test_a_bad_seed_is_named_and_nothing_is_stored(
    cf: Cf, data: Any, problem: str
) -> None:
    with pytest.raises(SeedError) as raised:
        cf.seed("ROOM", data)
    assert str(raised.value).startswith(problem)
    assert cf.dump("ROOM") == {}


@pytest.fixture
def template(cf: Cf) -> Iterator[ObjectContents]:
    """A template with three objects, which every `cf.reset` goes back to."""
    held = cf._session.contents()["ROOM"]
    assert isinstance(held, ObjectContents)
    draft = held.draft()
    draft.seed({name: {"storage": {"name": name}} for name in ("a", "b")}, "a seed")
    draft.seed({"late": {"alarm": 4102444800000}}, "a seed")
    held.template = draft.image()
    yield held
    held.template = ()


async def test_an_object_of_a_template_is_opened_when_it_is_needed(
    env: Any, cf: Cf, template: ObjectContents
) -> None:
    actors = template.origin
    for name in ("b", "a"):
        assert await env.ROOM.getByName(name).get("name") == name
        await env.ROOM.getByName(name).put("name", "changed")
        cf.reset()
        assert [repr(actor.store) for actor in actors] == [
            "<ObjectStore: not opened>"
        ] * 3
    assert not template.touched
    assert [due.what for due in cf.due()] == ["the alarm of Room late"]


def test_objects_of_a_template_come_first_and_are_there_without_being_used(
    env: Any, cf: Cf, template: ObjectContents
) -> None:
    cf.reset()
    cf.seed("ROOM", {"0": {"storage": {"k": 1}}})
    assert [actor.id.given_name for actor in template.origin] == ["a", "b", "late", "0"]
    assert list(cf.dump(env.ROOM)) == ["0", "a", "b", "late"]
    assert len(cf.objects(env.ROOM)) == 4
    assert cf.dump(env.ROOM)["late"]["alarm"] == 4102444800000


async def test_an_object_of_a_template_can_delete_everything(
    env: Any, cf: Cf, template: ObjectContents
) -> None:
    cf.reset()
    storage = cf.storage(env.ROOM.getByName("late"))
    assert await storage.getAlarm() == 4102444800000
    await storage.deleteAll()
    await cf.storage(env.ROOM.getByName("a")).deleteAll()
    assert template.touched
    assert list(cf.dump(env.ROOM)) == ["b"]
    cf.reset()
    assert list(cf.dump(env.ROOM)) == ["a", "b", "late"]


@pytest.mark.cfbindings(config="wrangler.toml", recovery=True)
async def test_an_object_of_a_template_can_go_back_to_it(
    env: Any, cf: Cf, template: ObjectContents
) -> None:
    cf.reset()
    room = env.ROOM.getByName("a")
    storage = cf.storage(room)
    begun = await storage.getCurrentBookmark()
    await storage.put("name", "changed")
    await storage.onNextSessionRestoreBookmark(begun)
    assert await room.get("name") == "a"


async def test_a_restored_object_is_as_before(env: Any, cf: Cf) -> None:
    unique = env.ROOM.newUniqueId()
    await env.ROOM.get(unique).say("kept")
    room = env.ROOM.getByName("lobby")
    await room.say("hello")
    await room.wake(4102444800000)
    dump = json.loads(json.dumps(cf.dump(env.ROOM, full=True)))
    await room.say("more")
    await env.ROOM.getByName("new").say("more")
    cf.restore(dump)
    assert cf.dump(env.ROOM, full=True) == dump
    assert list(await env.ROOM.getByName("lobby").texts()) == ["hello"]
    assert list(await env.ROOM.get(unique).texts()) == ["kept"]
    assert list(await env.ROOM.getByName("new").texts()) == []


async def test_an_object_whose_id_is_not_there_cannot_be_restored(
    env: Any, cf: Cf
) -> None:
    await env.ROOM.get(env.ROOM.newUniqueId()).put("k", 1)
    with pytest.raises(RestoreError, match=r"ROOM\['#1'\] is an object whose id"):
        cf.restore(cf.dump())


SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.floats()
    | st.text(st.characters(codec="utf-8"), max_size=10)
    | st.binary(max_size=70)
    | st.builds(lambda n: {"$bigint": str(n)}, st.integers())
    | st.builds(lambda n: {"$date": n}, st.integers(0, 10**12))
)
NAMES = st.text(st.characters(codec="utf-8"), max_size=5)
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.builds(
            lambda found: {"$object": found}, st.dictionaries(NAMES, inner, max_size=3)
        )
        | st.builds(
            lambda items: {"$map": items},
            st.lists(st.tuples(inner, inner).map(list), max_size=3),
        )
    ),
    max_leaves=8,
)
KEYS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=10)


@given(storage=st.dictionaries(KEYS, VALUES, max_size=4))
@FOR_EACH_EXAMPLE
def test_restoring_a_full_dump_is_the_identity(cf: Cf, storage: dict[str, Any]) -> None:
    check_restored(cf, lambda: cf.seed("ROOM", {"lobby": {"storage": storage}}))
