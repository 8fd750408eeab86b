"""SqlStorage: `ctx.storage.sql`."""

from ..javascript.arguments import wrong_parameter
from ..javascript.conversions import to_string
from ..javascript.errors import JsThrow, error
from ..javascript.objects import JsConstructor, JsObject, getter, getter_as, method
from ..sqlite.errors import SqlError
from .contract import Gate
from .sql_cursor import SqlCursor
from .sql_values import to_sql
from .store import ObjectStore

INTERFACE = "SqlStorage"


class SqlStorage(JsObject):
    """SQL on the database of a SQLite-backed class."""

    __slots__ = ("_gate", "_store")

    class_name = INTERFACE

    def __init__(self, store: ObjectStore, gate: Gate) -> None:
        super().__init__()
        self._store = store
        self._gate = gate

    def __repr__(self) -> str:
        return f"<SqlStorage: {self._store!r}>"

    @method
    def exec(self, *arguments: object) -> SqlCursor:
        self._gate.check()
        if not arguments:
            raise wrong_parameter("exec", INTERFACE, 1, "JsString")
        sql = to_string(arguments[0])
        values = [to_sql(value) for value in arguments[1:]]
        self._check_kind()
        database = self._store.database()
        before = database.total_changes
        try:
            rows = database.query(sql, values)
        except SqlError as failed:
            self._store.transactions.check()
            raise error(failed.text) from None
        written = database.total_changes - before
        return SqlCursor(self._store, self._gate, rows, written)

    @getter
    def databaseSize(self) -> int:
        self._gate.check()
        self._check_kind()
        return self._store.size

    @getter_as("Cursor")
    def _cursor_class(self) -> JsConstructor:
        return SqlCursor.constructor

    @getter_as("Statement")
    def _statement_class(self) -> JsConstructor:
        return Statement.constructor

    def _check_kind(self) -> None:
        if not self._store.sqlite:
            raise _not_enabled()


class Statement(JsObject):
    """What `prepare` would give, which workerd has as an experiment only."""

    __slots__ = ()

    class_name = "Statement"


def _not_enabled() -> JsThrow:
    return error(
        "SQL is not enabled for this Durable Object class. To enable it, change"
        " `new_classes` to `new_sqlite_classes` within the 'migrations' field in your"
        " wrangler.jsonc or wrangler.toml file. If using workerd directly,set"
        " `enableSql = true` in your workerd config for the class. Note that this"
        " change cannot be made after the class is already deployed to production."
    )
