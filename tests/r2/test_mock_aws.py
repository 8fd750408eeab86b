"""A user's own `mock_aws` and the buckets of R2 do not know of each other."""

from typing import Any

import boto3
import pytest
from moto import mock_aws

from .conftest import client


def aws(service: str) -> Any:
    """A client for AWS itself."""
    return boto3.client(
        service,
        region_name="us-east-1",
        aws_access_key_id="key",
        aws_secret_access_key="secret",
    )


def test_both_are_used_side_by_side(env: Any, s3: Any, cf: Any) -> None:
    cf.run(env.BUCKET.put("k", "r2"))
    with mock_aws():
        own = aws("s3")
        own.create_bucket(Bucket="bucket-one")
        own.put_object(Bucket="bucket-one", Key="k", Body=b"aws")
        assert s3.get_object(Bucket="bucket-one", Key="k")["Body"].read() == b"r2"
        assert own.get_object(Bucket="bucket-one", Key="k")["Body"].read() == b"aws"
        assert [b["Name"] for b in own.list_buckets()["Buckets"]] == ["bucket-one"]
    assert cf.run(cf.run(env.BUCKET.get("k")).text()) == "r2"


def test_a_mock_that_is_older_than_the_bucket_owns_its_name(env: Any, s3: Any) -> None:
    with mock_aws():
        own = aws("s3")
        own.create_bucket(Bucket="bucket-two")
        s3.put_object(Bucket="bucket-two", Key="k", Body=b"r2")
        own.put_object(Bucket="bucket-two", Key="other", Body=b"aws")
        listed = own.list_objects_v2(Bucket="bucket-two")["Contents"]
        assert [found["Key"] for found in listed] == ["other"]


@pytest.mark.parametrize("_round", range(2))
def test_starting_and_stopping_leaves_what_is_stored(
    _round: int, env: Any, s3: Any, cf: Any
) -> None:
    upload = cf.run(env.BUCKET.createMultipartUpload("m"))
    part = cf.run(upload.uploadPart(1, "x"))
    cf.run(env.BUCKET.put("k", "v" * 100))
    for _ in range(2):
        mock = mock_aws()
        mock.start()
        aws("s3").create_bucket(Bucket="elsewhere")
        mock.stop()
    cf.run(upload.complete([part]))
    assert s3.get_object(Bucket="bucket-one", Key="m")["Body"].read() == b"x"
    assert s3.get_object(Bucket="bucket-one", Key="k")["ContentLength"] == 100


def test_a_client_of_r2_may_be_made_inside(env: Any, cf: Any) -> None:
    with mock_aws():
        inside = client()
        inside.put_object(Bucket="bucket-one", Key="k", Body=b"r2")
    assert inside.get_object(Bucket="bucket-one", Key="k")["Body"].read() == b"r2"
    assert cf.run(env.BUCKET.head("k")).size == 2


def test_other_services_stay_mocked(env: Any, s3: Any) -> None:
    with mock_aws():
        queues = aws("sqs")
        queues.create_queue(QueueName="jobs")
        s3.put_object(Bucket="bucket-one", Key="k", Body=b"r2")
        assert queues.list_queues()["QueueUrls"][0].endswith("/jobs")
