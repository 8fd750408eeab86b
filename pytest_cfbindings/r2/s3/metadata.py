"""An object's metadata in the headers of the S3 API.

Unicode travels in RFC 2047's encoded words, and is decoded before it is stored
(https://developers.cloudflare.com/r2/api/s3/extensions/).
"""

import base64
import binascii
import hashlib
from collections.abc import Mapping
from email.errors import HeaderParseError
from email.header import Header, decode_header
from typing import Final

from ...javascript.dates import JsDate
from ..header_dates import header_date
from ..http_metadata import HEADERS
from ..records import INFREQUENT_ACCESS, STANDARD, HttpMetadata, Metadata, Record
from .messages import Refusal, Request, invalid_argument

_CUSTOM: Final = "x-amz-meta-"
_CLASSES: Final = {"STANDARD": STANDARD, "STANDARD_IA": INFREQUENT_ACCESS}
_CLASS_NAMES: Final = {own: s3 for s3, own in _CLASSES.items()}
_SSEC: Final = "server-side-encryption-customer-"
_KEY_BYTES: Final = 32


def read_metadata(request: Request) -> Metadata:
    """What a request says about the object it makes. Raises Refusal."""
    return Metadata(
        _http(request.headers),
        _custom(request.headers),
        storage_class(request),
        ssec_key_md5(request),
    )


def _http(headers: Mapping[str, str]) -> HttpMetadata:
    texts = {
        name: headers[header] for name, header in HEADERS.items() if header in headers
    }
    encoding = texts.pop("contentEncoding", "")
    kept = [part for part in map(str.strip, encoding.split(",")) if part]
    kept = [part for part in kept if part.lower() != "aws-chunked"]
    if kept:
        texts["contentEncoding"] = ",".join(kept)
    expires = headers.get("expires")
    return HttpMetadata(texts, None if expires is None else header_date(expires))


def _custom(headers: Mapping[str, str]) -> dict[str, str]:
    return {
        name.removeprefix(_CUSTOM): _decoded(value)
        for name, value in headers.items()
        if name.startswith(_CUSTOM)
    }


def storage_class(request: Request) -> str:
    """The storage class that a request asks for. Raises Refusal for any other."""
    name = request.headers.get("x-amz-storage-class", "STANDARD")
    found = _CLASSES.get(name)
    if found is None:
        raise Refusal(
            400, "InvalidStorageClass", "The storage class specified is not valid."
        )
    return found


def storage_class_name(record: Record) -> str:
    """The storage class in the words of S3."""
    return _CLASS_NAMES[record.metadata.storage_class]


def object_headers(record: Record) -> dict[str, str]:
    """The headers that an object is served with."""
    metadata = record.metadata
    headers = {
        "Content-Type": "application/octet-stream",
        "ETag": f'"{record.etag}"',
        "Last-Modified": JsDate(record.uploaded_ms).toUTCString(),
        "Accept-Ranges": "bytes",
    }
    for name, value in metadata.http.texts.items():
        headers["-".join(map(str.capitalize, HEADERS[name].split("-")))] = value
    if metadata.http.cache_expiry is not None:
        headers["Expires"] = JsDate(metadata.http.cache_expiry).toUTCString()
    for name, value in metadata.custom.items():
        headers[_CUSTOM + name] = _encoded(value)
    if metadata.storage_class != STANDARD:
        headers["x-amz-storage-class"] = storage_class_name(record)
    if metadata.ssec_key_md5 is not None:
        headers[f"x-amz-{_SSEC}algorithm"] = "AES256"
        digest = base64.b64encode(bytes.fromhex(metadata.ssec_key_md5))
        headers[f"x-amz-{_SSEC}key-MD5"] = digest.decode()
    return headers


def _encoded(value: str) -> str:
    return value if value.isascii() else Header(value, "utf-8", 2**31 - 1).encode()


def _decoded(value: str) -> str:
    if "=?" not in value:
        return value
    try:
        parts = decode_header(value)
        return "".join(
            part if isinstance(part, str) else part.decode(charset or "ascii")
            for part, charset in parts
        )
    except (HeaderParseError, LookupError, UnicodeDecodeError):
        return value  # It only looks like an encoded word.


def ssec_key_md5(request: Request, prefix: str = "x-amz-") -> str | None:
    """The hex MD5 of the customer's key in a request, or of a copy's source.

    Raises Refusal for headers that are incomplete or wrong.
    """
    algorithm, key, key_md5 = (
        request.headers.get(f"{prefix}{_SSEC}{name}".lower())
        for name in ("algorithm", "key", "key-MD5")
    )
    if algorithm is key is key_md5 is None:
        return None
    needs = (
        "Requests specifying Server Side Encryption with Customer provided keys must"
    )
    if key is None:
        raise invalid_argument(f"{needs} provide an appropriate secret key.")
    if key_md5 is None:
        raise invalid_argument(
            f"{needs} provide the client calculated MD5 of the secret key."
        )
    if algorithm is None:
        raise invalid_argument(f"{needs} provide a valid encryption algorithm.")
    if algorithm != "AES256":
        raise Refusal(
            400,
            "InvalidEncryptionAlgorithmError",
            "The encryption request that you specified is not valid. The valid value"
            " is AES256.",
        )
    return _key_digest(key, key_md5)


def _key_digest(key: str, key_md5: str) -> str:
    try:
        raw = base64.b64decode(key, validate=True)
    except binascii.Error:
        raw = b""
    if len(raw) != _KEY_BYTES:
        raise invalid_argument(
            "The secret key was invalid for the specified algorithm."
        )
    digest = hashlib.md5(raw, usedforsecurity=False).digest()
    if base64.b64encode(digest).decode() != key_md5:
        raise invalid_argument(
            "The calculated MD5 hash of the key did not match the hash that was"
            " provided."
        )
    return digest.hex()


def check_upload_key(metadata: Metadata, given: str | None) -> None:
    """Raises Refusal if an upload was not begun with that key."""
    if metadata.ssec_key_md5 != given:
        raise Refusal(
            400,
            "InvalidRequest",
            "The provided encryption parameters did not match the ones used"
            " originally.",
        )


def check_key(record: Record, given: str | None) -> None:
    """Raises Refusal if that key does not open the object."""
    encrypted_with = record.metadata.ssec_key_md5
    if encrypted_with == given:
        return
    if encrypted_with is None:
        message = "The encryption parameters are not applicable to this object."
        raise Refusal(400, "InvalidRequest", message)
    if given is None:
        raise Refusal(
            400,
            "InvalidRequest",
            "The object was stored using a form of Server Side Encryption. The correct"
            " parameters must be provided to retrieve the object.",
        )
    raise Refusal(403, "AccessDenied", "Access Denied")
