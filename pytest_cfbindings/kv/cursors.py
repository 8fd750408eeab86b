"""List cursors: the last name of a page, sealed so that no other text passes."""

import base64
import binascii
import hashlib

_SEAL_BYTES = 9


def issue_cursor(name: str) -> str:
    """The cursor that continues after a name."""
    data = name.encode()
    return base64.urlsafe_b64encode(_seal(data) + data).decode()


def read_cursor(cursor: str) -> str | None:
    """The name behind a cursor; None for a text that no listing returned."""
    try:
        raw = base64.b64decode(cursor.encode(), altchars=b"-_", validate=True)
    except (binascii.Error, UnicodeEncodeError):
        return None
    seal, data = raw[:_SEAL_BYTES], raw[_SEAL_BYTES:]
    return data.decode() if seal == _seal(data) else None


def _seal(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=_SEAL_BYTES, person=b"kv cursor").digest()
