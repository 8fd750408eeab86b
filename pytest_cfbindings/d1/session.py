"""D1DatabaseSession: requests that see one another's effects, and their bookmark."""

from collections.abc import Sequence

from ..calls import CallLog
from ..global_scope import GlobalScope
from ..javascript.arguments import warn_of_surplus
from ..javascript.arrays import JsArray
from ..javascript.conversions import to_string
from ..javascript.errors import error, no_method, type_error
from ..javascript.numbers import WHITE_SPACE
from ..javascript.objects import JsObject, method
from ..javascript.promises import JsPromise
from ..javascript.values import is_nullish, null, undefined
from .bookmarks import bookmark, is_later
from .errors import Crashed, Refused, d1_error
from .request import Query
from .results import result
from .service import Answer, Service
from .statement import D1PreparedStatement, statement_text
from .values import parameters_of

FIRST_UNCONSTRAINED = "first-unconstrained"
_CONSTRAINTS = ("first-primary", FIRST_UNCONSTRAINED)
_MARK = "bookmarkOrConstraint"


class Session(JsObject):
    """What sends queries to the service: a session, or the database itself."""

    __slots__ = ("calls", "scope", "service")

    class_name = "D1DatabaseSessionAlwaysPrimary"
    tag = "Object"

    def __init__(
        self, service: Service, scope: GlobalScope, calls: CallLog, mark: object = null
    ) -> None:
        super().__init__({_MARK: mark})
        self.service = service
        self.scope = scope
        self.calls = calls

    def send(
        self, method: str, queries: Sequence[Query], *, meta: bool = False
    ) -> list[Answer]:
        """The answers of the service to a method. Raises a JavaScript Error."""
        try:
            return self.send_or_refuse(method, queries, meta=meta)
        except Refused as refused:
            raise d1_error("D1_ERROR", refused.detail) from refused

    def send_or_refuse(
        self, method: str, queries: Sequence[Query], *, meta: bool = False
    ) -> list[Answer]:
        """As `send`, but raises Refused, which has no prefix yet."""
        self.scope.check()
        try:
            answers = self.calls.perform(
                method, lambda: self.service.request(queries, meta=meta)
            )
        except Crashed as crashed:
            raise error(crashed.text) from crashed
        self.advance()
        return answers

    def advance(self) -> None:
        """A request has succeeded."""

    @method
    def prepare(self, *arguments: object) -> D1PreparedStatement:
        self.calls.record("prepare", arguments)
        warn_of_surplus("D1 prepare", arguments, 1)
        self.service.check()
        sql = arguments[0] if arguments else undefined
        return D1PreparedStatement(self, sql, JsArray(), self.calls)

    @method
    def batch(self, *arguments: object) -> JsPromise:
        self.calls.record("batch", arguments)
        warn_of_surplus("D1 batch", arguments, 1)
        self.service.check()
        statements = arguments[0] if arguments else undefined
        return JsPromise.attempt(lambda: self._batch(statements))

    def _batch(self, statements: object) -> JsArray:
        if not isinstance(statements, JsArray):
            raise no_method(statements, "statements", "map")
        given = [_given(statement) for statement in statements.items]
        queries = [Query(statement_text(one), parameters_of(one)) for one in given]
        answers = self.send("batch", queries, meta=True)
        return JsArray(result(answer) for answer in answers)


class D1DatabaseSession(Session):
    """`db.withSession()`."""

    __slots__ = ()

    class_name = "D1DatabaseSession"
    tag = "Object"

    @classmethod
    def starting(
        cls, service: Service, scope: GlobalScope, calls: CallLog, start: object
    ) -> "D1DatabaseSession":
        """A session from a constraint or a bookmark; nullish and blank are the default.

        Raises a JavaScript TypeError for what is no text.
        """
        if not isinstance(start, str) and not is_nullish(start):
            raise type_error("constraintOrBookmark?.trim is not a function")
        text = start.strip(WHITE_SPACE) if isinstance(start, str) else ""
        return cls(service, scope, calls, text or FIRST_UNCONSTRAINED)

    def advance(self) -> None:
        new, old = bookmark(self.service.requests), self._bookmark()
        if old is None or is_later(new, old):
            self.properties[_MARK] = new

    def _bookmark(self) -> str | None:
        mark = to_string(self.properties[_MARK])
        return None if mark in _CONSTRAINTS else mark

    @method
    def getBookmark(self) -> object:
        self.calls.record("getBookmark", ())
        found = self._bookmark()
        return null if found is None else found


def _given(statement: object) -> JsObject:
    """What `batch` reads text and values of: anything may be asked for them."""
    if is_nullish(statement):
        raise no_method(statement, "", "statement")
    return statement if isinstance(statement, JsObject) else JsObject()
