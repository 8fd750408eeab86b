"""Multipart uploads by the S3 API; they may be fed and completed by either door."""

import re

from ...javascript.dates import JsDate
from ...limits import R2_PARTS
from ..errors import INVALID_PART
from ..part_rules import Named
from ..ranges import Range
from ..service import Service
from .bodies import upload_body
from .buckets import Buckets
from .messages import (
    Content,
    Refusal,
    Request,
    Response,
    document,
    invalid_argument,
    malformed_xml,
    url_encoded,
)
from .metadata import check_upload_key, read_metadata, ssec_key_md5
from .objects import child_text, children, parse_xml, read_source

_COPY_RANGE = re.compile(r"bytes=(\d+)-(\d+)")


def create_upload(service: Service, request: Request) -> Response:
    """CreateMultipartUpload."""
    upload_id = service.create_upload(request.key, read_metadata(request))
    return document(
        "InitiateMultipartUploadResult",
        {"Bucket": request.bucket, "Key": request.key, "UploadId": upload_id},
    )


def upload_part(service: Service, request: Request) -> Response:
    """UploadPart."""
    number = _part_number(request)
    body = upload_body(request)
    etag = _keep(service, request, number, body)
    return Response(200, {"ETag": f'"{etag}"'})


def upload_part_copy(service: Service, request: Request, buckets: Buckets) -> Response:
    """UploadPartCopy, of a whole object or of a range."""
    number = _part_number(request)
    source = read_source(request, buckets)
    data = source.data
    header = request.headers.get("x-amz-copy-source-range")
    if header is not None:
        offset, length = _copy_range(header).within(len(data))
        data = data[offset : offset + length]
    etag = _keep(service, request, number, data)
    return document(
        "CopyPartResult", {"ETag": f'"{etag}"', "LastModified": buckets.now()}
    )


def _keep(service: Service, request: Request, number: int, data: bytes) -> str:
    upload_id = _upload_id(request)
    metadata = service.upload_metadata(request.key, upload_id)
    check_upload_key(metadata, ssec_key_md5(request))
    return service.upload_part(request.key, upload_id, number, data)


def _copy_range(header: str) -> Range:
    found = _COPY_RANGE.fullmatch(header)
    if found is None:
        raise invalid_argument(f"Invalid x-amz-copy-source-range: {header}")
    first, last = int(found[1]), int(found[2])
    if last < first:
        raise invalid_argument("x-amz-copy-source-range must be positive.")
    return Range(offset=first, length=last - first + 1)


def _part_number(request: Request) -> int:
    text = (request.parameter("partNumber") or "").strip()
    number = int(text) if text.lstrip("-").isdigit() else 0
    most = R2_PARTS.value
    if not 1 <= number <= most:
        raise invalid_argument(
            f"Part number must be an integer between 1 and {most}, inclusive."
        )
    return number


def _upload_id(request: Request) -> str:
    return request.parameter("uploadId") or ""


def complete_upload(service: Service, request: Request) -> Response:
    """CompleteMultipartUpload."""
    parts = _named_parts(request.body)
    record = service.complete_upload(request.key, _upload_id(request), parts)
    path = f"{request.bucket}/{url_encoded(request.key)}"
    return document(
        "CompleteMultipartUploadResult",
        {
            "Location": f"https://{request.headers.get('host', '')}/{path}",
            "Bucket": request.bucket,
            "Key": request.key,
            "ETag": f'"{record.etag}"',
        },
    )


def _named_parts(body: bytes) -> list[Named]:
    found: list[Named] = []
    for item in children(parse_xml(body, "CompleteMultipartUpload"), "Part"):
        number, etag = child_text(item, "PartNumber"), child_text(item, "ETag")
        if number is None or etag is None or not number.lstrip("-").isdigit():
            raise malformed_xml()
        if not 1 <= int(number) <= R2_PARTS.value:
            raise Refusal.of(INVALID_PART)
        found.append((int(number), etag.strip('"')))
    if not found:
        raise malformed_xml()
    return found


def abort_upload(service: Service, request: Request) -> Response:
    """AbortMultipartUpload."""
    service.abort_upload(request.key, _upload_id(request))
    return Response(204)


def list_parts(service: Service, request: Request) -> Response:
    """ListParts, page by page."""
    upload_id = _upload_id(request)
    marker = _number(request, "part-number-marker", 0)
    most = min(_number(request, "max-parts", 1000), 1000)
    parts = service.parts(request.key, upload_id)
    later = [(number, part) for number, part in parts if number > marker]
    shown: list[Content] = [
        {
            "PartNumber": number,
            "LastModified": JsDate(part.uploaded_ms).toISOString(),
            "ETag": f'"{part.etag}"',
            "Size": part.size,
        }
        for number, part in later[:most]
    ]
    return document(
        "ListPartsResult",
        {
            "Bucket": request.bucket,
            "Key": request.key,
            "UploadId": upload_id,
            "PartNumberMarker": marker,
            "NextPartNumberMarker": later[:most][-1][0] if shown else 0,
            "MaxParts": most,
            "IsTruncated": len(later) > most,
            "Part": shown,
        },
    )


def _number(request: Request, name: str, default: int) -> int:
    text = request.parameter(name)
    if text is None:
        return default
    if not text.isdigit():
        raise invalid_argument(f"{name} must be a number.")
    return int(text)


def list_uploads(service: Service, request: Request) -> Response:
    """ListMultipartUploads: those in progress, all on one page."""
    prefix = request.parameter("prefix") or ""
    listed: list[Content] = [
        {
            "Key": key,
            "UploadId": upload_id,
            "Initiated": JsDate(started_ms).toISOString(),
            "StorageClass": "STANDARD",
        }
        for key, upload_id, started_ms in service.uploads()
        if key.startswith(prefix)
    ]
    return document(
        "ListMultipartUploadsResult",
        {
            "Bucket": request.bucket,
            "Prefix": prefix,
            "MaxUploads": 1000,
            "IsTruncated": False,
            "Upload": listed,
        },
    )
