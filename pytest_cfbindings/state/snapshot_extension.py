"""syrupy's JSON snapshots, one file for each test, of what dumps hold."""

from typing import Any

from syrupy.extensions.json import (  # type: ignore[import-not-found, unused-ignore]
    JSONSnapshotExtension,
)


class StorageSnapshotExtension(JSONSnapshotExtension):  # type: ignore[misc, unused-ignore]
    """Writes bytes as {"$bytes": hexadecimal}, as full dumps do."""

    def serialize(self, data: Any, **options: Any) -> str | bytes:
        """The text of the snapshot. Raises TypeError for a key that is not text."""
        text: str | bytes = super().serialize(_jsonable(data), **options)
        return text


def _jsonable(value: Any) -> Any:
    if isinstance(value, bytes):
        return {"$bytes": value.hex()}
    if isinstance(value, dict):
        for key in value:
            if not isinstance(key, str):
                raise TypeError(f"cf_snapshot: the key {key!r} is not text")
        return {key: _jsonable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_jsonable(item) for item in value]
    return value
