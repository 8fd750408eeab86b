"""SyncKvStorage: `ctx.storage.kv`."""

from collections.abc import Iterator

from ..javascript.arguments import wrong_parameter
from ..javascript.arrays import JsArray, JsIterator
from ..javascript.errors import JsThrow, error
from ..javascript.objects import JsObject, method
from ..javascript.v8_reader import deserialize
from ..javascript.v8_writer import serialize
from ..javascript.values import undefined
from .contract import Gate
from .conversion import Arguments, argument, key_text, to_key
from .entries import Pair
from .list_options import ListOptions
from .sqlite_entries import SqliteEntries
from .store import ObjectStore

INTERFACE = "SyncKvStorage"


class SyncKvStorage(JsObject):
    """The key-value API without promises, of SQLite-backed classes only."""

    __slots__ = ("_entries", "_gate", "_store")

    class_name = INTERFACE

    def __init__(self, store: ObjectStore, gate: Gate, entries: SqliteEntries) -> None:
        super().__init__()
        self._store = store
        self._gate = gate
        self._entries = entries

    def __repr__(self) -> str:
        return f"<SyncKvStorage: {self._store!r}>"

    @method
    def get(self, *arguments: object) -> object:
        key = self._key("get", arguments)
        self._check_kind()
        found = self._entries.get(key)
        return undefined if found is None else deserialize(found)

    @method
    def put(self, *arguments: object) -> None:
        key = self._key("put", arguments)
        if len(arguments) < 2:
            raise wrong_parameter("put", INTERFACE, 2, "JsValue")
        self._check_kind()
        self._entries.put([(key, serialize(arguments[1]))])

    @method
    def delete(self, *arguments: object) -> bool:
        key = self._key("delete", arguments)
        self._check_kind()
        return self._entries.delete([key]) > 0

    @method
    def list(self, *arguments: object) -> "ListIterator":
        self._gate.check()
        options = ListOptions.read(argument(arguments, 1), INTERFACE, synchronous=True)
        self._check_kind()
        keys = options.range()
        cursor = None if keys is None else self._entries.cursor(keys)
        return ListIterator(self._gate, iter(()) if cursor is None else cursor)

    def _key(self, operation: str, arguments: Arguments) -> bytes:
        self._gate.check()
        if not arguments:
            raise wrong_parameter(operation, INTERFACE, 1, "string")
        return to_key(arguments[0])

    def _check_kind(self) -> None:
        if not self._store.sqlite:
            raise _not_sqlite()


class ListIterator(JsIterator):
    """Entries as [key, value], read when they are asked for."""

    __slots__ = ()

    class_name = "ListIterator"

    def __init__(self, gate: Gate, pairs: Iterator[Pair]) -> None:
        super().__init__(_Items(gate, pairs), self.class_name)


class _Items(Iterator[JsArray]):
    """No generator, which would be at its end after an error."""

    def __init__(self, gate: Gate, pairs: Iterator[Pair]) -> None:
        self._gate = gate
        self._pairs = pairs

    def __next__(self) -> JsArray:
        self._gate.check()
        key, value = next(self._pairs)
        return JsArray((key_text(key), deserialize(value)))


def _not_sqlite() -> JsThrow:
    return error(
        "The storage.kv (synchronous KV) API is only available for SQLite-backed"
        " Durable Objects, but this object's namespace is not declared to use SQLite."
        " You can use the older, asyncronous interface via methods of `storage` itself"
        " (e.g. `storage.get()`). Alternatively, to enable SQLite, change `new_classes`"
        " to `new_sqlite_classes` within the 'migrations' field in your wrangler.jsonc"
        " or wrangler.toml file. If using workerd directly, set `enableSql = true` in"
        " your workerd config for the class. Note that this change cannot be made after"
        " the class is already deployed to production."
    )
