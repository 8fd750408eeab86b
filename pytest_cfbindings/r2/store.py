"""The objects and uploads of one bucket, and the moment at which each was made."""

import secrets
from collections.abc import Iterable, Mapping
from threading import RLock
from typing import TYPE_CHECKING, Final

from ..clock import Clock
from ..limits import R2_UPLOAD_DAYS
from .errors import NO_SUCH_UPLOAD, Refused
from .records import Metadata, Pending, Record, Stored

if TYPE_CHECKING:
    from .moto_backend import Backend, Upload

_DAY_MS: Final = 86_400_000


class Store:
    """A bucket in moto's backend, which is loaded when it is first used.

    `lock` is for whoever does several things that belong together: the S3 door is
    used from other threads. What is put into a draft is uploaded when each test starts.
    """

    def __init__(self, clock: Clock, name: str, *, is_draft: bool = False) -> None:
        self.name = name
        self._is_draft = is_draft
        self.lock = RLock()
        self._clock = clock
        self._backend: Backend | None = None
        self._touched = False
        self._template: dict[str, Stored] = {}
        self._from_start = False
        self._start_ms: int | None = None
        self._closed: dict[str, str] = {}
        """The keys of completed and aborted uploads, by id."""

    def __repr__(self) -> str:
        return f"<Store {self.name}: {len(self.names())} objects>"

    def _moto(self) -> "Backend":
        if self._backend is None:
            with self._clock.real_python():
                from .moto_backend import Backend

            self._backend = Backend(self.name)
        return self._backend

    def _begun(self) -> "Backend":
        """moto's backend, with what the template has from a test's start on."""
        moto = self._moto()
        if self._from_start:
            start_ms = self._clock.start_us() // 1000
            if start_ms != self._start_ms:
                self._start_ms = start_ms
                moto.date_template(start_ms)
        return moto

    @property
    def touched(self) -> bool:
        """Whether there is anything to reset."""
        return self._touched

    def reset(self) -> None:
        """Back to the objects of the template, and no uploads."""
        with self.lock:
            self._moto().begin()
            self._closed = {}
            self._touched = False

    @property
    def template(self) -> Mapping[str, Stored]:
        """What `reset` goes back to. Setting it resets."""
        return self._template

    @template.setter
    def template(self, objects: Mapping[str, Stored]) -> None:
        with self.lock:
            self._template = dict(objects)
            self._moto().fill(objects.values())
            self._moto().make_template()
            self._from_start = any(
                stored.record.from_start for stored in objects.values()
            )
            self._start_ms = None
            self.reset()

    def at_start(self) -> "Store":
        """A store of its own that holds the template."""
        made = Store(self._clock, self.name)
        if self._template:
            made.template = self._template
        return made

    def draft(self) -> "Store":
        """A store that holds the template, to be seeded."""
        made = Store(self._clock, self.name, is_draft=True)
        if self._template:
            made.template = self._template
        return made

    def objects(self) -> dict[str, Stored]:
        """All objects, in the order of their keys."""
        with self.lock:
            found = {key: self.get(key) for key in self.names()}
            return {key: stored for key, stored in found.items() if stored is not None}

    def pending(self) -> list[Pending]:
        """The uploads in progress, in the order in which they began."""
        with self.lock:
            return [upload.pending() for upload in self.uploads().values()]

    def replace(
        self, objects: Mapping[str, Stored], uploads: Iterable[Pending] = ()
    ) -> None:
        """Have these objects and uploads, and no others; the template stays."""
        with self.lock:
            self._touched = True
            self._moto().fill(objects.values())
            for upload in uploads:
                self._moto().resume_upload(upload)
            self._closed = {}

    @property
    def _is_filled(self) -> bool:
        """Whether there may be objects: without any, moto need not be loaded."""
        return self._touched or bool(self._template)

    def names(self) -> list[str]:
        """The keys in their order; not to be changed, nor kept for later."""
        return self._begun().names() if self._is_filled else []

    def get(self, key: str) -> Stored | None:
        """The object under a key."""
        return self._begun().load(key) if self._is_filled else None

    def put(
        self,
        key: str,
        data: bytes,
        metadata: Metadata,
        etag: str,
        checksums: Mapping[str, bytes],
    ) -> Record:
        """Replace what is under a key."""
        record = Record(
            key,
            secrets.token_hex(16),
            len(data),
            etag,
            self._clock.now_ms(),
            metadata,
            checksums,
            self._is_draft,
        )
        self._touched = True
        self._moto().store(record, data)
        return record

    def delete(self, key: str) -> None:
        """Remove the object under a key, if there is one."""
        if self._is_filled:
            self._touched = True
            self._moto().remove(key)

    def start_upload(self, key: str, metadata: Metadata) -> str:
        """Begin a multipart upload; returns its id."""
        self._touched = True
        return self._moto().start_upload(key, metadata, self._clock.now_ms())

    def uploads(self) -> "dict[str, Upload]":
        """The uploads in progress, by id; those that are too old are aborted."""
        if not self._touched:
            return {}
        oldest = self._clock.now_ms() - R2_UPLOAD_DAYS.value * _DAY_MS
        found = dict(self._moto().uploads())
        for upload_id, upload in list(found.items()):
            if upload.started_ms <= oldest:
                self.close_upload(upload_id)
                del found[upload_id]
        return found

    def upload(self, key: str, upload_id: str) -> "Upload":
        """An upload in progress. Raises Refused if the key has none with that id."""
        found = self.uploads().get(upload_id)
        if found is None or found.key_name != key:
            raise Refused(NO_SUCH_UPLOAD)
        return found

    def was_upload(self, key: str, upload_id: str) -> bool:
        """Whether that was an upload, which is completed or aborted by now."""
        return self._closed.get(upload_id) == key

    def add_part(self, upload: "Upload", number: int, data: bytes, etag: str) -> None:
        """Keep a part of an upload, in the place of an earlier one of its number."""
        upload.set_part(number, data, etag, self._clock.now_ms())

    def close_upload(self, upload_id: str) -> None:
        """End an upload in progress: its parts are gone."""
        self._closed[upload_id] = self._moto().uploads()[upload_id].key_name
        self._moto().end_upload(upload_id)
