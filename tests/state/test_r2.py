"""R2 in dumps, seeds and restored dumps."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_cfbindings import Cf, RestoreError, SeedError

from .restoring import FOR_EACH_EXAMPLE, check_restored

TEXT = "1cb251ec0d568de6a929b520c4aed8d1"
"""The MD5 of b"text"."""


async def test_an_object_has_body_size_etag_and_metadata(env: Any, cf: Cf) -> None:
    await env.FILES.put(
        "a/b.txt",
        "text",
        httpMetadata={"contentType": "text/plain"},
        customMetadata={"by": "ada"},
    )
    assert cf.dump(env.FILES) == {
        "a/b.txt": {
            "body": "text",
            "size": 4,
            "etag": TEXT,
            "http_metadata": {"contentType": "text/plain"},
            "custom_metadata": {"by": "ada"},
        }
    }


async def test_what_chance_and_clock_decide_is_there_on_request(
    env: Any, cf: Cf
) -> None:
    stored = await env.FILES.put("k", "text")
    shown = cf.dump(env.FILES, volatile=True)["k"]
    assert shown["version"] == stored.version
    assert type(shown["uploaded"]) is int


async def test_the_order_is_that_of_the_keys(env: Any, cf: Cf) -> None:
    for key in ("b", "a/2", "a/10", "B"):
        await env.FILES.put(key, b"\xff")
    assert list(cf.dump(env.FILES)) == ["B", "a/10", "a/2", "b"]


async def test_a_diff_names_the_field_that_changed(env: Any, cf: Cf) -> None:
    await env.FILES.put("k", "text", customMetadata={"by": "ada"})
    before = cf.dump()
    await env.FILES.put("k", "text", customMetadata={"by": "grace"})
    assert cf.diff(before, cf.dump()) == [
        "~ FILES['k'].custom_metadata.by: 'ada' -> 'grace'"
    ]


def test_bodies_can_be_given_by_key(env: Any, cf: Cf) -> None:
    cf.seed(
        "FILES",
        {
            "a": "text",
            "b": {
                "body": b"\xff",
                "http_metadata": {"cacheControl": "no-store", "cacheExpiry": 1000},
                "custom_metadata": {"x": "y"},
            },
        },
    )
    assert cf.dump("FILES")["a"]["etag"] == TEXT
    assert cf.dump("FILES")["b"] == {
        "body": b"\xff",
        "size": 1,
        "etag": "00594fd4f42ba43fc1ca0427a0576295",
        "http_metadata": {"cacheControl": "no-store", "cacheExpiry": 1000},
        "custom_metadata": {"x": "y"},
    }
    assert cf.run(cf.run(env.FILES.get("a")).text()) == "text"
    assert cf.calls(env.FILES)[0].method == "get"


def test_a_folder_gives_an_object_for_each_file(cf: Cf, tmp_path: Path) -> None:
    tmp_path.joinpath("top.txt").write_text("text")
    folder = tmp_path / "in" / "it"
    folder.mkdir(parents=True)
    folder.joinpath("deep.bin").write_bytes(b"\x00\xff")
    cf.seed("FILES", tmp_path)
    bodies = {key: shown["body"] for key, shown in cf.dump("FILES").items()}
    assert bodies == {"in/it/deep.bin": b"\x00\xff", "top.txt": "text"}


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (5, "seed of FILES: R2 is seeded with a dict of bodies by key, or with the"),
        ({1: "x"}, "seed of FILES, key 1: a key is text, not int"),
        ({"k": 5}, "seed of FILES, key 'k': 5 is neither text nor bytes"),
        ({"k": {}}, "seed of FILES, key 'k': an object has a body"),
        (
            {"k": {"body": "", "httpMetadata": {}}},
            "seed of FILES, key 'k': unexpected 'httpMetadata'; there are body,",
        ),
        (
            {"k": {"body": "", "http_metadata": {"content_type": "x"}}},
            "seed of FILES, key 'k': http_metadata has 'content_type'; there are",
        ),
        (
            {"k": {"body": "", "custom_metadata": {"n": 1}}},
            "seed of FILES, key 'k': 1 is no text",
        ),
        (
            {"good": "", "k" * 1025: ""},
            f"seed of FILES, key '{'k' * 1025}': The specified object name is not",
        ),
        (
            {"good": "", "k": {"body": "", "custom_metadata": {"n": "x" * 8192}}},
            "seed of FILES, key 'k': Your metadata headers exceed the maximum allowed",
        ),
    ],
)
def test_a_bad_object_is_named_with_its_limit_and_nothing_is_stored(
    cf: Cf, data: Any, problem: str
) -> None:
    with pytest.raises(SeedError) as raised:
        cf.seed("FILES", data)
    assert str(raised.value).startswith(problem)
    assert cf.dump("FILES") == {}


def test_a_file_is_no_folder(cf: Cf) -> None:
    with pytest.raises(SeedError, match="R2 is seeded with a folder, and this is a"):
        cf.seed("FILES", Path(__file__).name)


@pytest.mark.parametrize(
    ("field", "value", "problem"),
    [
        ("size", 5, "FILES['k']: its size is 5, and its body has 4"),
        ("storage_class", "Cold", "FILES['k']: 'Cold' is no storage class"),
        ("uploaded", 1.5, "FILES['k']: uploaded is 1.5: no whole millisecond"),
        ("version", None, "FILES['k']: None is no text"),
        ("etag", 5, "FILES['k']: 5 is no text"),
        ("custom_metadata", [], "FILES['k']: [] is no dict of texts"),
        ("http_metadata", 5, "FILES['k']: http_metadata is 5, which is no dict"),
        ("more", 5, "FILES['k']: more should be there, or should not"),
    ],
)
async def test_what_no_object_can_be_is_not_restored(
    env: Any, cf: Cf, field: str, value: object, problem: str
) -> None:
    await env.FILES.put("k", "text")
    dump = cf.dump(env.FILES, full=True)
    dump["FILES"]["k"][field] = value
    with pytest.raises(RestoreError) as raised:
        cf.restore(dump)
    assert str(raised.value).startswith(problem)


async def test_only_a_full_dump_can_be_restored(env: Any, cf: Cf) -> None:
    await env.FILES.put("k", "text")
    with pytest.raises(RestoreError) as raised:
        cf.restore(cf.dump())
    assert str(raised.value) == (
        "FILES['k']: checksums, ssec_key_md5, storage_class, uploaded, version should"
        " be there, or should not: cf.dump(full=True) makes a dump that can be restored"
    )


async def test_a_restored_object_is_as_before(env: Any, cf: Cf) -> None:
    await env.FILES.put("k", "text", storageClass="InfrequentAccess")
    before = await env.FILES.head("k")
    dump = cf.dump(env.FILES, full=True)
    await env.FILES.put("k", "other")
    await env.FILES.put("more", "other")
    cf.restore(dump)
    after = await env.FILES.head("k")
    for name in ("version", "etag", "size", "storageClass"):
        assert getattr(after, name) == getattr(before, name)
    assert list(cf.dump(env.FILES)) == ["k"]


PART = {"number": 2, "body": "text", "size": 4, "etag": TEXT}
UPLOAD = {
    "http_metadata": {"contentType": "text/plain"},
    "custom_metadata": {},
    "parts": [PART],
}


async def upload(env: Any, key: str) -> Any:
    """Begins an upload, with its second part."""
    begun = await env.FILES.createMultipartUpload(
        key, httpMetadata={"contentType": "text/plain"}
    )
    await begun.uploadPart(2, "text")
    return begun


async def test_uploads_in_progress_are_under_their_key(env: Any, cf: Cf) -> None:
    await env.FILES.put("c", "text")
    for key in ("c", "b", "c"):
        await upload(env, key)
    dump = cf.dump(env.FILES)
    assert list(dump) == ["b", "c"]
    assert dump["b"] == {"uploads": [UPLOAD]}
    assert (dump["c"]["body"], dump["c"]["uploads"]) == ("text", [UPLOAD, UPLOAD])


async def test_an_upload_that_is_over_is_not_there(env: Any, cf: Cf) -> None:
    first, second = await upload(env, "a"), await upload(env, "b")
    await first.abort()
    await second.complete([await second.uploadPart(1, "x")])
    assert list(cf.dump(env.FILES)) == ["b"]
    assert "uploads" not in cf.dump(env.FILES)["b"]


async def test_what_chance_and_clock_decide_of_an_upload_is_there_on_request(
    env: Any, cf: Cf
) -> None:
    cf.freeze("2030-01-01")
    begun = await upload(env, "k")
    now = 1893456000000
    assert cf.dump(env.FILES, volatile=True)["k"]["uploads"] == [
        {
            **UPLOAD,
            "id": begun.uploadId,
            "started": now,
            "parts": [{**PART, "uploaded": now}],
        }
    ]


async def test_a_restored_upload_can_be_completed(env: Any, cf: Cf) -> None:
    begun = await upload(env, "k")
    await upload(env, "k")
    dump = json.loads(json.dumps(cf.dump(env.FILES, full=True)))
    await begun.abort()
    cf.restore(dump)
    assert cf.dump(env.FILES, full=True) == dump
    resumed = env.FILES.resumeMultipartUpload("k", begun.uploadId)
    stored = await resumed.complete([{"partNumber": 2, "etag": TEXT}])
    assert stored.size == 4
    assert await (await env.FILES.get("k")).text() == "text"
    assert len(cf.dump(env.FILES)["k"]["uploads"]) == 1


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"parts": 5}, "FILES['k']: parts are 5, which is no list"),
        ({"parts": [{}]}, "FILES['k']: body, etag, number, size, uploaded should"),
        ({"id": None}, "FILES['k']: None is no text"),
        ({"started": 1.5}, "FILES['k']: started is 1.5: no whole millisecond"),
        ({"more": 1}, "FILES['k']: more should be there, or should not"),
    ],
)
async def test_what_no_upload_can_be_is_not_restored(
    env: Any, cf: Cf, changes: dict[str, Any], problem: str
) -> None:
    await upload(env, "k")
    dump = cf.dump(env.FILES, full=True)
    dump["FILES"]["k"]["uploads"][0] |= changes
    with pytest.raises(RestoreError) as raised:
        cf.restore(dump)
    assert str(raised.value).startswith(problem)


@pytest.mark.parametrize(
    ("field", "value", "problem"),
    [
        ("number", "1", "FILES['k']: '1' is no number of a part"),
        ("size", 5, "FILES['k']: its size is 5, and its body has 4"),
    ],
)
async def test_what_no_part_can_be_is_not_restored(
    env: Any, cf: Cf, field: str, value: object, problem: str
) -> None:
    await upload(env, "k")
    dump = cf.dump(env.FILES, full=True)
    dump["FILES"]["k"]["uploads"][0]["parts"][0][field] = value
    with pytest.raises(RestoreError) as raised:
        cf.restore(dump)
    assert str(raised.value) == problem


KEYS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=10)
TEXTS = st.text(st.characters(codec="utf-8"), max_size=10)
OBJECTS = st.dictionaries(
    KEYS,
    st.fixed_dictionaries(
        {"body": TEXTS | st.binary(max_size=100)},
        optional={"custom_metadata": st.dictionaries(KEYS, TEXTS, max_size=3)},
    ),
    max_size=5,
)


@given(first=OBJECTS, second=OBJECTS)
@FOR_EACH_EXAMPLE
def test_restoring_a_full_dump_is_the_identity(
    cf: Cf, first: dict[str, Any], second: dict[str, Any]
) -> None:
    check_restored(
        cf, lambda: cf.seed("FILES", first), lambda: cf.seed("FILES", second)
    )
