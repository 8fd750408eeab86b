"""ssecKey: objects that are encrypted with a key of the customer."""

import hashlib
import re

from ..javascript.buffers import JsBuffer
from ..javascript.errors import JsThrow, error
from ..javascript.objects import JsObject
from ..javascript.values import undefined
from .fields import text
from .records import Record

_HEX = re.compile("[0-9a-f]+")
_KEY_BYTES = 32


def read_key(options: JsObject) -> str | bytes | None:
    """The key that an options object gives, as it is given."""
    value = options.js_get("ssecKey")
    if value is undefined:
        return None
    return value.to_bytes() if isinstance(value, JsBuffer) else text(value)


def key_digest(key: str | bytes | None) -> str | None:
    """The hex MD5 that names a key. Raises a JavaScript Error for what is no key."""
    if key is None:
        return None
    if isinstance(key, str):
        if not _HEX.fullmatch(key):
            raise error("SSE-C Key has invalid format")
        if len(key) != _KEY_BYTES * 2:
            raise _wrong_length()
        key = bytes.fromhex(key)
    if len(key) != _KEY_BYTES:
        raise _wrong_length()
    return hashlib.md5(key, usedforsecurity=False).hexdigest()


def _wrong_length() -> JsThrow:
    return error(f"SSE-C Key must be {_KEY_BYTES} bytes in length")


def check_key(action: str, record: Record, ssec_key_md5: str | None) -> None:
    """Raises a JavaScript Error if that key does not open the object.

    Local workerd ignores keys; production needs the right one, with an error whose
    text is not known.
    """
    encrypted_with = record.metadata.ssec_key_md5
    if encrypted_with == ssec_key_md5:
        return
    if encrypted_with is None:
        problem = "was stored without an ssecKey, so it cannot be read with one"
    elif ssec_key_md5 is None:
        problem = "is encrypted with an ssecKey, and none was given"
    else:
        problem = "is encrypted with another ssecKey"
    raise error(f"{action}: The object {record.key!r} {problem}.")
