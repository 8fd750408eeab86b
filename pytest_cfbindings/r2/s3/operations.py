"""Which operation a request is, and which ones R2 does not implement."""

import re
from typing import Final

from .messages import Refusal, Request, invalid_argument, not_implemented

_PART_NUMBER = re.compile(r" *-?\d*")

_OBJECT_GET: Final = {
    "tagging": "GetObjectTagging",
    "acl": "GetObjectAcl",
    "attributes": "GetObjectAttributes",
    "torrent": "GetObjectTorrent",
    "retention": "GetObjectRetention",
    "legal-hold": "GetObjectLegalHold",
}
_OBJECT_PUT: Final = {
    "tagging": "PutObjectTagging",
    "acl": "PutObjectAcl",
    "retention": "PutObjectRetention",
    "legal-hold": "PutObjectLegalHold",
}
_BUCKET_GET: Final = {
    "versions": "ListObjectVersions",
    "policy": "GetBucketPolicy",
    "website": "GetBucketWebsite",
    "notification": "GetBucketNotificationConfiguration",
    "requestPayment": "GetBucketRequestPayment",
    "logging": "GetBucketLogging",
    "accelerate": "GetBucketAccelerateConfiguration",
    "publicAccessBlock": "GetPublicAccessBlock",
    "ownershipControls": "GetBucketOwnershipControls",
    "intelligent-tiering": "GetBucketIntelligentTieringConfiguration",
    "inventory": "GetBucketInventoryConfiguration",
    "metrics": "GetBucketMetricsConfiguration",
    "analytics": "GetBucketAnalyticsConfiguration",
    "policyStatus": "GetGetBucketPolicyStatus",
    # R2 has the next three, but they tell of settings that no Wrangler file has.
    "acl": "GetBucketAcl",
    "cors": "GetBucketCors",
    "lifecycle": "GetBucketLifecycleConfiguration",
}
_BUCKET_STATIC: Final = {
    "encryption": "GetBucketEncryption",
    "versioning": "GetBucketVersioning",
    "tagging": "GetBucketTagging",
    "object-lock": "GetObjectLockConfiguration",
    "replication": "GetBucketReplication",
}
_BUCKET_PUT: Final = {
    "accelerate": "PutBucketAccelerateConfiguration",
    "acl": "PutBucketAcl",
    "analytics": "PutBucketAnalyticsConfiguration",
    "intelligent-tiering": "PutBucketIntelligentTieringConfiguration",
    "inventory": "PutBucketInventoryConfiguration",
    "logging": "PutBucketLogging",
    "metrics": "PutBucketMetricsConfiguration",
    "notification": "PutBucketNotificationConfiguration",
    "object-lock": "PutObjectLockConfiguration",
    "ownershipControls": "PutBucketOwnershipControls",
    "policy": "PutBucketPolicy",
    "publicAccessBlock": "PutPublicAccessBlock",
    "replication": "PutBucketReplication",
    "requestPayment": "PutBucketRequestPayment",
    "tagging": "PutBucketTagging",
    "website": "PutBucketWebsite",
    "cors": "PutBucketCors",
    "encryption": "PutBucketEncryption",
    "lifecycle": "PutBucketLifecycleConfiguration",
    "versioning": "PutBucketVersioning",
}
_BUCKET_DELETE: Final = {
    "analytics": "DeleteBucketAnalyticsConfiguration",
    "intelligent-tiering": "DeleteBucketIntelligentTieringConfiguration",
    "inventory": "DeleteBucketInventoryConfiguration",
    "metrics": "DeleteBucketMetricsConfiguration",
    "ownershipControls": "DeleteBucketOwnershipControls",
    "policy": "DeleteBucketPolicy",
    "replication": "DeleteBucketReplication",
    "tagging": "DeleteBucketTagging",
    "website": "DeleteBucketWebsite",
    "cors": "DeleteBucketCors",
    "encryption": "DeleteBucketEncryption",
    "lifecycle": "DeleteBucketLifecycle",
}
_LIST_V1: Final = {"prefix", "delimiter", "marker", "max-keys", "encoding-type"}
_LIST_V2: Final = {
    *("list-type", "prefix", "delimiter", "continuation-token", "start-after"),
    *("max-keys", "encoding-type", "fetch-owner"),
}


def operation_of(request: Request) -> str:
    """The name that S3 has for what is asked.

    Raises Refusal for what R2 does not implement.
    """
    if not request.bucket:
        return _account_operation(request)
    if not request.key:
        return _bucket_operation(request)
    if request.parameter("uploadId") is not None:
        found = _upload_operation(request)
        if found is not None:
            return found
    return _object_operation(request)


def _route_not_found() -> Refusal:
    return Refusal(404, "RouteNotFound", "No route matches this url.")


def _is_extra(name: str) -> bool:
    """Whether a parameter belongs to signing, or to the SDKs, and says nothing."""
    return name.startswith("X-Amz-") or name == "x-id"


def _account_operation(request: Request) -> str:
    if request.method != "GET":
        raise _route_not_found()
    for name in request.names():
        if not _is_extra(name):
            raise not_implemented(f"ListBuckets search parameter {name}")
    return "ListBuckets"


def _bucket_operation(request: Request) -> str:
    match request.method:
        case "HEAD":
            return "HeadBucket"
        case "GET":
            return _bucket_read(request)
        case "POST" if "delete" in request.names():
            return "DeleteObjects"
        case "PUT":
            _refuse_parameters(request, _BUCKET_PUT)
            return "CreateBucket"
        case "DELETE":
            _refuse_parameters(request, _BUCKET_DELETE)
            return "DeleteBucket"
        case "POST":
            raise not_implemented("Presigned post requests are not yet implemented")
    raise _route_not_found()


def _refuse_parameters(request: Request, known: dict[str, str]) -> None:
    names = request.names()
    for name in names:
        if name in known:
            raise not_implemented(known[name])
    others = [f'"{name}"' for name in dict.fromkeys(names) if not _is_extra(name)]
    if others:
        raise invalid_argument(
            f"Unsupported search param(s) {', '.join(others)} on a {request.method}"
            " bucket route"
        )


def _bucket_read(request: Request) -> str:
    names = request.names()
    if "uploads" in names:
        return "ListMultipartUploads"
    if "location" in names:
        return "GetBucketLocation"
    for name in names:
        if name in _BUCKET_STATIC:
            return _BUCKET_STATIC[name]
        if name in _BUCKET_GET:
            raise not_implemented(_BUCKET_GET[name])
    return _list_operation(request)


def _list_operation(request: Request) -> str:
    list_type = request.parameter("list-type")
    if list_type not in (None, "2"):
        raise not_implemented(f"ListObjectsV{list_type}")
    version, allowed = ("1", _LIST_V1) if list_type is None else ("2", _LIST_V2)
    if version == "1" and "continuation-token" in request.names():
        raise invalid_argument("continuation-token not supported in ListObjects")
    for name in request.names():
        if name not in allowed and not _is_extra(name):
            raise not_implemented(f"ListObjectsV{version} search parameter {name}")
    return "ListObjects" if version == "1" else "ListObjectsV2"


def _upload_operation(request: Request) -> str | None:
    number = request.parameter("partNumber")
    if number is not None and not _PART_NUMBER.fullmatch(number):
        raise _route_not_found()
    match request.method:
        case "GET":
            return "ListParts"
        case "PUT" if number is not None:
            copies = "x-amz-copy-source" in request.headers
            return "UploadPartCopy" if copies else "UploadPart"
        case "POST":
            return "CompleteMultipartUpload"
        case "DELETE":
            return "AbortMultipartUpload"
    return None


def _object_operation(request: Request) -> str:
    names = request.names()
    if "uploads" in names and request.method in ("POST", "GET"):
        posts = request.method == "POST"
        return "CreateMultipartUpload" if posts else "ListMultipartUploads"
    match request.method:
        case "GET" | "HEAD" if "partNumber" in names:
            raise not_implemented("partNumber")
        case "HEAD":
            return "HeadObject"
        case "GET":
            _refuse_subresource(names, _OBJECT_GET)
            return "GetObject"
        case "PUT":
            _refuse_subresource(names, _OBJECT_PUT)
            copies = "x-amz-copy-source" in request.headers
            return "CopyObject" if copies else "PutObject"
        case "POST":
            return "PutObject"
        case "DELETE":
            return "DeleteObject"
    raise _route_not_found()


def _refuse_subresource(names: list[str], known: dict[str, str]) -> None:
    for name in names:
        if name in known:
            raise not_implemented(known[name])
