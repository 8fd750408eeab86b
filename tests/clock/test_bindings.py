"""What each product does with the time, by travel instead of sleep."""

import datetime
from typing import Any

import pytest

pytestmark = pytest.mark.cfbindings(freeze="2026-01-01T00:00:00Z")

START_MS = 1_767_225_600_000
DAY_MS = 86_400_000


async def test_r2_tells_when_an_object_was_uploaded(cf: Any, env: Any) -> None:
    await cf.travel(milliseconds=1)
    await env.FILES.put("a", "x")
    head = await env.FILES.head("a")
    assert head.uploaded == datetime.datetime(2026, 1, 1, 0, 0, 0, 1000)


async def test_r2_conditions_compare_with_it(cf: Any, env: Any) -> None:
    await env.FILES.put("a", "x")
    await cf.travel(days=1)
    noon = datetime.datetime(2026, 1, 1, 12)
    assert await env.FILES.put("a", "y", onlyIf={"uploadedAfter": noon}) is None
    assert (await env.FILES.put("a", "y", onlyIf={"uploadedBefore": noon})) is not None
    assert await env.FILES.put("a", "z", onlyIf={"uploadedBefore": noon}) is None


async def test_r2_forgets_an_unfinished_upload_after_a_week(cf: Any, env: Any) -> None:
    upload = await env.FILES.createMultipartUpload("a")
    await cf.travel(days=6, hours=23)
    await upload.uploadPart(1, "x")
    await cf.travel(hours=2)
    with pytest.raises(Exception, match="does not exist"):
        await upload.uploadPart(2, "y")


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("datetime('now')", "2026-01-01 01:00:00"),
        ("CURRENT_TIMESTAMP", "2026-01-01 01:00:00"),
        ("unixepoch()", START_MS // 1000 + 3600),
        ("julianday('now')", 2461041.5416666665),
        ("strftime('%Y-%m-%dT%H:%M:%f', 'now')", "2026-01-01T01:00:00.000"),
    ],
)
async def test_sql_sees_it(cf: Any, env: Any, expression: str, value: object) -> None:
    await cf.travel(hours=1)
    statement = env.DB.prepare(f"SELECT {expression} AS now")
    assert await statement.first("now") == value


async def test_sql_has_one_time_in_a_statement_without_a_freeze(
    cf: Any, env: Any
) -> None:
    rows = await env.DB.prepare(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 5000)"
        " SELECT count(DISTINCT strftime('%f', 'now')) AS different FROM n"
    ).first("different")
    assert rows == 1


async def test_kv_checks_expirations_against_it(cf: Any, env: Any) -> None:
    await cf.travel(days=365)
    at = START_MS // 1000 + 366 * 86_400
    await env.KV.put("k", "v", expiration=at)
    with pytest.raises(Exception, match=f"Invalid expiration of {at - 86_401}"):
        await env.KV.put("k", "v", expiration=at - 86_401)
    await cf.travel(days=1)
    assert await env.KV.get("k") is None
