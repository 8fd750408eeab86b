"""An R2 object as a dump shows it, and back."""

from collections.abc import Mapping
from typing import Any

from ..r2.http_metadata import HEADERS
from ..r2.records import STORAGE_CLASSES, HttpMetadata, Metadata, Record, Stored
from .contents import Shape
from .stored_bytes import dumped, loaded

_FULL = {
    "body",
    "size",
    "etag",
    "http_metadata",
    "custom_metadata",
    "storage_class",
    "checksums",
    "ssec_key_md5",
    "version",
    "uploaded",
}


def dumped_object(stored: Stored, shape: Shape) -> dict[str, Any]:
    """`uploaded` is in epoch milliseconds, as `cacheExpiry` in the metadata is."""
    record = stored.record
    shown: dict[str, Any] = {
        "body": dumped(stored.data, shape.full),
        "size": record.size,
        "etag": record.etag,
        "http_metadata": _http(record.metadata.http),
        "custom_metadata": dict(record.metadata.custom),
    }
    if shape.full:
        shown["storage_class"] = record.metadata.storage_class
        shown["checksums"] = {n: d.hex() for n, d in record.checksums.items()}
        shown["ssec_key_md5"] = record.metadata.ssec_key_md5
    if shape.full or shape.volatile:
        shown["version"] = record.version
        shown["uploaded"] = record.uploaded_ms
    return shown


def _http(http: HttpMetadata) -> dict[str, Any]:
    shown: dict[str, Any] = dict(http.texts)
    if http.cache_expiry is not None:
        expiry = http.cache_expiry
        shown["cacheExpiry"] = int(expiry) if expiry == int(expiry) else expiry
    return shown


def loaded_object(key: str, shown: Any) -> Stored:
    """The object of a full dump. Raises ValueError, saying why there is none."""
    if not isinstance(shown, Mapping):
        raise ValueError(f"{shown!r} is no object of a dump")
    if set(shown) != _FULL:
        wrong = ", ".join(sorted(map(str, _FULL.symmetric_difference(shown))))
        raise ValueError(
            f"{wrong} should be there, or should not: cf.dump(full=True) makes a dump"
            " that can be restored"
        )
    data = loaded(shown["body"])
    if shown["size"] != len(data):
        raise ValueError(f"its size is {shown['size']!r}, and its body has {len(data)}")
    return Stored(_record(key, shown), data)


def _record(key: str, shown: Mapping[str, Any]) -> Record:
    storage_class = shown["storage_class"]
    if storage_class not in STORAGE_CLASSES:
        raise ValueError(f"{storage_class!r} is no storage class")
    if type(shown["uploaded"]) is not int:
        raise ValueError(f"uploaded is {shown['uploaded']!r}: no whole millisecond")
    metadata = Metadata(
        read_http(shown["http_metadata"]),
        read_custom(shown["custom_metadata"]),
        storage_class,
        _text_or_none(shown["ssec_key_md5"]),
    )
    digests = read_custom(shown["checksums"])
    return Record(
        key,
        _text(shown["version"]),
        shown["size"],
        _text(shown["etag"]),
        shown["uploaded"],
        metadata,
        {name: bytes.fromhex(digest) for name, digest in digests.items()},
    )


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
        _text(value)
    expiry = shown.get("cacheExpiry")
    if expiry is not None and type(expiry) not in (int, float):
        raise ValueError(f"cacheExpiry is {expiry!r}: no milliseconds")
    return HttpMetadata(texts, None if expiry is None else float(expiry))


def read_custom(shown: Any) -> dict[str, str]:
    """Texts by name. Raises ValueError for anything else."""
    if not isinstance(shown, Mapping):
        raise ValueError(f"{shown!r} is no dict of texts")
    return {_text(name): _text(value) for name, value in shown.items()}


def _text_or_none(value: Any) -> str | None:
    return None if value is None else _text(value)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError(f"{value!r} is no text")
    return value
