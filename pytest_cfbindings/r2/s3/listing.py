"""ListObjects and ListObjectsV2."""

import math
from dataclasses import dataclass
from typing import Final

from ...cursors import issue_cursor, read_cursor
from ...limits import R2_LIST_KEYS
from ..errors import INVALID_MAX_KEYS
from ..records import Record
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


@dataclass(frozen=True, slots=True)
class _Query:
    """What both versions are asked with; `encoding` is None or "url"."""

    prefix: str
    delimiter: str | None
    encoding: str | None
    max_keys: int

    @classmethod
    def of(cls, request: Request) -> "_Query":
        """Raises Refusal for an encoding or a number that there is not."""
        encoding = request.parameter("encoding-type")
        if encoding not in (None, "url"):
            raise not_implemented(f'Unrecognized encoding-type "{encoding}"')
        return cls(
            request.parameter("prefix") or "",
            request.parameter("delimiter"),
            encoding,
            _max_keys(request.parameter("max-keys")),
        )

    def encode(self, name: str) -> str:
        """A key or a prefix as the answer has it."""
        return name if self.encoding is None else url_encoded(name)

    def page(self, service: Service, after: str | None) -> tuple[Listed, bool]:
        """What comes after a key, and whether there is more of it."""
        limit = min(self.max_keys, R2_LIST_KEYS.value)
        found = service.list(max(limit, 1), self.prefix, self.delimiter or "", after)
        if limit == 0:
            return Listed([], [], None), bool(found.records or found.prefixes)
        return found, found.last is not None

    def answer(self, bucket: str, page: Listed, more: bool) -> dict[str, Content]:
        """The elements that both versions have."""
        result: dict[str, Content] = {
            "Name": bucket,
            "Contents": [self._content(record) for record in page.records],
            "IsTruncated": more,
            "CommonPrefixes": [{"Prefix": self.encode(name)} for name in page.prefixes],
            "Prefix": self.encode(self.prefix),
            "MaxKeys": self.max_keys,
        }
        if self.delimiter is not None:
            result["Delimiter"] = self.encode(self.delimiter)
        if self.encoding is not None:
            result["EncodingType"] = self.encoding
        return result

    def _content(self, record: Record) -> dict[str, Content]:
        return {
            "Key": self.encode(record.key),
            "Size": record.size,
            "LastModified": iso(record),
            "ETag": f'"{record.etag}"',
            "StorageClass": storage_class_name(record),
        }


def list_objects(service: Service, request: Request) -> Response:
    """A page of a bucket's keys behind a marker, by the first version."""
    query = _Query.of(request)
    marker = request.parameter("marker")
    page, more = query.page(service, _behind_marker(marker, query))
    result = query.answer(request.bucket, page, more)
    result["Marker"] = query.encode(marker or "")
    shown = [*(record.key for record in page.records), *page.prefixes]
    if more and shown:
        result["NextMarker"] = query.encode(max(shown))
    return document("ListBucketResult", result)


def _behind_marker(marker: str | None, query: _Query) -> str | None:
    """The key that the page follows; a delimited prefix stands for all keys in it."""
    if marker is None or not query.delimiter:
        return marker
    is_prefix = marker.removeprefix(query.prefix).endswith(query.delimiter)
    return marker + _LAST_CHARACTER if is_prefix else marker


def list_objects_v2(service: Service, request: Request) -> Response:
    """A page of a bucket's keys, by the second version."""
    query = _Query.of(request)
    start = request.parameter("start-after")
    token = request.parameter("continuation-token")
    page, more = query.page(service, _behind_token(start, token))
    result = query.answer(request.bucket, page, more)
    result["KeyCount"] = len(page.records) + len(page.prefixes)
    if start is not None:
        result["StartAfter"] = query.encode(start)
    if token is not None:
        result["ContinuationToken"] = token
    if page.last is not None:
        result["NextContinuationToken"] = issue_cursor("r2", page.last)
    return document("ListBucketResult", result)


def _behind_token(start: str | None, token: str | None) -> str | None:
    """The key that the page follows. Raises Refusal for a token that is none."""
    if token is None:
        return start
    last = read_cursor("r2", token)
    if last is None:
        raise invalid_argument("The continuation token provided is incorrect")
    return last if start is None else max(last, start)


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
