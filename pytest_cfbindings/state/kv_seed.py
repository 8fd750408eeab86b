"""What a KV namespace can be seeded with.

A file has the format of `wrangler kv bulk put`: a JSON array of objects with `key` and
`value`, and perhaps `expiration` or `expiration_ttl` in seconds, `metadata`, `base64`.
A test may give such a list itself, or a dict of values, or of entries as in dumps.
"""

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from .errors import SeedError
from .stored_bytes import loaded

_ENTRY = ("value", "metadata", "expiration", "expiration_ttl")
_BULK = ("key", *_ENTRY, "base64")


@dataclass(frozen=True, slots=True)
class PlannedPut:
    """A put to be made; `place` is how errors name it. Durations are in seconds."""

    place: str
    key: str
    value: bytes
    metadata: Any = None
    expiration: int | None = None
    expiration_ttl: int | None = None


def read_bulk_file(path: Path, source: str) -> list[PlannedPut]:
    """The puts of a file. Raises SeedError."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SeedError(f"{source}: cannot be read: {error}") from None
    try:
        content = json.loads(text, parse_constant=_no_constant)
    except ValueError as error:
        raise SeedError(f"{source}: no JSON: {error}") from None
    if not isinstance(content, list):
        raise SeedError(
            f"{source}: expected an array of key-value objects, as for"
            f" `wrangler kv bulk put`, but got {_kind(content)}"
        )
    return [_bulk_item(item, index, source) for index, item in enumerate(content)]


def read_seed(data: Any, source: str) -> list[PlannedPut]:
    """The puts of a test's own data. Raises SeedError."""
    if isinstance(data, Mapping):
        return [_entry(key, item, source) for key, item in data.items()]
    if isinstance(data, list):
        return [_bulk_item(item, index, source) for index, item in enumerate(data)]
    raise SeedError(
        f"{source}: KV is seeded with a dict of values, a list as for"
        f" `wrangler kv bulk put`, or a path, not with {_kind(data)}"
    )


def _entry(key: Any, item: Any, source: str) -> PlannedPut:
    place = f"{source}, key {key!r}"
    if not isinstance(key, str):
        raise SeedError(f"{place}: a key is text, not {_kind(key)}")
    if isinstance(item, Mapping):
        if "value" not in item:
            raise SeedError(
                f"{place}: an entry has a value, and may have {', '.join(_ENTRY[1:])};"
                " to store JSON, give its text: json.dumps(...)"
            )
        given = {name: part for name, part in item.items() if part is not None}
        return _put(place, key, given, _ENTRY)
    return _put(place, key, {"value": item}, _ENTRY)


def _bulk_item(item: Any, index: int, source: str) -> PlannedPut:
    place = f"{source}, entry {index}"
    if not isinstance(item, Mapping):
        raise SeedError(f"{place}: expected an object, but got {_kind(item)}")
    key = item.get("key")
    if not isinstance(key, str):
        raise SeedError(f'{place}: "key" should be a string, but is {_kind(key)}')
    place += f" (key {key!r})"
    if not isinstance(item.get("value"), str):
        raise SeedError(
            f'{place}: "value" should be a string, but is {_kind(item.get("value"))}'
        )
    return _put(place, key, item, _BULK)


def _put(
    place: str, key: str, item: Mapping[str, Any], names: tuple[str, ...]
) -> PlannedPut:
    for name in item:
        if name not in names:
            raise SeedError(
                f"{place}: unexpected property {name!r}; there are {', '.join(names)}"
            )
    try:
        value = _value(item["value"], item.get("base64", False))
    except ValueError as error:
        raise SeedError(f"{place}: {error}") from None
    return PlannedPut(
        place,
        key,
        value,
        item.get("metadata"),
        _seconds(item, "expiration", place),
        _seconds(item, "expiration_ttl", place),
    )


def _value(value: Any, is_base64: Any) -> bytes:
    if type(is_base64) is not bool:
        raise ValueError(f'"base64" should be a boolean, but is {_kind(is_base64)}')
    if not is_base64:
        return loaded(value)
    try:
        return base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError) as error:
        raise ValueError(f"the value is no base64: {error}") from None


def _seconds(item: Mapping[str, Any], name: str, place: str) -> int | None:
    if name not in item:
        return None
    value = item[name]
    if type(value) is not int:
        raise SeedError(f'{place}: "{name}" is {value!r}, but has to be whole seconds')
    return int(value)


def _kind(value: Any) -> str:
    return "nothing" if value is None else type(value).__name__


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")
