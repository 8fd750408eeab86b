"""A KV namespace in dumps and seeds."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from ..javascript.errors import JsThrow
from ..javascript.json_parse import parse
from ..javascript.json_stringify import stringify
from ..kv.namespace import KvNamespace, check_name
from ..kv.service import Service
from ..kv.store import Entry
from .contents import Keys, Shape
from .errors import RestoreError, SeedError
from .kv_seed import PlannedPut, read_bulk_file, read_seed
from .local_state import LocalState
from .refusals import text_of
from .stored_bytes import dumped, loaded

_LOCAL_ROWS = "SELECT key, blob_id, expiration, metadata FROM _mf_entries"
_FIELDS = {"value", "metadata", "expiration"}


class KvContents:
    """`{key: {"value", "metadata", "expiration"}}`, expiration in epoch seconds."""

    def __init__(self, name: str, service: Service, store: str) -> None:
        self._name = name
        self._service = service
        self.storage = ("kv", store)
        self.origin = service.store

    @classmethod
    def behind(cls, binding: object, store: str) -> "KvContents":
        """Those of a binding; `store` is what local storage is keyed by."""
        assert isinstance(binding, KvNamespace)
        return cls(binding.binding, binding.service, store)

    @property
    def touched(self) -> bool:
        return self._service.store.touched

    def dump(self, shape: Shape) -> dict[str, Any]:
        return {
            key: {
                "value": dumped(entry.value, shape.full),
                "metadata": _metadata(entry),
                "expiration": entry.expiration,
            }
            for key, entry in self._service.store.entries().items()
        }

    def row_keys(self) -> Keys:
        return {}

    def loading(self, dumped: Any) -> Callable[[], None]:
        if not isinstance(dumped, Mapping):
            raise RestoreError(f"{self._name} is {dumped!r}, which is no KV dump")
        entries = {key: self._loaded(key, shown) for key, shown in dumped.items()}
        return lambda: self._service.store.replace(entries)

    def _loaded(self, key: Any, shown: Any) -> Entry:
        place = f"{self._name}[{key!r}]"
        if not (isinstance(key, str) and isinstance(shown, Mapping)):
            raise RestoreError(f"{place} is {shown!r}, which is no KV entry")
        if set(shown) != _FIELDS:
            raise RestoreError(
                f"{place} has the fields {', '.join(map(str, shown))} instead of"
                " value, metadata, expiration"
            )
        expiration = shown["expiration"]
        if expiration is not None and type(expiration) is not int:
            raise RestoreError(f"{place}.expiration is {expiration!r}: no whole second")
        try:
            value = loaded(shown["value"])
            entry = Entry(value, _metadata_text(shown["metadata"]), expiration)
        except ValueError as error:
            raise RestoreError(f"{place}: {error}") from None
        try:
            check_name(key)
            self._service.check_length("PUT", key)
            self._service.check_entry(key, entry)
        except JsThrow as thrown:
            raise RestoreError(f"{place}: {text_of(thrown)}") from None
        return entry

    def seed(self, data: Any, source: str) -> None:
        self._put(read_seed(data, source))

    def seed_file(self, path: Path, source: str) -> None:
        self._put(read_bulk_file(path, source))

    def _put(self, planned: list[PlannedPut]) -> None:
        """All of them, or none if one is refused."""
        admitted = [(put.key, self._admitted(put)) for put in planned]
        for key, entry in admitted:
            self._service.store.put(key, entry)

    def _admitted(self, put: PlannedPut) -> Entry:
        """The entry of a put that production would accept."""
        try:
            check_name(put.key)
            self._service.check_length("PUT", put.key)
            metadata = _metadata_text(put.metadata)
            entry = self._entry(put, metadata)
            self._service.check_entry(put.key, entry)
        except JsThrow as thrown:
            raise SeedError(f"{put.place}: {text_of(thrown)}") from None
        except ValueError as error:
            raise SeedError(f"{put.place}: {error}") from None
        return entry

    def _entry(self, put: PlannedPut, metadata: str | None) -> Entry:
        """Raises a JavaScript Error for an expiration that no put can have now."""
        expiration = self._service.admit(
            put.key, metadata, put.expiration, put.expiration_ttl
        )
        return Entry(put.value, metadata, expiration)

    def seed_local_state(self, state: LocalState) -> None:
        found = {}
        for key, blob, expiration, metadata in state.rows(*self.storage, _LOCAL_ROWS):
            value = state.blob(*self.storage, blob)
            seconds = None if expiration is None else expiration // 1000
            found[key] = Entry(value, metadata, seconds)
        for key, entry in found.items():
            self._service.store.put(key, entry)

    def at_start(self) -> "KvContents":
        return KvContents(self._name, self._service.at_start(), self.storage[1])

    def draft(self) -> "KvDraft":
        return KvDraft(self._name, self._service.draft(), self.storage[1])

    @property
    def template(self) -> Mapping[str, Entry]:
        return self._service.store.template

    @template.setter
    def template(self, image: Mapping[str, Entry]) -> None:
        self._service.store.template = image


class KvDraft(KvContents):
    """Entries that tests will begin with."""

    def _entry(self, put: PlannedPut, metadata: str | None) -> Entry:
        """A TTL counts from each test's start, and a moment may have passed by then."""
        ttl = put.expiration_ttl
        self._service.admit(put.key, metadata, None, ttl)
        at = put.expiration if ttl is None else None
        return Entry(put.value, metadata, at, lifetime=ttl)

    def image(self) -> Mapping[str, Entry]:
        return self._service.store.entries()


def _metadata(entry: Entry) -> Any:
    return None if entry.metadata is None else json.loads(entry.metadata)


def _metadata_text(metadata: Any) -> str | None:
    """The JSON text that a Worker's put would store. Raises ValueError if none can."""
    if metadata is None:
        return None
    try:
        return stringify(parse(json.dumps(metadata, allow_nan=False)))
    except (TypeError, ValueError) as error:
        raise ValueError(f"metadata is no JSON: {error}") from None
