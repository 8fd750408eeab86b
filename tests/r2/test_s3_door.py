"""A user's boto3 client meets the bucket of `env.BUCKET`."""

import datetime
import io
import threading
from typing import Any

import pytest
from botocore.exceptions import ClientError

from pytest_cfbindings.clock import Clock

from .conftest import client


def refusal(call: Any, **arguments: Any) -> tuple[int, str]:
    """Status and code of the error that a call gets."""
    with pytest.raises(ClientError) as caught:
        call(**arguments)
    answer = caught.value.response
    return answer["ResponseMetadata"]["HTTPStatusCode"], answer["Error"]["Code"]


async def test_an_object_of_the_worker_is_read_with_all_its_metadata(
    env: Any, s3: Any, clock: Clock
) -> None:
    expiry = datetime.datetime(2030, 1, 2, tzinfo=datetime.UTC)
    await env.BUCKET.put(
        "a.css",
        "body{}",
        httpMetadata={
            "contentType": "text/css",
            "cacheControl": "no-cache",
            "cacheExpiry": expiry,
        },
        customMetadata={"author": "me", "ort": "Zürich"},
        storageClass="InfrequentAccess",
    )
    head = await env.BUCKET.head("a.css")
    found = s3.get_object(Bucket="bucket-one", Key="a.css")
    assert found["Body"].read() == b"body{}"
    assert found["ContentType"] == "text/css"
    assert found["CacheControl"] == "no-cache"
    assert found["ExpiresString"] == "Wed, 02 Jan 2030 00:00:00 GMT"
    assert found["ETag"] == head.httpEtag
    assert found["StorageClass"] == "STANDARD_IA"
    assert found["Metadata"] == {"author": "me", "ort": "=?utf-8?q?Z=C3=BCrich?="}
    assert found["LastModified"].replace(tzinfo=None) == head.uploaded.replace(
        microsecond=0
    )


async def test_an_object_of_boto3_is_read_by_the_worker(env: Any, s3: Any) -> None:
    answer = s3.put_object(
        Bucket="bucket-one",
        Key="ü/a b.txt",
        Body=b"data",
        ContentType="text/plain",
        ContentEncoding="gzip",
        ContentLanguage="de",
        ContentDisposition="inline",
        CacheControl="max-age=1",
        Expires=datetime.datetime(2030, 1, 1),
        Metadata={"Mixed-Case": "v", "ort": "=?UTF-8?B?WsO8cmljaA==?="},
        StorageClass="STANDARD_IA",
    )
    found = await env.BUCKET.get("ü/a b.txt")
    assert await found.text() == "data"
    assert found.httpEtag == answer["ETag"]
    assert dict(found.httpMetadata) == {
        "contentType": "text/plain",
        "contentLanguage": "de",
        "contentDisposition": "inline",
        "contentEncoding": "gzip",
        "cacheControl": "max-age=1",
        "cacheExpiry": datetime.datetime(2030, 1, 1),
    }
    assert dict(found.customMetadata) == {"mixed-case": "v", "ort": "Zürich"}
    assert found.storageClass == "InfrequentAccess"
    assert len(found.version) == 32


async def test_a_type_that_was_not_given_is_served_and_not_stored(
    env: Any, s3: Any
) -> None:
    await env.BUCKET.put("k", "v")
    head = s3.head_object(Bucket="bucket-one", Key="k")
    assert head["ContentType"] == "application/octet-stream"
    assert (await env.BUCKET.head("k")).httpMetadata.contentType is None


async def test_the_stored_type_of_an_upload_without_one_is_none(
    env: Any, s3: Any
) -> None:
    s3.put_object(Bucket="bucket-one", Key="k", Body=b"v")
    assert (await env.BUCKET.head("k")).httpMetadata.contentType is None


async def test_times_are_those_of_the_clock(env: Any, s3: Any, clock: Clock) -> None:
    await clock.advance(86_400_000)
    s3.put_object(Bucket="bucket-one", Key="k", Body=b"v")
    modified = s3.head_object(Bucket="bucket-one", Key="k")["LastModified"]
    assert int(modified.timestamp()) == clock.now_seconds()


def test_a_missing_key_is_no_such_key(s3: Any, env: Any) -> None:
    assert refusal(s3.get_object, Bucket="bucket-one", Key="no") == (404, "NoSuchKey")
    assert refusal(s3.head_object, Bucket="bucket-one", Key="no")[0] == 404


def test_a_range_is_partial_content(s3: Any, env: Any) -> None:
    s3.put_object(Bucket="bucket-one", Key="k", Body=b"0123456789")
    part = s3.get_object(Bucket="bucket-one", Key="k", Range="bytes=2-4")
    assert (part["Body"].read(), part["ContentRange"]) == (b"234", "bytes 2-4/10")
    assert part["ResponseMetadata"]["HTTPStatusCode"] == 206
    ranged = {"Bucket": "bucket-one", "Key": "k"}
    assert refusal(s3.get_object, **ranged, Range="bytes=10-") == (416, "InvalidRange")
    assert refusal(s3.get_object, **ranged, Range="bytes=0-1,3-4")[0] == 400


@pytest.mark.parametrize(
    ("condition", "status"),
    [
        ({"IfMatch": '"{etag}"'}, 200),
        ({"IfMatch": '"other"'}, 412),
        ({"IfNoneMatch": '"{etag}"'}, 304),
        ({"IfNoneMatch": '"other"'}, 200),
        ({"IfModifiedSince": datetime.datetime(2100, 1, 1)}, 304),
        ({"IfModifiedSince": datetime.datetime(2000, 1, 1)}, 200),
        ({"IfUnmodifiedSince": datetime.datetime(2000, 1, 1)}, 412),
        ({"IfUnmodifiedSince": datetime.datetime(2100, 1, 1)}, 200),
    ],
    ids=str,
)
@pytest.mark.parametrize("operation", ["get_object", "head_object"])
def test_conditional_reads(
    operation: str, condition: dict[str, Any], status: int, s3: Any, env: Any
) -> None:
    etag = s3.put_object(Bucket="bucket-one", Key="k", Body=b"v")["ETag"].strip('"')
    given = {
        name: value.format(etag=etag) if isinstance(value, str) else value
        for name, value in condition.items()
    }
    call = getattr(s3, operation)
    if status == 200:
        assert call(Bucket="bucket-one", Key="k", **given)["ETag"] == f'"{etag}"'
    else:
        assert refusal(call, Bucket="bucket-one", Key="k", **given)[0] == status


def test_conditional_writes(s3: Any, env: Any) -> None:
    put = {"Bucket": "bucket-one", "Key": "k", "Body": b"v"}
    assert refusal(s3.put_object, **put, IfMatch='"x"') == (412, "PreconditionFailed")
    etag = s3.put_object(**put, IfNoneMatch="*")["ETag"]
    assert refusal(s3.put_object, **put, IfNoneMatch="*")[0] == 412
    assert refusal(s3.put_object, **put, IfNoneMatch=etag)[0] == 412
    assert s3.put_object(**put, IfMatch=etag)["ETag"] == etag


async def test_a_listing_has_what_both_doors_stored(env: Any, s3: Any) -> None:
    await env.BUCKET.put("a/1", "x", storageClass="InfrequentAccess")
    s3.put_object(Bucket="bucket-one", Key="a/2", Body=b"yy")
    await env.BUCKET.put("b", "zzz")
    page = s3.list_objects_v2(Bucket="bucket-one")
    shown = [(o["Key"], o["Size"], o["StorageClass"]) for o in page["Contents"]]
    assert shown == [
        ("a/1", 1, "STANDARD_IA"),
        ("a/2", 2, "STANDARD"),
        ("b", 3, "STANDARD"),
    ]
    assert (page["KeyCount"], page["IsTruncated"]) == (3, False)
    assert (await env.BUCKET.list(prefix="a/")).objects[1].key == "a/2"


@pytest.mark.parametrize("operation", ["list_objects", "list_objects_v2"])
def test_both_versions_of_list_page_over_keys_and_prefixes(
    operation: str, s3: Any, env: Any
) -> None:
    for key in ("a/1", "a/2", "b", "c/1", "d & é", "dir/"):
        s3.put_object(Bucket="bucket-one", Key=key, Body=b"")
    pages = s3.get_paginator(operation).paginate(
        Bucket="bucket-one", Delimiter="/", PaginationConfig={"PageSize": 1}
    )
    seen = [
        [o["Key"] for o in page.get("Contents", ())]
        + [p["Prefix"] for p in page.get("CommonPrefixes", ())]
        for page in pages
    ]
    assert seen == [["a/"], ["b"], ["c/"], ["d & é"], ["dir/"]]


def test_list_starts_where_it_is_told_and_clamps_the_page(s3: Any, env: Any) -> None:
    for key in "abc":
        s3.put_object(Bucket="bucket-one", Key=key, Body=b"")
    page = s3.list_objects_v2(Bucket="bucket-one", StartAfter="a", MaxKeys=5000)
    assert [o["Key"] for o in page["Contents"]] == ["b", "c"]
    none = s3.list_objects_v2(Bucket="bucket-one", MaxKeys=0)
    assert (none["KeyCount"], none["IsTruncated"]) == (0, True)
    wrong = {"Bucket": "bucket-one", "ContinuationToken": "x"}
    assert refusal(s3.list_objects_v2, **wrong) == (400, "InvalidArgument")


async def test_many_keys_are_deleted_at_once(env: Any, s3: Any) -> None:
    for key in ("a", "b", "c"):
        await env.BUCKET.put(key, "v")
    s3.delete_object(Bucket="bucket-one", Key="a")
    objects = [{"Key": "b"}, {"Key": "missing"}]
    answer = s3.delete_objects(Bucket="bucket-one", Delete={"Objects": objects})
    assert [deleted["Key"] for deleted in answer["Deleted"]] == ["b", "missing"]
    assert [o.key for o in (await env.BUCKET.list()).objects] == ["c"]


def test_more_than_a_thousand_keys_are_malformed(s3: Any, env: Any) -> None:
    objects = [{"Key": f"k{i}"} for i in range(1001)]
    found = refusal(s3.delete_objects, Bucket="bucket-one", Delete={"Objects": objects})
    assert found == (400, "MalformedXML")


async def test_a_copy_takes_the_metadata_along_or_replaces_it(
    env: Any, s3: Any
) -> None:
    await env.BUCKET.put(
        "k", "v", httpMetadata={"contentType": "a/b"}, customMetadata={"A": "1"}
    )
    source = {"Bucket": "bucket-one", "Key": "k"}
    s3.copy_object(Bucket="bucket-two", Key="copy", CopySource=source)
    copy = await env.BUCKET2.head("copy")
    assert (copy.httpMetadata.contentType, dict(copy.customMetadata)) == (
        "a/b",
        {"A": "1"},
    )
    s3.copy_object(
        Bucket="bucket-one",
        Key="k",
        CopySource=source,
        MetadataDirective="REPLACE",
        ContentType="c/d",
    )
    replaced = await env.BUCKET.head("k")
    assert (replaced.httpMetadata.contentType, dict(replaced.customMetadata)) == (
        "c/d",
        {},
    )
    lost = {"Bucket": "bucket-one", "Key": "no"}
    assert refusal(s3.copy_object, Bucket="bucket-one", Key="x", CopySource=lost) == (
        404,
        "NoSuchKey",
    )
    assert (
        refusal(
            s3.copy_object,
            Bucket="bucket-one",
            Key="x",
            CopySource=source,
            CopySourceIfMatch='"no"',
        )[0]
        == 412
    )


def test_upload_fileobj_of_16_mib_in_four_threads(s3: Any, env: Any, cf: Any) -> None:
    from boto3.s3.transfer import TransferConfig

    data = bytes(range(256)) * (1 << 16)
    config = TransferConfig(
        multipart_threshold=5 << 20, multipart_chunksize=5 << 20, max_concurrency=4
    )
    s3.upload_fileobj(io.BytesIO(data), "bucket-one", "big", Config=config)
    found = cf.run(env.BUCKET.get("big"))
    assert found.etag.endswith("-4")
    assert bytes(cf.run(found.arrayBuffer())) == data
    copy = io.BytesIO()
    s3.download_fileobj("bucket-one", "big", copy, Config=config)
    assert copy.getvalue() == data


async def test_an_upload_crosses_the_doors_both_ways(env: Any, s3: Any) -> None:
    upload = {"Bucket": "bucket-one", "Key": "m"}
    begun = s3.create_multipart_upload(**upload, ContentType="a/b")["UploadId"]
    resumed = env.BUCKET.resumeMultipartUpload("m", begun)
    first = await resumed.uploadPart(1, b"A" * (5 << 20))
    last = s3.upload_part(**upload, UploadId=begun, PartNumber=2, Body=b"B")
    parts = [
        {"PartNumber": 1, "ETag": first.etag},
        {"PartNumber": 2, "ETag": last["ETag"]},
    ]
    listed = s3.list_parts(**upload, UploadId=begun)["Parts"]
    assert [(p["PartNumber"], p["Size"]) for p in listed] == [(1, 5 << 20), (2, 1)]
    done = s3.complete_multipart_upload(
        **upload, UploadId=begun, MultipartUpload={"Parts": parts}
    )
    found = await env.BUCKET.head("m")
    assert (found.httpEtag, found.httpMetadata.contentType) == (done["ETag"], "a/b")

    own = await env.BUCKET.createMultipartUpload("n", customMetadata={"A": "1"})
    part = s3.upload_part(
        Bucket="bucket-one", Key="n", UploadId=own.uploadId, PartNumber=1, Body=b"x"
    )
    made = await own.complete([{"partNumber": 1, "etag": part["ETag"].strip('"')}])
    assert (made.size, dict(made.customMetadata)) == (1, {"A": "1"})


async def test_uploads_in_progress_are_listed_and_aborted(env: Any, s3: Any) -> None:
    upload = await env.BUCKET.createMultipartUpload("m")
    (listed,) = s3.list_multipart_uploads(Bucket="bucket-one")["Uploads"]
    assert (listed["Key"], listed["UploadId"]) == ("m", upload.uploadId)
    named = {"Bucket": "bucket-one", "Key": "m", "UploadId": upload.uploadId}
    s3.abort_multipart_upload(**named)
    assert "Uploads" not in s3.list_multipart_uploads(Bucket="bucket-one")
    assert refusal(s3.list_parts, **named) == (404, "NoSuchUpload")


def test_parts_have_to_be_of_one_size(s3: Any, env: Any) -> None:
    upload = {"Bucket": "bucket-one", "Key": "m"}
    upload["UploadId"] = s3.create_multipart_upload(**upload)["UploadId"]
    sizes = {1: 5 << 20, 2: (5 << 20) + 1, 3: 1, 4: 1}
    parts = [
        {
            "PartNumber": number,
            "ETag": s3.upload_part(**upload, PartNumber=number, Body=b"x" * size)[
                "ETag"
            ],
        }
        for number, size in sizes.items()
    ]

    def completing(*numbers: int) -> tuple[int, str]:
        chosen = {"Parts": [parts[number - 1] for number in numbers]}
        return refusal(s3.complete_multipart_upload, **upload, MultipartUpload=chosen)

    assert completing(1, 2, 3) == (400, "InvalidPart")
    assert completing(3, 4) == (400, "EntityTooSmall")
    assert completing(1, 1) == (400, "InvalidPart")


def test_a_part_is_copied_from_a_range(s3: Any, env: Any) -> None:
    s3.put_object(Bucket="bucket-one", Key="k", Body=b"0123456789")
    upload = {"Bucket": "bucket-one", "Key": "m"}
    upload["UploadId"] = s3.create_multipart_upload(**upload)["UploadId"]
    part = s3.upload_part_copy(
        **upload,
        PartNumber=1,
        CopySource={"Bucket": "bucket-one", "Key": "k"},
        CopySourceRange="bytes=2-4",
    )
    named = {"PartNumber": 1, "ETag": part["CopyPartResult"]["ETag"]}
    s3.complete_multipart_upload(**upload, MultipartUpload={"Parts": [named]})
    assert s3.get_object(Bucket="bucket-one", Key="m")["Body"].read() == b"234"


def test_a_body_that_is_not_what_its_checksum_says_is_refused(
    s3: Any, env: Any
) -> None:
    put = {"Bucket": "bucket-one", "Key": "k", "Body": b"v"}
    wrong = "AAAAAAAAAAAAAAAAAAAAAA=="
    assert refusal(s3.put_object, **put, ContentMD5=wrong) == (400, "BadDigest")
    assert refusal(s3.put_object, **put, ContentMD5="x")[1] == "InvalidDigest"
    assert refusal(s3.put_object, **put, ChecksumCRC32="AAAAAA==")[1] == "BadDigest"
    sha = "A" * 43 + "="
    assert refusal(s3.put_object, **put, ChecksumSHA256=sha)[1] == "BadDigest"
    assert "Contents" not in s3.list_objects_v2(Bucket="bucket-one")


def test_limits_are_those_of_the_binding(s3: Any, env: Any) -> None:
    long = refusal(s3.put_object, Bucket="bucket-one", Key="k" * 1025, Body=b"")
    assert long == (400, "InvalidObjectName")
    metadata = {"a": "x" * 8192}
    large = refusal(
        s3.put_object, Bucket="bucket-one", Key="k", Body=b"", Metadata=metadata
    )
    assert large == (400, "MetadataTooLarge")


@pytest.mark.parametrize(
    ("operation", "arguments"),
    [
        ("put_object", {"Key": "k", "Tagging": "a=b"}),
        ("put_object", {"Key": "k", "ServerSideEncryption": "aws:kms"}),
        ("put_object", {"Key": "k", "WebsiteRedirectLocation": "/"}),
        ("put_object_acl", {"Key": "k", "ACL": "private"}),
        ("get_object_tagging", {"Key": "k"}),
        ("get_object_attributes", {"Key": "k", "ObjectAttributes": ["ETag"]}),
        ("list_object_versions", {}),
        (
            "put_bucket_versioning",
            {"VersioningConfiguration": {"Status": "Enabled"}},
        ),
        ("get_bucket_policy", {}),
        ("delete_bucket", {}),
    ],
    ids=str,
)
def test_what_r2_has_not_is_not_implemented(
    operation: str, arguments: dict[str, Any], s3: Any, env: Any
) -> None:
    s3.put_object(Bucket="bucket-one", Key="k", Body=b"v")
    found = refusal(getattr(s3, operation), Bucket="bucket-one", **arguments)
    assert found == (501, "NotImplemented")


def test_an_unknown_storage_class_is_refused(s3: Any, env: Any) -> None:
    put = {"Bucket": "bucket-one", "Key": "k", "Body": b""}
    assert refusal(s3.put_object, **put, StorageClass="GLACIER") == (
        400,
        "InvalidStorageClass",
    )


def test_a_key_of_the_customer_is_needed_to_read(s3: Any, env: Any, cf: Any) -> None:
    key = {"SSECustomerKey": "k" * 32, "SSECustomerAlgorithm": "AES256"}
    named = {"Bucket": "bucket-one", "Key": "k"}
    s3.put_object(**named, Body=b"secret", **key)
    assert s3.get_object(**named, **key)["Body"].read() == b"secret"
    assert refusal(s3.get_object, **named) == (400, "InvalidRequest")
    other = {**key, "SSECustomerKey": "o" * 32}
    assert refusal(s3.get_object, **named, **other) == (403, "AccessDenied")
    found = cf.run(env.BUCKET.get("k", ssecKey=b"k" * 32))
    assert cf.run(found.text()) == "secret"


def test_buckets_are_those_of_the_configuration(s3: Any, env: Any) -> None:
    names = [bucket["Name"] for bucket in s3.list_buckets()["Buckets"]]
    assert names == ["bucket-one", "bucket-two"]
    s3.head_bucket(Bucket="bucket-one")
    assert refusal(s3.head_bucket, Bucket="unknown")[0] == 404
    assert refusal(s3.list_objects_v2, Bucket="unknown") == (404, "NoSuchBucket")
    assert refusal(s3.create_bucket, Bucket="unknown")[0] == 501
    assert refusal(s3.create_bucket, Bucket="bucket-one")[0] == 409


def test_a_bucket_may_stand_in_the_host(env: Any, s3: Any) -> None:
    from botocore.config import Config

    virtual = client(config=Config(s3={"addressing_style": "virtual"}))
    virtual.put_object(Bucket="bucket-one", Key="a/b", Body=b"v")
    assert s3.get_object(Bucket="bucket-one", Key="a/b")["Body"].read() == b"v"
    assert refusal(virtual.get_object, Bucket="unknown", Key="k")[1] == "NoSuchBucket"


def test_a_bucket_without_jurisdiction_is_not_at_the_host_of_one(env: Any) -> None:
    european = client("https://account.eu.r2.cloudflarestorage.com")
    assert refusal(european.list_objects_v2, Bucket="bucket-one")[1] == "NoSuchBucket"


def test_a_client_need_not_know_env(s3: Any) -> None:
    s3.put_object(Bucket="bucket-one", Key="k", Body=b"v")
    assert s3.get_object(Bucket="bucket-one", Key="k")["Body"].read() == b"v"


@pytest.mark.parametrize("_run", range(2))
def test_every_test_finds_the_bucket_empty(_run: int, s3: Any) -> None:
    assert s3.list_objects_v2(Bucket="bucket-one")["KeyCount"] == 0
    s3.put_object(Bucket="bucket-one", Key="k", Body=b"v")


def test_threads_share_the_bucket(s3: Any, env: Any) -> None:
    def work(number: int) -> None:
        for index in range(10):
            s3.put_object(Bucket="bucket-one", Key=f"{number}-{index}", Body=b"v")

    threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert s3.list_objects_v2(Bucket="bucket-one")["KeyCount"] == 40
