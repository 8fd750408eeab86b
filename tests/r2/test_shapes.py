"""What a compatibility date changes in the objects of R2."""

from typing import Any

import pytest

from pytest_cfbindings.clock import Clock
from pytest_cfbindings.global_scope import GlobalScope
from pytest_cfbindings.javascript.objects import JsObject
from pytest_cfbindings.r2.bucket import R2Bucket, Shape
from pytest_cfbindings.r2.service import Service
from pytest_cfbindings.r2.store import Store

WORKER = """
name = "w"
main = "entry.py"
compatibility_date = "{date}"
compatibility_flags = [{flags}]
[[r2_buckets]]
binding = "FILES"
bucket_name = "files"
"""

SHOWS = """
async def test_shape(env):
    stored = await env.FILES.put("k", "v", customMetadata={"a": "b"})
    page = await env.FILES.list()
    shown = (
        len(stored.httpMetadata),
        len(stored.checksums.toJSON()),
        "cursor" in page,
        "suffix" in (await env.FILES.head("k")).range,
    )
    assert shown == EXPECTED
"""

EXPLICIT = (6, 5, True, True)
ABSENT = (0, 1, False, False)


@pytest.mark.parametrize(
    ("date", "flag", "expected"),
    [
        ("2025-12-02", "", ABSENT),
        ("2025-12-03", "", EXPLICIT),
        ("2025-12-02", '"enable_fast_jsg_struct"', EXPLICIT),
        ("2026-07-01", '"disable_fast_jsg_struct"', ABSENT),
    ],
)
def test_unset_members_are_there_by_date(
    date: str, flag: str, expected: Any, pytester: pytest.Pytester
) -> None:
    flags = ", ".join(filter(None, ('"python_workers"', flag)))
    pytester.makefile(".toml", wrangler=WORKER.format(date=date, flags=flags))
    pytester.makepyfile(entry="")
    pytester.makepyfile(SHOWS.replace("EXPECTED", repr(expected)))
    arguments = ["--cf-config", "wrangler.toml", "-Wignore", "-pno:asyncio"]
    pytester.runpytest(*arguments).assert_outcomes(passed=1)


def bucket(shape: Shape) -> R2Bucket:
    return R2Bucket("B", Service(Store(Clock(), "b")), GlobalScope(), shape)


def listed(found: R2Bucket, options: JsObject) -> JsObject:
    page = found.list(options).outcome
    assert isinstance(page, JsObject)
    objects = page.js_get("objects")
    assert isinstance(objects, JsObject)
    first = objects.js_get("0")
    assert isinstance(first, JsObject)
    return first


@pytest.mark.filterwarnings("ignore::pytest_cfbindings.IgnoredArgumentWarning")
def test_before_august_2022_a_list_shows_all_metadata() -> None:
    old = bucket(Shape(honors_include=False))
    old.put("k", "v", JsObject({"customMetadata": JsObject({"a": "b"})}))
    custom = listed(old, JsObject()).js_get("customMetadata")
    assert isinstance(custom, JsObject)
    assert custom.js_get("a") == "b"


def test_since_then_it_shows_what_was_asked_for() -> None:
    new = bucket(Shape())
    new.put("k", "v")
    assert listed(new, JsObject()).js_get("customMetadata") is None
