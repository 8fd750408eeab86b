"""What Cloudflare's R2 service answers: limits, refusals, conditions, uploads.

Both doors come through here: the binding, and the S3 API. What is refused is raised
as Refused; each door says it in its own way.
"""

import builtins
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from ..javascript.text import utf16_length, wtf8_encode
from ..limits import (
    R2_DELETE_KEYS,
    R2_KEY_BYTES,
    R2_LIST_INCLUDE_KEYS,
    R2_LIST_KEYS,
    R2_METADATA_BYTES,
    R2_UPLOAD_BYTES,
)
from .checksums import Expected
from .conditions import Condition
from .errors import (
    INVALID_MAX_KEYS,
    INVALID_NAME,
    KEY_COUNT,
    METADATA_TOO_LARGE,
    TOO_LARGE,
    Refused,
)
from .listing import Page, page_of
from .part_rules import Named, chosen_parts, joined_etag
from .records import Metadata, Part, Record, Stored
from .store import Store


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of records; `last` is the key that the next page follows, or None."""

    records: list[Record]
    prefixes: list[str]
    last: str | None


class Service:
    """One bucket's service."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __repr__(self) -> str:
        return repr(self._store)

    @property
    def store(self) -> Store:
        """What is behind the service."""
        return self._store

    def at_start(self) -> "Service":
        """The same service on what the test found when it began."""
        return Service(self._store.at_start())

    def draft(self) -> "Service":
        """The same service on what tests will begin with, to be seeded."""
        return Service(self._store.draft())

    @property
    def name(self) -> str:
        """The name by which local storage knows the bucket."""
        return self._store.name

    def get(self, key: str) -> Stored | None:
        """The object under a key. Raises Refused for a key that is none."""
        check_key(key)
        with self._store.lock:
            return self._store.get(key)

    def put(
        self,
        key: str,
        data: bytes,
        metadata: Metadata,
        checksums: Sequence[Expected] = (),
        condition: Condition | None = None,
    ) -> Record | None:
        """Store an object; None if the condition does not hold.

        A wrong checksum is refused even then (measured). Raises Refused.
        """
        check_key(key)
        _check_size(data)
        _check_metadata(metadata)
        for checksum in checksums:
            checksum.check(data)
        digests = {"md5": _md5(data)}
        digests.update(
            (checksum.algorithm.field, checksum.digest) for checksum in checksums
        )
        with self._store.lock:
            if condition is not None:
                found = self._store.get(key)
                if not condition.holds(None if found is None else found.record):
                    return None
            etag = digests["md5"].hex()
            return self._store.put(key, data, metadata, etag, digests)

    def delete(self, keys: Sequence[str]) -> None:
        """Remove objects; all keys are checked before the first one goes.

        Raises Refused.
        """
        if not 1 <= len(keys) <= R2_DELETE_KEYS.value:
            raise Refused(KEY_COUNT)
        for key in keys:
            check_key(key)
        with self._store.lock:
            for key in keys:
                self._store.delete(key)

    def list(
        self,
        limit: int | None = None,
        prefix: str = "",
        delimiter: str = "",
        after: str | None = None,
        with_metadata: bool = False,
    ) -> Listed:
        """A page of the listing, strictly after a key.

        A page with metadata is shorter. Raises Refused for a limit that is none.
        """
        most = R2_LIST_KEYS.value
        if limit is not None and not 1 <= limit <= most:
            raise Refused(INVALID_MAX_KEYS)
        limit = most if limit is None else limit
        if with_metadata:
            limit = min(limit, R2_LIST_INCLUDE_KEYS.value)
        with self._store.lock:
            page = page_of(self._store.names(), limit, prefix, delimiter, after)
            return Listed(self._records(page), page.prefixes, page.last)

    def _records(self, page: Page) -> builtins.list[Record]:
        found = (self._store.get(key) for key in page.keys)
        return [stored.record for stored in found if stored is not None]

    def create_upload(self, key: str, metadata: Metadata) -> str:
        """Begin a multipart upload; returns its id. Raises Refused."""
        check_key(key)
        _check_metadata(metadata)
        with self._store.lock:
            return self._store.start_upload(key, metadata)

    def upload_metadata(self, key: str, upload_id: str) -> Metadata:
        """What an upload in progress says about its object. Raises Refused."""
        check_key(key)
        with self._store.lock:
            return self._store.upload(key, upload_id).object_metadata

    def upload_part(self, key: str, upload_id: str, number: int, data: bytes) -> str:
        """Keep a part; returns its etag. Raises Refused."""
        check_key(key)
        _check_size(data)
        etag = _md5(data).hex()
        with self._store.lock:
            upload = self._store.upload(key, upload_id)
            self._store.add_part(upload, number, data, etag)
        return etag

    def complete_upload(
        self, key: str, upload_id: str, named: Sequence[Named]
    ) -> Record:
        """Make an object of parts. Raises Refused, and the upload goes on then."""
        check_key(key)
        with self._store.lock:
            upload = self._store.upload(key, upload_id)
            parts = chosen_parts(upload, named)
            data = b"".join(part.data for part in parts)
            self._store.close_upload(upload_id)
            return self._store.put(
                key, data, upload.object_metadata, joined_etag(parts), {}
            )

    def abort_upload(self, key: str, upload_id: str) -> None:
        """End an upload; one that has ended already is no error. Raises Refused."""
        check_key(key)
        with self._store.lock:
            if not self._store.was_upload(key, upload_id):
                self._store.upload(key, upload_id)
                self._store.close_upload(upload_id)

    def parts(self, key: str, upload_id: str) -> builtins.list[tuple[int, Part]]:
        """The parts of an upload by number, for the S3 API. Raises Refused."""
        check_key(key)
        with self._store.lock:
            upload = self._store.upload(key, upload_id)
            found = ((number, upload.part(number)) for number in upload.numbers())
            return [(number, part) for number, part in found if part is not None]

    def uploads(self) -> builtins.list[tuple[str, str, int]]:
        """Key, id and start (epoch milliseconds) of the uploads in progress."""
        with self._store.lock:
            found = self._store.uploads().items()
            return sorted((u.key_name, id_, u.started_ms) for id_, u in found)


def check_key(key: str) -> None:
    """Raises Refused for a key that is too long."""
    if len(key) * 4 > R2_KEY_BYTES.value and (
        len(wtf8_encode(key)) > R2_KEY_BYTES.value
    ):
        raise Refused(INVALID_NAME)


def _check_size(data: bytes) -> None:
    if len(data) > R2_UPLOAD_BYTES.value:
        raise Refused(TOO_LARGE)


def _check_metadata(metadata: Metadata) -> None:
    used = sum(map(_units, metadata.custom)) + sum(
        map(_units, metadata.custom.values())
    )
    if used > R2_METADATA_BYTES.value:
        raise Refused(METADATA_TOO_LARGE)


def _units(text: str) -> int:
    """What a text costs: its UTF-16 units, doubled if one of them is beyond Latin-1."""
    length = utf16_length(text)
    return length if text.isascii() or max(text) < "\u0100" else length * 2


def _md5(data: bytes) -> bytes:
    return hashlib.md5(data, usedforsecurity=False).digest()
