"""moto's S3 backend beneath R2: the one module that knows its private parts.

Importing it costs about 0.4 s, so it is imported when a bucket is first used.

moto keeps a list of every object of the process, and closes them all when any
`mock_aws` starts or stops. Ours are in none of its lists, so that a user's own
`mock_aws` and this backend do not know of each other.
"""

import datetime
from bisect import bisect_left, insort
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from typing import Any, Final

from moto.s3.models import (
    FakeBucket,
    FakeKey,
    FakeMultipart,
    S3Backend,
    s3_backends,
)
from moto.s3.utils import _VersionedKeyStore

from .records import (
    INFREQUENT_ACCESS,
    STANDARD,
    Metadata,
    Part,
    Pending,
    Record,
    Stored,
)

_ACCOUNT: Final = "123456789012"
_REGION: Final = "auto"
_EPOCH: Final = datetime.datetime(1970, 1, 1)
_STORAGE_CLASSES: Final = {STANDARD: "STANDARD", INFREQUENT_ACCESS: "STANDARD_IA"}


class _Untracked:
    """Keeps instances out of moto's lists."""

    def __new__(cls, *arguments: object, **named: object) -> Any:
        return object.__new__(cls)


@cache
def _blank_key() -> FakeKey:
    """What every key has by default: making one costs moto more than a copy."""
    key: FakeKey = object.__new__(FakeKey)
    key.__init__("", b"", account_id=_ACCOUNT, region_name=_REGION)  # type: ignore[misc]
    key.dispose()
    return key


class _Key(_Untracked, FakeKey):
    """An object or a part. Its bytes stay in memory, and after it is replaced."""

    def __init__(self, name: str, data: bytes, etag: str, uploaded_ms: int) -> None:
        self.__dict__.update(_blank_key().__dict__)
        self.name = name
        self.data = data
        self.contentsize = len(data)
        self._etag = etag
        self.uploaded_ms = uploaded_ms
        self.last_modified = _EPOCH + datetime.timedelta(milliseconds=uploaded_ms)
        self.record: Record | None = None

    @property
    def value(self) -> bytes:
        return self.data

    def __del__(self) -> None:
        """There is no file to close."""


class _Keys(_VersionedKeyStore):
    """The keys of a bucket, with their names in order once somebody asked for it."""

    def __init__(self) -> None:
        super().__init__()
        self._names: list[str] | None = None

    def names(self) -> list[str]:
        """All names, in the order of their code points."""
        if self._names is None:
            self._names = sorted(self)
        return self._names

    def clone(self) -> "_Keys":
        """The same keys in a store of its own."""
        made = _Keys()
        dict.update(made, self)
        made._names = None if self._names is None else list(self._names)
        return made

    def setlist(self, key: str, list_: Any) -> None:
        if self._names is not None and key not in self:
            insort(self._names, key)
        super().setlist(key, list_)

    def pop(self, key: str) -> None:  # type: ignore[override]
        super().pop(key)
        if self._names is not None:
            del self._names[bisect_left(self._names, key)]


class Upload(_Untracked, FakeMultipart):
    """A multipart upload: its key, its parts, the metadata of the object to be."""

    parts: dict[int, Any]

    def __init__(self, key: str, metadata: Metadata, started_ms: int) -> None:
        nothing: Any = {}
        super().__init__(key, nothing, account_id=_ACCOUNT, region_name=_REGION)
        self.object_metadata = metadata
        self.started_ms = started_ms

    def part(self, number: int) -> Part | None:
        """What is known of a part."""
        key = self.parts.get(number)
        if key is None:
            return None
        return Part(key._etag, key.contentsize, key.data, key.uploaded_ms)

    def numbers(self) -> list[int]:
        """The numbers of the parts that were uploaded, ascending."""
        return list(self.partlist)

    def pending(self) -> Pending:
        """All that is known of it."""
        parts = {number: self.part(number) for number in self.numbers()}
        return Pending(
            self.id,
            self.key_name,
            self.object_metadata,
            self.started_ms,
            {number: part for number, part in parts.items() if part is not None},
        )

    def set_part(
        self, part_id: int, value: bytes, etag: str = "", uploaded_ms: int = 0
    ) -> _Key:
        if part_id not in self.parts:
            insort(self.partlist, part_id)
        key = _Key(str(part_id), value, etag, uploaded_ms)
        self.parts[part_id] = key
        return key


class _Bucket(_Untracked, FakeBucket):
    keys: Any
    multiparts: Any

    def __init__(self, name: str) -> None:
        accounts = s3_backends.bucket_accounts
        before = accounts.pop(name, None)
        super().__init__(name, account_id=_ACCOUNT, region_name=_REGION)
        # moto notes the owners of names for the whole process; ours is none of them.
        del accounts[name]
        if before is not None:
            accounts[name] = before
        self.keys = _Keys()


class Backend(S3Backend):
    """A backend with one bucket, which lives as long as its store."""

    def __init__(self, name: str) -> None:
        super().__init__(_REGION, _ACCOUNT)
        self.name = name
        self.bucket: Any = _Bucket(name)  # type: ignore[abstract]
        self.buckets[name] = self.bucket
        self._template = _Keys()

    def begin(self) -> None:
        """Have the objects of the template, and no uploads."""
        self.bucket.keys = self._template.clone()
        self.bucket.multiparts = {}

    def fill(self, objects: Iterable[Stored]) -> None:
        """Have these objects, and no uploads."""
        self.bucket.keys = _Keys()
        self.bucket.multiparts = {}
        for stored in objects:
            self.store(stored.record, stored.data)

    def make_template(self) -> None:
        """Have `begin` go back to the objects that there are now."""
        self._template = self.bucket.keys.clone()

    def date_template(self, uploaded_ms: int) -> None:
        """Have the objects that are there from a test's start be uploaded then."""
        for name, [key] in list(self._template.lists()):
            if not key.record.from_start:
                continue
            made = self._key(replace(key.record, uploaded_ms=uploaded_ms), key.data)
            if self.bucket.keys.get(name) is key:
                self.bucket.keys.setlist(name, [made])
            self._template.setlist(name, [made])

    def names(self) -> list[str]:
        """The names of all objects, in the order of their code points."""
        names: list[str] = self.bucket.keys.names()
        return names

    def load(self, key: str) -> Stored | None:
        """The object under a key."""
        found = self.get_object(self.name, key)
        if found is None:
            return None
        assert isinstance(found, _Key)
        assert found.record is not None
        return Stored(found.record, found.data)

    def store(self, record: Record, data: bytes) -> None:
        """Put an object in the place of what its key has."""
        self.bucket.keys.setlist(record.key, [self._key(record, data)])

    def _key(self, record: Record, data: bytes) -> _Key:
        made = _Key(record.key, data, record.etag, record.uploaded_ms)
        made.bucket_name = self.name
        made.record = record
        made.set_storage_class(_STORAGE_CLASSES[record.metadata.storage_class])
        return made

    def remove(self, key: str) -> None:
        """Remove the object under a key, if there is one."""
        self.delete_object(self.name, key)

    def start_upload(self, key: str, metadata: Metadata, started_ms: int) -> str:
        """Begin a multipart upload; returns its id."""
        upload = Upload(key, metadata, started_ms)
        self.bucket.multiparts[upload.id] = upload
        upload_id: str = upload.id
        return upload_id

    def resume_upload(self, pending: Pending) -> None:
        """Have a multipart upload as it was once seen."""
        upload = Upload(pending.key, pending.metadata, pending.started_ms)
        upload.id = pending.upload_id
        for number, part in pending.parts.items():
            upload.set_part(number, part.data, part.etag, part.uploaded_ms)
        self.bucket.multiparts[upload.id] = upload

    def uploads(self) -> Mapping[str, Upload]:
        """The uploads in progress, by id."""
        found: Mapping[str, Upload] = self.bucket.multiparts
        return found

    def end_upload(self, upload_id: str) -> None:
        """Forget an upload and its parts."""
        self.abort_multipart_upload(self.name, upload_id)
