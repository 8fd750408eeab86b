"""cf.restore: a full dump put back."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_cfbindings import Cf, RestoreError

from .restoring import FOR_EACH_EXAMPLE, check_restored

KEYS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=20).filter(
    lambda key: key not in (".", "..")
)
VALUES = st.text(st.characters(codec="utf-8")) | st.binary(max_size=100)
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(-1e9, 1e9)
    | st.text(st.characters(), max_size=10),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=10,
)
ENTRIES = st.fixed_dictionaries(
    {"value": VALUES},
    optional={"metadata": JSON, "expiration": st.integers(2**31 - 10**6, 2**31 - 1)},
)
NAMESPACES = st.dictionaries(KEYS, ENTRIES, max_size=5)


@given(first=NAMESPACES, second=NAMESPACES)
@FOR_EACH_EXAMPLE
def test_restoring_a_full_dump_gives_the_same_full_dump(
    cf: Cf, first: dict[str, Any], second: dict[str, Any]
) -> None:
    check_restored(cf, lambda: cf.seed("KV", first), lambda: cf.seed("KV", second))


async def test_a_binding_holds_what_the_dump_shows_and_nothing_else(
    env: Any, cf: Cf
) -> None:
    await env.KV.put("k", "v", metadata={"a": 1})
    dump = cf.dump(env.KV, full=True)
    await env.KV.put("k", "other")
    await env.KV.put("more", "v")
    await env.KV2.put("elsewhere", "v")
    cf.restore(dump)
    found = await env.KV.getWithMetadata("k")
    assert (found["value"], found["metadata"]) == ("v", {"a": 1})
    assert (await env.KV.list())["keys"] == [{"name": "k", "metadata": {"a": 1}}]
    assert list(cf.dump(env.KV2)) == ["elsewhere"]


async def test_what_was_restored_is_gone_after_the_test(env: Any, cf: Cf) -> None:
    cf.restore({"KV": {"k": {"value": "v", "metadata": None, "expiration": None}}})
    assert await env.KV.get("k") == "v"
    cf.reset()
    assert await env.KV.get("k") is None


async def test_a_dump_with_digests_is_refused_and_nothing_changes(
    env: Any, cf: Cf
) -> None:
    await env.KV.put("a", "v")
    await env.KV.put("k", b"\xff" * 100)
    dump = cf.dump()
    await env.KV.put("a", "changed")
    with pytest.raises(RestoreError) as raised:
        cf.restore(dump)
    assert str(raised.value) == (
        "KV['k']: only the digest of 100 bytes is there: cf.dump(full=True) keeps the"
        " bytes themselves"
    )
    assert await env.KV.get("a") == "changed"


def one(**fields: object) -> dict[str, Any]:
    entry = {"value": "v", "metadata": None, "expiration": None, **fields}
    return {"KV": {"k": entry}}


@pytest.mark.parametrize(
    ("dump", "problem"),
    [
        ([], "list is no dump"),
        (
            {"k": {}},
            "'k' is no binding with storage here (there are KV, KV2, KV_AGAIN, DB,"
            " ROOM, FILES); cf.restore takes a dump by binding, as cf.dump(full=True)"
            " makes it",
        ),
        ({"KV": []}, "KV is [], which is no KV dump"),
        ({"KV": {"k": "v"}}, "KV['k'] is 'v', which is no KV entry"),
        (
            {"KV": {"k": {"value": "v"}}},
            "KV['k'] has the fields value instead of value, metadata, expiration",
        ),
        (one(expiration=1.5), "KV['k'].expiration is 1.5: no whole second"),
        (one(value=5), "KV['k']: 5 is neither text nor bytes"),
        (one(value={"$bytes": "f"}), "KV['k']: 'f' are no hexadecimal digits"),
        (one(metadata={1, 2}), "KV['k']: metadata is no JSON: Object of type set"),
        (
            {"KV": {"": one()["KV"]["k"]}},
            "KV['']: Key name cannot be empty.",
        ),
        (
            one(metadata="m" * 1023),
            "KV['k']: KV PUT failed: 413 Metadata length of 1025 exceeds limit of",
        ),
    ],
)
def test_what_no_test_can_have_stored_is_refused(
    cf: Cf, dump: Any, problem: str
) -> None:
    with pytest.raises(RestoreError) as raised:
        cf.restore(dump)
    assert str(raised.value).startswith(problem)


def test_bindings_of_one_store_cannot_be_given_different_contents(cf: Cf) -> None:
    with pytest.raises(RestoreError) as raised:
        cf.restore({**one(), "KV_AGAIN": {}})
    assert str(raised.value) == (
        "KV and KV_AGAIN have one store, and the dump shows different contents"
    )
