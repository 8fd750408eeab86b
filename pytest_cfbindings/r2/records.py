"""What is known of a stored object besides its bytes."""

from collections.abc import Mapping
from dataclasses import dataclass, field

_EMPTY: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class HttpMetadata:
    """The headers an object is served with.

    `texts` are by their names in JavaScript (`contentType`), `cache_expiry` is in
    epoch milliseconds.
    """

    texts: Mapping[str, str] = field(default_factory=lambda: _EMPTY)
    cache_expiry: float | None = None

    @property
    def content_type(self) -> str | None:
        """The content type, if there is one."""
        return self.texts.get("contentType")


STANDARD = "Standard"
INFREQUENT_ACCESS = "InfrequentAccess"
STORAGE_CLASSES = (STANDARD, INFREQUENT_ACCESS)


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a put or an upload says about the object it makes.

    `ssec_key_md5` is the hex MD5 of the key that the object is encrypted with.
    """

    http: HttpMetadata = field(default_factory=HttpMetadata)
    custom: Mapping[str, str] = field(default_factory=lambda: _EMPTY)
    storage_class: str = STANDARD
    ssec_key_md5: str | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """A stored object. `uploaded_ms` is epoch milliseconds, `size` bytes.

    `checksums` are digests by algorithm name (`md5`, `sha256` ...). `from_start` is
    that of a template's object which was uploaded when each test starts.
    """

    key: str
    version: str
    size: int
    etag: str
    uploaded_ms: int
    metadata: Metadata
    checksums: Mapping[str, bytes]
    from_start: bool = False


@dataclass(frozen=True, slots=True)
class Stored:
    """A record with the object's bytes."""

    record: Record
    data: bytes


@dataclass(frozen=True, slots=True)
class Pending:
    """A multipart upload in progress, with its parts by number."""

    upload_id: str
    key: str
    metadata: Metadata
    started_ms: int
    parts: "Mapping[int, Part]"


@dataclass(frozen=True, slots=True)
class Part:
    """An uploaded part: its `etag` is the hex MD5 of its bytes."""

    etag: str
    size: int
    data: bytes
    uploaded_ms: int
