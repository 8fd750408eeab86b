"""How bytes appear in a dump, and how they come back."""

import hashlib
from typing import Any

DIGEST_OVER = 64
"""Bytes that are no text are shown themselves up to this many."""


def dumped(data: bytes, full: bool) -> Any:
    """UTF-8 as str, other bytes as bytes, or as sha256 and size if there are many.

    A full dump has no digests; there, bytes are {"$bytes": hexadecimal}.
    """
    try:
        return data.decode()
    except UnicodeDecodeError:
        pass
    if full:
        return {"$bytes": data.hex()}
    if len(data) <= DIGEST_OVER:
        return data
    return digest(data)


def digest(data: bytes) -> dict[str, Any]:
    """What stands for bytes that are too many to be shown."""
    return {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}


def loaded(value: Any) -> bytes:
    """The bytes that a dump shows as this. Raises ValueError, saying why not."""
    if type(value) is str:
        try:
            return value.encode()
        except UnicodeEncodeError:
            raise ValueError("text with a lone surrogate has no UTF-8") from None
    if type(value) is bytes:
        return value
    if type(value) is dict and set(value) == {"$bytes"}:
        return from_hexadecimal(value["$bytes"])
    if type(value) is dict and set(value) == {"sha256", "size"}:
        raise ValueError(
            f"only the digest of {value['size']} bytes is there:"
            " cf.dump(full=True) keeps the bytes themselves"
        )
    raise ValueError(f"{value!r} is neither text nor bytes")


def from_hexadecimal(digits: Any) -> bytes:
    """The bytes. Raises ValueError for what are no hexadecimal digits."""
    try:
        return bytes.fromhex(digits)
    except (TypeError, ValueError):
        raise ValueError(f"{digits!r} are no hexadecimal digits") from None
