"""Headers that R2 knows, and refuses because it does not implement them."""

from collections.abc import Mapping
from typing import Final

from .messages import Refusal, Request, invalid_argument, not_implemented

_OWNER: Final = ("x-amz-expected-bucket-owner",)
_SOURCE_OWNER: Final = ("x-amz-source-expected-bucket-owner",)
_DELETE: Final = (*_OWNER, "x-amz-mfa", "x-amz-bypass-governance-retention")
_WRITE: Final = (
    *_OWNER,
    "x-amz-tagging",
    "x-amz-grant-full-control",
    "x-amz-grant-read",
    "x-amz-grant-read-acp",
    "x-amz-grant-write",
    "x-amz-grant-write-acp",
    "x-amz-website-redirect-location",
    "x-amz-object-lock-mode",
    "x-amz-object-lock-retain-until-date",
    "x-amz-object-lock-legal-hold",
    "x-amz-server-side-encryption-aws-kms-key-id",
    "x-amz-server-side-encryption-context",
    "x-amz-server-side-encryption-bucket-key-enabled",
)
_REFUSED: Final[Mapping[str, tuple[str, ...]]] = {
    "PutObject": _WRITE,
    "CreateMultipartUpload": _WRITE,
    "CopyObject": (
        *_WRITE,
        *_SOURCE_OWNER,
        "x-amz-tagging-directive",
        "x-amz-checksum-algorithm",
    ),
    "UploadPart": (*_OWNER, "x-amz-server-side-encryption"),
    "UploadPartCopy": (
        *_OWNER,
        *_SOURCE_OWNER,
        "x-amz-copy-source-if-match",
        "x-amz-copy-source-if-none-match",
        "x-amz-copy-source-if-modified-since",
        "x-amz-copy-source-if-unmodified-since",
    ),
    "DeleteObject": _DELETE,
    "DeleteObjects": _DELETE,
    "AbortMultipartUpload": (),
}
_WRITES: Final = ("PutObject", "CreateMultipartUpload", "CopyObject")
# R2 has no access control lists on objects; these mean nothing to it.
_CANNED_ACLS: Final = (
    *("private", "public-read", "public-read-write", "authenticated-read"),
    *("aws-exec-read", "bucket-owner-read", "bucket-owner-full-control"),
)


def screen(request: Request, operation: str) -> None:
    """Raises Refusal for a header that the operation does not know in R2."""
    headers = request.headers
    if "authorization" not in headers and not _is_presigned(request):
        raise invalid_argument("Authorization")
    if "x-amz-security-token" in headers:
        raise invalid_argument("X-Amz-Security-Token")
    for name in _REFUSED.get(operation, _OWNER):
        if name in headers:
            raise _header(name, headers[name])
    if operation in _WRITES:
        encryption = headers.get("x-amz-server-side-encryption", "AES256")
        if encryption != "AES256":
            raise _header("x-amz-server-side-encryption", encryption)
        acl = headers.get("x-amz-acl", "private")
        if acl not in _CANNED_ACLS:
            raise _header("x-amz-acl", acl)


def _is_presigned(request: Request) -> bool:
    return request.parameter("X-Amz-Credential") is not None


def _header(name: str, value: str) -> Refusal:
    return not_implemented(f"Header '{name}' with value '{value}'")
