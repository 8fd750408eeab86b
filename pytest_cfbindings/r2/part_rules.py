"""Which parts make an object, and what its etag is.

The order of the checks and the texts are measured, those of equal sizes production's
(https://developers.cloudflare.com/r2/objects/multipart-objects/).
"""

import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..limits import R2_OBJECT_BYTES, R2_PART_BYTES
from .errors import (
    INVALID_PART,
    TOO_LARGE,
    TOO_SMALL,
    UNEQUAL_PARTS,
    UPLOAD_PROBLEM,
    Refused,
)
from .records import Part

if TYPE_CHECKING:
    from .moto_backend import Upload

Named = tuple[int, str]
"""A part as completing an upload names it: its number and its etag."""


def chosen_parts(upload: "Upload", named: Sequence[Named]) -> list[Part]:
    """The parts of the object, in the order of their numbers.

    Raises Refused for parts that are unknown, twice there, too small or unequal.
    """
    numbers = [number for number, _ in named]
    if len(set(numbers)) < len(numbers):
        raise Refused(UPLOAD_PROBLEM)
    found = [_known(upload, number, etag) for number, etag in named]
    if any(part.size < R2_PART_BYTES.value for part in found[:-1]):
        raise Refused(TOO_SMALL)
    ordered = [part for _, part in sorted(zip(numbers, found, strict=True), key=_first)]
    _check_sizes([part.size for part in ordered])
    return ordered


def _known(upload: "Upload", number: int, etag: str) -> Part:
    part = upload.part(number)
    if part is None or part.etag != etag:
        raise Refused(INVALID_PART)
    return part


def _first(pair: tuple[int, Part]) -> int:
    return pair[0]


def _check_sizes(sizes: list[int]) -> None:
    if sum(sizes) > R2_OBJECT_BYTES.value:
        raise Refused(TOO_LARGE)
    if len(sizes) < 2:
        return
    *others, last = sizes
    if any(size != others[0] for size in others) or last > others[0]:
        raise Refused(UNEQUAL_PARTS)


def joined_etag(parts: Sequence[Part]) -> str:
    """The MD5 of the parts' MD5s, with their number; without parts, of nothing."""
    digests = b"".join(bytes.fromhex(part.etag) for part in parts)
    digest = hashlib.md5(digests, usedforsecurity=False).hexdigest()
    return f"{digest}-{len(parts)}"
