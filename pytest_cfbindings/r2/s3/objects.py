"""GetObject, HeadObject, PutObject, CopyObject, DeleteObject, DeleteObjects."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final
from urllib.parse import unquote
from xml.etree import ElementTree

from ...javascript.dates import JsDate
from ...limits import R2_DELETE_KEYS
from ...web.headers import Headers
from ..conditions import Condition
from ..errors import INVALID_RANGE
from ..ranges import Range, parse_range
from ..records import Record, Stored
from ..service import Service
from .bodies import upload_body
from .buckets import Buckets
from .messages import (
    Refusal,
    Request,
    Response,
    document,
    invalid_argument,
    malformed_xml,
)
from .metadata import (
    check_key,
    object_headers,
    read_metadata,
    ssec_key_md5,
    storage_class,
)

_CONDITIONS: Final = (
    "if-match",
    "if-none-match",
    "if-modified-since",
    "if-unmodified-since",
)
_RANGE = re.compile(r"bytes=(?:(\d+)-(\d*)|-\d+)")


def no_such_key() -> Refusal:
    """The refusal of a key that has no object."""
    return Refusal(404, "NoSuchKey", "The specified key does not exist.")


def _precondition_failed() -> Refusal:
    return Refusal(
        412,
        "PreconditionFailed",
        "At least one of the pre-conditions you specified did not hold.",
    )


def get_object(service: Service, request: Request) -> Response:
    """GetObject and HeadObject, which differ in the body only."""
    chosen = _range(request.headers.get("range"))
    found = service.get(request.key)
    if found is None:
        raise no_such_key()
    record = found.record
    check_key(record, ssec_key_md5(request))
    headers = object_headers(record)
    condition = _condition(request.headers)
    if condition is not None and not condition.holds(record):
        first = _condition(request.headers, only=("if-match", "if-unmodified-since"))
        if first is not None and not first.holds(record):
            raise _precondition_failed()
        return Response(304, headers)
    if chosen is None:
        headers["Content-Length"] = str(record.size)
        return Response(200, headers, found.data)
    offset, length = chosen.within(record.size)
    headers["Content-Length"] = str(length)
    headers["Content-Range"] = f"bytes {offset}-{offset + length - 1}/{record.size}"
    return Response(206, headers, found.data[offset : offset + length])


def _range(header: str | None) -> Range | None:
    if header is None:
        return None
    found = _RANGE.fullmatch(header)
    if found is None:
        raise invalid_argument(
            "range must be in format 'bytes=start-end', 'bytes=start-' or"
            " 'bytes=-suffix'.'"
        )
    if found[2] and int(found[1]) > int(found[2]):
        raise invalid_argument("range must be positive.")
    chosen = parse_range(header)
    if chosen is None:
        raise Refusal.of(INVALID_RANGE)
    return chosen


def _condition(
    headers: Mapping[str, str], prefix: str = "", only: tuple[str, ...] = _CONDITIONS
) -> Condition | None:
    given = [
        (name, headers[prefix + name]) for name in only if prefix + name in headers
    ]
    return Condition.of_headers(Headers(given)) if given else None


def put_object(service: Service, request: Request) -> Response:
    """PutObject."""
    body = upload_body(request)
    metadata = read_metadata(request)
    condition = _condition(request.headers)
    record = service.put(request.key, body, metadata, (), condition)
    if record is None:
        raise _precondition_failed()
    return Response(200, {"ETag": f'"{record.etag}"'})


def copy_object(service: Service, request: Request, buckets: Buckets) -> Response:
    """CopyObject, from any bucket of the account."""
    directive = request.headers.get("x-amz-metadata-directive", "COPY")
    if directive not in ("COPY", "REPLACE"):
        raise invalid_argument(f"metadata directive {directive}.")
    given = read_metadata(request)
    source = read_source(request, buckets)
    condition = _condition(request.headers, "x-amz-copy-source-")
    if condition is not None and not condition.holds(source.record):
        raise _precondition_failed()
    if directive == "COPY":
        own = source.record.metadata
        given = replace(own, storage_class=storage_class(request), ssec_key_md5=None)
        given = replace(given, ssec_key_md5=ssec_key_md5(request))
    record = service.put(request.key, source.data, given)
    assert record is not None
    return document(
        "CopyObjectResult",
        {"ETag": f'"{record.etag}"', "LastModified": iso(record)},
    )


def read_source(request: Request, buckets: Buckets) -> Stored:
    """The object that a copy is made of. Raises Refusal if there is none."""
    source = unquote(request.headers["x-amz-copy-source"]).removeprefix("/")
    name, _, key = source.partition("/")
    if not key:
        raise invalid_argument("copy source bucket name")
    found = buckets.service(name).get(key)
    if found is None:
        raise no_such_key()
    check_key(found.record, ssec_key_md5(request, "x-amz-copy-source-"))
    return found


def iso(record: Record) -> str:
    """When an object was uploaded, as XML answers write it."""
    return JsDate(record.uploaded_ms).toISOString()


def delete_object(service: Service, request: Request) -> Response:
    """DeleteObject; a missing key is no error."""
    service.delete([request.key])
    return Response(204)


def delete_objects(service: Service, request: Request) -> Response:
    """DeleteObjects. Every key is reported as deleted, in quiet mode too."""
    root = parse_xml(upload_body(request), "Delete")
    quiet = child_text(root, "Quiet")
    if quiet not in (None, "true", "false"):
        raise malformed_xml()
    keys = []
    for item in children(root, "Object"):
        key = child_text(item, "Key")
        if key is None:
            raise malformed_xml()
        keys.append(key)
    if not 1 <= len(keys) <= R2_DELETE_KEYS.value:
        raise malformed_xml()
    service.delete(keys)
    return document("DeleteResult", {"Deleted": [{"Key": key} for key in keys]})


def parse_xml(body: bytes, root: str) -> ElementTree.Element:
    """The root element of a body. Raises Refusal if it is another one, or no XML."""
    try:
        found = ElementTree.fromstring(body)
    except ElementTree.ParseError:
        raise malformed_xml() from None
    if _name(found) != root:
        raise malformed_xml()
    return found


def children(element: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    """The elements of that name, whatever their namespace."""
    return [child for child in element if _name(child) == name]


def child_text(element: ElementTree.Element, name: str) -> str | None:
    """The text of the first element of that name."""
    found = children(element, name)
    return (found[0].text or "") if found else None


def _name(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]
