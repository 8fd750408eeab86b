"""ListObjects and ListObjectsV2."""

import math
from typing import Final

from ...cursors import issue_cursor, read_cursor
from ...limits import R2_LIST_KEYS
from ..errors import INVALID_MAX_KEYS
from ..service import Listed, Service
from .messages import (
    Content,
    Refusal,
    Request,
    Response,
    document,
    invalid_argument,
    not_implemented,
    url_encoded,
)
from .metadata import storage_class_name
from .objects import iso

_LAST_CHARACTER: Final = "\U0010ffff"


def list_objects(service: Service, request: Request, v2: bool) -> Response:
    """A page of a bucket's keys, by the first or the second version."""
    encoding = request.parameter("encoding-type")
    if encoding not in (None, "url"):
        raise not_implemented(f'Unrecognized encoding-type "{encoding}"')
    encode = str if encoding is None else url_encoded
    asked = _max_keys(request.parameter("max-keys"))
    prefix = request.parameter("prefix") or ""
    delimiter = request.parameter("delimiter")
    start = request.parameter("start-after" if v2 else "marker")
    token = request.parameter("continuation-token") if v2 else None
    limit = min(asked, R2_LIST_KEYS.value)
    behind = "" if v2 or start is None else start.removeprefix(prefix)
    after = _after(start, token, behind, delimiter or "")
    page = service.list(max(limit, 1), prefix, delimiter or "", after)
    more = page.last is not None
    if limit == 0:
        more = bool(page.records or page.prefixes)
        page = Listed([], [], None)
    result: dict[str, Content] = {
        "Name": request.bucket,
        "Contents": [
            {
                "Key": encode(record.key),
                "Size": record.size,
                "LastModified": iso(record),
                "ETag": f'"{record.etag}"',
                "StorageClass": storage_class_name(record),
            }
            for record in page.records
        ],
        "IsTruncated": more,
        "CommonPrefixes": [{"Prefix": encode(name)} for name in page.prefixes],
        "Prefix": encode(prefix),
        "MaxKeys": asked,
    }
    if delimiter is not None:
        result["Delimiter"] = encode(delimiter)
    if encoding is not None:
        result["EncodingType"] = encoding
    if v2:
        result["KeyCount"] = len(page.records) + len(page.prefixes)
        if start is not None:
            result["StartAfter"] = encode(start)
        if token is not None:
            result["ContinuationToken"] = token
        if page.last is not None:
            result["NextContinuationToken"] = issue_cursor("r2", page.last)
    else:
        result["Marker"] = encode(start or "")
        shown = [*(record.key for record in page.records), *page.prefixes]
        if more and shown:
            result["NextMarker"] = encode(max(shown))
    return document("ListBucketResult", result)


def _max_keys(text: str | None) -> int:
    """How many keys were asked for; fractions are cut off."""
    if text is None:
        return R2_LIST_KEYS.value
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number) or number < 0:
        raise Refusal.of(INVALID_MAX_KEYS)
    return int(number)


def _after(
    start: str | None, token: str | None, behind_prefix: str, delimiter: str
) -> str | None:
    """The key that the page follows. Raises Refusal for a token that is none.

    `behind_prefix` is the part of a marker of the first version that comes after the
    prefix: where it is a delimited prefix, it stands for all keys in it.
    """
    if token is not None:
        last = read_cursor("r2", token)
        if last is None:
            raise invalid_argument("The continuation token provided is incorrect")
        return last if start is None else max(last, start)
    if start is not None and delimiter and behind_prefix.endswith(delimiter):
        return start + _LAST_CHARACTER
    return start
