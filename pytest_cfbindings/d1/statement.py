"""D1PreparedStatement: a text of SQL, and the values it is bound to."""

from collections.abc import Sequence
from typing import Protocol

from ..calls import CallLog
from ..javascript.arguments import warn_of_surplus, warn_of_unknown_options
from ..javascript.arrays import JsArray
from ..javascript.conversions import to_string, truthy
from ..javascript.objects import JsObject, method
from ..javascript.promises import JsPromise
from ..javascript.values import null, undefined
from .errors import d1_error
from .request import Query
from .results import result, row_array, row_object
from .service import Answer
from .values import parameter, parameters_of


class Sender(Protocol):
    """What a statement is run by."""

    def send(
        self, method: str, queries: Sequence[Query], *, meta: bool = False
    ) -> list[Answer]:
        """The answers of the service to a method. Raises a JavaScript Error."""


class D1PreparedStatement(JsObject):
    """`db.prepare(sql)`. Nothing is parsed before it runs."""

    __slots__ = ("_calls", "_session")

    class_name = "D1PreparedStatement"
    tag = "Object"

    def __init__(
        self, session: Sender, sql: object, params: JsArray, calls: CallLog
    ) -> None:
        super().__init__({"dbSession": session, "statement": sql, "params": params})
        self._session = session
        self._calls = calls

    def __repr__(self) -> str:
        return f"<D1PreparedStatement {self.js_get('statement')!r}>"

    @method
    def bind(self, *values: object) -> "D1PreparedStatement":
        self._calls.record("bind", values)
        params = JsArray(parameter(value) for value in values)
        sql = self.js_get("statement")
        return D1PreparedStatement(self._session, sql, params, self._calls)

    @method
    def all(self, *arguments: object) -> JsPromise:
        self._record("all", arguments, 0)
        return JsPromise.attempt(lambda: result(self._answer("all", meta=True)))

    @method
    def run(self, *arguments: object) -> JsPromise:
        self._record("run", arguments, 0)
        return JsPromise.attempt(lambda: result(self._answer("run", meta=True)))

    @method
    def first(self, *arguments: object) -> JsPromise:
        self._record("first", arguments, 1)
        column = arguments[0] if arguments else undefined
        return JsPromise.attempt(lambda: self._first(column))

    def _first(self, column: object) -> object:
        answer = self._answer("first")
        if not answer.rows:
            return null
        row = row_object(answer.columns, answer.rows[0])
        if column is undefined:
            return row
        name = to_string(column)
        value = row.js_get(name)
        if value is undefined:
            raise d1_error(
                "D1_COLUMN_NOTFOUND", f"Column not found ({name})", "Column not found"
            )
        return value

    @method
    def raw(self, *arguments: object) -> JsPromise:
        self._record("raw", arguments, 1)
        options = arguments[0] if arguments else undefined
        return JsPromise.attempt(lambda: self._raw(options))

    def _raw(self, options: object) -> JsArray:
        answer = self._answer("raw")
        rows = JsArray(row_array(row) for row in answer.rows)
        if isinstance(options, JsObject):
            warn_of_unknown_options("D1 raw", options, ("columnNames",))
            if truthy(options.js_get("columnNames")):
                rows.items.insert(0, JsArray(answer.columns))
        return rows

    def _answer(self, name: str, *, meta: bool = False) -> Answer:
        query = Query(statement_text(self), parameters_of(self))
        return self._session.send(name, [query], meta=meta)[0]

    def _record(self, name: str, arguments: tuple[object, ...], takes: int) -> None:
        self._calls.record(name, arguments)
        warn_of_surplus(f"D1 {name}", arguments, takes)


def statement_text(statement: JsObject) -> str:
    """The SQL of a statement, or of what a batch takes for one.

    Raises a JavaScript Error for what is no text: local workerd answers with the
    failure of its own parser there.
    """
    sql = statement.js_get("statement")
    if not isinstance(sql, str):
        raise d1_error(
            "D1_ERROR",
            f"the SQL of a statement has to be text, and this is {to_string(sql)}:"
            " check what prepare() was called with",
        )
    return sql
