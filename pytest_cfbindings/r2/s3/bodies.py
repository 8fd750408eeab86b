"""The body of an upload: its encoding, and the checksums that it is sent with."""

import base64
import binascii
import hashlib
import zlib
from collections.abc import Callable, Mapping
from typing import Final

from ..errors import bad_digest
from .messages import Refusal, Request, invalid_argument, not_implemented

_MD5_BYTES: Final = 16


def _crc32(data: bytes) -> bytes:
    return zlib.crc32(data).to_bytes(4, "big")


def _crc32c(data: bytes) -> bytes:
    from awscrt import checksums  # type: ignore[import-not-found, unused-ignore]

    return int(checksums.crc32c(data)).to_bytes(4, "big")


def _crc64nvme(data: bytes) -> bytes:
    from awscrt import checksums  # type: ignore[import-not-found, unused-ignore]

    return int(checksums.crc64nvme(data)).to_bytes(8, "big")


_ALGORITHMS: Final[Mapping[str, Callable[[bytes], bytes]]] = {
    "CRC32": _crc32,
    "CRC32C": _crc32c,
    "CRC64NVME": _crc64nvme,
    "SHA1": lambda data: hashlib.sha1(data, usedforsecurity=False).digest(),
    "SHA256": lambda data: hashlib.sha256(data).digest(),
}


def upload_body(request: Request) -> bytes:
    """The bytes of an upload. Raises Refusal if a checksum is not theirs."""
    body = request.body
    trailers: dict[str, str] = {}
    if request.headers.get("x-amz-content-sha256", "").startswith("STREAMING-"):
        body, trailers = _unchunked(request.body)
    _check_content_md5(request, body)
    sent = {**request.headers, **trailers}
    for name, digest in _ALGORITHMS.items():
        given = sent.get(f"x-amz-checksum-{name.lower()}")
        if given is not None:
            _check(name, given, body, digest)
    return body


def _check_content_md5(request: Request, body: bytes) -> None:
    """Raises Refusal if a body is not what the header Content-MD5 says."""
    given = request.headers.get("content-md5")
    if given is None:
        return
    try:
        digest = base64.b64decode(given, validate=True)
    except binascii.Error:
        digest = b""
    if len(digest) != _MD5_BYTES:
        raise Refusal(
            400,
            "InvalidDigest",
            "The checksum or Content-MD5 you specified is not valid.",
        )
    actual = hashlib.md5(body, usedforsecurity=False).digest()
    if actual != digest:
        raise Refusal.of(bad_digest("MD5", digest.hex(), actual.hex()))


def _check(
    name: str, given: str, body: bytes, digest: Callable[[bytes], bytes]
) -> None:
    try:
        actual = base64.b64encode(digest(body)).decode()
    except ImportError:
        raise not_implemented(
            f"{name} without the package awscrt to check it is"
        ) from (None)
    if actual != given:
        raise Refusal.of(bad_digest(name, given, actual))


def _unchunked(body: bytes) -> tuple[bytes, dict[str, str]]:
    """The data of an `aws-chunked` body, and its trailing headers."""
    data, position = bytearray(), 0
    while True:
        end = body.find(b"\r\n", position)
        if end < 0:
            raise invalid_argument("The body is not aws-chunked.")
        size = int(body[position:end].partition(b";")[0], 16)
        position = end + 2
        if size == 0:
            break
        data += body[position : position + size]
        position += size + 2
    trailers: dict[str, str] = {}
    for line in body[position:].decode("ascii").split("\r\n"):
        name, separator, value = line.partition(":")
        if separator:
            trailers[name.strip().lower()] = value.strip()
    return bytes(data), trailers
