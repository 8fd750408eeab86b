"""One request to the S3 API, from its bucket to its answer."""

from dataclasses import replace

from ...javascript.conversions import to_string
from ...javascript.errors import JsError, JsThrow
from ..errors import Refused
from . import objects, uploads
from .buckets import Buckets, create_bucket, list_buckets, static_answer
from .listing import list_objects
from .messages import Refusal, Request, Response, invalid_argument, not_implemented
from .operations import operation_of
from .screening import screen


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
    if operation == "CreateBucket":
        screen(request, operation)
        return create_bucket(buckets, request.bucket)
    if operation == "ListBuckets":
        screen(request, operation)
        return list_buckets(buckets)
    service = buckets.service(request.bucket)
    screen(request, operation)
    match operation:
        case "GetObject" | "HeadObject":
            return objects.get_object(service, request)
        case "PutObject":
            return objects.put_object(service, request)
        case "CopyObject":
            return objects.copy_object(service, request, buckets)
        case "DeleteObject":
            return objects.delete_object(service, request)
        case "DeleteObjects":
            return objects.delete_objects(service, request)
        case "ListObjects" | "ListObjectsV2":
            return list_objects(service, request, operation == "ListObjectsV2")
        case "CreateMultipartUpload":
            return uploads.create_upload(service, request)
        case "UploadPart":
            return uploads.upload_part(service, request)
        case "UploadPartCopy":
            return uploads.upload_part_copy(service, request, buckets)
        case "CompleteMultipartUpload":
            return uploads.complete_upload(service, request)
        case "AbortMultipartUpload":
            return uploads.abort_upload(service, request)
        case "ListParts":
            return uploads.list_parts(service, request)
        case "ListMultipartUploads":
            return uploads.list_uploads(service, request)
        case "DeleteBucket":
            raise not_implemented(
                "DeleteBucket is for the Wrangler file: deleting a bucket is"
            )
    return static_answer(operation)
