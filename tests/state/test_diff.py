"""cf.diff: the lines that say what changed between two dumps."""

from typing import Any

import pytest

from pytest_cfbindings import Cf
from pytest_cfbindings.state.differences import ABSENT, Difference, differences
from pytest_cfbindings.state.wording import counts, line


def lines(before: Any, after: Any, keys: Any = None) -> list[str]:
    found = differences(before, after, None, {"DB": keys or {}})
    return [line(each, 1_767_225_600_000, None) for each in found]


async def test_what_did_this_call_change(env: Any, cf: Cf) -> None:
    await env.KV2.put("gone", "v")
    await env.KV2.put("changed", "old", metadata={"by": "bob"})
    before = cf.dump()
    await env.KV2.delete("gone")
    await env.KV2.put("changed", "new", metadata={"by": "alice"})
    await env.KV2.put("new", "v")
    assert cf.diff(before, cf.dump()) == [
        "~ KV2['changed'].metadata.by: 'bob' -> 'alice'",
        "~ KV2['changed'].value: 'old' -> 'new'",
        "- KV2['gone'] = {'value': 'v', 'metadata': None, 'expiration': None}",
        "+ KV2['new'] = {'value': 'v', 'metadata': None, 'expiration': None}",
    ]
    assert cf.diff(before, before) == []


async def test_dumps_of_one_binding_are_told_with_its_name(env: Any, cf: Cf) -> None:
    before = cf.dump(env.KV)
    await env.KV.put("k", "v")
    [told] = cf.diff(before, cf.dump(env.KV))
    assert told.startswith("+ KV['k'] = {")
    [told] = cf.diff({}, cf.dump()["KV"])
    assert told.startswith("+ KV['k'] = {")


def test_what_is_no_dump_is_refused(cf: Cf) -> None:
    with pytest.raises(TypeError, match=r"cf\.diff takes two dumps, not list"):
        cf.diff({}, [])  # type: ignore[arg-type]


def test_names_that_are_no_identifiers_are_quoted() -> None:
    before = {"KV": {"k": {"metadata": {"a b": {"c": 1}}}}}
    after = {"KV": {"k": {"metadata": {"a b": {"c": 2}}}}}
    assert lines(before, after) == ["~ KV['k'].metadata['a b'].c: 1 -> 2"]


def test_a_list_is_one_leaf() -> None:
    before = {"KV": {"k": {"metadata": [1, 2]}}}
    after = {"KV": {"k": {"metadata": [1, 3]}}}
    assert lines(before, after) == ["~ KV['k'].metadata: [1, 2] -> [1, 3]"]


def test_rows_are_told_apart_by_their_primary_key() -> None:
    before = {"DB": {"users": [{"id": 1, "n": "a"}, {"id": 2, "n": "b"}]}}
    after = {"DB": {"users": [{"id": 2, "n": "c"}, {"id": 3, "n": "d"}]}}
    assert lines(before, after, {("users",): ("id",)}) == [
        "~ DB.users[id=2].n: 'b' -> 'c'",
        "- DB.users[id=1] = {'id': 1, 'n': 'a'}",
        "+ DB.users[id=3] = {'id': 3, 'n': 'd'}",
    ]


def test_a_primary_key_of_several_columns_is_named_whole() -> None:
    before = {"DB": {"t": [{"a": 1, "b": "x", "c": 0}]}}
    after = {"DB": {"t": [{"a": 1, "b": "x", "c": 5}]}}
    assert lines(before, after, {("t",): ("a", "b")}) == [
        "~ DB.t[a=1, b='x'].c: 0 -> 5"
    ]


@pytest.mark.parametrize(
    "rows", [[{"n": 1}, {"n": 2}], [{"id": 1, "n": 1}, {"id": 1, "n": 2}]]
)
def test_rows_without_a_key_that_tells_them_apart_go_by_position(rows: Any) -> None:
    changed = [rows[0], {**rows[1], "n": 5}]
    told = lines({"DB": {"t": rows}}, {"DB": {"t": changed}}, {("t",): ("id",)})
    assert told == ["~ DB.t[1].n: 2 -> 5"]


def test_a_table_that_is_new_is_one_line() -> None:
    told = lines({"DB": {}}, {"DB": {"t": [{"id": 1}]}})
    assert told == ["+ DB.t = [{'id': 1}]"]


def test_an_instant_can_be_read() -> None:
    before = {"KV": {"k": {"expiration": 1767225660}}, "ROOM": {"a": {"alarm": None}}}
    after = {
        "KV": {"k": {"expiration": 1767225540}},
        "ROOM": {"a": {"alarm": 1767229200000}},
    }
    assert lines(before, after) == [
        "~ KV['k'].expiration: 1767225660 (2026-01-01T00:01:00Z, in 60 s)"
        " -> 1767225540 (2025-12-31T23:59:00Z, 60 s ago)",
        "~ ROOM['a'].alarm: None -> 1767229200000 (2026-01-01T01:00:00Z, in 60 min)",
    ]


@pytest.mark.parametrize(
    ("expiration", "reading"),
    [
        (1767225600, "2026-01-01T00:00:00Z, now"),
        (1767232800, "2026-01-01T02:00:00Z, in 2 h"),
        (1769904000, "2026-02-01T00:00:00Z, in 31 d"),
    ],
)
def test_the_distance_has_a_unit_that_fits(expiration: int, reading: str) -> None:
    told = lines({"KV": {}}, {"KV": {"k": {"expiration": expiration}}})
    assert told == [f"+ KV['k'] = {{'expiration': {expiration} ({reading})}}"]


def test_an_instant_beyond_the_calendar_stays_a_number() -> None:
    told = lines({"KV": {}}, {"KV": {"k": {"expiration": 10**15}}})
    assert told == ["+ KV['k'] = {'expiration': 1000000000000000}"]


def test_only_an_entrys_own_fields_are_instants() -> None:
    before = {"KV": {"k": {"metadata": {"expiration": 1}}}, "DB": {"t": [{"alarm": 1}]}}
    after = {"KV": {"k": {"metadata": {"expiration": 2}}}, "DB": {"t": [{"alarm": 2}]}}
    assert lines(before, after) == [
        "~ DB.t[0].alarm: 1 -> 2",
        "~ KV['k'].metadata.expiration: 1 -> 2",
    ]


def test_long_text_is_cut_to_where_it_begins_to_differ() -> None:
    text = "x" * 200
    change = Difference("KV['k'].value", text + "a" + text, text + "b" + text)
    assert line(change, 0, 76) == (
        "~ KV['k'].value: ...xxxxxxxxxaxxxxxxxxxxx... -> ...xxxxxxxxxbxxxxxxxxxxx..."
    )
    assert len(line(change, 0, None)) > 800


def test_a_line_keeps_to_its_width() -> None:
    new = Difference(f"KV[{'k' * 100!r}]", ABSENT, {"value": "v" * 100})
    assert line(new, 0, 40) == "+ KV['" + "k" * 31 + "..."


def test_the_counts_leave_out_what_there_is_none_of() -> None:
    changed, new = Difference("a", 1, 2), Difference("b", ABSENT, 2)
    assert counts([changed, new, new]) == "1 changed, 2 unexpected"
