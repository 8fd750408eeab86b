"""A KV namespace of workerd, read and written by its binding."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from ..javascript.arrays import JsArray
from ..javascript.buffers import JsArrayBuffer
from ..javascript.json_parse import parse
from ..javascript.json_stringify import stringify
from ..javascript.objects import JsObject
from ..kv.store import Entry
from ..state.contents import Shape
from ..state.stored_bytes import dumped, loaded
from .objects import RemoteObject


class KvCopy:
    """Implements `Copy`."""

    def __init__(self, root: Callable[[], RemoteObject]) -> None:
        self._root = root

    def check(self, shape: Shape) -> None:
        """A namespace has nothing that its binding does not show."""

    def read(self) -> dict[str, Any]:
        """All entries that have not expired."""
        namespace, found = self._root(), {}
        options = JsObject()
        while True:
            page = namespace.link.result("list", options)
            assert isinstance(page, JsObject)
            listed = page.js_get("keys")
            assert isinstance(listed, JsArray)
            for item in listed.items:
                assert isinstance(item, JsObject)
                key = item.js_get("name")
                value = namespace.link.result("get", key, "arrayBuffer")
                if isinstance(value, JsArrayBuffer):  # It may have expired meanwhile.
                    found[str(key)] = _entry(item, value.to_bytes())
            if page.js_get("list_complete"):
                return found
            options = JsObject({"cursor": page.js_get("cursor")})

    def write(self, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
        """Put what is new, or another."""
        for key, entry in after.items():
            if before.get(key) != entry:
                metadata = entry["metadata"]
                text = None if metadata is None else json.dumps(metadata)
                value = loaded(entry["value"])
                self.put(key, Entry(value, text, entry["expiration"]))

    def put(self, key: str, entry: Entry) -> None:
        """Put an entry; a lifetime begins now. Raises JsThrow for a refusal."""
        options = JsObject()
        if entry.metadata is not None:
            options.properties["metadata"] = parse(entry.metadata)
        if entry.expiration is not None:
            options.properties["expiration"] = entry.expiration
        if entry.lifetime is not None:
            options.properties["expirationTtl"] = entry.lifetime
        self._root().link.result("put", key, JsArrayBuffer(entry.value), options)

    def delete(self, key: str) -> None:
        """Have nothing under a key."""
        self._root().link.result("delete", key)


def _entry(item: JsObject, value: bytes) -> dict[str, Any]:
    metadata, expiration = item.js_get("metadata"), item.js_get("expiration")
    return {
        "value": dumped(value, full=True),
        "metadata": json.loads(stringify(metadata) or "null"),
        "expiration": expiration if isinstance(expiration, int) else None,
    }
