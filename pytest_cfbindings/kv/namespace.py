"""KvNamespace: the binding, as the runtime offers it to a Worker."""

import builtins

from ..calls import CallLog
from ..global_scope import GlobalScope
from ..javascript.arguments import (
    warn_of_object_as_text,
    warn_of_surplus,
    wrong_parameter,
)
from ..javascript.arrays import JsArray
from ..javascript.conversions import to_string
from ..javascript.errors import type_error
from ..javascript.maps import JsMap
from ..javascript.objects import JsObject, PropertyKey, method
from ..javascript.promises import JsPromise
from ..javascript.structured_clone import Cloning, data_clone_error
from ..javascript.values import null, undefined
from ..web.readable_streams import ReadableStream
from .bulk import get_bulk
from .options import INTERFACE, GetOptions, ListOptions, PutOptions
from .service import Service
from .store import Entry
from .values import decoded, metadata_text, metadata_value, stored_bytes


class KvNamespace(JsObject):
    """A KV namespace. Methods take and return JavaScript values.

    Which error is raised at the call and which when the promise is awaited follows
    the runtime (measured on workerd).
    """

    __slots__ = ("_scope", "_service", "binding", "calls")

    class_name = "KvNamespace"

    def __init__(self, binding: str, service: Service, scope: GlobalScope) -> None:
        super().__init__()
        self.binding = binding
        self.calls = CallLog()
        self._service = service
        self._scope = scope

    @property
    def service(self) -> Service:
        """What answers, and what a test looks into."""
        return self._service

    def js_clone(self, _cloning: Cloning) -> JsObject:
        raise data_clone_error("A KV namespace binding cannot be serialized.")

    def __repr__(self) -> str:
        return f"<KvNamespace {self.binding}: {self._service!r}>"

    @method
    def get(self, *arguments: object) -> JsPromise:
        self._record("get", arguments, 2)
        if not arguments:
            raise wrong_parameter("get", INTERFACE, 1, "string or Array")
        keys, options = _get_arguments(arguments)
        self._scope.check()
        if isinstance(keys, list):
            return JsPromise.attempt(lambda: self._bulk("get", keys, options))
        return JsPromise.attempt(lambda: self._value(keys, options))

    def _bulk(self, name: str, keys: builtins.list[str], options: GetOptions) -> JsMap:
        with_metadata = name == "getWithMetadata"
        return self.calls.perform(
            name,
            lambda: get_bulk(self._service, keys, options, with_metadata),
            "GET_BULK",
        )

    def _entry(self, name: str, key: str, options: GetOptions) -> Entry | None:
        return self.calls.perform(
            name, lambda: self._service.get(key, options.cache_ttl), "GET"
        )

    def _value(self, key: str, options: GetOptions) -> object:
        check_name(key)
        entry = self._entry("get", key, options)
        return null if entry is None else decoded(entry.value, options.type)

    @method
    def getWithMetadata(self, *arguments: object) -> JsPromise:
        self._record("getWithMetadata", arguments, 2)
        if not arguments:
            raise wrong_parameter("getWithMetadata", INTERFACE, 1, "Array or string")
        keys, options = _get_arguments(arguments)
        self._scope.check()
        if isinstance(keys, list):
            return JsPromise.attempt(
                lambda: self._bulk("getWithMetadata", keys, options)
            )
        check_name(keys)
        self._service.check_length("GET", keys)
        return JsPromise.attempt(lambda: self._with_metadata(keys, options))

    def _with_metadata(self, key: str, options: GetOptions) -> JsObject:
        entry = self._entry("getWithMetadata", key, options)
        value: object = null
        metadata: object = null
        if entry is not None:
            value = decoded(entry.value, options.type)
            metadata = metadata_value(entry)
        return JsObject({"value": value, "metadata": metadata, "cacheStatus": null})

    @method
    def put(self, *arguments: object) -> JsPromise:
        self._record("put", arguments, 3)
        return JsPromise.run(self._put(arguments))

    async def _put(self, arguments: tuple[object, ...]) -> None:
        if not arguments:
            raise wrong_parameter("put", INTERFACE, 1, "string")
        key = to_string(arguments[0])
        if len(arguments) < 2:
            raise wrong_parameter("put", INTERFACE, 2, "string or JsObject")
        options = PutOptions.read(arguments[2] if len(arguments) > 2 else undefined)
        check_name(key)
        self._service.check_length("PUT", key)
        self._scope.check()
        metadata = metadata_text(options.metadata)
        value = stored_bytes(arguments[1])
        expiration = self._service.admit(
            key, metadata, options.expiration, options.expiration_ttl
        )
        if isinstance(value, ReadableStream):
            value.getReader()
            value = await value.read_bytes()
        entry = Entry(value, metadata, expiration)
        self.calls.perform("put", lambda: self._service.put(key, entry), "PUT")

    @method
    def delete(self, *arguments: object) -> JsPromise:
        self._record("delete", arguments, 1)
        return JsPromise.attempt(lambda: self._delete(arguments))

    def _delete(self, arguments: tuple[object, ...]) -> None:
        if not arguments:
            raise wrong_parameter("delete", INTERFACE, 1, "string")
        key = to_string(arguments[0])
        check_name(key)
        self._scope.check()
        self.calls.perform("delete", lambda: self._service.delete(key), "DELETE")

    @method
    def list(self, *arguments: object) -> JsPromise:
        self._record("list", arguments, 1)
        return JsPromise.attempt(lambda: self._list(arguments))

    def _list(self, arguments: tuple[object, ...]) -> JsObject:
        options = ListOptions.read(arguments[0] if arguments else undefined)
        self._scope.check()
        page = self.calls.perform(
            "list",
            lambda: self._service.list(options.prefix, options.limit, options.cursor),
            "GET",
        )
        result: dict[PropertyKey, object] = {
            "keys": JsArray(_listed(name, entry) for name, entry in page.entries),
            "list_complete": page.cursor is None,
        }
        if page.cursor is not None:
            result["cursor"] = page.cursor
        result["cacheStatus"] = null
        return JsObject(result)

    def _record(self, name: str, arguments: tuple[object, ...], takes: int) -> None:
        self.calls.record(name, arguments)
        warn_of_surplus(f"KV {name}", arguments, takes)
        if arguments and name != "list":
            warn_of_object_as_text(f"KV {name}", arguments[0], "key")


def _get_arguments(
    arguments: tuple[object, ...],
) -> tuple[list[str] | str, GetOptions]:
    first = arguments[0]
    keys: list[str] | str = (
        [to_string(item) for item in first.items]
        if isinstance(first, JsArray)
        else to_string(first)
    )
    return keys, GetOptions.read(arguments[1] if len(arguments) > 1 else undefined)


def check_name(key: str) -> None:
    """Refuse a key that no method takes, with the runtime's TypeError."""
    if key == "":
        raise type_error("Key name cannot be empty.")
    if key in (".", ".."):
        raise type_error(f'"{key}" is not allowed as a key name.')


def _listed(name: str, entry: Entry) -> JsObject:
    found: dict[PropertyKey, object] = {"name": name}
    if entry.expiration is not None:
        found["expiration"] = entry.expiration
    metadata = metadata_value(entry)
    if metadata is not null:
        # Local workerd shows a stored JSON null; production leaves it out (documented).
        found["metadata"] = metadata
    return JsObject(found)
