"""The objects that `wrangler dev` keeps of a bucket (measured on wrangler 4.164)."""

import json
from typing import Any

from ..r2.records import Metadata, Record, Stored
from .local_state import LocalState
from .r2_records import read_custom, read_http

_OBJECTS = (
    "SELECT key, blob_id, version, size, etag, uploaded, checksums, http_metadata,"
    " custom_metadata FROM _mf_objects ORDER BY key"
)
_PARTS = (
    "SELECT object_key, blob_id FROM _mf_multipart_parts WHERE object_key IS NOT NULL"
    " ORDER BY object_key, part_number"
)


def local_objects(state: LocalState, store: str) -> dict[str, Stored]:
    """All objects by key; uploads in progress are left out. Raises SeedError."""
    parts: dict[str, list[str]] = {}
    for key, blob in state.rows("r2", store, _PARTS):
        parts.setdefault(key, []).append(blob)
    found = {}
    for row in state.rows("r2", store, _OBJECTS):
        key, blob = row[0], row[1]
        blobs = parts.get(key, []) if blob is None else [blob]
        data = b"".join(state.blob("r2", store, name) for name in blobs)
        found[key] = Stored(_record(*row), data)
    return found


def _record(
    key: str,
    blob: str | None,
    version: str,
    size: int,
    etag: str,
    uploaded_ms: int,
    checksums: str,
    http_metadata: str,
    custom_metadata: str,
) -> Record:
    digests: dict[str, Any] = {} if blob is None else {"md5": etag}
    digests |= json.loads(checksums)
    return Record(
        key,
        version,
        size,
        etag,
        uploaded_ms,
        Metadata(
            read_http(json.loads(http_metadata)),
            read_custom(json.loads(custom_metadata)),
        ),
        {name: bytes.fromhex(digest) for name, digest in digests.items()},
    )
