"""What each product does with the time, by travel instead of sleep."""

import datetime
from typing import Any

import pytest

from pytest_cfbindings.clock import Clock
from pytest_cfbindings.r2.records import Metadata
from pytest_cfbindings.r2.store import Store

from ..r2.conftest import client

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


def test_the_s3_door_tells_it_too(cf: Any, env: Any) -> None:
    s3 = client()
    cf.run(cf.travel(hours=1))
    cf.run(env.FILES.put("a", "x"))
    cf.run(cf.travel(hours=1))
    s3.put_object(Bucket="files", Key="b", Body=b"y")
    upload = s3.create_multipart_upload(Bucket="files", Key="c")["UploadId"]
    cf.run(cf.travel(hours=1))
    part = {"Bucket": "files", "Key": "c", "UploadId": upload}
    s3.upload_part(**part, PartNumber=1, Body=b"z")
    seen = [
        s3.head_object(Bucket="files", Key="a"),
        *s3.list_objects_v2(Bucket="files")["Contents"],
        s3.list_parts(**part)["Parts"][0],
    ]
    assert [moment["LastModified"].hour for moment in seen] == [1, 1, 2, 3]
    assert {moment["LastModified"].date() for moment in seen} == {
        datetime.date(2026, 1, 1)
    }
    [begun] = s3.list_multipart_uploads(Bucket="files")["Uploads"]
    assert begun["Initiated"] == datetime.datetime(2026, 1, 1, 2, tzinfo=datetime.UTC)
    assert cf.run(env.FILES.head("b")).uploaded == datetime.datetime(2026, 1, 1, 2)


def test_moto_s_own_keys_have_it(cf: Any, clock: Clock) -> None:
    cf.run(cf.travel(hours=1))
    store = Store(clock, "bucket")
    store.put("a", b"x", Metadata(), "etag", {})
    key = store._moto().get_object("bucket", "a")
    assert key is not None
    assert key.last_modified == datetime.datetime(2026, 1, 1, 1)


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


async def test_sql_of_an_object_sees_it(cf: Any, env: Any) -> None:
    await cf.travel(hours=1)

    def read(_bell: Any, ctx: Any) -> str:
        sql = "SELECT datetime('now') || ' ' || unixepoch() AS now"
        return str(ctx.storage.sql.exec(sql).one().now)

    found = await cf.run_in(env.BELLS.getByName("bell"), read)
    assert found == f"2026-01-01 01:00:00 {START_MS // 1000 + 3600}"


@pytest.mark.cfbindings(freeze=None)
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


async def test_kv_s_cache_does_not_outlive_an_entry(cf: Any, env: Any) -> None:
    await env.KV.put("k", "v", expirationTtl=60)
    assert await env.KV.get("k", cacheTtl=3600) == "v"
    await cf.travel(60)
    assert await env.KV.get("k", cacheTtl=3600) is None


async def test_automatic_responses_are_timed_by_it(cf: Any, env: Any) -> None:
    bell = env.BELLS.getByName("bell")
    async with cf.websocket("/") as socket:
        await cf.travel(milliseconds=1)
        await socket.send("ping")
        assert await socket.receive() == "pong"
        await cf.travel(hours=1)  # The object hibernates meanwhile.
        assert await bell.answered_at() == START_MS + 1
        await socket.send("ping")
        assert await socket.receive() == "pong"
        assert await bell.answered_at() == START_MS + 3_600_001


async def test_bookmarks_of_d1_sort_by_age_however_time_stands(
    cf: Any, env: Any
) -> None:
    session = env.DB.withSession()
    found = []
    for seconds in (0, 0, 60):
        await cf.travel(seconds)
        await session.prepare("SELECT 1").run()
        found.append(session.getBookmark())
    assert sorted(set(found)) == found


@pytest.mark.cfbindings(recovery=True)
async def test_bookmarks_of_objects_are_found_by_it(cf: Any, env: Any) -> None:
    bell = env.BELLS.getByName("bell")
    for _ in range(3):
        await bell.ring_every(10**9)
        await cf.travel(hours=1)

    async def go_back(_bell: Any, ctx: Any) -> None:
        storage = ctx.storage
        then = await storage.getBookmarkForTime(START_MS + 5_400_000)
        await storage.onNextSessionRestoreBookmark(then)
        ctx.abort("back to the second hour")

    with pytest.raises(Exception, match="back to the second hour"):
        await cf.run_in(bell, go_back)
    await env.BELLS.getByName("bell").rings()  # The next session.
    assert await cf.storage(bell).getAlarm() == START_MS + 3_600_000 + 10**9
