"""D1Database: the binding, as the runtime offers it to a Worker."""

from ..calls import CallLog
from ..global_scope import GlobalScope
from ..javascript.arguments import warn_of_surplus
from ..javascript.errors import no_method
from ..javascript.objects import JsObject, method
from ..javascript.promises import JsPromise
from ..javascript.values import undefined
from ..sqlite.counts import RowCounts
from .errors import Refused, d1_error
from .request import Query, lines
from .service import Service
from .session import D1DatabaseSession, Session
from .statement import D1PreparedStatement


class D1Database(JsObject):
    """A D1 database. Methods take and return JavaScript values."""

    __slots__ = ("_session", "binding", "calls")

    class_name = "D1Database"
    tag = "Object"

    def __init__(self, binding: str, service: Service, scope: GlobalScope) -> None:
        self.binding = binding
        self.calls = CallLog()
        self._session = Session(service, scope, self.calls)
        super().__init__({"alwaysPrimarySession": self._session})

    def __repr__(self) -> str:
        return f"<D1Database {self.binding}: {self._session.service!r}>"

    @property
    def row_counts(self) -> list[RowCounts]:
        """Those of the statements whose meta was asked for in this test, in order."""
        return self._session.service.row_counts

    def serialize(self) -> bytes:
        """The whole database as bytes."""
        return self._session.service.serialize()

    @property
    def service(self) -> Service:
        """What answers, and what a test looks into."""
        return self._session.service

    @method
    def prepare(self, *arguments: object) -> D1PreparedStatement:
        return self._session.prepare(*arguments)

    @method
    def batch(self, *arguments: object) -> JsPromise:
        return self._session.batch(*arguments)

    @method
    def exec(self, *arguments: object) -> JsPromise:
        self.calls.record("exec", arguments)
        warn_of_surplus("D1 exec", arguments, 1)
        self._session.service.check()
        text = arguments[0] if arguments else undefined
        return JsPromise.attempt(lambda: self._exec(text))

    def _exec(self, text: object) -> JsObject:
        if not isinstance(text, str):
            raise no_method(text, "query", "trim")
        queries = [Query(line) for line in lines(text)]
        start = self._session.service.now_ms()
        try:
            answers = self._session.send_or_refuse("exec", queries)
        except Refused as refused:
            # It is always the first line that is named (measured, and kept there).
            detail = f"Error in line 1: {queries[0].sql}: {refused.detail}"
            raise d1_error("D1_EXEC_ERROR", detail) from refused
        duration = self._session.service.now_ms() - start
        return JsObject({"count": len(answers), "duration": duration})

    @method
    def withSession(self, *arguments: object) -> D1DatabaseSession:
        self.calls.record("withSession", arguments)
        warn_of_surplus("D1 withSession", arguments, 1)
        session = self._session
        session.service.check()
        start = arguments[0] if arguments else undefined
        return D1DatabaseSession.starting(
            session.service, session.scope, self.calls, start
        )

    @method
    def dump(self, *arguments: object) -> JsPromise:
        self.calls.record("dump", arguments)
        warn_of_surplus("D1 dump", arguments, 0)
        return JsPromise.attempt(self._dump)

    def _dump(self) -> object:
        raise d1_error("D1_DUMP_ERROR", "Status + 404")
