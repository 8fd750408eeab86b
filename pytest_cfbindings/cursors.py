"""List cursors: the last name of a page, sealed so that no other text passes."""

import base64
import binascii
import hashlib

_SEAL_BYTES = 9


def issue_cursor(product: str, name: str) -> str:
    """The cursor of a product's listing that continues after a name."""
    data = name.encode()
    return base64.urlsafe_b64encode(_seal(product, data) + data).decode()


def read_cursor(product: str, cursor: str) -> str | None:
    """The name behind a cursor; None for a text that no listing of it returned."""
    try:
        raw = base64.b64decode(cursor.encode(), altchars=b"-_", validate=True)
    except (binascii.Error, UnicodeEncodeError):
        return None
    seal, data = raw[:_SEAL_BYTES], raw[_SEAL_BYTES:]
    return data.decode() if seal == _seal(product, data) else None


def _seal(product: str, data: bytes) -> bytes:
    person = f"{product} cursor".encode()
    return hashlib.blake2b(data, digest_size=_SEAL_BYTES, person=person).digest()
