"""An R2 object as a dump shows it, and back."""

from collections.abc import Mapping
from typing import Any

from ..r2.http_metadata import HEADERS
from ..r2.records import STORAGE_CLASSES, HttpMetadata, Metadata, Record, Stored
from .contents import Shape
from .stored_bytes import dumped, from_hexadecimal, loaded

METADATA = {"http_metadata", "custom_metadata", "storage_class", "ssec_key_md5"}
"""The fields that `dumped_metadata` has in a full dump."""
_FULL = METADATA | {"body", "size", "etag", "checksums", "version", "uploaded"}


def dumped_object(stored: Stored, shape: Shape) -> dict[str, Any]:
    """`uploaded` is in epoch milliseconds, as `cacheExpiry` in the metadata is."""
    record = stored.record
    shown: dict[str, Any] = {
        "body": dumped(stored.data, shape.full),
        "size": record.size,
        "etag": record.etag,
        **dumped_metadata(record.metadata, shape),
    }
    if shape.full:
        shown["checksums"] = {n: d.hex() for n, d in record.checksums.items()}
    if shape.full or shape.volatile:
        shown["version"] = record.version
        shown["uploaded"] = record.uploaded_ms
    return shown


def dumped_metadata(metadata: Metadata, shape: Shape) -> dict[str, Any]:
    """The fields that tell of metadata: everything for a full dump."""
    shown: dict[str, Any] = {
        "http_metadata": _http(metadata.http),
        "custom_metadata": dict(metadata.custom),
    }
    if shape.full:
        shown["storage_class"] = metadata.storage_class
        shown["ssec_key_md5"] = metadata.ssec_key_md5
    return shown


def _http(http: HttpMetadata) -> dict[str, Any]:
    shown: dict[str, Any] = dict(http.texts)
    if http.cache_expiry is not None:
        expiry = http.cache_expiry
        shown["cacheExpiry"] = int(expiry) if expiry == int(expiry) else expiry
    return shown


def loaded_object(key: str, shown: Any) -> Stored:
    """The object of a full dump. Raises ValueError, saying why there is none."""
    check_fields(shown, _FULL)
    data = loaded(shown["body"])
    if shown["size"] != len(data):
        raise ValueError(f"its size is {shown['size']!r}, and its body has {len(data)}")
    return Stored(_record(key, shown), data)


def check_fields(shown: Any, fields: set[str]) -> None:
    """Raises ValueError for what is no dict of these fields."""
    if not isinstance(shown, Mapping):
        raise ValueError(f"{shown!r} is no part of a dump")
    if set(shown) != fields:
        wrong = ", ".join(sorted(map(str, fields.symmetric_difference(shown))))
        raise ValueError(
            f"{wrong} should be there, or should not: cf.dump(full=True) makes a dump"
            " that can be restored"
        )


def _record(key: str, shown: Mapping[str, Any]) -> Record:
    metadata = loaded_metadata(shown)
    digests = read_custom(shown["checksums"])
    return Record(
        key,
        read_text(shown["version"]),
        shown["size"],
        read_text(shown["etag"]),
        read_instant(shown, "uploaded"),
        metadata,
        {name: from_hexadecimal(digest) for name, digest in digests.items()},
    )


def loaded_metadata(shown: Mapping[str, Any]) -> Metadata:
    """That of a full dump. Raises ValueError, saying why it is none."""
    storage_class = shown["storage_class"]
    if storage_class not in STORAGE_CLASSES:
        raise ValueError(f"{storage_class!r} is no storage class")
    return Metadata(
        read_http(shown["http_metadata"]),
        read_custom(shown["custom_metadata"]),
        storage_class,
        _text_or_none(shown["ssec_key_md5"]),
    )


def read_instant(shown: Mapping[str, Any], name: str) -> int:
    """A field that is in epoch milliseconds. Raises ValueError for anything else."""
    if type(shown[name]) is not int:
        raise ValueError(f"{name} is {shown[name]!r}: no whole millisecond")
    instant: int = shown[name]
    return instant


def read_http(shown: Any) -> HttpMetadata:
    """From JavaScript's names. Raises ValueError for what is none."""
    if not isinstance(shown, Mapping):
        raise ValueError(f"http_metadata is {shown!r}, which is no dict")
    texts = {name: value for name, value in shown.items() if name != "cacheExpiry"}
    for name, value in texts.items():
        if name not in HEADERS:
            raise ValueError(
                f"http_metadata has {name!r}; there are {', '.join(HEADERS)},"
                " cacheExpiry"
            )
        read_text(value)
    expiry = shown.get("cacheExpiry")
    if expiry is not None and type(expiry) not in (int, float):
        raise ValueError(f"cacheExpiry is {expiry!r}: no milliseconds")
    return HttpMetadata(texts, None if expiry is None else float(expiry))


def read_custom(shown: Any) -> dict[str, str]:
    """Texts by name. Raises ValueError for anything else."""
    if not isinstance(shown, Mapping):
        raise ValueError(f"{shown!r} is no dict of texts")
    return {read_text(name): read_text(value) for name, value in shown.items()}


def _text_or_none(value: Any) -> str | None:
    return None if value is None else read_text(value)


def read_text(value: Any) -> str:
    """A text. Raises ValueError for anything else."""
    if not isinstance(value, str):
        raise ValueError(f"{value!r} is no text")
    return value
