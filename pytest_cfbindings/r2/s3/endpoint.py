"""One request to the S3 API, from its bucket to its answer."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from ...javascript.conversions import to_string
from ...javascript.errors import JsError, JsThrow
from ..errors import Refused
from ..service import Service
from .buckets import Buckets, create_bucket, list_buckets, static_answer
from .listing import list_objects, list_objects_v2
from .messages import Refusal, Request, Response, invalid_argument, not_implemented
from .objects import (
    copy_object,
    delete_object,
    delete_objects,
    get_object,
    put_object,
)
from .operations import operation_of
from .screening import screen
from .uploads import (
    abort_upload,
    complete_upload,
    create_upload,
    list_parts,
    list_uploads,
    upload_part,
    upload_part_copy,
)


def answer(request: Request, buckets: Buckets) -> Response:
    """What R2 answers to a request; its errors are answers as well."""
    try:
        response = _answer(request, buckets)
    except Refusal as refusal:
        response = refusal.response()
    except Refused as refused:
        response = Refusal.of(refused.problem).response()
    except JsThrow as thrown:
        response = invalid_argument(_message(thrown)).response()
    if request.method == "HEAD":
        response = replace(response, body=b"")
    return response


def _message(thrown: JsThrow) -> str:
    value = thrown.value
    return to_string(value.message if isinstance(value, JsError) else value)


def _answer(request: Request, buckets: Buckets) -> Response:
    operation = operation_of(request)
    if operation in _OF_THE_ACCOUNT:
        screen(request, operation)
        return _OF_THE_ACCOUNT[operation](buckets, request)
    service = buckets.service(request.bucket)
    screen(request, operation)
    if operation in _IN_ONE_BUCKET:
        return _IN_ONE_BUCKET[operation](service, request)
    if operation in _FROM_ANOTHER:
        return _FROM_ANOTHER[operation](service, request, buckets)
    if operation == "DeleteBucket":
        raise not_implemented(
            "DeleteBucket is for the Wrangler file: deleting a bucket is"
        )
    return static_answer(operation)


_OF_THE_ACCOUNT: Final[dict[str, Callable[[Buckets, Request], Response]]] = {
    "CreateBucket": lambda buckets, request: create_bucket(buckets, request.bucket),
    "ListBuckets": lambda buckets, _request: list_buckets(buckets),
}
_IN_ONE_BUCKET: Final[dict[str, Callable[[Service, Request], Response]]] = {
    "GetObject": get_object,
    "HeadObject": get_object,
    "PutObject": put_object,
    "DeleteObject": delete_object,
    "DeleteObjects": delete_objects,
    "ListObjects": list_objects,
    "ListObjectsV2": list_objects_v2,
    "CreateMultipartUpload": create_upload,
    "UploadPart": upload_part,
    "CompleteMultipartUpload": complete_upload,
    "AbortMultipartUpload": abort_upload,
    "ListParts": list_parts,
    "ListMultipartUploads": list_uploads,
}
_FROM_ANOTHER: Final[dict[str, Callable[[Service, Request, Buckets], Response]]] = {
    "CopyObject": copy_object,
    "UploadPartCopy": upload_part_copy,
}
