"""What an R2 bucket can be seeded with.

A folder gives an object for each file in it, whose key is the path from the folder. A
test may give a dict of bodies, or of dicts with body and metadata.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..r2.records import Metadata
from .errors import SeedError
from .r2_records import read_custom, read_http
from .stored_bytes import loaded

_FIELDS = ("body", "http_metadata", "custom_metadata")


@dataclass(frozen=True, slots=True)
class PlannedObject:
    """An object to be put; `place` is how errors name it."""

    place: str
    key: str
    body: bytes
    metadata: Metadata = field(default_factory=Metadata)


def read_folder(path: Path, source: str) -> list[PlannedObject]:
    """The files of a folder and of those in it, by key. Raises SeedError."""
    if not path.is_dir():
        raise SeedError(f"{source}: R2 is seeded with a folder, and this is a file")
    found = []
    for file in sorted(path.rglob("*")):
        if file.is_file():
            key = file.relative_to(path).as_posix()
            found.append(PlannedObject(f"{source}/{key}", key, file.read_bytes()))
    return found


def read_objects(data: Any, source: str) -> list[PlannedObject]:
    """The objects of a test's own data. Raises SeedError."""
    if not isinstance(data, Mapping):
        raise SeedError(
            f"{source}: R2 is seeded with a dict of bodies by key, or with the path of"
            f" a folder, not with {type(data).__name__}"
        )
    return [_object(key, item, f"{source}, key {key!r}") for key, item in data.items()]


def _object(key: Any, item: Any, place: str) -> PlannedObject:
    if not isinstance(key, str):
        raise SeedError(f"{place}: a key is text, not {type(key).__name__}")
    if not isinstance(item, Mapping):
        item = {"body": item}
    for name in item:
        if name not in _FIELDS:
            raise SeedError(
                f"{place}: unexpected {name!r}; there are {', '.join(_FIELDS)}"
            )
    if "body" not in item:
        raise SeedError(f"{place}: an object has a body")
    try:
        metadata = Metadata(
            read_http(item.get("http_metadata", {})),
            read_custom(item.get("custom_metadata", {})),
        )
        return PlannedObject(place, key, loaded(item["body"]), metadata)
    except ValueError as error:
        raise SeedError(f"{place}: {error}") from None
