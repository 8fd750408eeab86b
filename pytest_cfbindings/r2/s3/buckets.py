"""The buckets that one host of the S3 API shows, and what is asked of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ...javascript.dates import JsDate
from ..service import Service
from .messages import Content, Refusal, Response, document, not_implemented


@dataclass(frozen=True, slots=True)
class Buckets:
    """Services by the names of their buckets; `now_ms` is epoch milliseconds."""

    services: Mapping[str, Service]
    now_ms: Callable[[], int]

    def service(self, name: str) -> Service:
        """The service of a bucket. Raises Refusal for one that is not configured."""
        found = self.services.get(name)
        if found is None:
            raise Refusal(404, "NoSuchBucket", "The specified bucket does not exist.")
        return found

    def now(self) -> str:
        """This moment, as XML answers write it."""
        return JsDate(self.now_ms()).toISOString()


def list_buckets(buckets: Buckets) -> Response:
    """ListBuckets. They are as old as the test: a Wrangler file tells no date."""
    made = buckets.now()
    listed: list[Content] = [
        {"Name": name, "CreationDate": made} for name in sorted(buckets.services)
    ]
    return document("ListAllMyBucketsResult", {"Buckets": {"Bucket": listed}})


def create_bucket(buckets: Buckets, name: str) -> Response:
    """CreateBucket: there are only the buckets of the configuration."""
    if name in buckets.services:
        raise Refusal(
            409,
            "BucketAlreadyOwnedByYou",
            "The bucket you tried to create already exists, and you own it.",
        )
    raise not_implemented(
        f"CreateBucket is for the buckets of the Wrangler file: {name} is"
    )


def static_answer(operation: str) -> Response:
    """What R2 answers for every bucket alike."""
    match operation:
        case "HeadBucket":
            return Response()
        case "GetBucketLocation":
            return document("LocationConstraint", "auto")
        case "GetBucketVersioning":
            return document("VersioningConfiguration", {})
        case "GetBucketEncryption":
            algorithm: Content = {"SSEAlgorithm": "AES256"}
            rule: Content = {
                "ApplyServerSideEncryptionByDefault": algorithm,
                "BucketKeyEnabled": True,
            }
            return document("ServerSideEncryptionConfiguration", {"Rule": rule})
        case "GetBucketTagging":
            raise Refusal(404, "NoSuchTagSet", "The TagSet does not exist.")
        case "GetObjectLockConfiguration":
            raise Refusal(
                404,
                "ObjectLockConfigurationNotFoundError",
                "Object Lock configuration does not exist for this bucket.",
            )
        case "GetBucketReplication":
            raise Refusal(
                404,
                "ReplicationConfigurationNotFoundError",
                "The replication configuration was not found.",
            )
    raise not_implemented(operation)
